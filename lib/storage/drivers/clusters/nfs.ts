import type { ProblemSink } from '../../../findings/collector';
import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import { checkOneOf, checkShape } from '../checks';
import type { ClassFields } from '../class-fields';
import type { DriverFacts } from '../driver-facts';
import { checkMountOptions, namesIn, NFS_MOUNT_OPTIONS } from '../mount-options';
import { checkSecret, DriverSecret, secretParameters } from '../secrets';

const PARAMETERS_LINK = 'https://github.com/kubernetes-csi/csi-driver-nfs/blob/master/docs/driver-parameters.md';
const IN_TREE_LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/#nfs';

/** @internal */
export const NFS_CSI: DriverFacts = {
  title: 'NFS CSI driver',
  provisioner: 'nfs.csi.k8s.io',
  madeBy: 'NfsCsi',
  kind: 'file',
  asOf: '2026-08-22, v4.13',
  link: PARAMETERS_LINK,
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'],
  blockModes: [],
  parameters: [
    { name: 'server', type: 'string', required: true },
    { name: 'share', type: 'string', required: true },
    { name: 'subDir', type: 'string' },
    { name: 'mountPermissions', type: 'string', pattern: /^[0-7]{1,4}$/ },
    { name: 'onDelete', type: 'enum', values: ['delete', 'retain', 'archive'] },
  ],
  unknownParameters: 'reject',
  expansion: true,
  snapshots: true,
  snapshotParameters: [
    { name: 'server', type: 'string' },
    { name: 'share', type: 'string' },
    { name: 'mountOptions', type: 'string' },
  ],
  cloning: true,
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: false,
};

/**
 * The NFS volumes of Kubernetes itself, which need no driver. ReadWriteOncePod is for CSI volumes only.
 *
 * @internal
 */
export const NFS_IN_TREE: DriverFacts = {
  title: 'NFS volumes of Kubernetes',
  provisioner: 'kubernetes.io/nfs',
  madeBy: 'Nfs',
  kind: 'file',
  asOf: '2026-08, Kubernetes 1.36',
  link: IN_TREE_LINK,
  dynamicProvisioning: false,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'],
  blockModes: [],
  parameters: [],
  unknownParameters: 'ignore',
  expansion: false,
  snapshots: false,
  cloning: false,
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: false,
};

/** What becomes of a claim's directory when its volume is deleted. */
export enum NfsOnDelete {
  /** The directory is deleted. */
  DELETE = 'delete',
  /** The directory stays. */
  RETAIN = 'retain',
  /** The directory is renamed. */
  ARCHIVE = 'archive',
}

/** Where directories for claims are made. */
export interface NfsShareProps {
  /** Name or address of the NFS server. */
  readonly server: string;

  /** Absolute path that the server exports. */
  readonly share: string;

  /**
   * Directory of a claim below the share, of fixed text and `${pvc.metadata.name}`, `${pvc.metadata.namespace}` and
   * `${pv.metadata.name}`. One that is the same for every claim needs `NfsOnDelete.RETAIN`.
   *
   * @default - the name of the PersistentVolume
   */
  readonly subDir?: string;

  /**
   * What becomes of the directory when the volume is deleted, which a tier does only with `ReclaimPolicy.DELETE`.
   *
   * @default NfsOnDelete.DELETE
   */
  readonly onDelete?: NfsOnDelete;

  /**
   * Permissions, in octal, that the driver gives the directory after each mount. Prefer `fsGroup` of the pods.
   *
   * @default - the directory keeps its permissions
   */
  readonly mountPermissions?: string;

  /**
   * Secret with the mount options, under the key `mountOptions`, that the driver deletes and archives directories with: it does
   * not see those of the class then.
   *
   * @default - none: directories are deleted over a mount without options
   */
  readonly mountOptionsSecret?: DriverSecret;
}

/**
 * Directories on an NFS server, one for each claim, for any number of nodes. The size of a claim limits nothing.
 *
 * @example
 *
 * new StorageTier(chart, 'shared', { backend: NfsCsi.share({ server: 'nfs.example.com', share: '/export/ml' }) });
 *
 * @see https://github.com/kubernetes-csi/csi-driver-nfs/blob/master/docs/driver-parameters.md
 */
