import type { ProblemSink } from '../../../findings/collector';
import { checkAboveZero } from '../../../private/size-checks';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import type { ClassFields } from '../class-fields';
import type { VolumeTypeFacts } from '../driver-facts';
import { GCP_ZONE, regionOf, zonesOf } from './gcp-checks';
import { GCP_PD } from './gcp-persistent-disk-facts';
import { GcpDataCacheMode, GcpPooledDiskProps, GcpReplicableDiskProps } from './gcp-persistent-disk-props';
import type { Performance } from '../limits';

const POOLS_LINK = 'https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver/blob/master/docs/kubernetes/user-guides/storage-pools.md';
const CONFIDENTIAL_LINK = 'https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-hyperdisk';
const POOLED = ['hyperdisk-balanced', 'hyperdisk-throughput'];

/** All that any disk type takes. */
export type DiskProps = GcpReplicableDiskProps & GcpPooledDiskProps & Performance & { readonly multiZone?: boolean };

/** Holds the props against what Compute Engine takes for the disk type. */
export function checkDisk(type: VolumeTypeFacts, props: DiskProps, isRegional: boolean, sink: ProblemSink): void {
  for (const path of ['hardFailover', 'confidential', 'multiZone', 'useAllowedDiskTopology'] as const) checkSwitch(path, props[path], GCP_PD.link, sink);
  if (props.regional && !isRegional) refuseRegional(type, sink);
  const only = (path: 'hardFailover' | 'multiZone', holds: boolean, owner: string) => {
    if (!props[path] || holds) return;
    sink.error({ ruleId: 'driver/disk-type', path, expected: owner, found: type.title ?? type.name, fix: `leave \`${path}\` out`, link: GCP_PD.link });
  };
  only('hardFailover', isRegional, 'a disk with a copy in a second zone, `regional: true`');
  only('multiZone', type.name === 'hyperdisk-ml', 'hyperdisk-ml');
  if (props.confidential && props.kmsKey === undefined) {
    sink.error({
      ruleId: 'driver/confidential-key', path: 'confidential', expected: '`kmsKey` beside it', found: 'none', fix: 'set `kmsKey`, or leave `confidential` out',
      link: CONFIDENTIAL_LINK,
    });
  }
  checkPools(type, props.storagePools, sink);
  if (props.dataCache) {
    checkOneOf('dataCache.mode', props.dataCache.mode, GcpDataCacheMode, GCP_PD.link, sink);
    checkAboveZero(props.dataCache.size, { path: 'dataCache.size', fix: 'set it, as Size.gibibytes(100)', link: GCP_PD.link }, sink);
  }
}

/** A copy of a disk is in another zone of the same region, never in another region. */
export function checkOneRegion(fields: ClassFields, sink: ProblemSink): void {
  const zones = zonesOf(fields, GCP_PD.topologyKeys[0]).filter(zone => GCP_ZONE.test(zone));
  const regions = [...new Set(zones.map(regionOf))];
  if (regions.length < 2) return;
  sink.error({
    ruleId: 'driver/regional-zones', path: 'zones', expected: 'zones of one region: the copy of a disk is in a second zone of it',
    found: JSON.stringify(zones), fix: `name zones of ${regions[0]} only, or make a tier for each region`, link: GCP_PD.link,
  });
}

function refuseRegional(type: VolumeTypeFacts, sink: ProblemSink): void {
  sink.error({
    ruleId: 'driver/regional-type',
    path: 'regional',
    expected: `no \`regional\`: only standard, balanced and ssd disks have a copy in a second zone (${type.name})`,
    found: 'true',
    fix: 'leave `regional` out, or use GcpPersistentDisk.ssd()',
    link: GCP_PD.link,
  });
}

function checkPools(type: VolumeTypeFacts, pools: readonly string[] | undefined, sink: ProblemSink): void {
  if (!pools) return;
  const error = (expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/storage-pools', path: 'storagePools', expected, found, fix, link: POOLS_LINK });
  if (!POOLED.includes(type.name)) error(`a disk of type ${POOLED.join(' or ')}`, type.name, 'leave `storagePools` out');
  pools.forEach((pool, index) => checkShape(pool, {
    ruleId: 'driver/storage-pools', path: `storagePools[${index}]`, pattern: /^projects\/[^/,]+\/zones\/[^/,]+\/storagePools\/[^/,]+$/,
    expected: 'the full name of a storage pool', example: 'projects/acme/zones/us-central1-a/storagePools/fast', link: POOLS_LINK,
  }, sink));
  const zones = pools.map(pool => /\/zones\/([^/]+)\//.exec(pool)?.[1]).filter(zone => zone !== undefined);
  const twice = zones.find((zone, index) => zones.indexOf(zone) !== index);
  if (twice !== undefined) error('one pool for each zone', `two in ${twice}`, 'leave one of them out');
}
