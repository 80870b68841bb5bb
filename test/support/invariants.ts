import { type Manifest, templatesIn } from './manifests';

const CLUSTER_KINDS = ['StorageClass', 'PersistentVolume'];
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** What pods do when a container has ended, by the kind of what makes them; operators put their own in the place of none. */
const RESTART_POLICIES: Readonly<Record<string, string | undefined>> = {
  StatefulSet: 'Always', LeaderWorkerSet: 'Always', CronJob: 'Never', Job: 'Never', JobSet: 'Never', TrainingRuntime: 'Never',
};

type Hold = (what: string, holds: boolean) => void;

const unique = (list: readonly unknown[]): boolean => new Set(list).size === list.length;
const namesOf = (list: readonly any[] | undefined): string[] => (list ?? []).map(({ name }) => name as string);
const includesAll = (all: readonly unknown[], some: readonly unknown[]): boolean => some.every(one => all.includes(one));

/** What is wrong with a manifest among all others that the API server accepts, and a strict schema too. */
export function breachesOf(manifest: Manifest, all: readonly Manifest[]): string[] {
  const { kind, metadata, spec } = manifest;
  const breaches: string[] = [];
  const hold: Hold = (what, holds) => { if (!holds) breaches.push(`${kind}/${metadata.name}: ${what}`); };
  hold('a namespace, or none for the whole cluster', CLUSTER_KINDS.includes(kind) ? !('namespace' in metadata) : metadata.namespace === 'ml-training');
  holdUse(manifest, all, hold);
  for (const template of templatesIn(spec)) {
    holdPod(template, spec.volumeClaimTemplates ?? spec.leaderWorkerTemplate?.volumeClaimTemplates ?? [], hold);
    // a DaemonSet has no other
    if (kind !== 'DaemonSet') hold('what becomes of what has ended', template.spec.restartPolicy === RESTART_POLICIES[kind]);
  }
  holdKind(manifest, all, hold);
  return breaches;
}

/** What is there for others must have some. */
function holdUse({ apiVersion, kind, metadata: { name }, spec }: Manifest, all: readonly Manifest[], hold: Hold): void {
  const templates = (): any[] => templatesIn(all);
  if (kind === 'PersistentVolumeClaim' && spec.storageClassName === '') hold('a volume by name', typeof spec.volumeName === 'string');
  if (kind === 'Service') {
    hold('a workload', templates().some(({ metadata }) => metadata.labels['app.kubernetes.io/name'] === spec.selector['app.kubernetes.io/name']));
  }
  if (kind === 'ServiceAccount') hold('pods that run under it', templates().some(pod => pod.spec.serviceAccountName === name));
  if (kind === 'ResourceClaimTemplate') {
    hold('pods that claim by it', templates().some(pod => pod.spec.resourceClaims?.some((claim: any) => claim.resourceClaimTemplateName === name)));
  }
  if (kind === 'PodGroup') {
    const isVolcano = apiVersion.startsWith('scheduling.volcano.sh/');
    const groupOf = ({ metadata }: any): unknown => (
      isVolcano ? metadata.annotations?.['scheduling.k8s.io/group-name'] : metadata.labels['scheduling.x-k8s.io/pod-group']
    );
    hold('pods that are in it', templates().some(pod => groupOf(pod) === name));
  }
  if (kind === 'TrainingRuntime') hold('a job that runs it', all.some(other => other.kind === 'TrainJob' && other.spec.runtimeRef.name === name));
}

function holdPod({ metadata: { labels }, spec: pod }: any, claimTemplates: readonly any[], hold: Hold): void {
  const containers = [...pod.initContainers ?? [], ...pod.containers] as any[];
  const volumes = [...namesOf(pod.volumes), ...claimTemplates.map(template => template.metadata.name as string)];
  const mounted = containers.flatMap(({ volumeMounts, volumeDevices }) => [...namesOf(volumeMounts), ...namesOf(volumeDevices)]);
  const claimed = containers.flatMap(({ resources }) => namesOf(resources.claims));

  hold('unique volumes', unique(volumes));
  hold('every mount has a volume', includesAll(volumes, mounted));
  hold('every volume is mounted', includesAll(mounted, volumes));
  hold('every claim of devices is used', includesAll(claimed, namesOf(pod.resourceClaims)) && includesAll(namesOf(pod.resourceClaims), claimed));
  hold('unique containers', unique(namesOf(containers)));
  hold('unique tolerations', unique((pod.tolerations ?? []).map((toleration: unknown) => JSON.stringify(toleration))));
  hold('names of volumes and containers are labels', [...volumes, ...namesOf(containers)].every(name => LABEL.test(name)));
  for (const container of containers) holdContainer(container, container === pod.containers[0], hold);
  hold('restricted', pod.securityContext.seccompProfile.type === 'RuntimeDefault' && (pod.securityContext.runAsNonRoot || pod.securityContext.runAsUser === 0));
  for (const sidecar of containers.filter(({ restartPolicy }) => restartPolicy !== undefined)) {
    hold('beside the others is what starts before them', sidecar.restartPolicy === 'Always' && (pod.initContainers as any[]).includes(sidecar));
  }
  hold('no token, no service links', pod.automountServiceAccountToken === false && pod.enableServiceLinks === false);
  hold('values of labels', Object.values(labels as Record<string, string>).every(value => value.length <= 63));
}

