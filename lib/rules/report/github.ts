import { Finding, Outcome, Severity } from '../../findings/finding';
import { objectOf } from '../../findings/text';
import type { CheckReport } from '../check-report';
import { isOpenable } from './files';
import { summaryText } from './summary';

const COMMANDS: Readonly<Record<Severity, string>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'notice',
};

/**
 * A workflow command for each finding, which GitHub shows beside the line that it is about.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderGithub(report: CheckReport): string {
  return [...report.findings.map(commandOf), `${summaryText(report)}\n`].join('\n');
}

function commandOf(finding: Finding): string {
  const { file, line, ruleId, outcome } = finding;
  const command = outcome === Outcome.UNRESOLVED ? 'notice' : COMMANDS[finding.severity];
  const properties = [
    isOpenable(file) ? `file=${property(file)}` : '',
    !isOpenable(file) || line === undefined ? '' : `line=${line}`,
    `title=${property(outcome === Outcome.UNRESOLVED ? `${ruleId} (unresolved)` : ruleId)}`,
  ].filter(one => one !== '').join(',');
  return `::${command} ${properties}::${data(textOf(finding))}`;
}

function textOf(finding: Finding): string {
  const object = objectOf(finding);
  const subject = [object, finding.constructPath && `(${finding.constructPath})`].filter(part => part).join(' ');
  return `${subject ? `${subject}: ` : ''}${finding.message}\nfix: ${finding.fix}${finding.link ? `\nsee: ${finding.link}` : ''}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
