import type { ProblemSink } from '../../findings/collector';
import { checkLabelKey } from '../../private/labels';
import type { PartContext, PodConcern } from './pod-part';

export const ZONE = 'topology.kubernetes.io/zone';
export const HOSTNAME = 'kubernetes.io/hostname';

const AFFINITY_DOCS = 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity';
/** On a JobSet: its controller gives each of its Jobs a place of its own. */
const EXCLUSIVE = 'alpha.jobset.sigs.k8s.io/exclusive-topology';
/** The most that a preference can weigh. */
const WEIGHT = 100;

/** Options of pods that are packed. */
export interface PackedProps {
  /**
   * Label of the nodes that tells places apart: pods on nodes with the same value are near each other. A rack or a block of a
   * network is nearer than a zone, where the nodes have a label for it, as `topology.k8s.aws/network-node-layer-2`.
   *
   * @default 'topology.kubernetes.io/zone'
   */
  readonly topologyKey?: string;

  /**
   * Whether pods wait rather than run elsewhere. Claims that are already on zonal disks keep each worker in the zone of its
   * disk: where those are in several zones, the job never starts.
   *
   * @default false
   */
  readonly required?: boolean;

  /**
   * Whether workers are kept from nodes that have another one of the job. Not needed where each takes all devices of a node.
   *
   * @default false
   */
  readonly oneWorkerPerNode?: boolean;
}

/**
 * Where the pods of a job run, as seen from each other. A collective is as fast as its slowest link, so that its pods belong
 * together: to spread them over zones costs bandwidth and money, and protects nothing, since none can go on without the others.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export class Placement {
  /** Pods are placed near each other, where there is room. */
  public static packed(props: PackedProps = {}): Placement {
    return new Placement(props);
  }

  /** Pods are placed wherever the scheduler likes. */
  public static anywhere(): Placement {
    return new Placement();
  }

  /**
   * All pods in one place, and no other JobSet with such a placement in it: for a slice of TPUs, or a node pool of a job's own.
   * Only with `Engine.jobSet()`, whose controller places worker 0 and makes the others when it is placed.
   *
   * @param topologyKey label of the nodes that tells places apart, as `cloud.google.com/gke-nodepool`
   * @see https://jobset.sigs.k8s.io/docs/concepts/#exclusive-job-to-topology-placement
   */
  public static exclusive(topologyKey: string): Placement {
    return new Placement(undefined, topologyKey);
  }

  private constructor(private readonly packing?: PackedProps, private readonly exclusiveTo?: string) {}

  /**
   * Whether a place is to be the job's own.
   *
   * @internal
   */
  public get _exclusive(): boolean {
    return this.exclusiveTo !== undefined;
  }

  /**
   * Annotations of the workload.
   *
   * @internal
   */
  public get _annotations(): Readonly<Record<string, string>> | undefined {
    return this.exclusiveTo === undefined ? undefined : { [EXCLUSIVE]: this.exclusiveTo };
  }

  /**
   * The affinity of the pods of a role.
   *
   * @internal
   */
  public _affinity({ role, jobLabels }: PartContext): Record<string, unknown> | undefined {
    if (!this.packing) return undefined;
    const { topologyKey = ZONE, required = false, oneWorkerPerNode = false } = this.packing;
    const near = { labelSelector: { matchLabels: jobLabels }, topologyKey };
    const apart = {
      labelSelector: { matchLabels: { ...jobLabels, 'app.kubernetes.io/component': role.name } }, topologyKey: HOSTNAME,
    };
    return {
      podAffinity: required
        ? { requiredDuringSchedulingIgnoredDuringExecution: [near] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: WEIGHT, podAffinityTerm: near }] },
      ...(oneWorkerPerNode && role.accelerated && { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } }),
    };
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    const topologyKey = this.exclusiveTo ?? this.packing?.topologyKey;
    if (topologyKey !== undefined) checkLabelKey('topologyKey', topologyKey, sink);
    if (topologyKey !== HOSTNAME || !this.packing?.oneWorkerPerNode) return;
    sink.error({
      ruleId: 'train/placement',
      path: 'oneWorkerPerNode',
      expected: 'a `topologyKey` of places with several nodes: workers cannot be near each other on one node and on nodes of their own',
      found: HOSTNAME,
      fix: 'leave one of them out',
      link: AFFINITY_DOCS,
    });
  }
}

/** Packs the pods of a job, unless it has but one. */
export const placement: PodConcern = ({ placement: asked }, context) => {
  const count = context.roles.reduce((sum, { replicas }) => sum + replicas, 0);
  const affinity = (asked ?? (count > 1 ? Placement.packed() : Placement.anywhere()))._affinity(context);
  return affinity ? { spec: { affinity } } : {};
};
