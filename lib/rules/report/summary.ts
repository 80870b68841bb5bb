import { Outcome, Severity } from '../../findings/finding';
import { countOf } from '../../findings/text';
import type { CheckReport } from '../check-report';

/** How many findings of which sort there are. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly unresolved: number;
  readonly suppressed: number;
}

export function summaryOf({ findings, suppressed }: CheckReport): Summary {
  const violated = (severity: Severity): number =>
    findings.filter(one => one.outcome === Outcome.VIOLATED && one.severity === severity).length;
  return {
    errors: violated(Severity.ERROR),
    warnings: violated(Severity.WARNING),
    infos: violated(Severity.INFO),
    unresolved: findings.filter(({ outcome }) => outcome === Outcome.UNRESOLVED).length,
    suppressed: suppressed.length,
  };
}

/** `2 errors, 1 warning, 3 unresolved and 1 suppressed in 12 objects, for Kubernetes 1.36`. */
export function summaryLine(report: CheckReport): string {
  const { errors, warnings, infos, unresolved, suppressed } = summaryOf(report);
  const counts = [
    errors > 0 ? countOf(errors, 'error') : '',
    warnings > 0 ? countOf(warnings, 'warning') : '',
    infos > 0 ? countOf(infos, 'info') : '',
    unresolved > 0 ? `${unresolved} unresolved` : '',
    suppressed > 0 ? `${suppressed} suppressed` : '',
  ].filter(count => count !== '');
  return `${listed(counts) || 'no findings'} in ${countOf(report.objects, 'object')}, for Kubernetes ${report.target}`;
}

/** The same, and how much of the bundle could not be judged fully. */
export function summaryText(report: CheckReport): string {
  const line = summaryLine(report);
  return report.unknownKinds === 0 ? line : `${line}\n${countOf(report.unknownKinds, 'object')} of kinds whose shape is not known here`;
}

/** `a, b and c`. */
function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
