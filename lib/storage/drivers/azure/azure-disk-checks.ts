import type { ProblemSink } from '../../../findings/collector';
import { checkTags } from './azure-common';
import { AZURE_BURSTING_LINK, AZURE_DISK, AZURE_DISK_LIMITS_LINK, AZURE_PERFORMANCE_PLUS_LINK, AZURE_SHARED_DISK_LINK } from './azure-disk-facts';
import { AllAzureDiskProps, AzureDiskCaching, AzureDiskEncryption, AzureDiskNetworkAccess } from './azure-disk-props';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import type { VolumeTypeFacts } from '../driver-facts';
import { FsType } from '../fs-type';
import { checkWhole } from '../whole-number';

/** Plain JavaScript may pass what a disk type does not take: all of it is looked at for every type. */
export function checkAzureDisk(type: VolumeTypeFacts, props: AllAzureDiskProps, sink: ProblemSink): void {
  const uncached = isUncached(type);
  checkOneOf('fsType', props.fsType, FsType, AZURE_DISK.link, sink);
  checkCaching(type, props, uncached, sink);
  checkRedundancy(type, props.zoneRedundant, sink);
  checkSharing(type, props, sink);
  checkKinds(type, props, uncached, sink);
  checkEncryption(props, sink);
  checkNetwork(props, sink);
  checkTags(props.tags, sink);
  if (props.subscriptionId !== undefined && props.resourceGroup === undefined) {
    sink.error({
      ruleId: 'driver/azure-subscription',
      path: 'resourceGroup',
      expected: 'a resource group of the subscription: the driver takes subscriptionId only with one',
      found: 'none',
      fix: 'set `resourceGroup`, or leave `subscriptionId` out',
      link: AZURE_DISK.link,
    });
  }
}

/** Disks whose IOPS are chosen cannot be cached. */
export function isUncached(type: VolumeTypeFacts): boolean {
  return type.name === 'PremiumV2_LRS' || type.name === 'UltraSSD_LRS';
}

/** Several nodes attach such a disk. */
export function isShared(props: AllAzureDiskProps): boolean {
  return (props.maxShares ?? 1) >= 2;
}

function checkCaching(type: VolumeTypeFacts, props: AllAzureDiskProps, uncached: boolean, sink: ProblemSink): void {
  const mode = props.cachingMode;
  checkOneOf('cachingMode', mode, AzureDiskCaching, AZURE_DISK.link, sink);
  const refused = uncached ? 'these disks' : isShared(props) ? 'disks that they share' : undefined;
  if (refused !== undefined && mode !== undefined && mode !== AzureDiskCaching.NONE) {
    sink.error({
      ruleId: 'driver/caching',
      path: 'cachingMode',
      expected: `None: nodes cannot cache ${refused} (${type.name})`,
      found: JSON.stringify(mode),
      fix: 'leave `cachingMode` out',
      link: uncached ? AZURE_DISK_LIMITS_LINK : AZURE_SHARED_DISK_LINK,
    });
  } else if (mode === AzureDiskCaching.READ_WRITE) {
    sink.warn({
      ruleId: 'driver/caching',
      path: 'cachingMode',
      expected: 'None or ReadOnly: ReadWrite is deprecated, and what is only in the cache is lost with the node',
      found: mode,
      fix: 'leave `cachingMode` out, or use AzureDiskCaching.NONE',
      link: AZURE_DISK.link,
    });
  }
}

function checkRedundancy(type: VolumeTypeFacts, asked: boolean | undefined, sink: ProblemSink): void {
  if (!asked || type.name.endsWith('_ZRS')) return;
  sink.error({
    ruleId: 'driver/zone-redundant-type',
    path: 'zoneRedundant',
    expected: `no \`zoneRedundant\`: only standardSsd and premiumSsd disks are kept in three zones (${type.name})`,
    found: 'true',
    fix: 'leave `zoneRedundant` out, or use AzureDisk.premiumSsd()',
    link: 'https://learn.microsoft.com/en-us/azure/virtual-machines/disks-redundancy',
  });
}

function checkSharing(type: VolumeTypeFacts, props: AllAzureDiskProps, sink: ProblemSink): void {
  checkWhole(props.maxShares, { path: 'maxShares', min: 1, link: AZURE_SHARED_DISK_LINK }, sink);
  if (!isShared(props)) return;
  const error = (path: string, expected: string, found: unknown, fix: string) =>
    sink.error({ ruleId: 'driver/shared-disk', path, expected, found: String(found), fix, link: AZURE_SHARED_DISK_LINK });
  if (type.name === 'Standard_LRS') {
    error('maxShares', '1: nodes cannot share hard disks (Standard_LRS)', props.maxShares, 'leave `maxShares` out, or use an SSD');
  }
  if (props.bursting) error('bursting', 'false: disks that nodes share do not burst', true, 'leave `bursting` out');
  if (props.writeAccelerator) {
    error('writeAccelerator', 'false: disks that nodes share have no write accelerator', true, 'leave `writeAccelerator` out');
  }
}

