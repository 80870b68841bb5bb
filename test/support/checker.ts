import { parseAllDocuments } from 'yaml';
import { Finding, KubernetesVersion, ManifestChecker, ManifestCheckerProps, Outcome, Severity } from '../../lib';

/** What the checker finds in YAML or in objects; the target is 1.36 unless `props` say another. */
export function findingsIn(manifests: string | readonly any[], props: ManifestCheckerProps = {}): Finding[] {
  const objects = typeof manifests === 'string' ? objectsIn(manifests) : [...manifests];
  return new ManifestChecker({ target: KubernetesVersion.V1_36, ...props }).check(objects).findings;
}

/** The violations of severity error. */
export function errorsIn(manifests: string | readonly any[], props: ManifestCheckerProps = {}): Finding[] {
  return findingsIn(manifests, props).filter(({ outcome, severity }) => outcome === Outcome.VIOLATED && severity === Severity.ERROR);
}

/** Ids of the violated rules, each once, in the order found. */
export function rulesIn(manifests: string | readonly any[], props: ManifestCheckerProps = {}): string[] {
  return [...new Set(findingsIn(manifests, props).filter(({ outcome }) => outcome === Outcome.VIOLATED).map(({ ruleId }) => ruleId))];
}

/** `path | expected | found`, a line for each finding of a rule. */
export function linesOf(findings: readonly Finding[], ruleId?: string): string[] {
  return findings.filter(one => ruleId === undefined || one.ruleId === ruleId).map(({ path, expected, found }) => `${path} | ${expected} | ${found}`);
}

/** The documents of a YAML text, as objects. */
export function objectsIn(yaml: string): any[] {
  return parseAllDocuments(yaml).map(document => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as unknown;
  });
}
