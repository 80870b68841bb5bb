import { manifestOf, type Manifest } from './engine/manifest';

const CORE_KINDS = [
  'ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'PersistentVolumeClaim', 'PersistentVolume', 'Namespace', 'Pod', 'ResourceQuota', 'LimitRange', 'Node',
];

/** Groups of the kinds that people declare without their `apiVersion`. */
const API_VERSIONS: ReadonlyMap<string, string> = new Map([
  ...CORE_KINDS.map((kind): [string, string] => [kind, 'v1']),
  ['StorageClass', 'storage.k8s.io/v1'],
  ['VolumeAttributesClass', 'storage.k8s.io/v1'],
  ['CSIDriver', 'storage.k8s.io/v1'],
  ['PriorityClass', 'scheduling.k8s.io/v1'],
  ['RuntimeClass', 'node.k8s.io/v1'],
  ['VolumeSnapshot', 'snapshot.storage.k8s.io/v1'],
  ['VolumeSnapshotClass', 'snapshot.storage.k8s.io/v1'],
  ['VolumeSnapshotContent', 'snapshot.storage.k8s.io/v1'],
  ['StatefulSet', 'apps/v1'],
  ['Deployment', 'apps/v1'],
  ['DaemonSet', 'apps/v1'],
  ['Job', 'batch/v1'],
  ['CronJob', 'batch/v1'],
  ['JobSet', 'jobset.x-k8s.io/v1alpha2'],
  ['TrainingRuntime', 'trainer.kubeflow.org/v1alpha1'],
  ['ClusterTrainingRuntime', 'trainer.kubeflow.org/v1alpha1'],
  ['LocalQueue', 'kueue.x-k8s.io/v1beta1'],
  ['ClusterQueue', 'kueue.x-k8s.io/v1beta1'],
  ['WorkloadPriorityClass', 'kueue.x-k8s.io/v1beta1'],
  ['BackupStorageLocation', 'velero.io/v1'],
  ['VolumeSnapshotLocation', 'velero.io/v1'],
  ['Backup', 'velero.io/v1'],
  ['Schedule', 'velero.io/v1'],
]);

/** Kinds that are declared without their `apiVersion`. */
export const SHORT_KINDS: readonly string[] = [...API_VERSIONS.keys()];

/** What is inside a list counts as if it stood alone; empty documents do not count. */
export function readManifests(values: readonly unknown[]): Manifest[] {
  const manifests: Manifest[] = [];
  for (const value of values) {
    if (isList(value)) for (const item of itemsOf(value)) manifests.push(manifestOf(item));
    else if (value !== null && value !== undefined) manifests.push(manifestOf(value));
  }
  return manifests;
}

/** The items of a `List`; anything else is itself. */
export function itemsOf(value: unknown): unknown[] {
  return openList(value).map(object => object.value);
}

function isList(value: any): boolean {
  return typeof value === 'object' && value !== null && typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items);
}

/** An object and where in its document it stands. */
export interface ListedObject {
  readonly value: unknown;
  /** `items[2]`; '' for the document itself. */
  readonly path: string;
  /** The same as keys and indices. */
  readonly steps: readonly (string | number)[];
}

/** The items of a `List`, and of lists in it; anything else is itself, and nothing is nothing. */
export function openList(value: any, path = '', steps: readonly (string | number)[] = []): ListedObject[] {
  if (value === null || value === undefined) return [];
  if (!isList(value)) return [{ value, path, steps }];
  const prefix = path === '' ? 'items' : `${path}.items`;
  return (value.items as unknown[]).flatMap((item, i) => openList(item, `${prefix}[${i}]`, [...steps, 'items', i]));
}

/**
 * An object that is declared to be outside the bundle: a manifest, its short form with `name` and `namespace` beside `kind`,
 * or `Kind/name`, `Kind/namespace/name`.
 *
 * @returns undefined for what is none of these
 */
export function readExternal(value: any): Manifest | undefined {
  if (typeof value === 'string') {
    const parts = value.split('/');
    if (parts.length < 2 || parts.length > 3 || parts.some(part => part === '')) return undefined;
    return readExternal({ kind: parts[0], name: parts[parts.length - 1], namespace: parts.length === 3 ? parts[1] : undefined });
  }
  if (typeof value !== 'object' || value === null || typeof value.kind !== 'string') return undefined;
  const { name, namespace, ...rest } = value;
  const metadata = { ...rest.metadata, ...name !== undefined && { name }, ...namespace !== undefined && { namespace } };
  if (typeof metadata.name !== 'string' || metadata.name === '') return undefined;
  const apiVersion = rest.apiVersion ?? API_VERSIONS.get(value.kind) ?? '';
  return manifestOf({ ...rest, apiVersion, metadata }, {}, true);
}
