import { Severity } from '../../findings/finding';
import type { Json } from '../engine/manifest';
import { WORLD_SIZE } from './group';
import { launchFlag, type Launch } from './launcher';
import { LAUNCHER_IN_EVERY_POD } from './launchers';
import { commandPath, type ContainerFacts, type PodFacts } from './pod-facts';

const SSHD = 'sshd';
const HOST_FLAGS = ['H', 'host', 'hosts', 'hostfile', 'machinefile', 'f', 'host-discovery-script'];
const PROGRAM = /^(python[\d.]*|sh|bash|\/.*)$/;

/** Holds the launcher of an MPIJob against its workers, and these against what the launcher needs of them. */
export function checkMpiJob(facts: PodFacts): void {
  const { pod } = facts;
  if (pod.kind !== 'MPIJob') return;
  if (pod.role === 'Worker') checkWorkers(facts);
  else if (facts.trainer?.launch) checkSlots(facts, facts.trainer, facts.trainer.launch);
}

/** Without a command the operator starts sshd itself. */
function checkWorkers(facts: PodFacts): void {
  const { trainer, containers, pod } = facts;
  // v1 of the training operator needs none
  if (!trainer || trainer.line.programs.length === 0 || !pod.subject.manifest.apiVersion.endsWith('/v2beta1')) return;
  if (containers.some(({ line }) => line.viaEntrypoint || line.programs.some(({ name }) => name === SSHD))) return;
  const name = trainer.launch?.program.name ?? trainer.line.programs[0].name;
  pod.subject.report(LAUNCHER_IN_EVERY_POD, commandPath(facts, trainer), {
    expected: 'sshd in the workers, by which the launcher starts the processes',
    found: `${name} in ${pod.copies === 1 ? 'the worker' : `each of ${pod.copies} workers`}, and no sshd`,
    fix: 'leave the command of the workers out, or start /usr/sbin/sshd -De, and start the training in the Launcher',
  });
}

/** Places that the hostfile of the operator has. */
function checkSlots(facts: PodFacts, container: ContainerFacts, launch: Launch): void {
  const { mpiReplicaSpecs, slotsPerWorker, runLauncherAsWorker, mpiImplementation }: Json = facts.pod.subject.json.spec ?? {};
  if (launch.kind !== 'mpirun' && launch.kind !== 'horovodrun') return;
  if (launchFlag(launch, ...HOST_FLAGS) !== undefined || launch.words.some(word => /oversubscribe/i.test(word))) return;
  const text = processesOf(launch);
  if (text === undefined || !/^\d+$/.test(text)) return;
  const hosts = numberOf(mpiReplicaSpecs?.Worker?.replicas, mpiReplicaSpecs?.Worker ? 1 : 0) + (runLauncherAsWorker === true ? 1 : 0);
  const perHost = numberOf(slotsPerWorker, 1);
  if (Number(text) <= hosts * perHost) return;
  const isOpenMpi = mpiImplementation === undefined || mpiImplementation === 'OpenMPI';
  facts.pod.subject.report(WORLD_SIZE, commandPath(facts, container), {
    severity: isOpenMpi ? undefined : Severity.WARNING,
    expected: `at most ${hosts * perHost} processes, for ${hosts} hosts with ${perHost} ${perHost === 1 ? 'slot' : 'slots'} each`,
    found: `${launch.program.name} of ${text}`,
    fix: `set slotsPerWorker to the processes of a worker, or start ${hosts * perHost}`,
  });
}

function processesOf(launch: Launch): string | undefined {
  const program = launch.words.findIndex(word => PROGRAM.test(word));
  const words = program < 0 ? launch.words : launch.words.slice(0, program);
  return launchFlag({ ...launch, words }, 'np', 'num-proc', 'n');
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
