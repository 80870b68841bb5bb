import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { KubernetesVersion, MlTesting, Severity, ValidationError } from '../lib';
import { errorOf } from './support/findings';

/** A Job that the API server refuses: it restarts for ever. */
function brokenJob(chart: Chart, id: string): ApiObject {
  return new ApiObject(chart, id, {
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: id },
    spec: { template: { spec: { restartPolicy: 'Always', containers: [{ name: 'main', image: 'ghcr.io/acme/load:1.0' }] } } },
  });
}

describe('the helpers for tests of charts', () => {
  test('judge what is below a construct, and name it', () => {
    const chart = MlTesting.chart({ target: KubernetesVersion.V1_36 });
    brokenJob(chart, 'load');
    const other = new Chart(chart.node.root, 'other', { namespace: 'test' });
    brokenJob(other, 'again');
    const errors = MlTesting.check(chart).violations(Severity.ERROR);
    expect(errors.map(({ constructPath, path, namespace, name }) => [constructPath, path, namespace, name])).toEqual([
      ['test/load', 'spec.template.spec.restartPolicy', 'test', 'load'],
    ]);
    expect(MlTesting.check(chart.node.root).violations(Severity.ERROR)).toHaveLength(2);
  });

  test('throw one error with all that is wrong, and nothing where all is well', () => {
    const chart = MlTesting.chart();
    expect(() => MlTesting.expectNoFindings(chart)).not.toThrow();
    brokenJob(chart, 'load');
    brokenJob(chart, 'again');
    expect(() => MlTesting.expectNoFindings(chart, Severity.ERROR)).toThrow(ValidationError);
    expect(errorOf(() => MlTesting.expectNoFindings(chart, Severity.ERROR)).findings).toHaveLength(2);
  });

  test('refuse a construct of another app', () => {
    expect(() => MlTesting.check(new Chart(new App(), 'c'))).toThrow('expected a construct in an MlApp, found c in App');
  });
});