/** What only some types take, and what goes together. */
function checkKinds(type: VolumeTypeFacts, props: AllAzureDiskProps, uncached: boolean, sink: ProblemSink): void {
  const premium = type.name.startsWith('Premium_');
  const only = (path: string, asked: unknown, takes: boolean, types: string, link: string) => {
    if (asked === undefined || asked === false || takes) return;
    sink.error({
      ruleId: 'driver/azure-disk-type',
      path,
      expected: `no \`${path}\`: only ${types} disks take it (${type.name})`,
      found: JSON.stringify(asked),
      fix: `leave \`${path}\` out, or use another volume type`,
      link,
    });
  };
  checkSwitch('bursting', props.bursting, AZURE_BURSTING_LINK, sink);
  checkSwitch('writeAccelerator', props.writeAccelerator, AZURE_DISK.link, sink);
  checkSwitch('performancePlus', props.performancePlus, AZURE_PERFORMANCE_PLUS_LINK, sink);
  only('bursting', props.bursting, premium, 'premiumSsd', AZURE_BURSTING_LINK);
  only('writeAccelerator', props.writeAccelerator, premium, 'premiumSsd', AZURE_DISK.link);
  only('performancePlus', props.performancePlus, !uncached, 'standardHdd, standardSsd and premiumSsd', AZURE_PERFORMANCE_PLUS_LINK);
  only('logicalSectorSize', props.logicalSectorSize, uncached, 'premiumSsdV2 and ultra', AZURE_DISK.link);
  if (uncached && props.logicalSectorSize !== undefined && ![512, 4096].includes(props.logicalSectorSize)) {
    sink.error({
      ruleId: 'driver/value',
      path: 'logicalSectorSize',
      expected: '512 or 4096',
      found: JSON.stringify(props.logicalSectorSize),
      fix: 'leave `logicalSectorSize` out: it is 4096 then',
      link: AZURE_DISK.link,
    });
  }
}

function checkEncryption(props: AllAzureDiskProps, sink: ProblemSink): void {
  checkShape(props.diskEncryptionSetId, {
    ruleId: 'driver/encryption-set',
    path: 'diskEncryptionSetId',
    pattern: /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/diskEncryptionSets\/[^/]+$/i,
    expected: 'the full resource id of a disk encryption set',
    example: '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Compute/diskEncryptionSets/<name>',
    link: AZURE_DISK.link,
  }, sink);
  checkOneOf('diskEncryption', props.diskEncryption, AzureDiskEncryption, AZURE_DISK.link, sink);
  if (props.diskEncryption !== undefined && props.diskEncryptionSetId === undefined) {
    sink.error({
      ruleId: 'driver/encryption-set',
      path: 'diskEncryptionSetId',
      expected: 'the disk encryption set with the key: diskEncryption says only how it is used',
      found: 'none',
      fix: 'set `diskEncryptionSetId`, or leave `diskEncryption` out',
      link: AZURE_DISK.link,
    });
  }
}

function checkNetwork(props: AllAzureDiskProps, sink: ProblemSink): void {
  const { networkAccess, diskAccessId } = props;
  checkOneOf('networkAccess', networkAccess, AzureDiskNetworkAccess, AZURE_DISK.link, sink);
  checkSwitch('publicNetworkAccess', props.publicNetworkAccess, AZURE_DISK.link, sink);
  checkShape(diskAccessId, {
    ruleId: 'driver/disk-access',
    path: 'diskAccessId',
    pattern: /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/diskAccesses\/[^/]+$/i,
    expected: 'the full resource id of a disk access',
    example: '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Compute/diskAccesses/<name>',
    link: AZURE_DISK.link,
  }, sink);
  const isPrivate = networkAccess === AzureDiskNetworkAccess.ALLOW_PRIVATE;
  if (isPrivate === (diskAccessId !== undefined)) return;
  sink.error({
    ruleId: 'driver/disk-access',
    path: 'diskAccessId',
    expected: isPrivate ? 'the disk access that AllowPrivate goes through' : 'no disk access: the driver takes one with AllowPrivate only',
    found: isPrivate ? 'none' : JSON.stringify(diskAccessId),
    fix: isPrivate ? 'set `diskAccessId`' : 'leave `diskAccessId` out, or set `networkAccess` to AzureDiskNetworkAccess.ALLOW_PRIVATE',
    link: AZURE_DISK.link,
  });
}
