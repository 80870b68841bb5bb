import { StorageBackend } from '../../tiers/storage-backend';
import { checkFormat, checkIopsSwitches, checkKey, checkTags, warnOfMagnetic } from './aws-ebs-checks';
import { AWS_EBS, AWS_EBS_AUTO_MODE, AWS_EBS_TYPES } from './aws-ebs-facts';
import type { AwsEbsGp3Props, AwsEbsIo1Props, AwsEbsIo2Props, AwsEbsProps } from './aws-ebs-props';
import { checkOneOf, checkSwitch } from '../checks';
import type { VolumeTypeFacts } from '../driver-facts';
import { FS_TYPE_PARAMETER, FsType } from '../fs-type';
import { checkWhole } from '../whole-number';

/**
 * Disks of Amazon EBS, for one node at a time.
 *
 * @example
 *
 * new StorageTier(chart, 'fast', { backend: AwsEbs.gp3({ iops: 16000, throughput: 1000 }) });
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export class AwsEbs {
  /** SSD whose IOPS and throughput are bought apart from the size: 1 GiB to 64 TiB. */
  public static gp3(props: AwsEbsGp3Props = {}): StorageBackend {
    return backend(AWS_EBS_TYPES.gp3, props);
  }

  /** SSD whose IOPS follow the size, 3 for each GiB from 100 to 16,000: 1 GiB to 16 TiB. `gp3` costs less. */
  public static gp2(props: AwsEbsProps = {}): StorageBackend {
    return backend(AWS_EBS_TYPES.gp2, props);
  }

  /** SSD for steady IOPS, older than `io2` and less durable: 4 GiB to 16 TiB. */
  public static io1(props: AwsEbsIo1Props): StorageBackend {
    return backend(AWS_EBS_TYPES.io1, props);
  }

  /**
   * SSD for steady, very high IOPS: 4 GiB to 64 TiB. The one type whose raw devices several nodes of a zone can share
   * (ReadWriteMany), for applications that settle among themselves who writes.
   */
  public static io2(props: AwsEbsIo2Props): StorageBackend {
    return backend(AWS_EBS_TYPES.io2, props);
  }

  /** Hard disks for large files that are read from front to back: 125 GiB to 16 TiB. */
  public static st1(props: AwsEbsProps = {}): StorageBackend {
    return backend(AWS_EBS_TYPES.st1, props);
  }

  /** Hard disks for large files that are rarely read: 125 GiB to 16 TiB. */
  public static sc1(props: AwsEbsProps = {}): StorageBackend {
    return backend(AWS_EBS_TYPES.sc1, props);
  }

  /** Hard disks of the previous generation, `standard`: 1 GiB to 1 TiB. Warned of: every other type does better. */
  public static magnetic(props: AwsEbsProps = {}): StorageBackend {
    return backend(AWS_EBS_TYPES.magnetic, props);
  }

  private constructor() {}
}

/** Plain JavaScript may pass what a volume type does not have: the limits answer it. */
function backend(type: VolumeTypeFacts, props: AwsEbsGp3Props): StorageBackend {
  const { iops, iopsPerGiB, throughput, tags, encrypted = true, format = {}, fsType = FsType.EXT4 } = props;
  const driver = props.autoMode ? AWS_EBS_AUTO_MODE : AWS_EBS;
  return StorageBackend._of({
    driver,
    type,
    performance: {
      iops,
      iopsPerGiB: iopsPerGiB === undefined ? undefined : { value: iopsPerGiB, raised: props.allowAutoIopsPerGiBIncrease },
      throughput,
    },
    parameters: {
      type: type.name,
      iops,
      iopsPerGB: iopsPerGiB,
      allowAutoIOPSPerGBIncrease: props.allowAutoIopsPerGiBIncrease,
      allowAutoIOPSIncreaseOnModify: props.allowAutoIopsIncreaseOnModify,
      throughput,
      encrypted,
      kmsKeyId: props.kmsKeyId,
      [FS_TYPE_PARAMETER]: fsType,
      blockSize: format.blockSize,
      inodeSize: format.inodeSize,
      bytesPerInode: format.bytesPerInode,
      numberOfInodes: format.numberOfInodes,
      ext4BigAlloc: format.bigAlloc,
      ext4ClusterSize: format.clusterSize,
      ext4EncryptionSupport: format.encryption,
      volumeInitializationRate: props.volumeInitializationRate,
      ...Object.fromEntries(Object.entries(tags ?? {}).map(([key, value], index) => [`tagSpecification_${index + 1}`, `${key}=${value}`])),
    },
    check: sink => {
      const { link } = driver;
      checkSwitch('encrypted', encrypted, link, sink);
      checkOneOf('fsType', props.fsType, FsType, link, sink);
      checkKey(encrypted, props.kmsKeyId, link, sink);
      checkIopsSwitches(props, link, sink);
      checkFormat(format, fsType, link, sink);
      checkWhole(props.volumeInitializationRate, { path: 'volumeInitializationRate', min: 100, max: 300, unit: 'MiB/s', link }, sink);
      checkTags(tags ?? {}, sink);
      if (type === AWS_EBS_TYPES.magnetic) warnOfMagnetic(type.link, sink);
    },
  });
}
