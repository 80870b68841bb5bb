import type { ProblemSink } from '../../../findings/collector';
import { StorageBackend } from '../../tiers/storage-backend';
import { checkShape, checkSwitch } from '../checks';
import type { DriverFacts } from '../driver-facts';

/** @internal */
export const LOCAL_STATIC: DriverFacts = {
  title: 'local volumes',
  provisioner: 'kubernetes.io/no-provisioner',
  madeBy: 'LocalVolumes',
  kind: 'local',
  asOf: '2026-08-08, local static provisioner 2.9.0',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#local',
  dynamicProvisioning: false,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce'],
  blockModes: ['ReadWriteOnce'],
  parameters: [],
  unknownParameters: 'ignore',
  expansion: false,
  snapshots: false,
  cloning: false,
  topologyKeys: ['kubernetes.io/hostname'],
  bindingMode: 'WaitForFirstConsumer',
  // a claim gets a whole disk that is at least as large
  sizeEnforced: true,
};

/**
 * Its volumes are no CSI volumes, so ReadWriteOncePod is left out although the provisioner takes it.
 *
 * @internal
 */
export const LOCAL_PATH: DriverFacts = {
  title: 'Rancher local-path provisioner',
  provisioner: 'rancher.io/local-path',
  madeBy: 'LocalVolumes',
  kind: 'local',
  asOf: '2026-08-06, v0.0.37',
  link: 'https://github.com/rancher/local-path-provisioner/blob/master/README.md',
  dynamicProvisioning: true,
  staticProvisioning: false,
  filesystemModes: ['ReadWriteOnce'],
  blockModes: [],
  parameters: [
    { name: 'nodePath', type: 'string', pattern: /^\/./ },
    { name: 'pathPattern', type: 'string' },
    { name: 'allowUnsafePathPattern', type: 'boolean' },
    { name: 'nodeAffinityKey', type: 'string' },
    { name: 'userPattern', type: 'string' },
    { name: 'groupPattern', type: 'string' },
    { name: 'permPattern', type: 'string' },
  ],
  unknownParameters: 'ignore',
  expansion: false,
  snapshots: false,
  cloning: false,
  topologyKeys: ['kubernetes.io/hostname'],
  bindingMode: 'WaitForFirstConsumer',
  sizeEnforced: false,
};

/** Where the local-path provisioner makes its directories. */
export interface LocalPathProps {
  /**
   * Path on the nodes, one of those in the provisioner's configuration.
   *
   * @default - any of them
   */
  readonly nodePath?: string;

  /**
   * Directory of a claim below the path: a Go template that begins with `{{ .PVC.Namespace }}/{{ .PVC.Name }}`, so that no claim
   * can get at the data of another.
   *
   * @default - the names of the volume, of its namespace and of its claim
   */
  readonly pathPattern?: string;

  /**
   * Whether `pathPattern` may begin with anything: two claims can share a directory then, and one that goes takes the data of
   * both.
   *
   * @default false
   */
  readonly allowUnsafePathPattern?: boolean;

  /**
   * Label that a node is known by.
   *
   * @default 'kubernetes.io/hostname'
   */
  readonly nodeAffinityKey?: string;

  /**
   * Owner of a directory: a number, or a Go template that makes one.
   *
   * @default - root
   */
  readonly userPattern?: string;

  /**
   * Group of a directory: a number, or a Go template that makes one.
   *
   * @default - root
   */
  readonly groupPattern?: string;

  /**
   * Permissions of a directory in octal, or a Go template that makes them.
   *
   * @default - 0777, as the provisioner is set up
   */
  readonly permPattern?: string;

  /**
   * Whether the provisioner's configuration names a `sharedFileSystemPath`, which all nodes have: volumes are then for any
   * number of nodes and belong to none.
   *
   * @default false
   */
  readonly sharedFileSystem?: boolean;
}

