import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import { accessPointParameters, checkAccessPoints } from './aws-access-points';
import { existingFileSystem } from './aws-efs';
import { AWS_EFS } from './aws-efs-facts';
import type { AwsAccessPointsProps, AwsEfsExistingProps } from './aws-efs-props';

/**
 * Buckets of S3 as file systems, by Amazon S3 Files and release 3.0 or newer of the EFS CSI driver, for any number of nodes.
 *
 * @example
 *
 * AwsS3Files.existing('fs-0123456789abcdef0', { path: '/imagenet' });
 *
 * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md
 */
export class AwsS3Files {
  /** A new access point, in a file system that exists, for each claim. */
  public static accessPoints(props: AwsAccessPointsProps): StorageBackend {
    return StorageBackend._of({
      driver: AWS_EFS,
      parameters: accessPointParameters('s3files-ap', props),
      check: sink => checkAccessPoints(props, sink),
    });
  }

  /** A file system that exists, or a directory or access point of it. */
  public static existing(fileSystemId: string, props: AwsEfsExistingProps = {}): FileSystem {
    return existingFileSystem(fileSystemId, 's3files:', props);
  }

  private constructor() {}
}
