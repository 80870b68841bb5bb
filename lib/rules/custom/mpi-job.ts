import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { isDnsLabel, DNS_LABEL_MAX } from '../../private/name-forms';
import { oneOf, quoted } from '../values/quote';

const VALIDATION = 'https://github.com/kubeflow/mpi-operator/blob/master/pkg/apis/kubeflow/validation/validation.go';
const IGNORED = 'The API server takes the MPIJob as it is, and the operator makes nothing of it but an event.';

export const MPI_REPLICAS = errorRule({
  id: 'silent/mpi-replicas',
  title: 'An MPIJob has one launcher, and workers if any',
  why: IGNORED,
  fix: 'have a Launcher with replicas: 1, and a Worker with at least one',
  link: VALIDATION,
});

export const MPI_POLICY = errorRule({
  id: 'silent/mpi-policy',
  title: 'Policies of an MPIJob are those that its operator knows',
  why: IGNORED,
  fix: 'write one of the values, in the same case',
  link: VALIDATION,
});

export const MPI_NAME = errorRule({
  id: 'silent/mpi-name',
  title: 'The workers of an MPIJob get names that are possible',
  why: `A worker is called <job>-worker-<index>, which is its host name as well. ${IGNORED}`,
  fix: 'shorten the name, and write it without dots',
  link: VALIDATION,
});

export const MPI_RULES: readonly Rule[] = [MPI_REPLICAS, MPI_POLICY, MPI_NAME];

const NAME = Path.ROOT.fields('metadata', 'name');
const SPEC = Path.ROOT.field('spec');
const REPLICAS = SPEC.field('mpiReplicaSpecs');
const CLEAN_POD = ['None', 'Running', 'All'];
const RESTART = ['Never', 'OnFailure'];
const NOT_NEGATIVE = ['ttlSecondsAfterFinished', 'activeDeadlineSeconds', 'backoffLimit'];

/** Judges an MPIJob as its operator does. */
export function checkMpiJob(subject: Subject): void {
  const spec: Json = subject.json.spec ?? {};
  const { Launcher: launcher, Worker: worker }: Json = spec.mpiReplicaSpecs ?? {};
  checkName(subject, worker);
  if (launcher === undefined) subject.report(MPI_REPLICAS, REPLICAS.key('Launcher'), { expected: 'a launcher', found: 'none' });
  else checkReplicas(subject, launcher, 'Launcher', (launcher.replicas ?? 1) === 1, '1');
  if (worker !== undefined) checkReplicas(subject, worker, 'Worker', worker.replicas === undefined || worker.replicas >= 1, 'at least 1');
  checkPolicy(subject, spec.runPolicy ?? {});
  if (spec.slotsPerWorker < 0) subject.report(MPI_POLICY, SPEC.field('slotsPerWorker'), { expected: 'at least 0', found: String(spec.slotsPerWorker) });
}

function checkName(subject: Subject, worker: Json | undefined): void {
  const { name } = subject.manifest;
  const longest = `${name}-worker-${Math.max(1, worker?.replicas ?? 1) - 1}`;
  if (name === '' || isDnsLabel(longest)) return;
  subject.report(MPI_NAME, NAME, { expected: `names of workers without dots, of at most ${DNS_LABEL_MAX} characters`, found: quoted(longest) });
}

function checkReplicas(subject: Subject, spec: Json, role: string, isEnough: boolean, expected: string): void {
  const { replicas, restartPolicy, template } = spec;
  const path = REPLICAS.key(role);
  if (!isEnough) subject.report(MPI_REPLICAS, path.field('replicas'), { expected, found: String(replicas) });
  if (restartPolicy !== undefined && restartPolicy !== '' && !RESTART.includes(restartPolicy)) {
    subject.report(MPI_POLICY, path.field('restartPolicy'), { expected: oneOf(RESTART), found: quoted(restartPolicy) });
  }
  if ((template?.spec?.containers ?? []).length === 0) {
    subject.report(MPI_REPLICAS, path.fields('template', 'spec', 'containers'), { expected: 'at least one container', found: 'none' });
  }
}

function checkPolicy(subject: Subject, policy: Json): void {
  const path = SPEC.field('runPolicy');
  const { cleanPodPolicy } = policy;
  if (cleanPodPolicy !== undefined && !CLEAN_POD.includes(cleanPodPolicy)) {
    subject.report(MPI_POLICY, path.field('cleanPodPolicy'), { expected: oneOf(CLEAN_POD), found: quoted(cleanPodPolicy) });
  }
  for (const field of NOT_NEGATIVE) {
    if (policy[field] < 0) subject.report(MPI_POLICY, path.field(field), { expected: 'at least 0', found: String(policy[field]) });
  }
}