/**
 * Disks and directories of the nodes themselves. They are as fast as it gets, and are lost with their node.
 *
 * @example
 *
 * new StorageTier(chart, 'nvme', { backend: LocalVolumes.preProvisioned() });
 */
export class LocalVolumes {
  /**
   * Disks whose PersistentVolumes somebody makes, by hand or with the local static provisioner. A claim gets a whole disk, and
   * waits until there is one that is large enough where its pod can run.
   *
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#local
   */
  public static preProvisioned(): StorageBackend {
    return StorageBackend._of({ driver: LOCAL_STATIC });
  }

  /**
   * Directories that the local-path provisioner makes on the node of the pod, as development clusters have them. The size of
   * a claim limits nothing: one claim can fill the node.
   *
   * @see https://github.com/rancher/local-path-provisioner
   */
  public static localPath(props: LocalPathProps = {}): StorageBackend {
    const { nodePath, pathPattern, allowUnsafePathPattern, nodeAffinityKey, userPattern, groupPattern, permPattern } = props;
    return StorageBackend._of({
      driver: localPathDriver(props),
      parameters: { nodePath, pathPattern, allowUnsafePathPattern, nodeAffinityKey, userPattern, groupPattern, permPattern },
      check: sink => checkLocalPath(props, sink),
    });
  }

  private constructor() {}
}

function localPathDriver({ nodeAffinityKey, sharedFileSystem }: LocalPathProps): DriverFacts {
  if (sharedFileSystem) {
    return {
      ...LOCAL_PATH,
      kind: 'file',
      filesystemModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'],
      topologyKeys: [],
      bindingMode: 'Immediate',
    };
  }
  return nodeAffinityKey === undefined ? LOCAL_PATH : { ...LOCAL_PATH, topologyKeys: [nodeAffinityKey] };
}

function checkLocalPath(props: LocalPathProps, sink: ProblemSink): void {
  const { link } = LOCAL_PATH;
  const { nodePath, pathPattern, allowUnsafePathPattern } = props;
  checkSwitch('allowUnsafePathPattern', allowUnsafePathPattern, link, sink);
  checkSwitch('sharedFileSystem', props.sharedFileSystem, link, sink);
  checkShape(nodePath, {
    ruleId: 'driver/local-path', path: 'nodePath', pattern: /^\/./, expected: 'an absolute path below /', example: '/opt/local-path', link,
  }, sink);
  checkShape(props.nodeAffinityKey, {
    ruleId: 'driver/local-path', path: 'nodeAffinityKey', pattern: /^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
    expected: 'the key of a label of nodes', example: 'kubernetes.io/hostname', link,
  }, sink);
  if (allowUnsafePathPattern === true) {
    if (pathPattern !== undefined && !startsWithClaim(pathPattern)) {
      sink.warn({
        ruleId: 'driver/local-path-unsafe',
        path: 'allowUnsafePathPattern',
        expected: 'false: with any pattern two claims can share a directory, and the one that goes takes the data of both',
        found: `true, with ${pathPattern}`,
        fix: 'begin `pathPattern` with {{ .PVC.Namespace }}/{{ .PVC.Name }} and leave `allowUnsafePathPattern` out',
        link,
      });
    }
    return;
  }
  if (pathPattern === undefined || startsWithClaim(pathPattern)) return;
  sink.error({
    ruleId: 'driver/local-path-pattern',
    path: 'pathPattern',
    expected: 'a pattern that begins with {{ .PVC.Namespace }}/{{ .PVC.Name }}: the provisioner refuses others, for claims could share a directory',
    found: JSON.stringify(pathPattern),
    fix: 'begin `pathPattern` with {{ .PVC.Namespace }}/{{ .PVC.Name }}',
    link,
  });
}

function startsWithClaim(pattern: unknown): boolean {
  return typeof pattern === 'string' && /^\{\{\s*\.PVC\.Namespace\s*\}\}\/\{\{\s*\.PVC\.Name\s*\}\}(\/|$)/.test(pattern);
}
