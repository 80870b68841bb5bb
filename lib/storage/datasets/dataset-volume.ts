import { ApiObjectProps, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { quantityOf } from '../../private/quantity';
import { targetOf } from '../../private/target';
import { canShare, claimSpec, NO_CLASS, singlePodMode } from '../claims/claim';
import type { IDataset } from './dataset';
import type { AccessMode } from '../drivers/driver-facts';
import { Durability, keepAnnotations } from '../tiers/durability';
import type { FileSystem } from '../volumes/file-system';
import type { MountedVolume } from '../volumes/mount';
import type { SharedDatasetProps } from './shared-dataset-props';

/** What the objects of a dataset have in common. */
export interface WrittenDataset {
  readonly name: string;
  readonly durability: Durability;
  readonly labels: Record<string, string> | undefined;
}

/** Labels by which the versions of a dataset are found: `kubectl get pvc,volumesnapshot -l cdk8s-ml/dataset=imagenet`. */
export function versionLabels({ family, version }: Pick<IDataset, 'family' | 'version'>): Record<string, string> | undefined {
  return version === undefined ? undefined : { 'cdk8s-ml/dataset': family, 'cdk8s-ml/version': version };
}

/**
 * The claim as pods see it that may only read: the volume of the pod says so too, and not only the mount, which is what some
 * drivers go by.
 */
export function readOnlyVolume(hint: string, claimName: string, home?: Construct, fileSystem?: FileSystem): MountedVolume {
  return {
    hint,
    homes: home && [home],
    source: { persistentVolumeClaim: { claimName, readOnly: true } },
    podAnnotations: fileSystem?._podAnnotations,
    identity: fileSystem?._podIdentity ? fileSystem.description : undefined,
  };
}

/**
 * The PersistentVolume of a dataset on a file system: tied to its claim, so that no other one takes it, and kept when the
 * claim goes, since the data was there before. Volumes belong to the whole cluster: its name holds the namespace.
 */
export function volumeFor(scope: Construct, written: WrittenDataset, props: SharedDatasetProps): ApiObjectProps | undefined {
  const { name, durability, labels } = written;
  const { fileSystem, size } = props;
  if (!fileSystem || !size) return undefined;
  const { namespace } = Chart.of(scope);
  const mountOptions = props.mountOptions ?? fileSystem._mountOptions;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: volumeNameOf(scope, name), labels, annotations: keepAnnotations(durability) },
    spec: {
      accessModes: [fileSystemMode(props)],
      capacity: { storage: quantityOf(size) },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace },
      ...(mountOptions.length > 0 && { mountOptions: [...mountOptions] }),
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: NO_CLASS,
      volumeMode: 'Filesystem',
      ...fileSystem._source,
    },
  };
}

/** The claim of a dataset. */
export function claimFor(scope: Construct, { name, durability, labels }: WrittenDataset, props: SharedDatasetProps): ApiObjectProps {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, labels, annotations: keepAnnotations(durability) },
    spec: claimSpecOf(scope, name, props),
  };
}

function claimSpecOf(scope: Construct, name: string, props: SharedDatasetProps) {
  const size = props.size!; // checked
  if (props.tier) return claimSpec({ className: props.tier.className, size, mode: tierMode(scope, props), source: props.content?._ref });
  const volumeName = props.fileSystem ? volumeNameOf(scope, name) : props.volumeName;
  const mode = props.fileSystem ? fileSystemMode(props) : props.accessMode as AccessMode | undefined ?? 'ReadWriteMany';
  return claimSpec({ className: NO_CLASS, size, mode, volumeName });
}

/** What is only published needs to be reached by one pod, its loader. */
function tierMode(scope: Construct, { tier }: SharedDatasetProps): AccessMode {
  return canShare(tier!) ? 'ReadWriteMany' : singlePodMode(tier!.backend._driver, targetOf(scope));
}

function volumeNameOf(scope: Construct, name: string): string {
  return `${Chart.of(scope).namespace}-${name}`;
}

/** Read-only where the driver has that mode and no loader writes; EFS for one has not, and its readers mount read-only. */
function fileSystemMode({ fileSystem, source }: SharedDatasetProps): AccessMode {
  return !source && fileSystem?._driver.filesystemModes.includes('ReadOnlyMany') ? 'ReadOnlyMany' : 'ReadWriteMany';
}
