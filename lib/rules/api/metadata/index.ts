import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import type { ObjectCheck, RuleRoom } from '../../engine/room';
import type { Subject } from '../../engine/subject';
import { ANNOTATION, checkAnnotations, checkLabels, LABEL } from './labels';
import { checkNames, metadataOf, NAME, NAMESPACE } from './names';
import { checkOwners, FINALIZER, OWNER_REFERENCE } from './owners';

const METADATA = Path.ROOT.field('metadata');

function checkMetadata(subject: Subject): void {
  const metadata = metadataOf(subject);
  checkNames(subject);
  checkLabels(subject, metadata.labels, METADATA);
  checkAnnotations(subject, metadata.annotations, METADATA);
  if (metadata.ownerReferences !== undefined || metadata.finalizers !== undefined) checkOwners(subject, metadata);
}

/** The server writes the labels of a template without the `metadata` that they stand in. */
function checkTemplate(subject: Subject, template: Json | undefined, path: Path): void {
  if (template?.metadata === undefined) return;
  const { labels, annotations } = template.metadata;
  checkLabels(subject, labels, path);
  checkAnnotations(subject, annotations, path);
}

const SPEC = Path.ROOT.field('spec');
const TEMPLATE = SPEC.field('template');
const JOB_TEMPLATE = SPEC.fields('jobTemplate', 'spec', 'template');

/** Of a StatefulSet too, whose labels and annotations the server has always looked at. */
function checkSpecTemplate(subject: Subject): void {
  checkTemplate(subject, subject.json.spec?.template, TEMPLATE);
}

const TEMPLATES: ReadonlyMap<string, ObjectCheck> = new Map<string, ObjectCheck>([
  ['PodTemplate', subject => checkTemplate(subject, subject.json.template, Path.ROOT.field('template'))],
  ['batch/CronJob', subject => checkTemplate(subject, subject.json.spec?.jobTemplate?.spec?.template, JOB_TEMPLATE)],
  ...['ReplicationController', 'apps/ReplicaSet', 'apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job']
    .map((type): [string, ObjectCheck] => [type, checkSpecTemplate]),
]);

/** Templates in custom resources: a controller makes pods of them later. */
function checkCustomTemplate(pod: PodSubject): void {
  if (!pod.isTemplate || TEMPLATES.has(pod.subject.manifest.type)) return;
  checkLabels(pod.subject, pod.metadata.labels, pod.metadataPath);
  checkAnnotations(pod.subject, pod.metadata.annotations, pod.metadataPath);
}

export const API_METADATA: RuleRoom = {
  rules: [NAME, NAMESPACE, LABEL, ANNOTATION, OWNER_REFERENCE, FINALIZER],
  objects: { '*': [checkMetadata], ...Object.fromEntries([...TEMPLATES].map(([type, check]) => [type, [check]])) },
  pods: [checkCustomTemplate],
};
