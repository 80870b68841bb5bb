import type { Plan } from '../requests/plan';
import type { JobRequest, SchedulingRequest } from '../requests/types';
import type { Audit, Step } from './audit';
import type { Emitted, Template } from './templates';

/** How many pods there are, when the job has ended, and what becomes of it then. */
export function auditWorkload(of: Audit, job: JobRequest, plan: Plan, emitted: Emitted): void {
  const { workload, holder, templates, name } = emitted;
  if (job.name !== undefined) of.expect(workload, ['metadata', 'name'], plan.engine === 'statefulSet' ? of.nameOf(workload) : job.name);
  for (const template of templates) auditReplicas(of, template, plan);
  auditEngine(of, job, plan, emitted);
  auditEnd(of, job, plan, emitted);
  if (job.scheduling) auditScheduling(of, job.scheduling, job, plan, emitted);
  if (job.placement?.kind === 'exclusive') {
    of.expect(workload, ['metadata', 'annotations', 'alpha.jobset.sigs.k8s.io/exclusive-topology'], job.placement.topologyKey ?? 'rack');
  }
  if (plan.engine === 'statefulSet' || plan.engine === 'indexedJob') {
    of.expect(of.manifest('Service', name), ['spec', 'ports', 0, 'port'], job.framework?.port);
  }
  if (plan.engine === 'trainJob') of.expect(holder, ['spec', 'mlPolicy', 'numNodes'], job.workers);
}

function auditReplicas(of: Audit, { role, root, controller, start }: Template, { engine, framework }: Plan): void {
  const expect = (field: string, value: number): void => of.expect(root, [...controller, field], value);
  switch (engine) {
    case 'leaderWorkerSet': return expect('size', role.replicas);
    case 'indexedJob': case 'jobSet': case 'trainJob':
      expect('completions', role.replicas);
      expect('parallelism', role.replicas);
      if (engine === 'trainJob') of.expect(start.root, [...start.path, 'numNodes'], role.replicas);
      return;
    case 'pytorchJob': {
      const isMaster = controller[controller.length - 1] === 'Master';
      return expect('replicas', isMaster ? 1 : framework === 'torchrunElastic' ? role.replicas : role.replicas - 1);
    }
    default: return expect('replicas', role.replicas);
  }
}

/** Options of the engine itself. */
function auditEngine(of: Audit, { engine = { id: 'indexedJob' } }: JobRequest, plan: Plan, { workload, templates }: Emitted): void {
  if (plan.engine === 'statefulSet') {
    const { podManagement, update, revisionHistoryLimit } = engine;
    for (const { root } of templates) {
      of.expect(root, ['spec', 'podManagementPolicy'], podManagement);
      of.expect(root, ['spec', 'updateStrategy', 'type'], update && (update === 'OnDelete' ? update : 'RollingUpdate'));
      if (update !== 'OnDelete') of.expect(root, ['spec', 'updateStrategy', 'rollingUpdate', 'partition'], update?.partition);
      of.expect(root, ['spec', 'revisionHistoryLimit'], revisionHistoryLimit);
    }
  }
  if (plan.engine !== 'mpiJob') return;
  const { implementation, sshAuthMountPath, sshdConfig, sshPort } = engine;
  const worker = templates.find(({ role }) => role.name === 'worker')!;
  of.expect(workload, ['spec', 'mpiImplementation'], implementation);
  of.expect(workload, ['spec', 'sshAuthMountPath'], sshAuthMountPath);
  of.expect(workload, ['spec', 'slotsPerWorker'], plan.processes);
  of.expect(worker.root, [...worker.container, 'ports', 0, 'containerPort'], sshPort);
  of.expect(worker.root, [...worker.container, 'startupProbe', 'tcpSocket', 'port'], sshPort);
  if (sshdConfig) of.expectWords(worker.root, ['command', 'args'].map(list => [...worker.container, list]), ['-f', sshdConfig]);
}

