import { Severity } from '../../findings/finding';
import type { Json } from '../engine/manifest';
import { errorRule, warningRule } from '../engine/rule';
import { oneOf, quoted } from '../values/quote';
import { launchFlag, type Launch } from './launcher';
import { copiesInGroup, groupSize } from './lws';
import { commandPath, type ContainerFacts, envOf, pathOf, type PodFacts } from './pod-facts';

const TORCHRUN_DOCS = 'https://docs.pytorch.org/docs/stable/elastic/run.html';

export const RESERVED_ENV = warningRule({
  id: 'train/reserved-env',
  title: 'What the launcher sets for its processes is not set beside it',
  why: 'torchrun does not read RANK, WORLD_SIZE, MASTER_ADDR or MASTER_PORT: it sets them for its processes. Who sets them expects a wiring that is not there.',
  fix: 'leave out what it sets, and set PET_NNODES, PET_NODE_RANK, PET_MASTER_ADDR and PET_MASTER_PORT, or the flags of torchrun',
  link: `${TORCHRUN_DOCS}#environment-variables`,
});

export const EACH_POD_ALONE = errorRule({
  id: 'train/each-pod-alone',
  title: 'The launcher in each of many pods knows how many there are, and which it is',
  why: 'Without the number of nodes and its own rank the launcher takes its pod for the whole group. Every pod trains the whole model by itself, writes the same checkpoints, and ends well.',
  fix: 'set PET_NNODES, PET_NODE_RANK and PET_MASTER_ADDR, or --nnodes, --node-rank and --master-addr',
  link: TORCHRUN_DOCS,
});

export const LAUNCHER_IN_EVERY_POD = errorRule({
  id: 'train/launcher-in-every-pod',
  title: 'horovodrun and mpirun are started once, in a launcher beside the workers',
  why: 'They start the processes of all hosts themselves. In every pod of a set they make as many jobs as there are pods, each with all processes on one of them.',
  fix: 'use an MPIJob, whose launcher starts them, or torchrun, which is made to run in every pod',
  link: 'https://horovod.readthedocs.io/en/stable/running_include.html',
});

export const PROCESSES_PER_NODE = warningRule({
  id: 'train/processes-per-node',
  title: 'There is one process for each accelerator of a pod',
  why: 'Two processes that share an accelerator fail at their start under NCCL, and are slow elsewhere; and an accelerator without a process stands idle and is paid for.',
  fix: 'start as many processes as the container has accelerators',
  link: TORCHRUN_DOCS,
});

