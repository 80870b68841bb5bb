import type { Manifest } from './manifests';

const CLUSTER_KINDS = ['StorageClass', 'PersistentVolume'];
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const unique = (list: readonly unknown[]): boolean => new Set(list).size === list.length;
const namesOf = (list: readonly any[] | undefined): string[] => (list ?? []).map(({ name }) => name as string);

/** What is wrong with a manifest among all others that the API server accepts, and a strict schema too. */
export function breachesOf(manifest: Manifest, all: readonly Manifest[]): string[] {
  const { kind, metadata, spec } = manifest;
  const breaches: string[] = [];
  const hold = (what: string, holds: boolean): void => { if (!holds) breaches.push(`${kind}/${metadata.name}: ${what}`); };
  hold('a namespace, or none for the whole cluster', CLUSTER_KINDS.includes(kind) ? !('namespace' in metadata) : metadata.namespace === 'ml-training');
  if (kind === 'PersistentVolumeClaim' && spec.storageClassName === '') hold('a volume by name', typeof spec.volumeName === 'string');
  if (kind === 'Service') hold('a workload', all.some(other => other.spec?.template?.metadata.labels['app.kubernetes.io/name'] === spec.selector['app.kubernetes.io/name']));
  const template = (spec?.jobTemplate?.spec ?? spec)?.template;
  if (!template) return breaches;

  const { metadata: { labels }, spec: pod } = template;
  const containers = [...pod.initContainers ?? [], ...pod.containers] as any[];
  const templates = (spec.volumeClaimTemplates ?? []) as any[];
  const volumes = [...namesOf(pod.volumes), ...templates.map(template => template.metadata.name as string)];
  const mounted = new Set(containers.flatMap(({ volumeMounts, volumeDevices }) => [...namesOf(volumeMounts), ...namesOf(volumeDevices)]));

  hold('unique volumes', unique(volumes));
  hold('every mount has a volume', [...mounted].every(name => volumes.includes(name)));
  hold('every volume is mounted', volumes.every(name => mounted.has(name)));
  hold('unique containers', unique(namesOf(containers)));
  hold('names of volumes and containers are labels', [...volumes, ...namesOf(containers)].every(name => LABEL.test(name)));
  for (const container of containers) {
    hold('unique variables', unique(namesOf(container.env)));
    hold('unique mount paths', unique(((container.volumeMounts ?? []) as any[]).map(({ mountPath }) => mountPath as string)));
    for (const { subPathExpr } of (container.volumeMounts ?? []) as any[]) {
      const [, variable] = /\$\((\w+)\)/.exec(subPathExpr as string ?? '') ?? [];
      if (subPathExpr) hold('the directory is named after a variable', namesOf(container.env).includes(variable));
    }
    const { limits, requests } = container.resources;
    // a helper may use the page cache beyond what it asks for
    const helper = container !== pod.containers[0];
    hold('memory requested is memory allowed', limits.memory !== undefined && (helper ? requests.memory !== undefined : limits.memory === requests.memory));
    hold('devices requested are devices allowed', Object.keys({ ...limits, ...requests }).filter(name => name.includes('/')).every(name => limits[name] === requests[name]));
    hold('restricted', container.securityContext.allowPrivilegeEscalation === false && container.securityContext.capabilities.drop[0] === 'ALL');
  }
  hold('restricted', pod.securityContext.seccompProfile.type === 'RuntimeDefault' && (pod.securityContext.runAsNonRoot || pod.securityContext.runAsUser === 0));
  for (const sidecar of containers.filter(({ restartPolicy }) => restartPolicy !== undefined)) {
    hold('beside the others is what starts before them', sidecar.restartPolicy === 'Always' && (pod.initContainers as any[]).includes(sidecar));
  }
  hold('no token, no service links', pod.automountServiceAccountToken === false && pod.enableServiceLinks === false);
  hold('values of labels', Object.values(labels as Record<string, string>).every(value => value.length <= 63));
  if (kind === 'StatefulSet') {
    hold('room for a hash', metadata.name.length <= 52);
    hold('a Service of its own', all.some(other => other.kind === 'Service' && other.metadata.name === spec.serviceName));
    hold('finds its pods', Object.entries(spec.selector.matchLabels as object).every(([key, value]) => labels[key] === value));
    hold('starts again', pod.restartPolicy === 'Always');
  } else if (kind === 'CronJob') {
    hold('ends', pod.restartPolicy === 'Never' && spec.jobTemplate.spec.activeDeadlineSeconds > 0);
    hold('room for the time of a run', metadata.name.length <= 52);
    hold('one at a time, in a time zone', spec.concurrencyPolicy === 'Forbid' && typeof spec.timeZone === 'string');
    hold('room for late runs', spec.startingDeadlineSeconds >= 10);
  } else if (kind === 'Job') {
    hold('ends', pod.restartPolicy === 'Never');
    hold('room for the last index', `${metadata.name}-${spec.completions - 1}`.length <= 63);
    if (pod.subdomain) hold('a Service of its own', all.some(other => other.kind === 'Service' && other.metadata.name === pod.subdomain));
  }
  return breaches;
}