export class NfsCsi {
  /** A new directory for each claim, by the NFS CSI driver. Mounted with NFS 4.1 and `hard` where the tier says nothing else. */
  public static share(props: NfsShareProps): StorageBackend {
    const { server, share, subDir, onDelete, mountPermissions, mountOptionsSecret } = props;
    return StorageBackend._of({
      driver: NFS_CSI,
      parameters: { server, share, subDir, onDelete, mountPermissions, ...secretParameters(mountOptionsSecret, ['provisioner']) },
      mountOptions: NFS_MOUNT_OPTIONS,
      check: sink => {
        checkServer(server, PARAMETERS_LINK, sink);
        checkPath('share', share, PARAMETERS_LINK, sink);
        checkOneOf('onDelete', onDelete, NfsOnDelete, PARAMETERS_LINK, sink);
        checkSubDir(subDir, onDelete, sink);
        checkShape(mountPermissions, {
          ruleId: 'driver/nfs-permissions',
          path: 'mountPermissions',
          pattern: /^[0-7]{1,4}$/,
          expected: 'permissions as a text of up to 4 octal digits',
          example: "'0770'",
          link: PARAMETERS_LINK,
        }, sink);
        checkSecret('mountOptionsSecret', mountOptionsSecret, sink);
      },
      checkClass: (fields, sink) => checkDelete(props, fields, sink),
    });
  }

  private constructor() {}
}

/** How an export is mounted. */
export interface NfsExistingProps {
  /**
   * Mount options.
   *
   * @default - `nfsvers=4.1` and `hard`
   */
  readonly mountOptions?: string[];
}

/**
 * An NFS server, mounted by the nodes themselves: no driver is needed.
 *
 * @example
 *
 * Nfs.existing('10.0.0.5', '/export/imagenet');
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#nfs
 */
export class Nfs {
  /** What an NFS server exports at an absolute path. */
  public static existing(server: string, path: string, props: NfsExistingProps = {}): FileSystem {
    const mountOptions = props.mountOptions ?? NFS_MOUNT_OPTIONS;
    return FileSystem._of({
      driver: NFS_IN_TREE,
      description: `${server}:${path}`,
      source: { nfs: { server, path } },
      mountOptions,
      check: sink => {
        checkServer(server, IN_TREE_LINK, sink);
        checkNodeResolves(server, sink);
        checkPath('path', path, IN_TREE_LINK, sink);
        checkMountOptions(mountOptions, 'mountOptions', sink);
      },
    });
  }

  private constructor() {}
}

function checkServer(server: string, link: string, sink: ProblemSink): void {
  checkShape(server, {
    ruleId: 'driver/nfs-server',
    path: 'server',
    pattern: /^[^\s/]+$/,
    expected: 'the name or address of the server alone, without a path',
    example: 'nfs.example.com',
    link,
  }, sink);
}

function checkPath(name: string, path: string, link: string, sink: ProblemSink): void {
  checkShape(path, { ruleId: 'driver/nfs-path', path: name, pattern: /^\//, expected: 'an absolute path', example: '/export/ml', link }, sink);
}

/** The kubelet mounts in-tree volumes with the node's resolver; the CSI driver's pods have the cluster's. */
function checkNodeResolves(server: string, sink: ProblemSink): void {
  if (!/\.svc(\.cluster\.local)?\.?$/.test(server)) return;
  sink.warn({
    ruleId: 'driver/nfs-cluster-name',
    path: 'server',
    expected: 'a name or address that the nodes know: they mount the volume, and their resolver knows no names of Services',
    found: server,
    fix: 'use the cluster IP of the Service, or NfsCsi.share(), whose pods know such names',
    link: IN_TREE_LINK,
  });
}

/** The driver mounts the share once more to delete a directory, without the options of the class. */
function checkDelete(props: NfsShareProps, { reclaimPolicy, mountOptions = [] }: ClassFields, sink: ProblemSink): void {
  if (reclaimPolicy !== 'Delete' || props.onDelete === NfsOnDelete.RETAIN || props.mountOptionsSecret !== undefined) return;
  const own = namesIn(mountOptions).filter(option => !NFS_MOUNT_OPTIONS.includes(option));
  if (own.length === 0) return;
  sink.warn({
    ruleId: 'driver/nfs-delete-options',
    path: 'mountOptions',
    expected: 'a Secret with the options as well, for the driver deletes directories over a mount without those of the class',
    found: own.join(', '),
    fix: 'set `mountOptionsSecret` of NfsCsi.share() if the server refuses a mount without them',
    link: PARAMETERS_LINK,
  });
}

function checkSubDir(subDir: string | undefined, onDelete: NfsOnDelete | undefined, sink: ProblemSink): void {
  if (subDir === undefined || onDelete === NfsOnDelete.RETAIN || /\$\{(pvc|pv)\.metadata\.name\}/.test(subDir)) return;
  sink.error({
    ruleId: 'driver/nfs-fixed-subdir',
    path: 'subDir',
    expected: 'a directory that differs for every claim, or NfsOnDelete.RETAIN: else the first claim that goes takes the data of all others with it',
    found: JSON.stringify(subDir),
    fix: 'put `${pvc.metadata.name}` into `subDir`, or set `onDelete` to NfsOnDelete.RETAIN',
    link: PARAMETERS_LINK,
  });
}
