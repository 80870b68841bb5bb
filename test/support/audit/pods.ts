import { IDENTITIES, PROBE } from '../requests/options';
import type { ContainerRequest, EnvRequest, FrameworkRequest, JobRequest, PlacementRequest, ProbeRequest, TolerationRequest } from '../requests/types';
import { type Audit, type Place, type Step, withoutUndefined } from './audit';
import type { Emitted, Template } from './templates';
import { auditVolume } from './volumes';

type Memory = 'launcherMemoryMiB' | 'serverMemoryMiB' | 'chiefMemoryMiB';
type CpuOf = 'launcherCpuMillis' | 'serverCpuMillis' | 'chiefCpuMillis';

/** Options of a framework that say what pods of a role are. */
const OWN: Readonly<Record<string, { readonly memory: Memory; readonly cpu: CpuOf; readonly nodes: 'launcherNodeSelector' | 'serverNodeSelector' }>> = {
  launcher: { memory: 'launcherMemoryMiB', cpu: 'launcherCpuMillis', nodes: 'launcherNodeSelector' },
  ps: { memory: 'serverMemoryMiB', cpu: 'serverCpuMillis', nodes: 'serverNodeSelector' },
  chief: { memory: 'chiefMemoryMiB', cpu: 'chiefCpuMillis', nodes: 'serverNodeSelector' },
};

/** What the pods of every role are asked to be. */
export function auditPods(of: Audit, job: JobRequest, emitted: Emitted): void {
  for (const template of emitted.templates) {
    auditPod(of, job, template, emitted.name);
    auditSize(of, job, template);
    if (template.role.runs) of.expectLast(template.start.root, [...template.start.path, 'args'], job.command);
    if (template.role.trains) auditTraining(of, job, template);
  }
  if (!job.identity) return;
  const { key, id } = IDENTITIES[job.identity];
  of.expect(of.manifest('ServiceAccount', emitted.name), ['metadata', 'annotations', key], id);
}

function auditPod(of: Audit, job: JobRequest, { root, path, pod, container, role, start }: Template, name: string): void {
  const expect = (at: readonly Step[], value: unknown): void => of.expect(root, at, value);
  of.expect(start.root, [...start.path, 'image'], job.image);
  const metadata = { labels: job.podLabels, annotations: job.podAnnotations };
  for (const [field, values] of Object.entries(metadata)) {
    for (const [key, value] of Object.entries(values ?? {})) expect([...path, 'metadata', field, key], value);
  }
  const keep = [...path, 'metadata', 'annotations', 'karpenter.sh/do-not-disrupt'];
  if (job.disruptable) of.expectNone(root, keep);
  else expect(keep, 'true');
  auditVariables(of, root, container, job);
  for (const toleration of job.tolerations ?? []) of.expectEntry(root, [...pod, 'tolerations'], wireOf(toleration));
  expect([...pod, 'priorityClassName'], job.priorityClass);
  expect([...pod, 'imagePullSecrets'], job.imagePullSecrets?.length ? job.imagePullSecrets.map(secret => ({ name: secret })) : undefined);
  expect([...pod, 'serviceAccountName'], job.identity ? name : job.serviceAccount);
  if (job.identity === 'azure') expect([...path, 'metadata', 'labels', 'azure.workload.identity/use'], 'true');
  expect([...pod, 'securityContext', 'runAsUser'], job.runAsUser);
  expect([...pod, 'securityContext', 'runAsGroup'], job.runAsGroup);
  expect([...pod, 'securityContext', 'fsGroup'], job.runAsGroup);
  expect([...pod, 'terminationGracePeriodSeconds'], job.graceSeconds);
  if (job.placement) auditPlacement(of, job.placement, root, pod, role.trains);
}

/** Memory and CPU, and the nodes that the user names, of which a role may have its own. */
function auditSize(of: Audit, job: JobRequest, { root, pod, container, role }: Template): void {
  const { memoryMiB, cpuMillis, nodeSelector, framework } = job;
  const own = OWN[role.name];
  const option = <K extends keyof FrameworkRequest>(key: K | undefined): FrameworkRequest[K] | undefined => key && framework?.[key];
  const isLauncher = role.name === 'launcher';
  const memory = option(own?.memory) ?? (isLauncher ? undefined : memoryMiB);
  const cpu = role.trains ? cpuMillis : option(own?.cpu);
  const labels = option(own?.nodes) ?? (isLauncher ? {} : nodeSelector);
  for (const side of ['requests', 'limits']) of.expectMiB(root, [...container, 'resources', side, 'memory'], memory);
  of.expect(root, [...container, 'resources', 'requests', 'cpu'], cpu && `${cpu}m`);
  for (const [key, value] of Object.entries(labels ?? {})) of.expect(root, [...pod, 'nodeSelector', key], value);
}

