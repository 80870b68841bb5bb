import type { ProblemSink } from '../../../findings/collector';
import { checkShape } from '../checks';
import type { ClassFields } from '../class-fields';

const MAX_LABELS = 64;
const LABELS_LINK = 'https://cloud.google.com/compute/docs/labeling-resources';
const TAGS_LINK = 'https://cloud.google.com/resource-manager/docs/tags/tags-overview';

export const GCP_REGION = /^([a-z]+-)?[a-z]+-[a-z]+\d+$/;
export const GCP_ZONE = /^([a-z]+-)?[a-z]+-[a-z]+\d+-[a-z0-9]+$/;

/** Region of a zone: `europe-west4` of `europe-west4-a`. */
export function regionOf(zone: string): string {
  return zone.slice(0, Math.max(zone.lastIndexOf('-'), 0));
}

/** Values of `allowedTopologies` for the zones of a driver, as a class has them. */
export function zonesOf(fields: ClassFields, key: string): readonly string[] {
  const terms = (fields.allowedTopologies ?? []) as { matchLabelExpressions: { key: string; values: string[] }[] }[];
  return terms.flatMap(({ matchLabelExpressions }) => matchLabelExpressions).filter(one => one.key === key).flatMap(({ values }) => values);
}

/** Labels as Google Cloud takes them. */
export function checkLabels(labels: Readonly<Record<string, string>>, sink: ProblemSink): void {
  const count = Object.keys(labels).length;
  if (count > MAX_LABELS) {
    sink.error({
      ruleId: 'driver/labels', path: 'labels', expected: `at most ${MAX_LABELS} labels`, found: String(count), fix: 'leave some labels out', link: LABELS_LINK,
    });
  }
  for (const [key, value] of Object.entries(labels)) {
    checkShape(`${key}=${value}`, {
      ruleId: 'driver/labels',
      path: `labels['${key}']`,
      pattern: /^\p{Ll}[\p{Ll}0-9_-]{0,62}=[\p{Ll}0-9_-]{0,63}$/u,
      expected: 'lower case letters, digits, `_` and `-`, up to 63 of them, in a key that starts with a letter and in its value',
      example: 'team=vision',
      link: LABELS_LINK,
    }, sink);
  }
}

/** Labels as a class has them. */
export function labelsText(labels: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',') || undefined;
}

/** Tags of an organization or a project: each has a parent, a key and a value. */
export function checkResourceTags(tags: readonly string[], sink: ProblemSink): void {
  tags.forEach((tag, index) => checkShape(tag, {
    ruleId: 'driver/resource-tags',
    path: `resourceTags[${index}]`,
    pattern: /^[^/,\s]+\/[^/,]+\/[^/,]+$/,
    expected: 'the id of the organization or project, the key and the value, with `/` between them',
    example: 'acme-project/environment/research',
    link: TAGS_LINK,
  }, sink));
}

/** The full name of a key. */
export function checkKmsKey(kmsKey: string | undefined, link: string, sink: ProblemSink): void {
  checkShape(kmsKey, {
    ruleId: 'driver/kms-key',
    path: 'kmsKey',
    pattern: /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
    expected: 'the full name of a Cloud KMS key',
    example: 'projects/acme/locations/us-central1/keyRings/storage/cryptoKeys/disks',
    link,
  }, sink);
}
