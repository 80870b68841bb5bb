import type { CheckReport } from '../check-report';
import { ReportFormat } from './format';
import { renderGithub } from './github';
import { renderJson } from './json';
import { renderJunit } from './junit';
import type { RenderOptions } from './options';
import { renderSarif } from './sarif';
import { renderText } from './text';

export { ReportFormat } from './format';
export type { FailOn, RenderOptions } from './options';

const RENDERERS: Readonly<Record<ReportFormat, (report: CheckReport, options: RenderOptions) => string>> = {
  [ReportFormat.TEXT]: renderText,
  [ReportFormat.JSON]: renderJson,
  [ReportFormat.SARIF]: renderSarif,
  [ReportFormat.JUNIT]: renderJunit,
  [ReportFormat.GITHUB]: renderGithub,
};

/** The report in a format, with a line break at its end. */
export function render(report: CheckReport, format: ReportFormat, options: RenderOptions = {}): string {
  return RENDERERS[format](report, options);
}
