import { errorRule } from '../../../engine/rule';
import { isLabelValue, isQualifiedName } from '../../../../private/name-forms';
import { quoted } from '../../../values/quote';
import { LABEL_KEY, LABEL_VALUE } from '../../../values/label-selector';
import { reportField, type VolumeSource } from './source';

export const EPHEMERAL_VOLUME = errorRule({
  id: 'api/ephemeral-volume',
  title: 'An ephemeral volume has a claim template, whose metadata is labels and annotations alone',
  why: 'The claim is made for each pod and named `<pod>-<volume>`: the API server refuses a template that names it, and one that is missing.',
  fix: 'set `ephemeral.volumeClaimTemplate.spec`, and leave names out of its metadata',
  link: 'https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes',
});

/** Holds what stands around the claim of an ephemeral volume; its spec is judged as every other claim's. */
export function checkEphemeral(source: VolumeSource): void {
  const { subject } = source;
  const template = source.json.volumeClaimTemplate;
  if (template === undefined) {
    reportField(source, EPHEMERAL_VOLUME, 'volumeClaimTemplate', 'the template of a claim');
    return;
  }
  const metadata: Record<string, any> = template.metadata ?? {};
  const path = source.path.fields('volumeClaimTemplate', 'metadata');
  for (const field of Object.keys(metadata)) {
    if (field === 'labels' || field === 'annotations' || metadata[field] === '') continue;
    subject.report(EPHEMERAL_VOLUME, path.field(field), { expected: 'labels and annotations alone', found: quoted(metadata[field]) });
  }
  for (const [key, value] of Object.entries<string>(metadata.labels ?? {})) {
    if (!isQualifiedName(key)) subject.report(EPHEMERAL_VOLUME, path.field('labels'), { expected: LABEL_KEY, found: quoted(key) });
    if (!isLabelValue(value)) subject.report(EPHEMERAL_VOLUME, path.field('labels'), { expected: LABEL_VALUE, found: quoted(value) });
  }
  for (const key of Object.keys(metadata.annotations ?? {})) {
    if (!isQualifiedName(key.toLowerCase())) subject.report(EPHEMERAL_VOLUME, path.field('annotations'), { expected: LABEL_KEY, found: quoted(key) });
  }
}
