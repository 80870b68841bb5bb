import type { Size } from 'cdk8s';
import type { Cpu, EnvValue } from 'cdk8s-plus-27';
import type { InitRequest } from '../../private/pod';
import { INIT_ENV } from '../../private/pod-copies';
import { given } from '../../private/given';
import { quantityOf } from '../../private/quantity';
import { annotationsFor, Mount, nodeLabelsFor } from '../../storage/volumes/mount';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { environmentOf } from './environment';
import type { PodConcern } from './pod-part';

/**
 * A container before or beside the one that trains. It has the same user and the same restricted security, gets no accelerator,
 * and sees only the volumes that it mounts itself.
 */
export interface WorkerContainer {
  /** Name, which no other container of the pod has. */
  readonly name: string;

  /** Image, by digest or by a version that never moves. */
  readonly image: string;

  /** Program, in place of the image's entrypoint. `$(NAME)` refers to a variable of the container. */
  readonly command: string[];

  /**
   * Arguments of the program.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * Environment variables with plain values.
   *
   * @default - `NVIDIA_VISIBLE_DEVICES=void`, which hides the node's GPUs
   */
  readonly env?: { [name: string]: string };

  /**
   * Environment variables from Secrets, ConfigMaps and fields, as cdk8s-plus has them.
   *
   * @default - none
   */
  readonly envValues?: { [name: string]: EnvValue };

  /** Memory: its limit, and its request too. */
  readonly memory: Size;

  /**
   * CPU that it is sure to get.
   *
   * @default - none asked for
   */
  readonly cpu?: Cpu;

  /**
   * Volumes. One that the workers have in `volumes` too is the same volume: `const spool = PodVolume.scratch()`.
   *
   * @default - none
   */
  readonly mounts?: Mount[];
}

type Beside = Pick<DistributedTrainingJobProps, 'initContainers' | 'sidecars'>;

/** A container of a job, and the prop that it is from. */
export interface PlacedContainer {
  readonly path: string;
  readonly container: WorkerContainer;
  readonly sidecar: boolean;
}

/** All containers before and beside the one that trains, in the order in which they start. */
export function containersBeside({ initContainers, sidecars }: Beside): PlacedContainer[] {
  return [
    ...(initContainers ?? []).map((container, i) => ({ path: `initContainers[${i}]`, container: given(container), sidecar: false })),
    ...(sidecars ?? []).map((container, i) => ({ path: `sidecars[${i}]`, container: given(container), sidecar: true })),
  ];
}

/** What they mount. */
export function mountsBeside(props: Beside): Mount[] {
  return containersBeside(props).flatMap(({ container: { mounts = [] } }) => mounts);
}

/** Containers before and beside the one that trains, with what their volumes demand of the pod. */
export const beside: PodConcern = (props, { role }) => role.accelerated ? {
  annotations: annotationsFor(mountsBeside(props)),
  nodeSelector: nodeLabelsFor(mountsBeside(props)),
  init: containersBeside(props).map(placed => requestOf(placed, props.image)),
} : {};

function requestOf({ container, sidecar }: PlacedContainer, workerImage: string): InitRequest {
  const { name, image, command, args, cpu, mounts = [] } = container;
  const memory = quantityOf(container.memory);
  const own = environmentOf(container);
  return {
    name,
    image,
    command,
    args,
    // a monitor of the GPUs may want to see them
    env: [...INIT_ENV.filter(variable => own.every(one => one.name !== variable.name)), ...own],
    resources: { limits: { memory }, requests: { ...(cpu && { cpu: cpu.amount }), memory } },
    mounts,
    // that of a sidecar may have no shell
    helperImage: workerImage,
    sidecar,
  };
}