const NONE: readonly Json[] = [];
/** Set by torchrun for its processes, and not read by itself. */
const TORCHRUN_SETS = new Set(['RANK', 'LOCAL_RANK', 'WORLD_SIZE', 'LOCAL_WORLD_SIZE', 'GROUP_RANK', 'MASTER_ADDR', 'MASTER_PORT']);
/** A script that asks who it is may start its launcher in one pod only. */
const ASKS = /\b(if|case)\b|\[\[|&&/;

/** Holds what launchers are told against the pods that they run in. */
export function checkLaunchers(facts: PodFacts): void {
  const { pod } = facts;
  const { trainer } = facts;
  if (!trainer?.launch) return;
  if (trainer.launch.kind === 'torchrun') checkReservedEnv(facts, trainer);
  if (facts.isWired) return;
  checkProcesses(facts, trainer, trainer.launch);
  const copies = trainer.launch.kind === 'horovodrun' || trainer.launch.kind === 'mpirun' ? copiesInGroup(pod) : groupSize(pod);
  if (copies !== undefined && copies < 2) return;
  if (trainer.launch.kind === 'horovodrun' || trainer.launch.kind === 'mpirun') checkOnce(facts, trainer, trainer.launch);
  else checkAlone(facts, trainer, trainer.launch);
}

function checkReservedEnv(facts: PodFacts, container: ContainerFacts): void {
  const env: readonly Json[] = container.json.env ?? NONE;
  const set = env.filter(({ name }) => isReserved(facts, container, name));
  if (set.length === 0) return;
  const [first] = set;
  const names = set.map(({ name }) => name as string);
  facts.pod.subject.report(RESERVED_ENV, pathOf(facts, container).field('env').index(env.indexOf(first)).field('name'), {
    expected: `no ${listed(names, 'or')} beside torchrun, which sets ${set.length > 1 ? 'them' : 'it'}`,
    found: set.length > 1 ? listed(names, 'and') : quoted(first.value ?? first.valueFrom?.fieldRef?.fieldPath ?? first.name),
  });
}

function listed(names: readonly string[], last: 'and' | 'or'): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} ${last} ${names[names.length - 1]}` : names[0];
}

/** Whether torchrun sets the variable for its processes, whatever the container says. */
export function isReserved({ pod, trainer }: PodFacts, container: ContainerFacts, name: string): boolean {
  const { launch } = container;
  if (container !== trainer || launch?.kind !== 'torchrun' || pod.kind === 'PyTorchJob') return false;
  return TORCHRUN_SETS.has(name) && !isUsed(name, container, launch);
}

/** `--nnodes=$(WORLD_SIZE)`, or another variable made of it: then it is a name like any other. */
function isUsed(name: string, { json, line }: ContainerFacts, launch: Launch): boolean {
  if (line.script) return new RegExp(`\\$[({]?${name}\\b`).test(line.script.text);
  const reference = `$(${name})`;
  if (launch.program.words.some(word => word.includes(reference))) return true;
  const env: readonly Json[] = json.env ?? NONE;
  return env.some(({ value }) => typeof value === 'string' && value.includes(reference));
}

function checkProcesses(facts: PodFacts, container: ContainerFacts, launch: Launch): void {
  const { ranks } = container;
  if (ranks === 0) return;
  if (launch.kind === 'accelerate') checkAllProcesses(facts, container, launch);
  if (launch.kind !== 'torchrun') return;
  const flag = launchFlag(launch, 'nproc-per-node');
  const env = envOf(container, 'PET_NPROC_PER_NODE');
  const given: string | undefined = flag ?? env?.entry.value;
  const path = flag === undefined && env ? pathOf(facts, container).field('env').index(env.at).field('value') : commandPath(facts, container);
  const count = given === undefined ? (env ? NaN : 1) : Number(given);
  if (!Number.isInteger(count) || count === ranks) return;
  const few = count < ranks;
  facts.pod.subject.report(PROCESSES_PER_NODE, path, {
    severity: few ? Severity.WARNING : undefined,
    expected: `${ranks} processes in each pod, as many as it has accelerators`,
    found: given === undefined ? 'no --nproc-per-node, which is one process' : given,
    fix: `set PET_NPROC_PER_NODE or --nproc-per-node to ${ranks}${few ? '' : `, or ask for ${count} accelerators`}`,
  });
}

/** accelerate is told the processes of all nodes together. */
function checkAllProcesses(facts: PodFacts, container: ContainerFacts, launch: Launch): void {
  const { ranks } = container;
  const [all, nodes] = ['num-processes', 'num-machines'].map(flag => Number(launchFlag(launch, flag) ?? NaN));
  const count = all / nodes;
  if (!Number.isInteger(count) || count < 1 || count === ranks) return;
  facts.pod.subject.report(PROCESSES_PER_NODE, commandPath(facts, container), {
    expected: `${ranks * nodes} processes on ${nodes} nodes, as many as they have accelerators`,
    found: `--num-processes ${all}`,
    fix: `set --num-processes to ${ranks * nodes}${count < ranks ? '' : `, or ask for ${count} accelerators`}`,
  });
}

/** Horovod and MPI. */
function checkOnce(facts: PodFacts, container: ContainerFacts, launch: Launch): void {
  const { script } = container.line;
  if (script && ASKS.test(script.text)) return;
  facts.pod.subject.report(LAUNCHER_IN_EVERY_POD, commandPath(facts, container), {
    expected: `${launch.program.name} in one pod`, found: `${launch.program.name} in ${podsOf(copiesInGroup(facts.pod))}`,
  });
}

/** torchrun, accelerate and deepspeed. */
function checkAlone(facts: PodFacts, container: ContainerFacts, launch: Launch): void {
  const { script } = container.line;
  if (container.json.envFrom || (script && ASKS.test(script.text))) return;
  const missing = MISSING[launch.kind as 'torchrun'](container, launch);
  if (missing.length === 0) return;
  facts.pod.subject.report(EACH_POD_ALONE, commandPath(facts, container), {
    expected: `${missing.join(' and ')}, for ${podsOf(groupSize(facts.pod))}`,
    found: `${launch.program.name} without ${missing.length > 1 ? 'them' : 'it'}`,
    fix: launch.kind === 'torchrun' ? undefined : `set ${missing.join(' and ')}, or start with torchrun`,
  });
}

type Missing = (container: ContainerFacts, launch: Launch) => string[];

const MISSING: Readonly<Record<'torchrun' | 'accelerate' | 'deepspeed', Missing>> = {
  torchrun: (container, launch) => {
    if (launchFlag(launch, 'standalone') !== undefined) return ['a launch without --standalone'];
    const { script } = container.line;
    const has = (env: string, flag: string): boolean => (
      envOf(container, env) !== undefined || (script && setsVariable(script.text, env)) || launchFlag(launch, flag) !== undefined
    );
    const missing: string[] = [];
    if (!has('PET_NNODES', 'nnodes')) missing.push('PET_NNODES or --nnodes');
    const isDynamic = has('PET_RDZV_ENDPOINT', 'rdzv-endpoint');
    if (!isDynamic && !has('PET_NODE_RANK', 'node-rank')) missing.push('PET_NODE_RANK or --node-rank');
    if (!isDynamic && !has('PET_MASTER_ADDR', 'master-addr')) missing.push('PET_MASTER_ADDR or --master-addr');
    return missing;
  },
  // a file may say it all
  accelerate: (_, launch) => launchFlag(launch, 'config-file') !== undefined ? [] : absent(launch, ['num-machines'], ['machine-rank'], ['main-process-ip']),
  deepspeed: (_, launch) => launchFlag(launch, 'hostfile', 'H') !== undefined ? [] : absent(launch, ['hostfile', 'H']),
};

/** `export PET_NODE_RANK="${HOSTNAME##*-}"`, or an assignment before the launcher. */
function setsVariable(script: string, name: string): boolean {
  return new RegExp(`(^|[\\s;])${name}=`).test(script);
}

function absent(launch: Launch, ...flags: readonly (readonly string[])[]): string[] {
  const missing = flags.filter(names => launchFlag(launch, ...names) === undefined);
  return missing.map(names => oneOf(names.map(name => (name.length > 1 ? `--${name}` : `-${name}`))));
}

function podsOf(copies: number | undefined): string {
  return copies === undefined ? 'a pod on each node' : `each of ${copies} pods`;
}
