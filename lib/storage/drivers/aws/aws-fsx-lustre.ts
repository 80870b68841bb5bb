import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import { checkLustre, Deployment, LustreProps } from './aws-fsx-lustre-checks';
import { AWS_FSX_LUSTRE, AWS_FSX_LUSTRE_TYPES, FSX_LINK, LUSTRE_MOUNT_OPTIONS, LUSTRE_THROUGHPUTS } from './aws-fsx-lustre-facts';
import {
  AwsFsxLustreExistingProps, AwsFsxLustreLinkedProps, AwsFsxLustrePersistent1HddProps, AwsFsxLustrePersistent1Props,
  AwsFsxLustrePersistent2SsdProps, AwsFsxMetadataMode,
} from './aws-fsx-lustre-props';
import { checkShape } from '../checks';
import type { VolumeTypeFacts } from '../driver-facts';

/**
 * File systems of Amazon FSx for Lustre, fast for many nodes at once. Each claim gets a file system of its own, which takes
 * minutes to make; sizes come in steps, and smaller claims are rounded up and billed so. The nodes need a Lustre client.
 *
 * @example
 *
 * const subnetId = 'subnet-0123456789abcdef0';
 * new StorageTier(chart, 'hot', { backend: AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 250 }) });
 *
 * @see https://github.com/kubernetes-sigs/aws-fsx-csi-driver
 */
export class AwsFsxLustre {
  /** Not replicated: a server that fails takes its data with it. 1,200 or 2,400 GiB, or multiples of 3,600 GiB. */
  public static scratch1(props: AwsFsxLustreLinkedProps): StorageBackend {
    return backend(AWS_FSX_LUSTRE_TYPES.scratch1, { name: 'SCRATCH_1' }, props);
  }

  /** Not replicated, faster than `scratch1` and encrypted on its way: 1,200 GiB or multiples of 2,400 GiB. */
  public static scratch2(props: AwsFsxLustreLinkedProps): StorageBackend {
    return backend(AWS_FSX_LUSTRE_TYPES.scratch2, { name: 'SCRATCH_2' }, props);
  }

  /** Replicated, on SSD: 1,200 GiB or multiples of 2,400 GiB. Newer systems are `persistent2Ssd`. */
  public static persistent1Ssd(props: AwsFsxLustrePersistent1Props): StorageBackend {
    return backend(AWS_FSX_LUSTRE_TYPES.persistent1Ssd, { name: 'PERSISTENT_1', storage: 'SSD', throughputs: LUSTRE_THROUGHPUTS.persistent1Ssd }, props);
  }

  /** Replicated, on hard disks: multiples of 6,000 GiB with 12 MB/s for each TiB, of 1,800 GiB with 40 MB/s. */
  public static persistent1Hdd(props: AwsFsxLustrePersistent1HddProps): StorageBackend {
    const type = props.perUnitStorageThroughput === 12 ? AWS_FSX_LUSTRE_TYPES.persistent1Hdd12 : AWS_FSX_LUSTRE_TYPES.persistent1Hdd40;
    return backend(type, { name: 'PERSISTENT_1', storage: 'HDD', throughputs: LUSTRE_THROUGHPUTS.persistent1Hdd }, props);
  }

  /** Replicated, on SSD, the fastest: 1,200 GiB or multiples of 2,400 GiB. */
  public static persistent2Ssd(props: AwsFsxLustrePersistent2SsdProps): StorageBackend {
    return backend(AWS_FSX_LUSTRE_TYPES.persistent2Ssd, { name: 'PERSISTENT_2', storage: 'SSD', throughputs: LUSTRE_THROUGHPUTS.persistent2Ssd }, props);
  }

  /** A file system that exists. */
  public static existing(props: AwsFsxLustreExistingProps): FileSystem {
    const { fileSystemId, dnsName, mountName } = props;
    return FileSystem._of({
      driver: AWS_FSX_LUSTRE,
      description: fileSystemId,
      source: {
        csi: {
          driver: AWS_FSX_LUSTRE.provisioner,
          volumeHandle: fileSystemId,
          volumeAttributes: { dnsname: dnsName, mountname: mountName },
        },
      },
      mountOptions: props.mountOptions ?? LUSTRE_MOUNT_OPTIONS,
      check: sink => {
        const rule = { ruleId: 'driver/fsx-id', link: FSX_LINK };
        checkShape(fileSystemId, {
          ...rule, path: 'fileSystemId', pattern: /^fs-[0-9a-f]{8,40}$/, expected: 'the id of a file system: `fs-` and 8 to 40 hexadecimal digits',
          example: 'fs-0123456789abcdef0',
        }, sink);
        checkShape(dnsName, {
          ...rule, path: 'dnsName', pattern: /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, expected: 'the name of the file system in the DNS, without a path',
          example: 'fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com',
        }, sink);
        checkShape(mountName, {
          ...rule, path: 'mountName', pattern: /^[A-Za-z0-9_]{1,8}$/, expected: 'the mount name, up to 8 letters, digits and `_`', example: 'fsx',
        }, sink);
      },
    });
  }

  private constructor() {}
}

function backend(type: VolumeTypeFacts, deployment: Deployment, props: LustreProps): StorageBackend {
  const tags = Object.entries(props.tags ?? {});
  const metadataMode = props.metadataMode ?? (props.metadataIops !== undefined ? AwsFsxMetadataMode.USER_PROVISIONED
    : props.efa === true ? AwsFsxMetadataMode.AUTOMATIC : undefined);
  return StorageBackend._of({
    driver: AWS_FSX_LUSTRE,
    type,
    mountOptions: LUSTRE_MOUNT_OPTIONS,
    parameters: {
      subnetId: props.subnetId,
      securityGroupIds: props.securityGroupIds?.join(',') || undefined,
      // always: without one the driver makes SCRATCH_1
      deploymentType: deployment.name,
      storageType: deployment.storage,
      driveCacheType: deployment.storage === 'HDD' ? (props.readCache ? 'READ' : 'NONE') : undefined,
      perUnitStorageThroughput: props.perUnitStorageThroughput,
      kmsKeyId: props.kmsKeyId,
      automaticBackupRetentionDays: props.automaticBackupRetentionDays,
      dailyAutomaticBackupStartTime: props.dailyAutomaticBackupStartTime,
      copyTagsToBackups: props.copyTagsToBackups,
      dataCompressionType: props.compression === undefined ? undefined : props.compression ? 'LZ4' : 'NONE',
      weeklyMaintenanceStartTime: props.weeklyMaintenanceStartTime,
      fileSystemTypeVersion: props.version,
      extraTags: tags.map(([key, value]) => `${key}=${value}`).join(',') || undefined,
      s3ImportPath: props.s3ImportPath,
      s3ExportPath: props.s3ExportPath,
      autoImportPolicy: props.autoImport,
      efaEnabled: props.efa,
      metadataConfigurationMode: metadataMode,
      metadataIops: props.metadataIops,
    },
    check: sink => checkLustre(deployment, props, sink),
  });
}
