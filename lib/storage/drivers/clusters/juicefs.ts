import type { ProblemSink } from '../../../findings/collector';
import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import { checkShape } from '../checks';
import type { DriverFacts } from '../driver-facts';
import { namesIn } from '../mount-options';
import { checkNeededSecret, DriverSecret, secretParameters, secretRef } from '../secrets';

const PV_LINK = 'https://juicefs.com/docs/csi/guide/pv';
const CACHE_LINK = 'https://juicefs.com/docs/community/guide/cache#client-write-cache';

/**
 * Of volumes that claims ask for. Those made by hand can be ReadOnlyMany too.
 *
 * @internal
 */
export const JUICEFS: DriverFacts = {
  title: 'JuiceFS CSI driver',
  provisioner: 'csi.juicefs.com',
  madeBy: 'JuiceFs',
  kind: 'file',
  asOf: '2026-08-20, v0.32.4',
  link: PV_LINK,
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
  blockModes: [],
  parameters: [
    { name: 'pathPattern', type: 'string' },
    { name: 'juicefs/mount-service-account', type: 'string' },
    { name: 'juicefs/mount-cpu-request', type: 'quantity' },
    { name: 'juicefs/mount-memory-request', type: 'quantity' },
    { name: 'juicefs/mount-cpu-limit', type: 'quantity' },
    { name: 'juicefs/mount-memory-limit', type: 'quantity' },
  ],
  unknownParameters: 'ignore',
  expansion: true,
  expansionNeedsSecret: true,
  snapshots: true,
  cloning: false,
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: true,
};

/** Of volumes made by hand: they have no quota. */
const JUICEFS_EXISTING: DriverFacts = { ...JUICEFS, filesystemModes: [...JUICEFS.filesystemModes, 'ReadOnlyMany'], sizeEnforced: false };

/** Which file system the directories of claims are made in, and what mounts it. */
export interface JuiceFsProps {
  /**
   * Secret that describes the file system: `name`, `metaurl` (or `token` of the cloud service), `storage`, `bucket`,
   * `access-key`, `secret-key`.
   */
  readonly secret: DriverSecret;

  /**
   * Directory of a claim, of fixed text and `${.PVC.namespace}`, `${.PVC.name}`, `${.PV.name}`. It acts only where the driver's
   * controller runs as a provisioner.
   *
   * @default - the name of the PersistentVolume
   */
  readonly pathPattern?: string;

  /**
   * Service account of the pods that mount the file system.
   *
   * @default - the driver's own
   */
  readonly mountServiceAccount?: string;

  /**
   * CPU that a pod which mounts the file system asks for: `1`, `500m`.
   *
   * @default - the driver's own
   */
  readonly mountCpuRequest?: string;

  /**
   * Most CPU that a pod which mounts the file system may use.
   *
   * @default - the driver's own
   */
  readonly mountCpuLimit?: string;

  /**
   * Memory that a pod which mounts the file system asks for: `1Gi`.
   *
   * @default - the driver's own
   */
  readonly mountMemoryRequest?: string;

  /**
   * Most memory that a pod which mounts the file system may use.
   *
   * @default - the driver's own
   */
  readonly mountMemoryLimit?: string;
}

/** A JuiceFS file system that exists. */
export interface JuiceFsExistingProps {
  /** Name of the file system, which must differ for every volume: with one name for two of them, pods hang. */
  readonly name: string;

  /** Secret that describes the file system, as for `JuiceFs.volumes()`. */
  readonly secret: DriverSecret;

  /**
   * Mount options, such as `subdir=/imagenet` and `cache-size=102400` in MiB.
   *
   * @default - none
   */
  readonly mountOptions?: string[];
}

/**
 * JuiceFS: a file system whose data lies in an object store, for any number of nodes.
 *
 * @example
 *
 * new StorageTier(chart, 'shared', { backend: JuiceFs.volumes({ secret: { name: 'juicefs', inNamespace: 'kube-system' } }) });
 *
 * @see https://juicefs.com/docs/csi/introduction
 */
export class JuiceFs {
  /**
   * A directory of the file system for each claim, with a quota of its size. The Secret for growing is always there: without it
   * claims could ask for more and never get it.
   */
  public static volumes(props: JuiceFsProps): StorageBackend {
    return StorageBackend._of({
      driver: JUICEFS,
      parameters: {
        pathPattern: props.pathPattern,
        'juicefs/mount-service-account': props.mountServiceAccount,
        'juicefs/mount-cpu-request': props.mountCpuRequest,
        'juicefs/mount-cpu-limit': props.mountCpuLimit,
        'juicefs/mount-memory-request': props.mountMemoryRequest,
        'juicefs/mount-memory-limit': props.mountMemoryLimit,
        ...secretParameters(props.secret, ['provisioner', 'node-publish', 'controller-expand']),
      },
      check: sink => check(props, sink),
      checkClass: ({ mountOptions = [] }, sink) => checkOptions(mountOptions, sink),
    });
  }

  /** A file system that exists, or a directory of it with the mount option `subdir=`. */
  public static existing(props: JuiceFsExistingProps): FileSystem {
    const { name, secret, mountOptions = [] } = props;
    return FileSystem._of({
      driver: JUICEFS_EXISTING,
      description: name,
      source: {
        csi: {
          driver: JUICEFS.provisioner,
          volumeHandle: name,
          fsType: 'juicefs',
          nodePublishSecretRef: secretRef(secret),
        },
      },
      mountOptions,
      check: sink => {
        checkShape(name, {
          ruleId: 'driver/juicefs-name', path: 'name', pattern: /^\S+$/, expected: 'a name that no other volume of the driver has', example: 'imagenet', link: PV_LINK,
        }, sink);
        checkNeededSecret('secret', secret, sink);
        checkOptions(mountOptions, sink);
      },
    });
  }

  private constructor() {}
}

function check(props: JuiceFsProps, sink: ProblemSink): void {
  checkNeededSecret('secret', props.secret, sink);
  for (const path of ['mountCpuRequest', 'mountCpuLimit', 'mountMemoryRequest', 'mountMemoryLimit'] as const) {
    checkShape(props[path], {
      ruleId: 'driver/quantity',
      path,
      pattern: /^[0-9]+(\.[0-9]+)?(m|k|[KMGTPE]i|[MGTPE])?$/,
      expected: 'a quantity as Kubernetes writes them',
      example: path.startsWith('mountCpu') ? "'500m'" : "'1Gi'",
      link: 'https://juicefs.com/docs/csi/guide/resource-optimization',
    }, sink);
  }
}

function checkOptions(options: readonly string[], sink: ProblemSink): void {
  const found = namesIn(options).find(option => /^(--)?writeback(=true)?$/.test(option));
  if (found === undefined) return;
  sink.warn({
    ruleId: 'driver/juicefs-writeback',
    path: 'mountOptions',
    expected: 'no writeback: what is written is on one node only until it is uploaded, and is lost with it',
    found,
    fix: `leave ${JSON.stringify(found)} out, or keep it to data that can be made again`,
    link: CACHE_LINK,
  });
}
