import { Finding, Outcome, Severity } from '../findings/finding';
import { objectOf, placeOf } from '../findings/text';
import type { ValidationViolation, ViolatingResource } from './context';

/** What the table of cdk8s-cli shows of findings: those of one rule with the same remedy together. */
export function violationsOf(findings: readonly Finding[], pathOf: (file: string | undefined) => string): ValidationViolation[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([ruleNameOf(finding), finding.fix]);
    const group = groups.get(key);
    if (group) group.push(finding); else groups.set(key, [finding]);
  }
  return [...groups.values()].map(group => ({
    ruleName: ruleNameOf(group[0]),
    recommendation: [...new Set(group.map(sentenceOf))].join('\n    '),
    fix: group[0].link ? `${group[0].fix} (${group[0].link})` : group[0].fix,
    violatingResources: group.map(finding => resourceOf(finding, pathOf)),
  }));
}

/** A table without severities: what is no error says so in its name. */
function ruleNameOf({ ruleId, severity, outcome }: Finding): string {
  if (outcome === Outcome.UNRESOLVED) return `${ruleId} (unresolved)`;
  return severity === Severity.ERROR ? ruleId : `${ruleId} (${severity})`;
}

/** cdk8s-cli looks for constructs by name only, so that the path is told here. */
function sentenceOf(finding: Finding): string {
  const object = objectOf(finding);
  const where = finding.constructPath === undefined ? object : `${finding.constructPath} (${object})`;
  return where === '' ? finding.message : `${where}: ${finding.message}`;
}

function resourceOf(finding: Finding, pathOf: (file: string | undefined) => string): ViolatingResource {
  const place = placeOf(finding);
  return {
    // a name that several objects have would be shown with the construct of the last of them
    resourceName: finding.constructPath === undefined ? objectOf(finding) || placeOf(finding) : finding.name ?? '',
    locations: [place === '' ? finding.path : `${finding.path} (${place})`.trim()],
    manifestPath: pathOf(finding.file),
  };
}
