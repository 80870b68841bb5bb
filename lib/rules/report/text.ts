import { Severity } from '../../findings/finding';
import { objectOf, PLAIN, placeOf, printable, renderFindings, type FindingText } from '../../findings/text';
import type { CheckReport } from '../check-report';
import type { SuppressedFinding } from '../suppression';
import { Frames } from './frame';
import type { RenderOptions } from './options';
import { paint } from './paint';
import { summaryText } from './summary';

/**
 * For people: every finding under its object, then what is suppressed and why, then how many there are. Where there are errors or
 * warnings, what is only good to know is short.
 */
export function renderText(report: CheckReport, { colours = false, textOf }: RenderOptions = {}): string {
  const painted = colours ? paint : PLAIN.paint;
  const frames = textOf && new Frames(textOf, painted);
  const foldsInfos = !report.passes(Severity.WARNING);
  const how: FindingText = { paint: painted, frameOf: finding => frames?.frameOf(finding) ?? [], foldsInfos };
  const parts: string[] = [];
  if (report.findings.length > 0) parts.push(renderFindings(report.findings, how));
  if (report.suppressed.length > 0) parts.push(['suppressed', ...report.suppressed.map(suppressedLine)].join('\n'));
  parts.push(painted('title', summaryText(report)));
  return `${parts.join('\n\n')}\n`;
}

/** `  keep/delete-policy on StorageClass fast (storage.yaml:7): scratch only (until 2027-01-31)`. */
function suppressedLine({ finding, reason, until }: SuppressedFinding): string {
  const where = finding.constructPath ?? (objectOf(finding) || 'a document');
  const place = placeOf(finding);
  return printable(`  ${finding.ruleId} on ${where}${place && ` (${place})`}: ${reason.replace(/\s+/g, ' ')}${until ? ` (until ${until})` : ''}`);
}
