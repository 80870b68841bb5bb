import { FAIL_ON, FORMATS, TARGETS } from '../cli/choices';
import { SettingsReader } from '../cli/settings-reader';
import { UsageProblems } from '../cli/usage';
import type { KubernetesVersion } from '../kubernetes-version';
import type { FailOn, ReportFormat } from '../rules/report';
import type { Suppression } from '../rules/suppression';

/** What `properties` of the plugin in `cdk8s.yaml` may say. */
export interface Properties {
  readonly target?: KubernetesVersion;
  readonly external?: unknown[];
  readonly assumeComplete?: boolean;
  readonly failOn?: FailOn;
  readonly suppressions?: Suppression[];
  /** Files by the format that is to be written into them. */
  readonly reports: ReadonlyMap<ReportFormat, string>;
}

const KEYS: readonly (keyof Properties)[] = ['target', 'external', 'assumeComplete', 'failOn', 'suppressions', 'reports'];

/** @throws UsageError with all that is wrong */
export function readProperties(values: unknown): Properties {
  const problems = new UsageProblems('the validation ManifestValidation of cdk8s.yaml');
  const reader = new SettingsReader(problem => problems.add({ ...problem, where: ['properties', problem.where].filter(part => part).join('.') }));
  const read = reader.mapping(values ?? {}, '', KEYS) ?? {};
  const properties = {
    target: reader.choice(read, 'target', TARGETS),
    external: reader.external(read),
    assumeComplete: reader.boolean(read, 'assumeComplete'),
    failOn: reader.choice(read, 'failOn', FAIL_ON),
    suppressions: reader.suppressions(read),
    reports: readReports(read.reports, reader),
  };
  problems.throwIfAny();
  return properties;
}

function readReports(value: unknown, reader: SettingsReader): Map<ReportFormat, string> {
  const reports = new Map<ReportFormat, string>();
  if (value === undefined || value === null) return reports;
  const files = reader.mapping(value, 'reports', FORMATS) ?? {};
  for (const format of FORMATS) {
    const file = files[format] === undefined ? undefined : reader.text(files[format], `reports.${format}`, 'a file');
    if (file !== undefined) reports.set(format, file);
  }
  return reports;
}
