import type { KubernetesVersion } from '../../../lib';
import type { EngineId } from '../../../lib/training/engines/engine-spec';
import type { FrameworkId } from '../../../lib/training/frameworks/framework-spec';

/** What a user asks for, as plain data: the same request is made into props and held against the manifests. */
export interface Request {
  readonly target: KubernetesVersion;
  readonly job: JobRequest;
  readonly datasets: readonly DatasetRequest[];
}

type Texts = Readonly<Record<string, string>>;

export interface JobRequest {
  readonly name?: string;
  readonly engine?: EngineRequest;
  readonly framework?: FrameworkRequest;
  readonly image: string;
  readonly command: readonly string[];
  readonly workers: number;
  readonly memoryMiB: number;
  readonly sharedMemoryMiB?: number;
  readonly cpuMillis?: number;
  readonly accelerator?: AcceleratorRequest;
  readonly fabric?: FabricRequest;
  readonly nodes?: NodesRequest;
  readonly env?: Texts;
  readonly envValues?: Readonly<Record<string, EnvRequest>>;
  readonly nodeSelector?: Texts;
  readonly podLabels?: Texts;
  readonly podAnnotations?: Texts;
  readonly tolerations?: readonly TolerationRequest[];
  readonly placement?: PlacementRequest;
  readonly priorityClass?: string;
  readonly disruptable?: boolean;
  readonly serviceAccount?: string;
  readonly identity?: 'aws' | 'gcp' | 'azure';
  readonly imagePullSecrets?: readonly string[];
  readonly initContainers?: readonly ContainerRequest[];
  readonly sidecars?: readonly ContainerRequest[];
  readonly liveness?: ProbeRequest;
  readonly readiness?: ProbeRequest;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly graceSeconds?: number;
  readonly ending: EndRequest;
  readonly scheduling?: SchedulingRequest;
  readonly checkpoints?: CheckpointRequest;
  readonly volumes: readonly VolumeRequest[];
}

export interface EngineRequest {
  readonly id: EngineId;
  /** Of a StatefulSet. */
  readonly podManagement?: string;
  readonly update?: { readonly partition?: number } | 'OnDelete';
  readonly revisionHistoryLimit?: number;
  /** Of an MPIJob. */
  readonly implementation?: string;
  readonly sshAuthMountPath?: string;
  readonly sshdConfig?: string;
  readonly sshPort?: number;
}

/** Options of all frameworks; each takes its own. */
export interface FrameworkRequest {
  readonly id: FrameworkId;
  readonly processesPerWorker?: number;
  readonly port?: number;
  readonly maxRestarts?: number;
  readonly minWorkers?: number;
  readonly joinSeconds?: number;
  readonly interpreter?: string;
  readonly mixedPrecision?: string;
  readonly configFile?: string;
  readonly exportedVariables?: readonly string[];
  readonly launcherMemoryMiB?: number;
  readonly launcherCpuMillis?: number;
  readonly launcherNodeSelector?: Texts;
  readonly launcherArguments?: readonly string[];
  readonly parameterServers?: number;
  readonly serverMemoryMiB?: number;
  readonly serverCpuMillis?: number;
  readonly chiefMemoryMiB?: number;
  readonly chiefCpuMillis?: number;
  readonly serverNodeSelector?: Texts;
  readonly evaluator?: boolean;
}

export interface AcceleratorRequest {
  readonly kind: 'nvidia' | 'mig' | 'amd' | 'gaudi' | 'neuron' | 'neuronCore' | 'tpu' | 'dra' | 'plugin';
  readonly count: number;
  /** CEL of devices by claim. */
  readonly selectors?: readonly string[];
}

export type FabricRequest =
  | { readonly kind: 'efa'; readonly count: number; readonly hugepagesMiB?: number; readonly socketInterface?: string }
  | { readonly kind: 'rdma'; readonly count?: number; readonly ipcLock?: boolean; readonly socketInterface?: string };

export type NodesRequest =
  | {
    readonly cloud: 'eks'; readonly instanceType?: string; readonly capacityType?: string; readonly pool?: string; readonly karpenter?: boolean;
  }
  | {
    readonly cloud: 'gke'; readonly accelerator?: string; readonly machineType?: string; readonly pool?: string; readonly spot?: boolean;
  }
  | { readonly cloud: 'aks'; readonly vmSize?: string; readonly pool?: string; readonly spot?: boolean }
  | { readonly cloud: 'labelled'; readonly labels?: Texts; readonly tolerations?: readonly TolerationRequest[] };

export interface TolerationRequest {
  readonly key?: string;
  readonly value?: string;
  readonly effect?: string;
}

export interface PlacementRequest {
  readonly kind: 'packed' | 'anywhere' | 'exclusive';
  readonly topologyKey?: string;
  readonly required?: boolean;
  readonly oneWorkerPerNode?: boolean;
}

export interface ContainerRequest {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Texts;
  readonly envValues?: Readonly<Record<string, EnvRequest>>;
  readonly memoryMiB: number;
  readonly cpuMillis?: number;
  readonly mounts: readonly VolumeRequest[];
}

export interface ProbeRequest {
  readonly kind: 'command' | 'tcp' | 'http';
  readonly delaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failures?: number;
}

export interface EndRequest {
  readonly restarts?: number;
  readonly deadlineSeconds?: number;
  readonly ttlSeconds?: number;
  readonly success?: 'all' | 'first';
  readonly failOnExitCodes?: readonly number[];
}

export type SchedulingRequest =
  | {
    readonly kind: 'kueue'; readonly queue: string; readonly priorityClass?: string;
    readonly topology?: { readonly kind: 'required' | 'preferred' | 'unconstrained'; readonly level: string };
  }
  | { readonly kind: 'volcano'; readonly queue?: string }
  | { readonly kind: 'coscheduling'; readonly schedulerName?: string; readonly timeoutSeconds?: number };

export type EnvRequest =
  | { readonly kind: 'secret' | 'configMap'; readonly name: string; readonly key: string; readonly optional?: boolean }
  | { readonly kind: 'label'; readonly key: string }
  | { readonly kind: 'memory'; readonly divisor?: string };

export type CheckpointRequest =
  | {
    readonly kind: 'perWorker'; readonly name?: string; readonly sizeGiB: number; readonly whenDeleted?: string; readonly whenScaled?: string;
  }
  | { readonly kind: 'shared'; readonly sizeGiB: number; readonly directoryPerWorker?: boolean }
  | { readonly kind: 'existing'; readonly claim: string; readonly directoryPerWorker?: boolean };

export interface VolumeRequest {
  readonly kind: 'claim' | 'configMap' | 'secret' | 'scratch' | 'wire';
  readonly name: string;
  readonly sizeMiB?: number;
  readonly readOnly?: boolean;
  readonly subPath?: string;
}

export interface DatasetRequest {
  readonly id: string;
  readonly place: 'tier' | 'efs' | 'nfs' | 'volume' | 'claim';
  readonly sizeGiB: number;
  readonly mountOptions?: readonly string[];
  readonly source?: {
    readonly kind: 's3' | 'gcs' | 'http' | 'hub';
    readonly include: readonly string[];
    readonly revision: string;
    readonly loader: {
      readonly image: string;
      readonly cpuMillis?: number;
      readonly memoryMiB?: number;
      readonly retries?: number;
      readonly runAsUser?: number;
      readonly credentials: string;
    };
  };
}
