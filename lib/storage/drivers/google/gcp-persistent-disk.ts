import { quantityOf } from '../../../private/quantity';
import { StorageBackend } from '../../tiers/storage-backend';
import { checkOneOf } from '../checks';
import type { VolumeTypeFacts } from '../driver-facts';
import { FS_TYPE_PARAMETER, FsType } from '../fs-type';
import { checkKmsKey, checkLabels, checkResourceTags, labelsText } from './gcp-checks';
import { checkDisk, checkOneRegion, DiskProps } from './gcp-persistent-disk-checks';
import { GCP_PD, GCP_PD_TYPES } from './gcp-persistent-disk-facts';
import {
  GcpDataCacheMode, GcpExtremeDiskProps, GcpHyperdiskBalancedProps, GcpHyperdiskExtremeProps, GcpHyperdiskHighAvailabilityProps,
  GcpHyperdiskMlProps, GcpHyperdiskThroughputProps, GcpReplicableDiskProps,
} from './gcp-persistent-disk-props';

/**
 * Persistent Disks and Hyperdisks of Google Compute Engine, for one node at a time. Which types a node can attach depends
 * on its machine series.
 *
 * @example
 *
 * new StorageTier(chart, 'fast', { backend: GcpPersistentDisk.hyperdiskBalanced({ iops: 10000, throughput: 1000 }) });
 *
 * @see https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver
 */
export class GcpPersistentDisk {
  /** Hard disks, `pd-standard`: 10 GiB (regional 200 GiB) to 64 TiB. */
  public static standard(props: GcpReplicableDiskProps = {}): StorageBackend {
    return props.regional ? backend(GCP_PD_TYPES.regionalStandard, props, 2) : backend(GCP_PD_TYPES.standard, props);
  }

  /** SSD for most uses, `pd-balanced`: 10 GiB to 64 TiB. */
  public static balanced(props: GcpReplicableDiskProps = {}): StorageBackend {
    return props.regional ? backend(GCP_PD_TYPES.regionalBalanced, props, 2) : backend(GCP_PD_TYPES.balanced, props);
  }

  /** SSD with more IOPS for each GiB, `pd-ssd`: 10 GiB to 64 TiB. */
  public static ssd(props: GcpReplicableDiskProps = {}): StorageBackend {
    return props.regional ? backend(GCP_PD_TYPES.regionalSsd, props, 2) : backend(GCP_PD_TYPES.ssd, props);
  }

  /** SSD whose IOPS are chosen, `pd-extreme`: 500 GiB to 64 TiB. */
  public static extreme(props: GcpExtremeDiskProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.extreme, props);
  }

  /** SSD whose IOPS and throughput are chosen, `hyperdisk-balanced`: 4 GiB to 64 TiB. */
  public static hyperdiskBalanced(props: GcpHyperdiskBalancedProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.hyperdiskBalanced, props);
  }

  /** As `hyperdiskBalanced`, with a copy in a second zone: 4 GiB to 64 TiB, on GKE 1.33 or newer. */
  public static hyperdiskBalancedHighAvailability(props: GcpHyperdiskHighAvailabilityProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.hyperdiskBalancedHighAvailability, props, 2);
  }

  /** For data that many nodes read and none writes, `hyperdisk-ml`: 4 GiB to 64 TiB. */
  public static hyperdiskMl(props: GcpHyperdiskMlProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.hyperdiskMl, props);
  }

  /** For the highest IOPS, `hyperdisk-extreme`: 64 GiB to 64 TiB. */
  public static hyperdiskExtreme(props: GcpHyperdiskExtremeProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.hyperdiskExtreme, props);
  }

  /** Cheap, for large files that are read from front to back, `hyperdisk-throughput`: 2 to 32 TiB. */
  public static hyperdiskThroughput(props: GcpHyperdiskThroughputProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.hyperdiskThroughput, props);
  }

  private constructor() {}
}

/** Plain JavaScript may pass what a disk type does not take: the limits answer it. */
function backend(type: VolumeTypeFacts, props: DiskProps, zones = 1): StorageBackend {
  const { iops, throughput, labels = {}, dataCache } = props;
  const isRegional = zones > 1 && type.name.startsWith('pd-');
  return StorageBackend._of({
    driver: GCP_PD,
    type,
    performance: { iops, throughput },
    minZones: zones,
    parameters: {
      'type': type.name,
      'replication-type': isRegional ? 'regional-pd' : undefined,
      'availability-class': props.hardFailover ? 'regional-hard-failover' : undefined,
      'provisioned-iops-on-create': iops,
      // a quantity of bytes: without the suffix the driver reads 250 as 1 MiB
      'provisioned-throughput-on-create': throughput === undefined ? undefined : `${throughput}Mi`,
      'labels': labelsText(labels),
      'resource-tags': props.resourceTags?.join(',') || undefined,
      'disk-encryption-kms-key': props.kmsKey,
      'enable-confidential-storage': props.confidential,
      'storage-pools': props.storagePools?.join(',') || undefined,
      'data-cache-size': dataCache && quantityOf(dataCache.size),
      'data-cache-mode': dataCache && (dataCache.mode ?? GcpDataCacheMode.WRITETHROUGH),
      'enable-multi-zone-provisioning': props.multiZone,
      'use-allowed-disk-topology': props.useAllowedDiskTopology,
      [FS_TYPE_PARAMETER]: props.fsType ?? FsType.EXT4,
    },
    check: sink => {
      checkOneOf('fsType', props.fsType, FsType, GCP_PD.link, sink);
      checkDisk(type, props, isRegional, sink);
      checkLabels(labels, sink);
      checkResourceTags(props.resourceTags ?? [], sink);
      checkKmsKey(props.kmsKey, GCP_PD.link, sink);
    },
    checkClass: zones > 1 ? checkOneRegion : undefined,
  });
}
