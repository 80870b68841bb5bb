import type { Duration } from 'cdk8s';
import type { WorkerToleration } from '../pods/worker-toleration';

/** How nodes of Amazon EKS are paid for. */
export enum EksCapacityType {
  /** They stay as long as they are wanted. */
  ON_DEMAND = 'ON_DEMAND',
  /** EC2 takes them back after a notice of two minutes. */
  SPOT = 'SPOT',
  /** Capacity Blocks for ML, reserved for a time. */
  CAPACITY_BLOCK = 'CAPACITY_BLOCK',
}

/** Which nodes of Amazon EKS workers run on. */
export interface EksNodePoolProps {
  /**
   * Instance type: `p5.48xlarge`.
   *
   * @default - any
   */
  readonly instanceType?: string;

  /**
   * How the nodes are paid for, as managed node groups and Karpenter label them; other nodes have no such label.
   *
   * @default - any
   */
  readonly capacityType?: EksCapacityType;

  /**
   * Name of the managed node group, or of Karpenter's NodePool.
   *
   * @default - any
   */
  readonly pool?: string;

  /**
   * Whether Karpenter or EKS Auto Mode makes the nodes, which have labels of their own.
   *
   * @default false
   */
  readonly karpenter?: boolean;
}

/** Which nodes of Google Kubernetes Engine workers run on. */
export interface GkeNodePoolProps {
  /**
   * Kind of GPU, as the label `cloud.google.com/gke-accelerator` says it: `nvidia-h100-80gb`. TPUs say it themselves.
   *
   * @default - any
   */
  readonly accelerator?: string;

  /**
   * Machine type: `a3-highgpu-8g`.
   *
   * @default - any
   */
  readonly machineType?: string;

  /**
   * Name of the node pool.
   *
   * @default - any
   */
  readonly pool?: string;

  /**
   * Whether the nodes are Spot VMs, which Google takes back with little notice.
   *
   * @default false
   */
  readonly spot?: boolean;

  /**
   * Time that Spot VMs leave their pods, where the node pool was set up to give more than the usual; at most 120 s.
   *
   * @default Duration.seconds(15)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
   */
  readonly spotGracePeriod?: Duration;
}

/** Which nodes of Azure Kubernetes Service workers run on. */
export interface AksNodePoolProps {
  /**
   * Size of the virtual machines: `Standard_ND96isr_H100_v5`.
   *
   * @default - any
   */
  readonly vmSize?: string;

  /**
   * Name of the node pool.
   *
   * @default - any
   */
  readonly pool?: string;

  /**
   * Whether the nodes are Spot nodes, which Azure takes back after a notice of 30 s. AKS does not drain them by itself.
   *
   * @default false
   */
  readonly spot?: boolean;
}

/** Which nodes workers run on, by labels and taints of your own. */
export interface LabelledNodePoolProps {
  /**
   * Labels that the nodes must have.
   *
   * @default - any node
   */
  readonly labels?: { [name: string]: string };

  /**
   * Taints that the nodes may have.
   *
   * @default - none but the accelerator's
   */
  readonly tolerations?: WorkerToleration[];
}
