import type { Toleration } from '../../private/wire';

/** Managed Kubernetes of a cloud. */
export type CloudId = 'eks' | 'gke' | 'aks';

/** Nodes that the cloud takes back when it wants to. */
interface SpotFacts {
  /** What they are called there. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of the taint that they carry, or that their cloud's guide gives them. */
  readonly tolerations: readonly Toleration[];
  /** Seconds that pods are left from the notice on, where nothing else was set up. */
  readonly seconds: number;
  readonly link: string;
}

/** What a cloud's nodes are labelled and tainted with. */
interface CloudFacts {
  readonly name: string;
  /** Label that holds the name of a pool of nodes. */
  readonly poolLabel: string;
  /** Of taints that the cloud's guides give to nodes with GPUs, besides the one called as the resource. */
  readonly gpuTolerations: readonly Toleration[];
  readonly spot: SpotFacts;
}

/**
 * As of 2026-11-20.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
 * @see https://learn.microsoft.com/azure/aks/use-nvidia-gpu
 * @see https://learn.microsoft.com/azure/aks/spot-node-pool
 */
export const CLOUDS: Readonly<Record<CloudId, CloudFacts>> = {
  eks: {
    name: 'EKS',
    poolLabel: 'eks.amazonaws.com/nodegroup',
    gpuTolerations: [],
    spot: {
      name: 'Spot Instance',
      labels: { 'eks.amazonaws.com/capacityType': 'SPOT' },
      tolerations: [],
      seconds: 120,
      link: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html',
    },
  },
  gke: {
    name: 'GKE',
    poolLabel: 'cloud.google.com/gke-nodepool',
    gpuTolerations: [],
    spot: {
      name: 'Spot VM',
      labels: { 'cloud.google.com/gke-spot': 'true' },
      tolerations: [{ key: 'cloud.google.com/gke-spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' }],
      seconds: 15,
      link: 'https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms',
    },
  },
  aks: {
    name: 'AKS',
    poolLabel: 'kubernetes.azure.com/agentpool',
    gpuTolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
    spot: {
      name: 'Spot node',
      labels: { 'kubernetes.azure.com/scalesetpriority': 'spot' },
      tolerations: [{ key: 'kubernetes.azure.com/scalesetpriority', operator: 'Equal', value: 'spot', effect: 'NoSchedule' }],
      seconds: 30,
      link: 'https://learn.microsoft.com/azure/aks/spot-node-pool',
    },
  },
};

/** Label of every node, whoever runs it. */
export const INSTANCE_TYPE_LABEL = 'node.kubernetes.io/instance-type';
/** Label of GKE's nodes with GPUs. */
export const GKE_ACCELERATOR_LABEL = 'cloud.google.com/gke-accelerator';
/** Labels of nodes that Karpenter or EKS Auto Mode makes. */
export const KARPENTER_CAPACITY_LABEL = 'karpenter.sh/capacity-type';
export const KARPENTER_POOL_LABEL = 'karpenter.sh/nodepool';
export const EKS_CAPACITY_LABEL = 'eks.amazonaws.com/capacityType';

/**
 * Machines with accelerators, by the names that their clouds give to families of them, as of 2026-11-20: of AWS, Google and Azure.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
 * @see https://cloud.google.com/compute/docs/gpus
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview#gpu-accelerated
 */
export const ACCELERATED_MACHINES = /^((p[2-9]|gr?[3-9]|trn\d|inf\d|dl\d)[a-z0-9-]*\.|(a[2-4]x?|g[24])-|Standard_N[CDV])/;

/** Most that a single node of a kind has. */
export interface NodeFacts {
  /** Resource of its devices. */
  readonly resourceName: string;
  readonly devices: number;
  /** EFA interfaces. */
  readonly interfaces?: number;
}

/**
 * Nodes by the value of the label that they are asked for by, as of 2026-11-20; of others nothing is said.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html
 * @see https://cloud.google.com/compute/docs/gpus
 */
export const NODES: ReadonlyMap<string, NodeFacts> = new Map<string, NodeFacts>([
  ['p4d.24xlarge', { resourceName: 'nvidia.com/gpu', devices: 8, interfaces: 4 }],
  ['p4de.24xlarge', { resourceName: 'nvidia.com/gpu', devices: 8, interfaces: 4 }],
  ['p5.48xlarge', { resourceName: 'nvidia.com/gpu', devices: 8, interfaces: 32 }],
  ['p5e.48xlarge', { resourceName: 'nvidia.com/gpu', devices: 8, interfaces: 32 }],
  ['p5en.48xlarge', { resourceName: 'nvidia.com/gpu', devices: 8, interfaces: 16 }],
  ['p6-b200.48xlarge', { resourceName: 'nvidia.com/gpu', devices: 8, interfaces: 8 }],
  ['trn1.32xlarge', { resourceName: 'aws.amazon.com/neuron', devices: 16, interfaces: 8 }],
  ['trn1n.32xlarge', { resourceName: 'aws.amazon.com/neuron', devices: 16, interfaces: 16 }],
  ['trn2.48xlarge', { resourceName: 'aws.amazon.com/neuron', devices: 16, interfaces: 16 }],
  ['nvidia-l4', { resourceName: 'nvidia.com/gpu', devices: 8 }],
  ['nvidia-tesla-t4', { resourceName: 'nvidia.com/gpu', devices: 4 }],
  ['nvidia-tesla-a100', { resourceName: 'nvidia.com/gpu', devices: 16 }],
  ['nvidia-a100-80gb', { resourceName: 'nvidia.com/gpu', devices: 8 }],
  ['nvidia-h100-80gb', { resourceName: 'nvidia.com/gpu', devices: 8 }],
  ['nvidia-h100-mega-80gb', { resourceName: 'nvidia.com/gpu', devices: 8 }],
  ['nvidia-h200-141gb', { resourceName: 'nvidia.com/gpu', devices: 8 }],
  ['nvidia-b200', { resourceName: 'nvidia.com/gpu', devices: 8 }],
  ['nvidia-gb200', { resourceName: 'nvidia.com/gpu', devices: 4 }],
]);
