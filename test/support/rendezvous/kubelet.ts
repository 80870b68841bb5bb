import { posix } from 'node:path';
import { dnsNamesOf } from './dns';
import { environmentOf, hostnameOf, type Surroundings } from './environment';
import { expand } from './expansion';
import { idOf, namespaceOf, ownersOf, type Wire } from './objects';
import type { ResolvedMount, ResolvedPod } from './pods';
import { startedByShell } from './shell-command';

/** Starts the `number`th pod of the cluster. */
export function start(pod: Wire, number: number, objects: readonly Wire[]): ResolvedPod {
  const ip = `10.244.${number >> 8}.${number & 255}`;
  const at: Surroundings = { pod, ip, node: `node-${number}`, objects };
  const { metadata, spec } = pod;
  const container = spec.containers[0];
  const { known, all } = environmentOf(container, at);
  const words = [...container.command ?? [], ...container.args ?? []] as string[];
  const started = startedByShell({ argv: words.map(word => expand(word, name => known[name])), env: all });
  const { published, late } = dnsNamesOf(pod, objects);
  const mounts = mountsOf(pod, container, known);
  return {
    namespace: namespaceOf(pod),
    name: metadata.name,
    hostname: hostnameOf(pod),
    subdomain: spec.subdomain,
    dnsNames: [...published, ip],
    lateNames: late,
    ip,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    workload: idOf(ownersOf(pod)[0] ?? pod),
    role: roleOf(pod),
    container: { name: container.name, ...started, ports: container.ports ?? [] },
    mounts,
    files: filesOf(mounts, at),
    spec,
  };
}

/** Labels that say which part of the group a pod has. */
const ROLES = ['training.kubeflow.org/replica-type', 'app.kubernetes.io/component', 'jobset.sigs.k8s.io/replicatedjob-name'];

function roleOf({ metadata: { labels = {} } }: Wire): string {
  return ROLES.map(key => labels[key]).find(role => role !== undefined) ?? 'worker';
}

/** An unknown variable in a `subPathExpr` keeps the container from starting. */
function mountsOf({ metadata, spec }: Wire, container: Wire, known: Readonly<Record<string, string>>): ResolvedMount[] {
  const fail = (why: string): never => { throw new Error(`Pod/${metadata.name}: ${why}`); };
  return ((container.volumeMounts ?? []) as Wire[]).map(({ name, mountPath, subPath, subPathExpr }) => {
    const source = ((spec.volumes ?? []) as Wire[]).find(volume => volume.name === name) ?? fail(`no volume is called ${name}`);
    const directory = subPathExpr === undefined ? subPath as string | undefined : expand(
      subPathExpr as string, variable => known[variable] ?? fail(`subPathExpr ${subPathExpr}: no variable is called ${variable}`),
    );
    return { mountPath: mountPath as string, ...(directory !== undefined && { subPath: directory }), source };
  });
}

/** Text files that a pod gets from ConfigMaps, by their paths. */
function filesOf(mounts: readonly ResolvedMount[], { pod, objects }: Surroundings): Record<string, string> {
  return Object.fromEntries(mounts.flatMap(({ mountPath, subPath, source: { configMap } }) => {
    const found = configMap && objects.find(({ kind, metadata }) =>
      kind === 'ConfigMap' && metadata.name === configMap.name && namespaceOf({ metadata }) === namespaceOf(pod));
    if (!found) return [];
    const data = (found.data ?? {}) as Record<string, string>;
    const items = (configMap.items ?? Object.keys(data).map(key => ({ key, path: key }))) as { key: string; path: string }[];
    return items.filter(({ path }) => subPath === undefined || path === subPath)
      .map(({ key, path }) => [subPath === undefined ? posix.join(mountPath, path) : mountPath, data[key]]);
  }));
}
