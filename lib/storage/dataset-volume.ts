import { ApiObjectProps, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { quantityOf } from '../private/quantity';
import { claimSpec } from './claim';
import type { AccessMode } from './drivers/driver-facts';
import type { SharedDatasetProps } from './shared-dataset';

/** Class of claims and volumes that are bound by hand: no class at all, not the cluster's default. */
const NO_CLASS = '';

/**
 * The PersistentVolume of a dataset on a file system: tied to its claim, so that no other one takes it, and kept when the
 * claim goes, since the data was there before. Volumes belong to the whole cluster: its name holds the namespace.
 */
export function volumeFor(scope: Construct, name: string, props: SharedDatasetProps): ApiObjectProps | undefined {
  const { fileSystem, size } = props;
  if (!fileSystem || !size) return undefined;
  const { namespace } = Chart.of(scope);
  const mountOptions = props.mountOptions ?? fileSystem._mountOptions;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: volumeNameOf(scope, name) },
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
export function claimFor(scope: Construct, name: string, props: SharedDatasetProps): ApiObjectProps {
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec: claimSpecOf(scope, name, props) };
}

function claimSpecOf(scope: Construct, name: string, props: SharedDatasetProps) {
  const size = props.size!; // checked
  if (props.tier) return claimSpec(props.tier.className, size, 'ReadWriteMany');
  if (props.fileSystem) return claimSpec(NO_CLASS, size, fileSystemMode(props), volumeNameOf(scope, name));
  return claimSpec(NO_CLASS, size, (props.accessMode ?? 'ReadWriteMany'), props.volumeName);
}

function volumeNameOf(scope: Construct, name: string): string {
  return `${Chart.of(scope).namespace}-${name}`;
}

/** Read-only where the driver has that mode and no loader writes; EFS for one has not, and its readers mount read-only. */
function fileSystemMode({ fileSystem, source }: SharedDatasetProps): AccessMode {
  return !source && fileSystem?._driver.filesystemModes.includes('ReadOnlyMany') ? 'ReadOnlyMany' : 'ReadWriteMany';
}
