import type { BundleView } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule, type Rule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { Lookup } from './lookup';

export const RUNTIME_MISSING = errorRule({
  id: 'chain/training-runtime-missing',
  title: 'The runtime of a TrainJob exists',
  why: 'The webhook of Kubeflow Trainer refuses a TrainJob without its runtime.',
  fix: 'add the TrainingRuntime or ClusterTrainingRuntime, correct `runtimeRef`, or declare it as external',
  link: 'https://www.kubeflow.org/docs/components/trainer/operator-guides/runtime/',
});
export const QUEUE_MISSING = errorRule({
  id: 'chain/queue-missing',
  title: 'The queue of a workload exists, and what the queue is made of',
  why: 'Kueue keeps a workload suspended as long as its LocalQueue, ClusterQueue, flavors or priority class do not exist: no pod is ever made.',
  fix: 'add it, correct its name, or declare it as external',
  link: 'https://kueue.sigs.k8s.io/docs/concepts/local_queue/',
});

export const CUSTOM_REFERENCE_RULES: readonly Rule[] = [RUNTIME_MISSING, QUEUE_MISSING];

const SPEC = Path.ROOT.field('spec');
const LABELS = Path.ROOT.fields('metadata', 'labels');
const QUEUE = 'kueue.x-k8s.io/queue-name';
const PRIORITY = 'kueue.x-k8s.io/priority-class';
const TRAINER = 'trainer.kubeflow.org';
const KUEUE = 'kueue.x-k8s.io';

/** Judges what objects of operators refer to by name. */
export function checkCustomReferences(view: BundleView): void {
  const lookup = new Lookup(view);
  for (const subject of view.subjects) {
    const labels: Json | undefined = subject.json?.metadata?.labels;
    if (labels === undefined || subject.manifest.external) continue;
    // what Kueue makes for a job carries the label as well
    if (subject.manifest.group === KUEUE) continue;
    if (labels[QUEUE]) need(QUEUE_MISSING, subject, `${KUEUE}/LocalQueue`, labels[QUEUE], subject.manifest.namespace, LABELS.key(QUEUE), lookup);
    if (labels[PRIORITY]) need(QUEUE_MISSING, subject, `${KUEUE}/WorkloadPriorityClass`, labels[PRIORITY], '', LABELS.key(PRIORITY), lookup);
  }
  for (const subject of view.all(`${TRAINER}/TrainJob`)) checkRuntime(subject, lookup);
  for (const subject of view.all(`${KUEUE}/LocalQueue`)) {
    need(QUEUE_MISSING, subject, `${KUEUE}/ClusterQueue`, subject.json.spec?.clusterQueue, '', SPEC.field('clusterQueue'), lookup);
  }
  for (const subject of view.all(`${KUEUE}/ClusterQueue`)) checkFlavors(subject, lookup);
}

/** A runtime of another group, or of a kind that is none of the Trainer's, is somebody else's. */
function checkRuntime(subject: Subject, lookup: Lookup): void {
  const ref: Json = subject.json.spec?.runtimeRef ?? {};
  const kind = ref.kind ?? 'ClusterTrainingRuntime';
  if ((ref.apiGroup ?? TRAINER) !== TRAINER || (kind !== 'ClusterTrainingRuntime' && kind !== 'TrainingRuntime')) return;
  const namespace = kind === 'TrainingRuntime' ? subject.manifest.namespace : '';
  need(RUNTIME_MISSING, subject, `${TRAINER}/${kind}`, ref.name, namespace, SPEC.fields('runtimeRef', 'name'), lookup);
}

function checkFlavors(subject: Subject, lookup: Lookup): void {
  listOf(subject.json.spec?.resourceGroups).forEach((group, g) => {
    listOf(group?.flavors).forEach((flavor, f) => {
      const path = SPEC.field('resourceGroups').index(g).field('flavors').index(f).field('name');
      need(QUEUE_MISSING, subject, `${KUEUE}/ResourceFlavor`, flavor?.name, '', path, lookup);
    });
  });
}

function need(rule: Rule, subject: Subject, type: string, name: unknown, namespace: string, path: Path, lookup: Lookup): void {
  if (typeof name !== 'string' || name === '' || subject.manifest.external) return;
  const reference = { subject, path, type, namespace, name };
  if (!lookup.find(reference)) lookup.reportMissing(rule, reference);
}

/** Kinds without a schema here may hold anything. */
function listOf(value: unknown): readonly any[] {
  return Array.isArray(value) ? value : [];
}
