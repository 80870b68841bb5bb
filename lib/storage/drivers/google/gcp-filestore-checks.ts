import type { ProblemSink } from '../../../findings/collector';
import { checkAboveZero } from '../../../private/size-checks';
import { checkOneOf, checkShape } from '../checks';
import type { ClassFields } from '../class-fields';
import type { VolumeTypeFacts } from '../driver-facts';
import { checkKmsKey, checkLabels, checkResourceTags, GCP_REGION, GCP_ZONE, regionOf, zonesOf } from './gcp-checks';
import { FILESTORE_LINK, GCP_FILESTORE } from './gcp-filestore-facts';
import {
  GcpFilestoreConnectMode, GcpFilestoreExistingProps, GcpFilestoreMultishareProps, GcpFilestoreProps, GcpFilestoreProtocol,
} from './gcp-filestore-props';
import { checkMountOptions } from '../mount-options';

/** Holds the props against what Filestore takes for the tier. */
export function checkFilestore(type: VolumeTypeFacts, props: GcpFilestoreMultishareProps, multishare: boolean, sink: ProblemSink): void {
  checkNetwork(props, sink);
  checkOneOf('protocol', props.protocol, GcpFilestoreProtocol, FILESTORE_LINK, sink);
  checkKmsKey(props.kmsKey, FILESTORE_LINK, sink);
  checkLabels(props.labels ?? {}, sink);
  checkResourceTags(props.resourceTags ?? [], sink);
  checkTier(type, props, multishare, sink);
  checkLocation(type, props.location, sink);
  if (props.maxVolumeSize) {
    checkAboveZero(props.maxVolumeSize, { path: 'maxVolumeSize', fix: 'set it, as Size.gibibytes(128)', link: FILESTORE_LINK }, sink);
  }
}

function checkNetwork(props: GcpFilestoreMultishareProps, sink: ProblemSink): void {
  const { network, connectMode, reservedIpv4Cidr: cidr, reservedIpRange: range } = props;
  const rule = { ruleId: 'driver/filestore-network', link: FILESTORE_LINK };
  const error = (path: string, expected: string, found: string, fix: string) => sink.error({ ...rule, path, expected, found, fix });
  checkOneOf('connectMode', connectMode, GcpFilestoreConnectMode, FILESTORE_LINK, sink);
  checkShape(network, { ...rule, path: 'network', pattern: /^\S+$/, expected: 'the name of a network', example: 'ml-vpc' }, sink);
  checkShape(cidr, {
    ...rule, path: 'reservedIpv4Cidr', pattern: /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, expected: 'a range of IPv4 addresses', example: '10.10.0.0/24',
  }, sink);
  checkShape(range, { ...rule, path: 'reservedIpRange', pattern: /^[^/\s]+$/, expected: 'the name of an allocated range, not its addresses', example: 'filestore-range' }, sink);
  if (cidr !== undefined && range !== undefined) error('reservedIpRange', 'one of `reservedIpv4Cidr` and `reservedIpRange`', 'both', 'leave one of the two out');
  const peered = connectMode !== GcpFilestoreConnectMode.PRIVATE_SERVICE_ACCESS;
  if (range !== undefined && peered) {
    error('reservedIpRange', '`connectMode` PRIVATE_SERVICE_ACCESS beside it', connectMode ?? 'DIRECT_PEERING', 'set `connectMode`, or use `reservedIpv4Cidr`');
  }
  if (cidr !== undefined && !peered) {
    error('reservedIpv4Cidr', 'DIRECT_PEERING: the driver drops it otherwise', 'PRIVATE_SERVICE_ACCESS', 'use `reservedIpRange`');
  }
}

function checkTier(type: VolumeTypeFacts, props: GcpFilestoreMultishareProps, multishare: boolean, sink: ProblemSink): void {
  const error = (path: string, expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/filestore-tier', path, expected, found, fix, link: FILESTORE_LINK });
  const isBasic = type.name.startsWith('basic_');
  if (isBasic && props.protocol === GcpFilestoreProtocol.NFS_V4_1) {
    error('protocol', 'NFS_V3: basic tiers refuse NFS 4.1', `NFS_V4_1 (${type.name})`, 'leave `protocol` out, or use GcpFilestore.zonal()');
  }
  if (isBasic && props.kmsKey !== undefined) {
    sink.warn({
      ruleId: 'driver/filestore-tier', path: 'kmsKey', expected: 'a tier above the basic ones: the others take no key, as far as is known',
      found: type.name, fix: 'leave `kmsKey` out, or use GcpFilestore.zonal()', link: FILESTORE_LINK,
    });
  }
  for (const path of ['maxVolumeSize', 'instanceLabel'] as const) {
    if (props[path] === undefined || multishare) continue;
    error(path, 'GcpFilestore.enterpriseMultishare()', type.name, `leave \`${path}\` out, or use GcpFilestore.enterpriseMultishare()`);
  }
}

/** Tiers whose instances lie in several zones of a region; those of the others lie in one zone. */
const REGIONAL_TIERS = ['regional', 'enterprise'];

function checkLocation(type: VolumeTypeFacts, location: string | undefined, sink: ProblemSink): void {
  const isRegional = REGIONAL_TIERS.includes(type.name);
  checkShape(location, {
    ruleId: 'driver/filestore-location',
    path: 'location',
    pattern: isRegional ? GCP_REGION : GCP_ZONE,
    expected: isRegional ? `a region: instances of ${type.name} lie in several zones of it` : `a zone: instances of ${type.name} lie in one`,
    example: isRegional ? 'europe-west4' : 'europe-west4-a',
    link: FILESTORE_LINK,
  }, sink);
}

/** Pods are sent to `zones`, instances to `location`. */
export function checkPlaces(type: VolumeTypeFacts, { location }: GcpFilestoreProps, fields: ClassFields, sink: ProblemSink): void {
  const isRegional = REGIONAL_TIERS.includes(type.name);
  const zones = zonesOf(fields, GCP_FILESTORE.topologyKeys[0]);
  if (location === undefined || !(isRegional ? GCP_REGION : GCP_ZONE).test(location)) return;
  if (zones.every(zone => (isRegional ? regionOf(zone) : zone) === location)) return;
  sink.error({
    ruleId: 'driver/filestore-location',
    path: 'zones',
    expected: isRegional ? `zones of ${location}, the \`location\` of the backend` : `${location} alone, the \`location\` of the backend`,
    found: JSON.stringify(zones),
    fix: 'leave one of the two out, or let both say the same place',
    link: FILESTORE_LINK,
  });
}

/** A share that exists, as its handle names it. */
export function checkShare(props: GcpFilestoreExistingProps, sink: ProblemSink): void {
  const name = (path: 'location' | 'instance' | 'share', example: string) => checkShape(props[path] ?? '', {
    ruleId: 'driver/filestore-share', path, pattern: /^[a-z]([a-z0-9_-]*[a-z0-9])?$/, expected: 'a name of lower case letters, digits, `-` and `_`', example,
    link: FILESTORE_LINK,
  }, sink);
  name('location', 'us-central1-c');
  name('instance', 'ml-data');
  name('share', 'vol1');
  checkShape(props.ip ?? '', {
    ruleId: 'driver/filestore-share', path: 'ip', pattern: /^\d{1,3}(\.\d{1,3}){3}$/, expected: 'an IPv4 address', example: '10.10.0.2', link: FILESTORE_LINK,
  }, sink);
  checkMountOptions(props.mountOptions ?? [], 'mountOptions', sink);
}
