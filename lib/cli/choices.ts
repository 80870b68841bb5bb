import { Severity } from '../findings/finding';
import { KubernetesVersion } from '../kubernetes-version';
import { ReportFormat } from '../rules/report/format';
import type { FailOn } from '../rules/report/options';

export const TARGETS: readonly KubernetesVersion[] = Object.values(KubernetesVersion);
export const FORMATS: readonly ReportFormat[] = Object.values(ReportFormat);
export const FAIL_ON: readonly FailOn[] = [Severity.ERROR, Severity.WARNING, Severity.INFO, 'never'];