function holdContainer(container: any, isMain: boolean, hold: Hold): void {
  hold('unique variables', unique(namesOf(container.env)));
  hold('unique mount paths', unique(((container.volumeMounts ?? []) as any[]).map(({ mountPath }) => mountPath as string)));
  for (const { subPathExpr } of (container.volumeMounts ?? []) as any[]) {
    const [, variable] = /\$\((\w+)\)/.exec(subPathExpr as string ?? '') ?? [];
    if (subPathExpr) hold('the directory is named after a variable', namesOf(container.env).includes(variable));
  }
  const { limits, requests } = container.resources;
  // a helper may use the page cache beyond what it asks for
  hold('memory requested is memory allowed', limits.memory !== undefined && (isMain ? limits.memory === requests.memory : requests.memory !== undefined));
  const devices = Object.keys({ ...limits, ...requests }).filter(name => name.includes('/') || name.startsWith('hugepages-'));
  hold('devices requested are devices allowed', devices.every(name => limits[name] === requests[name]));
  hold('restricted', container.securityContext.allowPrivilegeEscalation === false && container.securityContext.capabilities.drop[0] === 'ALL');
}

/** What each kind asks for besides. */
function holdKind({ kind, metadata: { name }, spec }: Manifest, all: readonly Manifest[], hold: Hold): void {
  const isServed = (service: string): boolean => all.some(other => other.kind === 'Service' && other.metadata.name === service);
  switch (kind) {
    case 'StatefulSet': {
      const { labels } = spec.template.metadata;
      hold('room for a hash', name.length <= 52);
      hold('a Service of its own', isServed(spec.serviceName));
      hold('finds its pods', Object.entries(spec.selector.matchLabels as object).every(([key, value]) => labels[key] === value));
      break;
    }
    case 'CronJob':
      hold('ends', spec.jobTemplate.spec.activeDeadlineSeconds > 0);
      hold('room for the time of a run', name.length <= 52);
      hold('one at a time, in a time zone', spec.concurrencyPolicy === 'Forbid' && typeof spec.timeZone === 'string');
      hold('room for late runs', spec.startingDeadlineSeconds >= 10);
      break;
    case 'Job': {
      const { subdomain } = spec.template.spec;
      hold('room for the last index', `${name}-${spec.completions - 1}`.length <= 63);
      if (subdomain) hold('a Service of its own', isServed(subdomain));
      break;
    }
    case 'JobSet':
      holdJobs(name, spec, hold);
      break;
    case 'TrainingRuntime':
      holdJobs(name, spec.template.spec, hold);
      break;
    case 'TrainJob':
      hold('a runtime of its own', all.some(other => other.kind === spec.runtimeRef.kind && other.metadata.name === spec.runtimeRef.name));
      break;
    case 'LeaderWorkerSet':
      hold('room for a hash', name.length <= 50);
      break;
    case 'MPIJob': case 'PyTorchJob':
      for (const [role, { replicas, restartPolicy }] of Object.entries<any>(spec.mpiReplicaSpecs ?? spec.pytorchReplicaSpecs)) {
        hold('what becomes of what has ended', ['Never', 'OnFailure'].includes(restartPolicy as string));
        hold('room for the last index', `${name}-${role}-${replicas - 1}`.length <= 63);
      }
      break;
  }
}

/** The Jobs of a JobSet. */
function holdJobs(name: string, { network, successPolicy, replicatedJobs }: any, hold: Hold): void {
  const jobs = replicatedJobs as any[];
  hold('a Service of its own', network.enableDNSHostnames === true && network.subdomain === name);
  hold('unique jobs', unique(namesOf(jobs)));
  hold('waits for jobs that there are', includesAll(namesOf(jobs), successPolicy.targetReplicatedJobs as string[] ?? []));
  for (const { name: of, template } of jobs) {
    hold('room for the last index', `${name}-${of}-0-${template.spec.completions - 1}-abcde`.length <= 63);
    hold('all pods at once', template.spec.parallelism === template.spec.completions && template.spec.completionMode === 'Indexed');
  }
}
