import type { ProblemSink } from '../../findings/collector';
import { given } from '../../private/given';
import { checkSwitch } from '../../private/prop-types';
import { tolerationOf } from '../../private/tolerations';
import type { Toleration } from '../../private/wire';
import type { AcceleratorSpec } from './accelerator-spec';
import {
  CloudId, CLOUDS, EKS_CAPACITY_LABEL, GKE_ACCELERATOR_LABEL, INSTANCE_TYPE_LABEL, KARPENTER_CAPACITY_LABEL, KARPENTER_POOL_LABEL,
} from './clouds';
import { checkCapacityType, checkGkePool, checkNodeText, checkPoolLabels } from './node-pool-checks';
import type { AksNodePoolProps, EksNodePoolProps, GkeNodePoolProps, LabelledNodePoolProps } from './node-pool-props';
import { EksCapacityType } from './node-pool-props';

/** Nodes that the cloud may take back. */
export interface SpotSpec {
  /** Seconds that pods are left from the notice on. */
  readonly seconds: number;
  /** How to get more, where that can be. */
  readonly more?: string;
}

/** What is asked of nodes. */
export interface NodePoolSpec {
  /** How a user asks for them. */
  readonly factory: string;
  readonly cloud?: CloudId;
  readonly labels: Readonly<Record<string, string>>;
  readonly tolerationsFor: (accelerator: AcceleratorSpec | undefined) => readonly Toleration[];
  readonly spot?: SpotSpec;
  /** Whether they are asked for by a kind of GPU. */
  readonly hasGpus?: boolean;
  readonly check: (sink: ProblemSink) => void;
}

/** Taints of nodes with GPUs. */
const GPU_TAINTS: readonly (string | undefined)[] = ['nvidia.com/gpu', 'amd.com/gpu'];
const KARPENTER_CAPACITY: Readonly<Record<string, string>> = { ON_DEMAND: 'on-demand', SPOT: 'spot', CAPACITY_BLOCK: 'reserved' };

/**
 * Nodes of the workers: the labels and taints that clouds give them. With accelerators it is for the pods that have some;
 * without, for all pods of the job but a launcher.
 */
export class NodePool {
  /**
   * Nodes of Amazon EKS. Their taints are their owner's: besides the accelerator's, add them to `tolerations` of the job.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
   */
  public static eks(props: EksNodePoolProps = {}): NodePool {
    return new NodePool(eks(given(props)));
  }

  /**
   * Nodes of Google Kubernetes Engine.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/gpus
   */
  public static gke(props: GkeNodePoolProps = {}): NodePool {
    return new NodePool(gke(given(props)));
  }

  /**
   * Nodes of Azure Kubernetes Service. The taint `sku=gpu` of its guides is tolerated by jobs with GPUs.
   *
   * @see https://learn.microsoft.com/azure/aks/use-nvidia-gpu
   */
  public static aks(props: AksNodePoolProps = {}): NodePool {
    return new NodePool(aks(given(props)));
  }

  /** Nodes with labels and taints of your own. */
  public static labelled(props: LabelledNodePoolProps): NodePool {
    const { labels = {}, tolerations = [] } = given(props);
    return new NodePool({
      factory: 'NodePool.labelled()',
      labels,
      // what is of another type is told by the check
      tolerationsFor: () => Array.isArray(tolerations) ? tolerations.map(one => tolerationOf({ ...one })) : [],
      check: sink => checkPoolLabels(given(props), sink),
    });
  }

  /** @internal */
  public readonly _pool: NodePoolSpec;

  private constructor(spec: NodePoolSpec) {
    this._pool = spec;
  }
}

function eks(props: EksNodePoolProps): NodePoolSpec {
  const { instanceType, pool, capacityType, karpenter = false } = props;
  const isSpot = capacityType === EksCapacityType.SPOT;
  return {
    factory: 'NodePool.eks()',
    cloud: 'eks',
    labels: labelsOf({
      [INSTANCE_TYPE_LABEL]: instanceType,
      [karpenter ? KARPENTER_POOL_LABEL : CLOUDS.eks.poolLabel]: pool,
      ...karpenter
        ? { [KARPENTER_CAPACITY_LABEL]: capacityType && KARPENTER_CAPACITY[capacityType] }
        : { [EKS_CAPACITY_LABEL]: capacityType },
    }),
    tolerationsFor: () => [],
    ...(isSpot && { spot: { seconds: CLOUDS.eks.spot.seconds } }),
    check: sink => {
      checkNodeText('instanceType', instanceType, 'p5.48xlarge', sink);
      checkNodeText('pool', pool, 'training', sink);
      checkCapacityType(capacityType, sink);
      checkSwitch('karpenter', karpenter, sink);
    },
  };
}

function gke(props: GkeNodePoolProps): NodePoolSpec {
  const { accelerator, machineType, pool, spot = false, spotGracePeriod } = props;
  const facts = CLOUDS.gke;
  return {
    factory: 'NodePool.gke()',
    cloud: 'gke',
    labels: labelsOf({
      [GKE_ACCELERATOR_LABEL]: accelerator, [INSTANCE_TYPE_LABEL]: machineType, [facts.poolLabel]: pool, ...spot && facts.spot.labels,
    }),
    tolerationsFor: () => spot ? facts.spot.tolerations : [],
    ...(spot && {
      spot: {
        seconds: typeof spotGracePeriod?.toSeconds === 'function' ? spotGracePeriod.toSeconds({ integral: false }) : facts.spot.seconds,
        more: 'set `spotGracePeriod` of the nodes if their pool gives more',
      },
    }),
    hasGpus: accelerator !== undefined,
    check: sink => checkGkePool(props, sink),
  };
}

function aks({ vmSize, pool, spot = false }: AksNodePoolProps): NodePoolSpec {
  const facts = CLOUDS.aks;
  return {
    factory: 'NodePool.aks()',
    cloud: 'aks',
    labels: labelsOf({ [INSTANCE_TYPE_LABEL]: vmSize, [facts.poolLabel]: pool, ...spot && facts.spot.labels }),
    tolerationsFor: accelerator => [
      ...GPU_TAINTS.includes(accelerator?.taint ?? '') ? facts.gpuTolerations : [],
      ...spot ? facts.spot.tolerations : [],
    ],
    ...(spot && { spot: { seconds: facts.spot.seconds } }),
    check: sink => {
      checkNodeText('vmSize', vmSize, 'Standard_ND96isr_H100_v5', sink);
      checkNodeText('pool', pool, 'training', sink);
      checkSwitch('spot', spot, sink);
    },
  };
}

function labelsOf(labels: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
