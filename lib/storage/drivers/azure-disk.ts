import type { ProblemSink } from '../../findings/collector';
import { StorageBackend } from '../storage-backend';
import { AZURE_DISK, AZURE_DISK_LIMITS_LINK, AZURE_DISK_TYPES } from './azure-disk-facts';
import { checkOneOf, checkShape } from './checks';
import type { VolumeTypeFacts } from './driver-facts';
import { FS_TYPE_PARAMETER, FsType } from './fs-type';
import type { Performance } from './limits';

/** How a node caches a disk. */
export enum AzureDiskCaching {
  /** Not at all. */
  NONE = 'None',
  /** Reads only: the driver's own default. */
  READ_ONLY = 'ReadOnly',
  /** Reads and writes. Deprecated by Azure. */
  READ_WRITE = 'ReadWrite',
}

/** Options of every disk type of Azure. */
export interface AzureDiskProps {
  /**
   * File system of the volumes.
   *
   * @default FsType.EXT4
   */
  readonly fsType?: FsType;

  /**
   * Resource id of the disk encryption set whose key encrypts the disks:
   * `/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Compute/diskEncryptionSets/<name>`.
   *
   * @default - a key of Microsoft's: disks are always encrypted
   * @see https://learn.microsoft.com/en-us/azure/aks/azure-disk-customer-managed-keys
   */
  readonly diskEncryptionSetId?: string;
}

/** Options of the disk types that a node can cache. */
export interface AzureCachedDiskProps extends AzureDiskProps {
  /**
   * How the node caches the disk.
   *
   * @default - the driver's own, AzureDiskCaching.READ_ONLY
   */
  readonly cachingMode?: AzureDiskCaching;
}

/** Options of the SSD types that can be kept in three zones. */
export interface AzureReplicableDiskProps extends AzureCachedDiskProps {
  /**
   * Whether each disk is kept in all three zones of its region, so that it can follow its pod into any of them.
   *
   * @default false
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-redundancy
   */
  readonly zoneRedundant?: boolean;
}

/** Options of `PremiumV2_LRS` disks. */
export interface AzurePremiumSsdV2Props extends AzureDiskProps {
  /**
   * I/O operations a second: 3,000 to 80,000, and at most 500 for each GiB of the claim.
   *
   * @default 3000
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types
   */
  readonly iops?: number;

  /**
   * MB a second: 125 to 2,000, and at most a quarter of the IOPS.
   *
   * @default 125
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types
   */
  readonly throughput?: number;
}

/** Options of `UltraSSD_LRS` disks. */
export interface AzureUltraDiskProps extends AzureDiskProps {
  /**
   * I/O operations a second: 100 to 400,000 (160,000 in older documents), and at most 1,000 for each GiB of the claim.
   *
   * @default - the driver's own for the size, 500 or more
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types
   */
  readonly iops?: number;

  /**
   * MB a second: 1 to 10,000 (4,000 in older documents), and at most a quarter of the IOPS.
   *
   * @default - the driver's own for the size, 100 or more
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types
   */
  readonly throughput?: number;
}

/**
 * Managed disks of Azure, for one node at a time. Zones of a tier are written with their region: `eastus2-1`.
 *
 * @example
 *
 * new StorageTier(chart, 'fast', { backend: AzureDisk.premiumSsdV2({ iops: 16000, throughput: 1000 }) });
 *
 * @see https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md
 */
export class AzureDisk {
  /** Hard disks, `Standard_LRS`: up to 32,767 GiB, billed from 32 GiB on. */
  public static standardHdd(props: AzureCachedDiskProps = {}): StorageBackend {
    return backend(AZURE_DISK_TYPES.standardHdd, props);
  }

  /** SSD for light use, `StandardSSD_LRS` or `StandardSSD_ZRS`: up to 32,767 GiB. */
  public static standardSsd(props: AzureReplicableDiskProps = {}): StorageBackend {
    return backend(props.zoneRedundant ? AZURE_DISK_TYPES.standardSsdZrs : AZURE_DISK_TYPES.standardSsd, props);
  }

  /** SSD whose performance follows the size, `Premium_LRS` or `Premium_ZRS`: up to 32,767 GiB. */
  public static premiumSsd(props: AzureReplicableDiskProps = {}): StorageBackend {
    return backend(props.zoneRedundant ? AZURE_DISK_TYPES.premiumSsdZrs : AZURE_DISK_TYPES.premiumSsd, props);
  }

  /** SSD whose IOPS and throughput are chosen, `PremiumV2_LRS`: 1 GiB to 64 TiB, for nodes in a zone. */
  public static premiumSsdV2(props: AzurePremiumSsdV2Props = {}): StorageBackend {
    return backend(AZURE_DISK_TYPES.premiumSsdV2, props, true);
  }

  /** For the highest IOPS, `UltraSSD_LRS`: 4 GiB to 64 TiB. The node pool must have been made with ultra disks enabled. */
  public static ultra(props: AzureUltraDiskProps = {}): StorageBackend {
    return backend(AZURE_DISK_TYPES.ultra, props, true);
  }

  private constructor() {}
}

/** Plain JavaScript may pass what a disk type does not take: the limits answer it. */
function backend(type: VolumeTypeFacts, props: AzureReplicableDiskProps & Performance, uncached = false): StorageBackend {
  const { iops, throughput, cachingMode } = props;
  return StorageBackend._of({
    driver: AZURE_DISK,
    type,
    performance: { iops, throughput },
    parameters: {
      skuName: type.name,
      // the driver's own default, ReadOnly, is refused for disks that cannot be cached
      cachingMode: uncached ? AzureDiskCaching.NONE : cachingMode,
      DiskIOPSReadWrite: iops,
      DiskMBpsReadWrite: throughput,
      diskEncryptionSetID: props.diskEncryptionSetId,
      [FS_TYPE_PARAMETER]: props.fsType ?? FsType.EXT4,
    },
    check: sink => {
      checkOneOf('fsType', props.fsType, FsType, AZURE_DISK.link, sink);
      checkCaching(type, cachingMode, uncached, sink);
      checkRedundancy(type, props.zoneRedundant, sink);
      checkShape(props.diskEncryptionSetId, {
        ruleId: 'driver/encryption-set',
        path: 'diskEncryptionSetId',
        pattern: /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/diskEncryptionSets\/[^/]+$/i,
        expected: 'the full resource id of a disk encryption set',
        example: '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Compute/diskEncryptionSets/<name>',
        link: AZURE_DISK.link,
      }, sink);
    },
  });
}

function checkCaching(type: VolumeTypeFacts, mode: AzureDiskCaching | undefined, uncached: boolean, sink: ProblemSink): void {
  checkOneOf('cachingMode', mode, AzureDiskCaching, AZURE_DISK.link, sink);
  if (uncached && mode !== undefined && mode !== AzureDiskCaching.NONE) {
    sink.error({
      ruleId: 'driver/caching',
      path: 'cachingMode',
      expected: `None: nodes cannot cache these disks (${type.name})`,
      found: JSON.stringify(mode),
      fix: 'leave `cachingMode` out',
      link: AZURE_DISK_LIMITS_LINK,
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
