import type { ProblemSink } from '../../../findings/collector';
import { bytesOf, GIB, quantityOf } from '../../../private/quantity';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import { GCS_FUSE_LINK } from './gcs-fuse-facts';
import { GcsFuseLogging, GcsFuseProps } from './gcs-fuse-props';
import { checkWhole } from '../whole-number';

const SIDECAR_LINK = 'https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-sidecar';
/** What GKE gives a sidecar that asks for nothing. */
const DEFAULT_LIMIT = '5Gi';
const UNITS: Readonly<Record<string, number>> = {
  '': 1, 'k': 1e3, 'M': 1e6, 'G': 1e9, 'T': 1e12, 'Ki': 1024, 'Mi': 1024 ** 2, 'Gi': GIB, 'Ti': GIB * 1024,
};

const SWITCHES = [
  'implicitDirs', 'readOnly', 'fileCacheForRangeRead', 'metadataPrefetch', 'skipBucketAccessCheck', 'hostNetworkPodKsa', 'disableMetrics',
  'cloudProfiler', 'sharedMount',
] as const;

/** Holds a bucket's mount against what the driver takes. */
export function checkGcsFuse(bucket: string, props: GcsFuseProps, sink: ProblemSink): void {
  checkShape(bucket, {
    ruleId: 'driver/gcs-bucket', path: 'bucket', pattern: /^(_|[a-z0-9][a-z0-9._-]{1,220}[a-z0-9])$/,
    expected: 'the name of a bucket, 3 characters or more, lower case letters, digits, `.`, `-` and `_`, or `_` for all buckets', example: 'acme-datasets', link: GCS_FUSE_LINK,
  }, sink);
  checkShape(props.onlyDir, {
    ruleId: 'driver/gcs-dir', path: 'onlyDir', pattern: /^[^/,\s][^,\s]*$/, expected: 'a directory of the bucket: no `/` before it, no `,` in it', example: 'imagenet/train', link: GCS_FUSE_LINK,
  }, sink);
  for (const path of SWITCHES) checkSwitch(path, props[path], GCS_FUSE_LINK, sink);
  for (const path of ['uid', 'gid', 'multiNicIndex'] as const) checkWhole(props[path], { path, min: 0, link: GCS_FUSE_LINK }, sink);
  for (const path of ['fileMode', 'dirMode'] as const) {
    checkShape(props[path], {
      ruleId: 'driver/gcs-mode', path, pattern: /^[0-7]{3,4}$/, expected: 'permissions as a text of 3 or 4 octal digits', example: "'775'", link: GCS_FUSE_LINK,
    }, sink);
  }
  checkOneOf('logging', props.logging, GcsFuseLogging, GCS_FUSE_LINK, sink);
  for (const [path, value] of Object.entries(props.sidecar ?? {})) {
    checkShape(value, {
      ruleId: 'driver/gcs-sidecar', path: `sidecar.${path}`, pattern: /^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, expected: 'a quantity, or 0 for no limit',
      example: path.startsWith('cpu') ? '500m' : '2Gi', link: SIDECAR_LINK,
    }, sink);
  }
  checkCache(props, sink);
}

/** The cache lies on the sidecar's share of the node's disk. */
function checkCache({ fileCacheCapacity: cache, fileCacheForRangeRead, sidecar }: GcsFuseProps, sink: ProblemSink): void {
  if (!cache) {
    if (!fileCacheForRangeRead) return;
    sink.error({
      ruleId: 'driver/gcs-cache', path: 'fileCacheForRangeRead', expected: '`fileCacheCapacity` beside it', found: 'none',
      fix: 'set `fileCacheCapacity`, or leave `fileCacheForRangeRead` out', link: GCS_FUSE_LINK,
    });
    return;
  }
  const limit = sidecar?.ephemeralStorageLimit ?? DEFAULT_LIMIT;
  const most = bytesOfQuantity(limit);
  if (most === undefined || most === 0 || bytesOf(cache) < most) return;
  sink.warn({
    ruleId: 'driver/gcs-cache',
    path: 'fileCacheCapacity',
    expected: `less than the disk of the sidecar, ${limit}: one that takes more is evicted, unless the pod has a cache volume of its own`,
    found: quantityOf(cache),
    fix: 'raise `ephemeralStorageLimit` of `sidecar`, or lower `fileCacheCapacity`',
    link: SIDECAR_LINK,
  });
}

function bytesOfQuantity(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(String(text)) ?? [];
  return number === undefined ? undefined : Number(number) * UNITS[unit];
}
