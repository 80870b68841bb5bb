import { Finding, KubernetesVersion, Outcome, Severity, SuppressedFinding } from '../../lib';
import { CheckReport } from '../../lib/rules/check-report';

/** A finding of a file, with what a test wants otherwise. */
export function finding(other: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'api/selector', severity: Severity.ERROR, outcome: Outcome.VIOLATED,
    apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'ml', name: 'resnet',
    path: 'spec.selector', message: 'spec.selector: expected a selector, found none', expected: 'a selector', found: 'none',
    fix: 'add the labels of the template', link: 'https://kubernetes.io/docs/selector', file: 'train.yaml', line: 5,
    ...other,
  };
}

/** A report for 1.36 of two objects. */
export function reportOf(findings: Finding[], suppressed: SuppressedFinding[] = []): CheckReport {
  return new CheckReport(KubernetesVersion.V1_36, 2, findings, suppressed);
}

/** One finding of each sort, and one that is suppressed. */
export const MIXED = reportOf(
  [
    finding(),
    finding({
      ruleId: 'keep/delete-policy', severity: Severity.WARNING, kind: 'StorageClass', apiVersion: 'storage.k8s.io/v1', namespace: '', name: 'fast',
      path: 'reclaimPolicy', message: 'reclaimPolicy: expected Retain, found "Delete"', expected: 'Retain', found: '"Delete"', fix: 'retain it',
      file: 'storage.yaml', line: 2,
    }),
    finding({
      ruleId: 'chain/service-missing', severity: Severity.INFO, outcome: Outcome.UNRESOLVED, path: 'spec.serviceName',
      message: 'spec.serviceName: expected a Service "resnet", found none', expected: 'a Service "resnet"', line: 6,
    }),
  ],
  [{ finding: finding({ ruleId: 'train/image-not-pinned', path: 'spec.template', line: 7 }), reason: 'a demo', until: '2027-01-31' }],
);
