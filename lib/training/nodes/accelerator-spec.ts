import type { ProblemSink } from '../../findings/collector';
import type { KubernetesVersion } from '../../kubernetes-version';
import type { CloudId } from './clouds';
import type { DeviceClaim } from './dra';

/** What the checks of nodes know of a job. */
export interface NodeContext {
  /** Pods that get accelerators. */
  readonly pods: number;
  readonly target: KubernetesVersion;
}

/** Devices that every worker gets, however they are asked for. */
export interface AcceleratorSpec {
  /** How a user asks for them. */
  readonly factory: string;
  /** Resource of a device plugin; undefined for devices by claim. */
  readonly resourceName?: string;
  /** Devices of each worker. */
  readonly count: number;
  /** Processes that train with them, where one is started for each device or each part of one. */
  readonly processes: number;
  /** Key of the taint that their nodes may carry. */
  readonly taint?: string;
  /** Labels of the nodes that have them, where the resource alone does not say it. */
  readonly nodeLabels?: Readonly<Record<string, string>>;
  readonly claim?: DeviceClaim;
  /** The only managed Kubernetes that has them. */
  readonly cloud?: CloudId;
  readonly check: (sink: ProblemSink) => void;
  /** Holds them against the rest of the job. Not called for options that `check` refuses by their type. */
  readonly checkJob?: (context: NodeContext, sink: ProblemSink) => void;
}
