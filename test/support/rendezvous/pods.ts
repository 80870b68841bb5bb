import { KubernetesVersion } from '../../../lib/kubernetes-version';
import { start } from './kubelet';
import type { Wire } from './objects';
import { reconcile } from './reconcile';

/** What a container sees of a volume. */
export interface ResolvedMount {
  readonly mountPath: string;
  readonly subPath?: string;
  /** The volume as the pod has it. */
  readonly source: Wire;
}

/** A pod as its processes see it once they run. */
export interface ResolvedPod {
  readonly namespace: string;
  readonly name: string;
  readonly hostname: string;
  readonly subdomain?: string;
  /** All names by which other pods of its namespace can dial it before it is ready, and its address. */
  readonly dnsNames: string[];
  /** Names that lead to it only once it is ready, with the Service that waits. */
  readonly lateNames: { readonly name: string; readonly service: string }[];
  readonly ip: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Kind and name of the object of the manifests that the pod is of. */
  readonly workload: string;
  readonly role: string;
  /** What runs in its first container. What a shell would run in the end stands here instead of the shell. */
  readonly container: { readonly name: string; readonly argv: string[]; readonly env: Record<string, string>; readonly ports: Wire[] };
  readonly mounts: ResolvedMount[];
  /** Text files from ConfigMaps, by their paths. */
  readonly files: Readonly<Record<string, string>>;
  readonly spec: Wire;
}

export interface ResolveOptions {
  /** Release of the cluster; 1.36 unless said. */
  readonly target?: KubernetesVersion;
}

/** All pods that follow from manifests, as the controllers make them and the kubelets start them. */
export function resolvePods(manifests: readonly Wire[], options: ResolveOptions = {}): ResolvedPod[] {
  const objects = reconcile(manifests, options.target ?? KubernetesVersion.V1_36);
  return objects.filter(({ kind }) => kind === 'Pod').map((pod, i) => start(pod, i + 1, objects));
}
