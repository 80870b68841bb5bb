/** Small bundles of the namespace `ml`. */

type Json = Record<string, any>;

export function object(apiVersion: string, kind: string, name: string, rest: Json = {}, metadata: Json = {}): Json {
  return { apiVersion, kind, metadata: { name, namespace: 'ml', ...metadata }, ...rest };
}

export function claim(name: string, mode: string, spec: Json = {}): Json {
  return object('v1', 'PersistentVolumeClaim', name, {
    spec: { storageClassName: 'disks', accessModes: [mode], resources: { requests: { storage: '10Gi' } }, ...spec },
  });
}

/** A container that mounts the claim `data`, and a pod of it. */
export function podSpec(spec: Json = {}, container: Json = {}, volume: Json = {}): Json {
  return {
    containers: [{ name: 'main', image: 'ghcr.io/acme/prep:1.4.2', volumeMounts: [{ name: 'data', mountPath: '/data' }], ...container }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data', ...volume } }],
    ...spec,
  };
}

export function pod(name: string, spec: Json = podSpec(), metadata: Json = {}): Json {
  return object('v1', 'Pod', name, { spec }, metadata);
}

/** A controller of kind and name with a pod template. */
export function controller(kind: string, name: string, spec: Json = {}, template: Json = podSpec(), metadata: Json = {}): Json {
  const labels = { app: name };
  if (kind === 'CronJob') {
    const { parallelism, ...own } = spec;
    const job = { ...parallelism !== undefined && { parallelism }, template: { metadata: { labels }, spec: { restartPolicy: 'Never', ...template } } };
    return object('batch/v1', kind, name, { spec: { schedule: '0 2 * * *', ...own, jobTemplate: { spec: job } } }, metadata);
  }
  if (kind === 'Job') return object('batch/v1', kind, name, { spec: { ...spec, template: { metadata: { labels }, spec: { restartPolicy: 'Never', ...template } } } }, metadata);
  return object('apps/v1', kind, name, { spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: template }, ...spec } }, metadata);
}
