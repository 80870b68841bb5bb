import { Finding } from './finding';

/** Readable text of findings, grouped by construct: where, what was expected, what was found, what to do. */
export function renderFindings(findings: readonly Finding[]): string {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const title = titleOf(finding);
    const group = groups.get(title);
    if (group) group.push(finding); else groups.set(title, [finding]);
  }
  return [...groups].map(([title, group]) => [title, ...group.map(renderFinding)].join('\n')).join('\n');
}

/** `1 problem`, `2 problems`. */
export function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function titleOf(finding: Finding): string {
  const where = finding.constructPath === '' ? '(app)' : finding.constructPath ?? `${finding.kind} ${finding.name}`;
  return finding.constructType ? `${where} (${finding.constructType})` : where;
}

function renderFinding(finding: Finding): string {
  const lines = [
    `  ${finding.severity} ${finding.ruleId}`,
    `    ${finding.path}: expected ${finding.expected}, found ${finding.found}`,
    `    fix: ${finding.fix}`,
  ];
  if (finding.link) lines.push(`    see: ${finding.link}`);
  return lines.join('\n');
}