/** Where an engine has what is said of its end. */
function auditEnd(of: Audit, { ending, workers }: JobRequest, plan: Plan, { workload, holder, templates }: Emitted): void {
  const { restarts, deadlineSeconds, ttlSeconds, success, failOnExitCodes } = ending;
  const { engine, roles } = plan;
  const runPolicy: Step[] = ['spec', 'runPolicy'];
  const jobSet: Step[] = engine === 'trainJob' ? ['spec', 'template', 'spec'] : ['spec'];
  switch (engine) {
    case 'indexedJob':
      of.expect(workload, ['spec', 'backoffLimit'], restarts === undefined ? undefined : restarts * workers);
      of.expect(workload, ['spec', 'activeDeadlineSeconds'], deadlineSeconds);
      of.expect(workload, ['spec', 'ttlSecondsAfterFinished'], ttlSeconds);
      break;
    case 'jobSet': case 'trainJob':
      of.expect(holder, [...jobSet, 'failurePolicy', 'maxRestarts'], restarts);
      of.expect(holder, [...jobSet, 'ttlSecondsAfterFinished'], ttlSeconds);
      if (engine === 'trainJob') of.expect(workload, ['spec', 'activeDeadlineSeconds'], deadlineSeconds);
      else for (const { root, controller } of templates) of.expect(root, [...controller, 'activeDeadlineSeconds'], deadlineSeconds);
      break;
    case 'mpiJob': case 'pytorchJob': {
      const pods = engine === 'mpiJob' ? restarts : restarts === undefined ? undefined : restarts * workers + 1;
      of.expect(workload, [...runPolicy, 'backoffLimit'], pods);
      of.expect(workload, [...runPolicy, 'activeDeadlineSeconds'], deadlineSeconds);
      of.expect(workload, [...runPolicy, 'ttlSecondsAfterFinished'], ttlSeconds);
    }
  }
  for (const { root, controller } of templates) {
    const codes = failOnExitCodes && [...failOnExitCodes].sort((a, b) => a - b);
    of.expect(root, [...controller, 'podFailurePolicy', 'rules', { action: 'FailJob', onPodConditions: undefined }, 'onExitCodes', 'values'], codes);
    const isOne = roles.length === 1 && ['indexedJob', 'jobSet', 'trainJob'].includes(engine);
    if (success === 'all') of.expectNone(root, [...controller, 'successPolicy']);
    if (success !== 'first' || !isOne || (engine !== 'indexedJob' && workers === 1)) continue;
    of.expect(root, [...controller, 'successPolicy', 'rules', 0, 'succeededIndexes'], '0');
  }
  if (success === 'first' && roles.length > 1 && engine === 'jobSet') of.expect(workload, ['spec', 'successPolicy', 'targetReplicatedJobs'], ['chief']);
}

/** Who starts the pods, and what the objects say to it. */
function auditScheduling(of: Audit, asked: SchedulingRequest, job: JobRequest, plan: Plan, emitted: Emitted): void {
  const { priorityClass, framework } = job;
  const { name, workload, holder, templates } = emitted;
  if (asked.kind === 'kueue') {
    of.expect(workload, ['metadata', 'labels', 'kueue.x-k8s.io/queue-name'], asked.queue);
    of.expect(workload, ['metadata', 'labels', 'kueue.x-k8s.io/priority-class'], asked.priorityClass);
    const { kind, level } = asked.topology ?? {};
    for (const { root, path } of kind ? templates.filter(({ role }) => role.trains) : []) {
      of.expect(root, [...path, 'metadata', 'annotations', `kueue.x-k8s.io/podset-${kind}-topology`],
        kind === 'unconstrained' ? 'true' : level);
    }
    return;
  }
  const isVolcano = asked.kind === 'volcano';
  const isOperators = plan.engine === 'mpiJob' || plan.engine === 'pytorchJob';
  const group = isOperators ? `${name}-gang` : name;
  for (const { root, path, pod } of templates) {
    of.expect(root, [...pod, 'schedulerName'], isVolcano ? 'volcano' : asked.schedulerName ?? 'scheduler-plugins-scheduler');
    if (isVolcano) of.expect(root, [...path, 'metadata', 'annotations', 'scheduling.k8s.io/group-name'], group);
    else of.expect(root, [...path, 'metadata', 'labels', 'scheduling.x-k8s.io/pod-group'], group);
  }
  const least = plan.roles.reduce((sum, { name: role, replicas }) => {
    if (role === 'launcher') return sum;
    return sum + (role === 'worker' ? framework?.minWorkers ?? replicas : replicas);
  }, 0);
  const queue = isVolcano ? asked.queue : undefined;
  const timeout = isVolcano ? undefined : asked.timeoutSeconds;
  if (plan.engine === 'trainJob') {
    if (isVolcano) of.expect(holder, ['spec', 'podGroupPolicy', 'volcano'], {});
    of.expect(holder, ['spec', 'template', 'metadata', 'annotations', 'scheduling.volcano.sh/queue-name'], queue);
    of.expect(holder, ['spec', 'podGroupPolicy', 'coscheduling', 'scheduleTimeoutSeconds'], timeout);
    return;
  }
  const podGroup = of.manifest('PodGroup', group);
  of.expect(podGroup, ['spec', 'minMember'], least);
  of.expect(podGroup, ['spec', 'queue'], queue);
  of.expect(podGroup, ['spec', 'scheduleTimeoutSeconds'], timeout);
  if (isVolcano) of.expect(podGroup, ['spec', 'priorityClassName'], priorityClass);
  if (!isOperators) return;
  const policy: Step[] = ['spec', 'runPolicy', 'schedulingPolicy'];
  of.expect(workload, [...policy, 'minAvailable'], least);
  of.expect(workload, [...policy, 'queue'], queue);
  of.expect(workload, [...policy, 'scheduleTimeoutSeconds'], timeout);
}
