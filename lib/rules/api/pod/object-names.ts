import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { isDnsSubdomain } from '../../../private/name-forms';
import { quoted } from '../../values/quote';

export const OBJECT_NAME = errorRule({
  id: 'api/object-name',
  title: 'What a pod refers to by name has a name that an object can have',
  why: 'ConfigMaps, Secrets, service accounts, nodes, priority and runtime classes have DNS names. The API server refuses a reference that '
    + 'nothing can answer: an empty name, capitals, underscores, the `${…}` of a template that was not filled in.',
  fix: 'write the `metadata.name` of the object',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names',
});

/** What the name of an object looks like, as findings say it. */
export const OBJECT_NAME_FORM = 'the name of an object: lower case letters, digits, - and ., a letter or digit at both ends';

const FIELDS = ['serviceAccountName', 'nodeName', 'priorityClassName'] as const;

/** Judges the names that stand in the spec of the pod itself. */
export function checkObjectNames(pod: PodSubject): void {
  const { spec } = pod;
  for (let i = 0; i < FIELDS.length; i++) {
    const name = spec[FIELDS[i]];
    if (name && !isDnsSubdomain(name)) reportName(pod, pod.path.field(FIELDS[i]), name);
  }
  const { runtimeClassName } = spec;
  if (runtimeClassName !== undefined && !isDnsSubdomain(runtimeClassName)) reportName(pod, pod.path.field('runtimeClassName'), runtimeClassName);
}

export function reportName(pod: PodSubject, path: Path, name: string): void {
  pod.subject.report(OBJECT_NAME, path, { expected: OBJECT_NAME_FORM, found: name === '' ? 'none' : quoted(name) });
}
