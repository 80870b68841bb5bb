import { App } from 'cdk8s';
import { CheckReport, KubernetesVersion, ManifestChecker, Severity } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { BadTrainingChart, TrainingChart } from './chart';

/** As `cdk8s.yaml` has it. */
const CHECKER = new ManifestChecker({
  target: KubernetesVersion.V1_33,
  assumeComplete: true,
  external: [{ kind: 'StorageClass', name: 'efs', provisioner: 'efs.csi.aws.com', parameters: { provisioningMode: 'efs-ap' } }],
});

function errorsOf(report: CheckReport): string[] {
  return report.violations(Severity.ERROR).map(({ kind, ruleId }) => `${kind} ${ruleId}`).sort();
}

test('nothing is wrong with the chart', () => {
  expect(errorsOf(CHECKER.check(new TrainingChart(new App(), 'training').toJson()))).toEqual([]);
});

test('every mistake of the bad chart is found', () => {
  expect(errorsOf(CHECKER.check(new BadTrainingChart(new App(), 'training').toJson()))).toEqual([
    'Job api/template-restart-policy',
    'Job chain/service-missing',
    'Job chain/volume-mode',
    'PersistentVolumeClaim chain/access-mode',
  ]);
});
