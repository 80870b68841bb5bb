import type { ProblemSink } from '../../findings/collector';
import { checkLabelKey } from '../../private/labels';
import type { PodTemplate } from '../../private/wire';

const PREFIX = 'kueue.x-k8s.io/podset-';
const REQUIRED = `${PREFIX}required-topology`;
const PREFERRED = `${PREFIX}preferred-topology`;
const UNCONSTRAINED = `${PREFIX}unconstrained-topology`;

/**
 * How near to each other Kueue puts the pods of a job that compute: not launchers, parameter servers and their chief. The
 * ResourceFlavor of the queue must name a Topology that has the level.
 *
 * @see https://kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling/
 */
export class KueueTopology {
  /**
   * All pods that compute in one domain of the level, or the job waits.
   *
   * @param level label of the nodes, as the Topology lists it: `cloud.provider.com/topology-rack`
   */
  public static required(level: string): KueueTopology {
    return new KueueTopology(REQUIRED, level);
  }

  /**
   * All pods that compute in one domain of the level where one has room; else in one of the level above, and so on; at last in as few as
   * it takes.
   *
   * @param level label of the nodes, as the Topology lists it: `cloud.provider.com/topology-rack`
   */
  public static preferred(level: string): KueueTopology {
    return new KueueTopology(PREFERRED, level);
  }

  /** Anywhere, but only once there is room for all pods: Kueue counts what each node has free. */
  public static unconstrained(): KueueTopology {
    return new KueueTopology(UNCONSTRAINED);
  }

  /**
   * Annotations of the pods.
   *
   * @internal
   */
  public readonly _annotations: Readonly<Record<string, string>>;

  private constructor(key: string, private readonly level?: string) {
    this._annotations = { [key]: level ?? 'true' };
  }

  /** @internal */
  public _check(path: string, sink: ProblemSink): void {
    if (this.level !== undefined) checkLabelKey(path, String(this.level), sink);
  }
}

/**
 * Pods that an engine makes as two sets, one of them of a single pod. Where they are to be near to each other, Kueue is told that
 * both sets belong together: it would find a place for each.
 */
export function nearTogether(template: PodTemplate, group: string): PodTemplate {
  const { annotations } = template.metadata;
  if (![REQUIRED, PREFERRED].some(key => annotations?.[key] !== undefined)) return template;
  return { ...template, metadata: { ...template.metadata, annotations: { ...annotations, [`${PREFIX}group-name`]: group } } };
}
