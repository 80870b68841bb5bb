import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { MlApp, type MlAppProps } from './app';
import { Severity } from './findings/finding';
import { ValidationError } from './findings/validation-error';
import { CheckReport } from './rules/check-report';

/**
 * Helpers for the tests of your own charts, beside `Testing` of cdk8s.
 *
 * @example
 *
 * const chart = MlTesting.chart({ external: ['Secret/ml-training/hub'] });
 * MlTesting.expectNoFindings(chart);
 */
export class MlTesting {
  /** An app that writes to a new temporary directory. */
  public static app(props: MlAppProps = {}): MlApp {
    return new MlApp({ outdir: mkdtempSync(join(tmpdir(), 'cdk8s-ml-')), ...props });
  }

  /** An empty chart named `test` in the namespace `test`, in such an app. */
  public static chart(props: MlAppProps = {}): Chart {
    return new Chart(MlTesting.app(props), 'test', { namespace: 'test' });
  }

  /**
   * What the rules say of a chart or of any construct: the whole app is judged, and what is about the construct or below it is
   * reported.
   *
   * @throws ValidationError if an object cannot be rendered
   * @throws TypeError if the construct is in no `MlApp`
   */
  public static check(scope: IConstruct): CheckReport {
    const app = scope.node.root;
    if (!(app instanceof MlApp)) throw new TypeError(`expected a construct in an MlApp, found ${scope.node.path} in ${app.constructor.name}`);
    const report = app.check();
    const { path } = scope.node;
    const isBelow = (at = ''): boolean => path === '' || at === path || at.startsWith(`${path}/`);
    return new CheckReport(
      report.target,
      report.objects,
      report.findings.filter(({ constructPath }) => isBelow(constructPath)),
      report.suppressed.filter(({ finding }) => isBelow(finding.constructPath)),
      report.unknownKinds,
    );
  }

  /**
   * Fails a test, in every test framework, where a rule is violated.
   *
   * @param threshold which violations count; `Severity.WARNING` where it is left out
   * @throws ValidationError naming every violation of the severity and of worse ones
   */
  public static expectNoFindings(scope: IConstruct, threshold: Severity = Severity.WARNING): void {
    const violations = MlTesting.check(scope).violations(threshold);
    if (violations.length > 0) throw new ValidationError(violations);
  }

  private constructor() {}
}
