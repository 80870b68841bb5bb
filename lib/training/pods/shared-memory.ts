import { bytesOf, MIB, quantityOfBytes } from '../../private/quantity';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { PodConcern } from './pod-part';

/** Name of the volume at `/dev/shm`. */
export const SHM_VOLUME = 'shared-memory';

/** Bytes of `/dev/shm` where none are asked for: a quarter of the memory, in whole MiB. */
export function sharedMemoryBytes(props: DistributedTrainingJobProps): number {
  return props.sharedMemory ? bytesOf(props.sharedMemory) : Math.floor(bytesOf(props.memory) / 4 / MIB) * MIB;
}

/** `/dev/shm`, where data loaders and NCCL exchange data. */
export const sharedMemory: PodConcern = (props, { role }) => role.accelerated ? {
  volumes: [{ name: SHM_VOLUME, emptyDir: { medium: 'Memory', sizeLimit: quantityOfBytes(sharedMemoryBytes(props)) } }],
  volumeMounts: [{ name: SHM_VOLUME, mountPath: '/dev/shm' }],
} : {};
