import type { ResolvedPod } from '../pods';

/** Where a name leads. */
export interface Found {
  readonly found?: ResolvedPod;
  /** Why it leads nowhere, or not soon enough. */
  readonly trouble?: string;
}

/** Looks a name up as a process in a pod does. */
export function find(name: string, from: ResolvedPod, pods: readonly ResolvedPod[]): Found {
  if (['localhost', '127.0.0.1', '::1', from.hostname].includes(name)) return { found: from };
  // a name without its namespace is one of the pod's own
  const reachable = pods.filter(pod => pod.namespace === from.namespace || name === pod.ip || name.includes(`.${pod.namespace}`));
  const found = reachable.find(pod => pod.dnsNames.includes(name));
  if (found) return { found };
  for (const pod of reachable) {
    const late = pod.lateNames.find(of => of.name === name);
    if (late) return { trouble: `which is not found before ${pod.name} is ready: ${late.service} does not publish addresses that are not ready` };
  }
  return { trouble: 'a name that no pod has' };
}
