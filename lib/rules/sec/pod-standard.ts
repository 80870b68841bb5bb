import type { BundleView } from '../bundle/bundle-view';
import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';

/** What a namespace holds its pods to. */
export interface PodStandard {
  readonly level: 'baseline' | 'restricted';
  /** Minor release of the policy that counts. */
  readonly minor: number;
}

export const STANDARD_LABEL = errorRule({
  id: 'api/pod-security-label',
  title: 'The labels of a namespace for pod security have values that there are',
  why: 'The API server refuses a new namespace with a level or a version that it does not know.',
  fix: 'use privileged, baseline or restricted as the level, and latest or a release such as v1.33 as the version',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces',
});

const PREFIX = 'pod-security.kubernetes.io/';
const ENFORCE = `${PREFIX}enforce`;
const VERSION = `${PREFIX}enforce-version`;
const LABELS = Path.ROOT.fields('metadata', 'labels');
const EMPTY: Json = {};
const LEVELS = ['privileged', 'baseline', 'restricted'];
const MODES = ['enforce', 'audit', 'warn'];
const RELEASE = /^v1\.(0|[1-9]\d*)$/;

/** The namespaces of the bundle, or declared, that hold their pods to more than the privileged standard. */
export function standardsOf(view: BundleView): ReadonlyMap<string, PodStandard> {
  const standards = new Map<string, PodStandard>();
  for (const { json, manifest, minor } of view.all('Namespace')) {
    const labels: Json = json.metadata?.labels ?? EMPTY;
    const level: unknown = labels[ENFORCE];
    if (level === undefined || level === 'privileged') continue;
    standards.set(manifest.name, { level: level === 'baseline' ? 'baseline' : 'restricted', minor: releaseOf(labels[VERSION], minor) });
  }
  return standards;
}

/** A release that is newer than the cluster counts as the newest that the cluster has. */
function releaseOf(version: unknown, minor: number): number {
  const found = RELEASE.exec(typeof version === 'string' ? version : '');
  return found ? Math.min(Number(found[1]), minor) : minor;
}

/** Judges the labels themselves. */
export function checkStandardLabels(subject: Subject): void {
  const labels: Json | undefined = subject.json.metadata?.labels;
  if (labels === undefined) return;
  for (const mode of MODES) {
    const level: string | undefined = labels[PREFIX + mode];
    const version: string | undefined = labels[`${PREFIX}${mode}-version`];
    if (level !== undefined && !LEVELS.includes(level)) {
      subject.report(STANDARD_LABEL, LABELS.key(PREFIX + mode), { expected: 'privileged, baseline or restricted', found: quoted(level) });
    }
    if (version !== undefined && version !== 'latest' && !RELEASE.test(version)) {
      subject.report(STANDARD_LABEL, LABELS.key(`${PREFIX}${mode}-version`), { expected: 'latest, or a release such as v1.33', found: quoted(version) });
    }
  }
}
