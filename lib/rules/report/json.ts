import type { Finding } from '../../findings/finding';
import type { CheckReport } from '../check-report';
import { summaryOf } from './summary';
import { TOOL } from './tool';

/** Rises when a field goes or changes its meaning; new ones may come at any time. */
const SHAPE = 1;

/** All data: `{ version, tool, target, objects, unknownKinds, summary, findings, suppressed }`, the findings as `Finding` has them. */
export function renderJson(report: CheckReport): string {
  const { target, objects, unknownKinds } = report;
  const findings = report.findings.map(ordered);
  const suppressed = report.suppressed.map(({ finding, reason, until }) => ({ finding: ordered(finding), reason, until }));
  const tool = { name: TOOL.name, version: TOOL.version };
  const data = { version: SHAPE, tool, target, objects, unknownKinds, summary: summaryOf(report), findings, suppressed };
  return `${JSON.stringify(data, undefined, 2)}\n`;
}

/** The fields in one order, whoever made the finding; what says nothing of the object is left out. */
function ordered(finding: Finding): Finding {
  const { ruleId, severity, outcome, apiVersion, kind, namespace, name, path, message, expected, found, fix, link } = finding;
  const { constructPath, constructType, file, line } = finding;
  return {
    ruleId, severity, outcome,
    apiVersion: apiVersion || undefined, kind: kind || undefined, namespace: namespace || undefined, name: name || undefined,
    path, message, expected, found, fix, link,
    constructPath, constructType, file, line,
  };
}
