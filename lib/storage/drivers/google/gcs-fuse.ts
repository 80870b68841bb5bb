import { quantityOf } from '../../../private/quantity';
import { DEFAULT_USER_ID } from '../../../private/security';
import { FileSystem } from '../../volumes/file-system';
import { checkGcsFuse } from './gcs-fuse-checks';
import { GCP_GCS_FUSE, GCS_FUSE_ANNOTATION } from './gcs-fuse-facts';
import type { GcsFuseProps, GcsFuseSidecar } from './gcs-fuse-props';

/**
 * Buckets of Google Cloud Storage, mounted as file systems by any number of nodes, through a sidecar that GKE puts into each
 * pod. Not quite a file system: nothing is locked, and of two nodes that write a file the last one wins. The pods' service
 * account needs a role on the bucket (Workload Identity). The size of a claim limits nothing.
 *
 * @example
 *
 * GcsFuse.bucket('acme-datasets', { onlyDir: 'imagenet', readOnly: true });
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/cloud-storage-fuse-csi-driver
 */
export class GcsFuse {
  /**
   * A bucket, by its name. Pods that mount it get the annotation that the sidecar needs.
   *
   * @param bucket name, or `_` for all buckets that the service account may open
   */
  public static bucket(bucket: string, props: GcsFuseProps = {}): FileSystem {
    const volumeAttributes = attributesOf(props);
    return FileSystem._of({
      driver: GCP_GCS_FUSE,
      description: `gs://${bucket}/${props.onlyDir ?? ''}`,
      source: {
        csi: {
          driver: GCP_GCS_FUSE.provisioner,
          // the driver drops what follows `:`, and Kubernetes sees another volume
          volumeHandle: props.onlyDir === undefined ? bucket : `${bucket}:${props.onlyDir}`,
          ...(props.readOnly && { readOnly: true }),
          ...(Object.keys(volumeAttributes).length > 0 && { volumeAttributes }),
        },
      },
      mountOptions: optionsOf(props),
      podAnnotations: podAnnotationsOf(props),
      check: sink => checkGcsFuse(bucket, props, sink),
    });
  }

  private constructor() {}
}

/**
 * The same bucket as a volume of a pod itself, without claim: the part of `volumes[]` beside its name.
 *
 * @internal
 */
export function inlineBucket(bucket: string, props: GcsFuseProps = {}): { readonly csi: Readonly<Record<string, unknown>> } {
  return {
    csi: {
      driver: GCP_GCS_FUSE.provisioner,
      ...(props.readOnly && { readOnly: true }),
      volumeAttributes: { bucketName: bucket, mountOptions: optionsOf(props).join(','), ...attributesOf(props) },
    },
  };
}

/**
 * What a pod that mounts the bucket must say, whether through a claim or by itself.
 *
 * @internal
 */
export function podAnnotationsOf({ sidecar = {} }: GcsFuseProps = {}): Record<string, string> {
  const names: Record<keyof GcsFuseSidecar, string> = {
    cpuLimit: 'cpu-limit',
    memoryLimit: 'memory-limit',
    ephemeralStorageLimit: 'ephemeral-storage-limit',
    cpuRequest: 'cpu-request',
    memoryRequest: 'memory-request',
    ephemeralStorageRequest: 'ephemeral-storage-request',
  };
  const annotations: Record<string, string> = { [GCS_FUSE_ANNOTATION]: 'true' };
  for (const [key, name] of Object.entries(names)) {
    const value = sidecar[key as keyof GcsFuseSidecar];
    if (value !== undefined) annotations[`gke-gcsfuse/${name}`] = value;
  }
  return annotations;
}

function optionsOf(props: GcsFuseProps): string[] {
  const { onlyDir, implicitDirs = true, uid = DEFAULT_USER_ID, gid = DEFAULT_USER_ID, fileMode, dirMode } = props;
  return [
    implicitDirs && 'implicit-dirs',
    onlyDir !== undefined && `only-dir=${onlyDir}`,
    `uid=${uid}`,
    `gid=${gid}`,
    fileMode !== undefined && `file-mode=${fileMode}`,
    dirMode !== undefined && `dir-mode=${dirMode}`,
    ...(props.mountOptions ?? []),
  ].filter(option => typeof option === 'string');
}

function attributesOf(props: GcsFuseProps): Record<string, string> {
  const attributes: Record<string, string | number | boolean | undefined> = {
    fileCacheCapacity: props.fileCacheCapacity && quantityOf(props.fileCacheCapacity),
    fileCacheForRangeRead: props.fileCacheForRangeRead,
    metadataStatCacheCapacity: props.metadataStatCacheCapacity && quantityOf(props.metadataStatCacheCapacity),
    metadataTypeCacheCapacity: props.metadataTypeCacheCapacity && quantityOf(props.metadataTypeCacheCapacity),
    metadataCacheTTLSeconds: props.metadataCacheTtl?.toSeconds(),
    gcsfuseMetadataPrefetchOnMount: props.metadataPrefetch,
    gcsfuseLoggingSeverity: props.logging,
    skipCSIBucketAccessCheck: props.skipBucketAccessCheck,
    hostNetworkPodKSA: props.hostNetworkPodKsa,
    identityProvider: props.identityProvider,
    identityPool: props.identityPool,
    disableMetrics: props.disableMetrics,
    multiNICIndex: props.multiNicIndex,
    enableCloudProfilerForSidecar: props.cloudProfiler,
    sharedMount: props.sharedMount,
  };
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
