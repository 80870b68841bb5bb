import { annotationsFor, Mount, MountedVolume, nodeLabelsFor, volumesOf } from '../../storage/volumes/mount';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { hasAccount } from './cloud-identity';
import type { PodConcern, PodPart } from './pod-part';
import { sharedMemoryBytes } from './shared-memory';

/** What the user mounts. */
export function dataMounts({ datasets, volumes }: DistributedTrainingJobProps): Mount[] {
  return [...datasets ?? [], ...volumes ?? []];
}

/** Volumes that are mounted, each once. */
export function mountedVolumes(props: DistributedTrainingJobProps): MountedVolume[] {
  return [...new Set(dataMounts(props).flatMap(volumesOf))];
}

/** Bytes of memory that volumes may take, `/dev/shm` among them. */
export function memoryOfVolumes(props: DistributedTrainingJobProps): number {
  return mountedVolumes(props).reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, sharedMemoryBytes(props));
}

/** What volumes demand of the pods that mount them. */
export const mountedData: PodConcern = (props, { role }) => role.readsData ? {
  annotations: annotationsFor(dataMounts(props)),
  nodeSelector: nodeLabelsFor(dataMounts(props)),
} : {};

/** Data that the workers read from object storage themselves. */
export const streamedData: PodConcern = (props, { role }) => role.readsData || role.launches ? streamed(props) : {};

function streamed({ streams: asked, ...props }: DistributedTrainingJobProps): PodPart {
  const streams = asked ?? [];
  const secrets = [...new Set(streams.flatMap(({ _credentials: secret }) => secret ? [secret.name] : []))];
  return {
    // two of one region say it once
    env: [...new Map(streams.flatMap(stream => stream._env).map(variable => [variable.name, variable])).values()],
    envFrom: secrets.map(name => ({ secretRef: { name } })),
    labels: hasAccount(props) ? Object.assign({}, ...streams.map(({ _identityLabels }) => _identityLabels)) as Record<string, string> : {},
  };
}
