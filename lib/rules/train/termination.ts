import { Severity } from '../../findings/finding';
import { infoRule, warningRule } from '../engine/rule';
import { purposeOf } from '../values/purpose';
import { quoted } from '../values/quote';
import { lineOf } from './command-line';
import { commandPath, type ContainerFacts, envOf, pathOf, type PodFacts } from './pod-facts';

const TERMINATION_DOCS = 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination';

export const PRE_STOP_SAVE = warningRule({
  id: 'train/pre-stop-save',
  title: 'The training saves its own state when it is told to end',
  why: 'A preStop hook is another process: it has no model to save, shares the grace period with the training, and is not run when the training crashes or finishes.',
  fix: 'save in the training, on SIGTERM, and give it a long terminationGracePeriodSeconds',
  link: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
});

export const GRACE_PERIOD = warningRule({
  id: 'train/grace-period',
  title: 'The grace period is longer than what it is for',
  why: 'When it is over every process is killed, whatever it writes. What a hook sleeps away, or a launcher waits for its processes, is part of it.',
  fix: 'raise terminationGracePeriodSeconds above the time that a checkpoint takes',
  link: TERMINATION_DOCS,
});

export const SHELL_SWALLOWS_SIGNAL = infoRule({
  id: 'train/shell-swallows-signal',
  title: 'The training is told when the pod is to end',
  why: 'SIGTERM goes to the first process. A shell that waits for the training does not pass it on: the training is killed at the end of the grace period without having saved.',
  fix: 'start the training by exec as the last step of the script, or without a shell',
  link: TERMINATION_DOCS,
});

const DEFAULT_GRACE = 30;
const PYTHON = /^python[\d.]*$/;
const SAVERS = new Set(['aws', 'gsutil', 'gcloud', 'rclone', 'azcopy', 's5cmd', 'cp', 'rsync']);

/** Holds what happens to a training when its pod is to end. */
export function checkTermination(facts: PodFacts): void {
  const { pod } = facts;
  const { trainer } = facts;
  if (!trainer) return;
  const grace: number = pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE;
  checkHook(facts, trainer, grace);
  checkShutdown(facts, trainer, grace);
  checkSignal(facts, trainer);
  if (pod.spec.terminationGracePeriodSeconds === undefined && writesCheckpoints(trainer)) {
    pod.subject.report(GRACE_PERIOD, pod.path.field('terminationGracePeriodSeconds'), {
      severity: Severity.INFO, expected: 'the time to write a checkpoint', found: `none, which is ${DEFAULT_GRACE} s`,
    });
  }
}

function writesCheckpoints({ json }: ContainerFacts): boolean {
  for (const { mountPath, readOnly } of json.volumeMounts ?? []) {
    if (readOnly !== true && purposeOf(mountPath ?? '') === 'checkpoints') return true;
  }
  return false;
}

function checkHook(facts: PodFacts, trainer: ContainerFacts, grace: number): void {
  const command: readonly string[] | undefined = trainer.json.lifecycle?.preStop?.exec?.command;
  if (!command) return;
  const { subject } = facts.pod;
  const path = pathOf(facts, trainer).fields('lifecycle', 'preStop', 'exec', 'command');
  for (const { name, words } of lineOf(command).programs) {
    if (PYTHON.test(name) || SAVERS.has(name)) {
      subject.report(PRE_STOP_SAVE, path, { expected: 'a training that saves on SIGTERM', found: `${[name, ...words].slice(0, 3).join(' ')} in a hook` });
      return;
    }
    if (name === 'sleep' && Number(words[0]) >= grace) {
      subject.report(GRACE_PERIOD, path, { expected: `less than the ${grace} s of terminationGracePeriodSeconds`, found: `sleep ${words[0]}` });
    }
  }
}

/** torchrun kills its processes when this time is over. */
function checkShutdown(facts: PodFacts, trainer: ContainerFacts, grace: number): void {
  const found = envOf(trainer, 'PET_SHUTDOWN_TIMEOUT');
  const seconds = typeof found?.entry.value === 'string' ? Number(found.entry.value) : NaN;
  if (!found || Number.isNaN(seconds) || seconds < grace) return;
  facts.pod.subject.report(GRACE_PERIOD, pathOf(facts, trainer).field('env').index(found.at).field('value'), {
    expected: `less than the ${grace} s of terminationGracePeriodSeconds`, found: quoted(found.entry.value),
    fix: `set PET_SHUTDOWN_TIMEOUT below ${grace}, or raise terminationGracePeriodSeconds`,
  });
}

function checkSignal(facts: PodFacts, trainer: ContainerFacts): void {
  const { line: { script, programs }, launch } = trainer;
  if (!script || programs.length < 2 || /\btrap\b/.test(script.text)) return;
  const program = launch?.program ?? programs.find(({ name }) => PYTHON.test(name));
  if (!program || program.replaces || program.background) return;
  facts.pod.subject.report(SHELL_SWALLOWS_SIGNAL, commandPath(facts, trainer), {
    expected: `exec ${program.name}`, found: `${program.name} below a shell, which keeps SIGTERM to itself`,
  });
}
