import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { checkLabelSelector } from '../../values/label-selector';
import { valueOf } from '../../values/quantity';
import { quoted } from '../../values/quote';
import { checkAccessModes } from './access-modes';
import { ATTRIBUTES_CLASS_NAME, checkClassName, checkVolumeMode, STORAGE_CLASS_NAME } from './class-names';
import { checkDataSources } from './data-source';

export const CLAIM_SIZE = errorRule({
  id: 'api/claim-size',
  title: 'A claim requests storage, more than none',
  why: 'The API server refuses a claim that does not say how large its volume must be at least.',
  fix: 'set `resources.requests.storage` to a size such as 500Gi',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#resources',
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};

/** Holds a claim against what the API server takes. */
export function checkClaim(subject: Subject): void {
  checkClaimSpec(subject, subject.json.spec ?? EMPTY, SPEC, false);
}

/** Holds the claims that are made for a pod against the same: those of claim templates and of ephemeral volumes. */
export function checkClaimsOfPod(pod: PodSubject): void {
  const templates = pod.claimTemplates;
  for (let i = 0; i < templates.length; i++) {
    checkClaimSpec(pod.subject, templates[i].spec ?? EMPTY, pod.controllerPath.field('volumeClaimTemplates').index(i).field('spec'), true);
  }
  const volumes: readonly Json[] | undefined = pod.spec.volumes;
  if (volumes === undefined) return;
  for (let i = 0; i < volumes.length; i++) {
    const template = volumes[i].ephemeral?.volumeClaimTemplate;
    if (template === undefined) continue;
    checkClaimSpec(pod.subject, template.spec ?? EMPTY, pod.path.field('volumes').index(i).fields('ephemeral', 'volumeClaimTemplate', 'spec'), true);
  }
}

function checkClaimSpec(subject: Subject, spec: Json, path: Path, isTemplate: boolean): void {
  checkAccessModes(subject, spec.accessModes, path);
  if (spec.selector !== undefined) checkLabelSelector(subject, spec.selector, path, 'selector');
  checkSize(subject, spec, path);
  checkClassName(subject, STORAGE_CLASS_NAME, spec, 'storageClassName', path);
  checkVolumeMode(subject, spec, path);
  checkDataSources(subject, spec, path, isTemplate);
  checkClassName(subject, ATTRIBUTES_CLASS_NAME, spec, 'volumeAttributesClassName', path);
}

function checkSize(subject: Subject, spec: Json, path: Path): void {
  const size = spec.resources?.requests?.storage;
  // what is no quantity has been told already
  if (size !== undefined && (valueOf(size) ?? 1) > 0) return;
  // the server leaves `requests` out of the path
  subject.report(CLAIM_SIZE, path.field('resources').key('storage'), { expected: 'a size of more than 0', found: quoted(size) });
}
