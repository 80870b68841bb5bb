import type { ProblemSink } from '../../../findings/collector';
import { bytesOf } from '../../../private/quantity';
import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import { checkBlockPool, checkCephFs } from './ceph-checks';
import { CephBlockOptions, CephFsExistingOptions, CephFsOptions, RbdFeature } from './ceph-props';
import { checkShape } from '../checks';
import type { DriverFacts } from '../driver-facts';
import { FS_TYPE_PARAMETER, FsType } from '../fs-type';
import { checkNeededSecret, DriverSecret, secretParameters, secretRef } from '../secrets';

/** How a cluster is reached: the same whoever runs it. */
export interface CephAccess {
  readonly driver: DriverFacts;
  readonly clusterId: string;
  /** For making, growing and attaching. */
  readonly controller: DriverSecret;
  /** For mounting on nodes. */
  readonly node: DriverSecret;
  readonly check: (sink: ProblemSink) => void;
}

/** A class of block images. The Secret for growing is always there: without it claims could ask for more and never get it. */
export function blockPool(access: CephAccess, props: CephBlockOptions): StorageBackend {
  return StorageBackend._of({
    driver: access.driver,
    parameters: {
      clusterID: access.clusterId,
      pool: props.pool,
      dataPool: props.dataPool,
      imageFormat: '2',
      imageFeatures: (props.imageFeatures ?? [RbdFeature.LAYERING]).join(','),
      mounter: props.mounter,
      mapOptions: joined(props.mapOptions),
      unmapOptions: joined(props.unmapOptions),
      mkfsOptions: props.mkfsOptions,
      ...encryptionOf(props),
      stripeUnit: props.stripeUnit && bytesOf(props.stripeUnit),
      stripeCount: props.stripeCount,
      objectSize: props.objectSize && bytesOf(props.objectSize),
      volumeNamePrefix: props.volumeNamePrefix,
      ...secretParameters(access.controller, ['provisioner', 'controller-expand', 'controller-publish']),
      ...secretParameters(access.node, ['node-stage']),
      [FS_TYPE_PARAMETER]: props.fsType ?? FsType.EXT4,
    },
    check: sink => {
      access.check(sink);
      checkBlockPool(props, sink);
    },
  });
}

/** A class of directories. */
export function fileSystem(access: CephAccess, props: CephFsOptions): StorageBackend {
  return StorageBackend._of({
    driver: access.driver,
    parameters: {
      clusterID: access.clusterId,
      fsName: props.fsName,
      pool: props.pool,
      mounter: props.mounter,
      kernelMountOptions: joined(props.kernelMountOptions),
      fuseMountOptions: joined(props.fuseMountOptions),
      backingSnapshot: props.backingSnapshot,
      ...encryptionOf(props),
      volumeNamePrefix: props.volumeNamePrefix,
      ...secretParameters(access.controller, ['provisioner', 'controller-expand']),
      ...secretParameters(access.node, ['node-stage']),
    },
    check: sink => {
      access.check(sink);
      checkCephFs(props, sink);
    },
  });
}

/** A directory that exists. A volume made by hand knows none of Rook's Secrets: their keys have other names. */
export function existingDirectory(
  driver: DriverFacts, clusterId: string, props: CephFsExistingOptions, check: (sink: ProblemSink) => void,
): FileSystem {
  const { fsName, rootPath, secret } = props;
  return FileSystem._of({
    driver,
    description: `${clusterId}/${fsName}:${rootPath}`,
    source: {
      csi: {
        driver: driver.provisioner,
        volumeHandle: `${clusterId}-${fsName}${String(rootPath).replaceAll('/', '-')}`,
        volumeAttributes: { clusterID: clusterId, fsName, rootPath, staticVolume: 'true' },
        nodeStageSecretRef: secretRef(secret),
      },
    },
    mountOptions: props.mountOptions,
    check: sink => {
      check(sink);
      checkCephFs({ fsName }, sink);
      checkShape(rootPath, {
        ruleId: 'driver/ceph-path', path: 'rootPath', pattern: /^\//, expected: 'an absolute path', example: '/datasets/imagenet', link: driver.link,
      }, sink);
      checkNeededSecret('secret', secret, sink);
    },
  });
}

function joined(options: readonly string[] | undefined): string | undefined {
  return options && options.length > 0 ? options.join(',') : undefined;
}

function encryptionOf({ encrypted, encryptionKmsId }: CephBlockOptions | CephFsOptions): Record<string, string | boolean | undefined> {
  return { encrypted: encrypted ?? (encryptionKmsId === undefined ? undefined : true), encryptionKMSID: encryptionKmsId };
}
