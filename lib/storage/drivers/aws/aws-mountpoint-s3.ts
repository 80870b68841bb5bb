import { createHash } from 'crypto';
import { bytesOf, MIB, quantityOf } from '../../../private/quantity';
import { DEFAULT_USER_ID } from '../../../private/security';
import { FileSystem } from '../../volumes/file-system';
import { checkMountpoint } from './aws-mountpoint-s3-checks';
import { AWS_MOUNTPOINT_S3 } from './aws-mountpoint-s3-facts';
import type { MountpointS3Cache, MountpointS3Props } from './aws-mountpoint-s3-props';

/**
 * Buckets of Amazon S3, mounted as file systems by any number of nodes: for data that is read. Files are written once, from
 * front to back; none is renamed, and without `allowDelete` and `allowOverwrite` none goes. Libraries that write checkpoints
 * do all of that: give them a file system. The size of a claim limits nothing.
 *
 * @example
 *
 * MountpointS3.bucket('acme-datasets', { region: 'us-east-1', prefix: 'imagenet/', readOnly: true });
 *
 * @see https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/CONFIGURATION.md
 */
export class MountpointS3 {
  /**
   * A bucket, by its name; one on Outposts by its ARN.
   *
   * @param bucket name or ARN
   */
  public static bucket(bucket: string, props: MountpointS3Props = {}): FileSystem {
    const volumeAttributes = attributesOf(bucket, props);
    const mountOptions = optionsOf(props);
    return FileSystem._of({
      driver: AWS_MOUNTPOINT_S3,
      description: `s3://${bucket}/${props.prefix ?? ''}`,
      source: {
        csi: {
          driver: AWS_MOUNTPOINT_S3.provisioner,
          volumeHandle: props.volumeHandle ?? handleOf(bucket, props.prefix, [volumeAttributes, mountOptions]),
          volumeAttributes,
        },
      },
      mountOptions,
      check: sink => checkMountpoint(bucket, props, sink),
    });
  }

  private constructor() {}
}

/** Kubernetes mounts a handle once: what is mounted otherwise needs another one. */
function handleOf(bucket: string, prefix: string | undefined, mounted: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(mounted)).digest('hex').slice(0, 8);
  const name = [bucket.split(/[:/]/).pop(), ...(prefix ?? '').split('/')].filter(part => part !== '').join('-');
  return `s3-${name.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 100)}-${hash}`;
}

function optionsOf(props: MountpointS3Props): string[] {
  const { region, prefix, metadataTtl, maxCacheSize, allowOther = true, uid = DEFAULT_USER_ID, gid = DEFAULT_USER_ID } = props;
  return [
    region !== undefined && `region ${region}`,
    prefix !== undefined && `prefix ${prefix.endsWith('/') ? prefix : `${prefix}/`}`,
    props.readOnly && 'read-only',
    props.allowDelete && 'allow-delete',
    props.allowOverwrite && 'allow-overwrite',
    props.incrementalUpload && 'incremental-upload',
    allowOther && 'allow-other',
    `uid=${uid}`,
    `gid=${gid}`,
    metadataTtl && `metadata-ttl ${metadataTtl._value}`,
    maxCacheSize && `max-cache-size ${Math.floor(bytesOf(maxCacheSize) / MIB)}`,
    ...(props.mountOptions ?? []),
  ].filter(option => typeof option === 'string');
}

function attributesOf(bucket: string, props: MountpointS3Props): Record<string, string> {
  const { resources = {} } = props;
  const attributes: Record<string, string | undefined> = {
    'bucketName': bucket,
    'authenticationSource': props.podIdentity ? 'pod' : undefined,
    'stsRegion': props.stsRegion,
    ...(props.cache && cacheAttributes(props.cache)),
    'mountpointContainerResourcesRequestsCpu': resources.cpuRequest,
    'mountpointContainerResourcesRequestsMemory': resources.memoryRequest,
    'mountpointContainerResourcesLimitsCpu': resources.cpuLimit,
    'mountpointContainerResourcesLimitsMemory': resources.memoryLimit,
    'mountpointEnv.HTTPS_PROXY': props.httpsProxy,
    'mountpointEnv.NO_PROXY': props.noProxy,
  };
  return Object.fromEntries(Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function cacheAttributes({ _emptyDir: dir, _volume: volume }: MountpointS3Cache): Record<string, string | undefined> {
  if (volume) {
    return {
      cache: 'ephemeral',
      cacheEphemeralStorageClassName: volume.className,
      cacheEphemeralStorageResourceRequest: quantityOf(volume.size),
    };
  }
  return {
    cache: 'emptyDir',
    cacheEmptyDirSizeLimit: dir?.sizeLimit && quantityOf(dir.sizeLimit),
    cacheEmptyDirMedium: dir?.memory ? 'Memory' : undefined,
  };
}