/** What stands in and beside the pods that compute alone. */
function auditTraining(of: Audit, job: JobRequest, { root, pod, container }: Template): void {
  of.expectMiB(root, [...pod, 'volumes', { name: 'shared-memory' }, 'emptyDir', 'sizeLimit'], job.sharedMemoryMiB);
  for (const [field, probe] of [['livenessProbe', job.liveness], ['readinessProbe', job.readiness]] as const) {
    if (probe) of.expect(root, [...container, field], probeOf(probe));
  }
  for (const one of job.initContainers ?? []) auditContainer(of, one, root, pod);
  for (const one of job.sidecars ?? []) {
    auditContainer(of, one, root, pod);
    of.expect(root, [...pod, 'initContainers', { name: one.name }, 'restartPolicy'], 'Always');
  }
}

function auditContainer(of: Audit, request: ContainerRequest, root: Place | undefined, pod: readonly Step[]): void {
  const container: Step[] = [...pod, 'initContainers', { name: request.name }];
  of.expect(root, [...container, 'image'], request.image);
  of.expect(root, [...container, 'command'], request.command);
  of.expect(root, [...container, 'args'], request.args);
  auditVariables(of, root, container, request);
  for (const side of ['requests', 'limits']) of.expectMiB(root, [...container, 'resources', side, 'memory'], request.memoryMiB);
  of.expect(root, [...container, 'resources', 'requests', 'cpu'], request.cpuMillis && `${request.cpuMillis}m`);
  request.mounts.forEach((volume, i) => auditVolume(of, { root, pod, container }, `/beside/${i}`, volume));
}

function auditVariables(of: Audit, root: Place | undefined, container: readonly Step[], { env, envValues }: Pick<JobRequest, 'env' | 'envValues'>): void {
  for (const [name, value] of Object.entries(env ?? {})) of.expect(root, [...container, 'env', { name }, 'value'], value);
  for (const [name, value] of Object.entries(envValues ?? {})) of.expect(root, [...container, 'env', { name }, 'valueFrom'], referenceOf(value));
}

function auditPlacement(of: Audit, placement: PlacementRequest, root: Place | undefined, pod: readonly Step[], trains: boolean): void {
  const { kind, topologyKey, required, oneWorkerPerNode } = placement;
  if (kind !== 'packed') {
    of.expectNone(root, [...pod, 'affinity']);
    return;
  }
  const near: Step[] = [...pod, 'affinity', 'podAffinity'];
  const [always, mostly] = ['requiredDuringSchedulingIgnoredDuringExecution', 'preferredDuringSchedulingIgnoredDuringExecution'];
  const term = required ? [...near, always, 0] : [...near, mostly, 0, 'podAffinityTerm'];
  of.expect(root, [...term, 'topologyKey'], topologyKey ?? 'topology.kubernetes.io/zone');
  const apart: Step[] = [...pod, 'affinity', 'podAntiAffinity', always, 0, 'topologyKey'];
  if (oneWorkerPerNode && trains) of.expect(root, apart, 'kubernetes.io/hostname');
}

export function wireOf({ key, value, effect }: TolerationRequest): Record<string, unknown> {
  return withoutUndefined({ key, operator: value === undefined ? 'Exists' : 'Equal', value, effect });
}

function probeOf({ kind, delaySeconds, periodSeconds, timeoutSeconds, failures }: ProbeRequest): Record<string, unknown> {
  const handlers = {
    command: { exec: { command: PROBE.command } },
    tcp: { tcpSocket: { port: PROBE.port } },
    http: { httpGet: { path: PROBE.path, port: PROBE.port } },
  };
  return {
    ...handlers[kind],
    ...withoutUndefined({
      initialDelaySeconds: delaySeconds, periodSeconds, timeoutSeconds, failureThreshold: failures,
    }),
  };
}

function referenceOf(request: EnvRequest): object {
  switch (request.kind) {
    case 'secret': return { secretKeyRef: withoutUndefined({ key: request.key, name: request.name, optional: request.optional }) };
    case 'configMap': return { configMapKeyRef: withoutUndefined({ key: request.key, name: request.name, optional: request.optional }) };
    case 'label': return { fieldRef: { fieldPath: `metadata.labels['${request.key}']` } };
    case 'memory': return { resourceFieldRef: withoutUndefined({ divisor: request.divisor, resource: 'limits.memory' }) };
  }
}
