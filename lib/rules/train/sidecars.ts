import { Severity } from '../../findings/finding';
import { errorRule, warningRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { commandPath, type ContainerFacts, pathOf, type PodFacts } from './pod-facts';

const SIDECAR_DOCS = 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/';

export const SIDECAR_KEEPS_JOB = errorRule({
  id: 'train/sidecar-keeps-job',
  title: 'A container that runs for ever is a sidecar, not a second container',
  why: 'A pod is finished when all its containers are. A loop beside the training keeps the pod running after it, with its accelerators, and the Job never completes.',
  fix: 'move it to initContainers with restartPolicy: Always, which ends with the others (Kubernetes 1.29 and newer)',
  link: SIDECAR_DOCS,
});

export const UPLOAD_LOSES_LAST = warningRule({
  id: 'train/upload-loses-last',
  title: 'A sidecar uploads a last time when the training has ended',
  why: 'A shell without a trap does not hear SIGTERM: it sleeps on until it is killed, and what was written since its last round, the final checkpoint above all, is never uploaded.',
  fix: "begin with trap 'last=1' TERM, sleep in the background with wait, and copy once more after the loop",
  link: `${SIDECAR_DOCS}#pod-termination`,
});

const LOOP = /\bwhile\s+(true|:|\[\s*1\s*\]|1)\s*(;|\n)|\buntil\s+false\b/;
const ENDS = /\b(break|exit)\b/;
const JOBS = new Set(['Job', 'CronJob', 'JobSet', 'TrainingRuntime', 'ClusterTrainingRuntime']);

/** Holds containers that run beside a training. */
export function checkSidecars(facts: PodFacts): void {
  for (const container of facts.initContainers) {
    if (container.json.restartPolicy === 'Always') checkLastUpload(facts, container);
  }
  if (facts.containers.length < 2) return;
  for (const container of facts.containers) {
    if (container.trains || !isEndless(container)) continue;
    checkLastUpload(facts, container);
    if (facts.containers.some(other => other !== container && ends(other))) report(facts, container);
  }
}

function report(facts: PodFacts, container: ContainerFacts): void {
  const { pod } = facts;
  const isJob = JOBS.has(pod.kind);
  const trainer = facts.trainer?.name;
  if (!isJob && (pod.kind !== 'Pod' || trainer === undefined)) return;
  pod.subject.report(SIDECAR_KEEPS_JOB, pathOf(facts, container), {
    severity: isJob ? undefined : Severity.WARNING,
    expected: `${quoted(container.name)} among the initContainers, with restartPolicy: Always`,
    found: `a container that runs on when ${trainer ?? 'the others'} ${trainer ? 'has' : 'have'} ended`,
  });
}

function ends(container: ContainerFacts): boolean {
  return (container.trains || container.line.programs.length > 0) && !isEndless(container);
}

function isEndless({ line: { script, programs } }: ContainerFacts): boolean {
  if (script && LOOP.test(script.text) && !ENDS.test(script.text)) return true;
  const last = programs[programs.length - 1];
  if (last?.name === 'sleep') return last.words[0] === 'infinity' || last.words[0] === 'inf';
  return last?.name === 'tail' && last.words.some(word => /^-\w*[fF]/.test(word));
}

function checkLastUpload(facts: PodFacts, container: ContainerFacts): void {
  const { script } = container.line;
  if (!script || !LOOP.test(script.text) || /\btrap\b/.test(script.text)) return;
  const upload = container.loads.find(({ uploadTo }) => uploadTo !== undefined);
  if (!upload) return;
  facts.pod.subject.report(UPLOAD_LOSES_LAST, commandPath(facts, container), {
    expected: 'a trap for TERM, and a last upload', found: `a loop around ${upload.program.name} that only ends by being killed`,
  });
}
