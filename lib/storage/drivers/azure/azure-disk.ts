import { StorageBackend } from '../../tiers/storage-backend';
import { tagsText } from './azure-common';
import { checkAzureDisk, isShared, isUncached } from './azure-disk-checks';
import {
  AZURE_DISK, AZURE_DISK_TYPES, BURSTING_MIN_GIB, PERFORMANCE_PLUS_GIB, SHARED_PREMIUM_MIN_GIB,
} from './azure-disk-facts';
import {
  AllAzureDiskProps, AzureCachedDiskProps, AzureDiskCaching, AzurePremiumSsdProps, AzurePremiumSsdV2Props, AzureReplicableDiskProps,
  AzureUltraDiskProps,
} from './azure-disk-props';
import type { VolumeTypeFacts } from '../driver-facts';
import { FS_TYPE_PARAMETER, FsType } from '../fs-type';

/**
 * Managed disks of Azure, for one node at a time unless they have `maxShares`. Zones of a tier are written with their region:
 * `eastus2-1`.
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
  public static premiumSsd(props: AzurePremiumSsdProps = {}): StorageBackend {
    return backend(props.zoneRedundant ? AZURE_DISK_TYPES.premiumSsdZrs : AZURE_DISK_TYPES.premiumSsd, props);
  }

  /** SSD whose IOPS and throughput are chosen, `PremiumV2_LRS`: 1 GiB to 64 TiB, for nodes in a zone. */
  public static premiumSsdV2(props: AzurePremiumSsdV2Props = {}): StorageBackend {
    return backend(AZURE_DISK_TYPES.premiumSsdV2, props);
  }

  /** For the highest IOPS, `UltraSSD_LRS`: 4 GiB to 64 TiB. The node pool must have been made with ultra disks enabled. */
  public static ultra(props: AzureUltraDiskProps = {}): StorageBackend {
    return backend(AZURE_DISK_TYPES.ultra, props);
  }

  private constructor() {}
}

function backend(type: VolumeTypeFacts, props: AllAzureDiskProps): StorageBackend {
  const { iops, throughput, cachingMode, publicNetworkAccess } = props;
  // the driver's own default, ReadOnly, is refused for disks that cannot be cached
  const caching = isUncached(type) ? AzureDiskCaching.NONE : cachingMode ?? (isShared(props) ? AzureDiskCaching.NONE : undefined);
  return StorageBackend._of({
    driver: AZURE_DISK,
    type: sizedType(type, props),
    performance: { iops, throughput },
    parameters: {
      skuName: type.name,
      cachingMode: caching,
      DiskIOPSReadWrite: iops,
      DiskMBpsReadWrite: throughput,
      LogicalSectorSize: props.logicalSectorSize,
      maxShares: props.maxShares,
      enableBursting: props.bursting,
      writeAcceleratorEnabled: props.writeAccelerator,
      enablePerformancePlus: props.performancePlus,
      diskEncryptionSetID: props.diskEncryptionSetId,
      diskEncryptionType: props.diskEncryption,
      subscriptionID: props.subscriptionId,
      resourceGroup: props.resourceGroup,
      tags: tagsText(props.tags),
      networkAccessPolicy: props.networkAccess,
      diskAccessID: props.diskAccessId,
      publicNetworkAccess: publicNetworkAccess === undefined ? undefined : publicNetworkAccess ? 'Enabled' : 'Disabled',
      [FS_TYPE_PARAMETER]: props.fsType ?? FsType.EXT4,
    },
    check: sink => checkAzureDisk(type, props, sink),
  });
}

/** What a disk is used for can raise its smallest size. */
function sizedType(type: VolumeTypeFacts, props: AllAzureDiskProps): VolumeTypeFacts {
  const premium = type.name.startsWith('Premium_');
  const plus = props.performancePlus ? { roundsUpToGiB: PERFORMANCE_PLUS_GIB } : {};
  if (premium && props.bursting) return { ...type, ...plus, title: `${type.name} with bursting`, minSizeGiB: BURSTING_MIN_GIB };
  if (premium && isShared(props)) return { ...type, ...plus, title: `shared ${type.name}`, minSizeGiB: SHARED_PREMIUM_MIN_GIB };
  return props.performancePlus ? { ...type, ...plus, title: `${type.name} with performance plus` } : type;
}
