import type { ValidationContext } from './context';
import type { Properties } from './properties';
import { readProperties, validate } from './validation';

/**
 * Validation plugin of cdk8s-cli: judges what `cdk8s synth` has written, also that of apps that do not use `MlApp`. Errors make
 * the synth end with exit code 2.
 *
 * ```yaml
 * # cdk8s.yaml
 * validations:
 *   - package: cdk8s-ml
 *     version: 0.1.0
 *     class: ManifestValidation
 *     properties:
 *       target: '1.33'
 *       external: [Secret/ml-training/hub]
 *       reports: { sarif: dist/findings.sarif }
 * ```
 *
 * @jsii ignore
 */
export class ManifestValidation {
  private readonly properties: Properties;

  /**
   * @param properties `target`, `external`, `assumeComplete` and `suppressions` as of `ManifestChecker`; `failOn`, the least
   * severity that fails: `error` (the default), `warning`, `info` or `never`; `reports`, files by the format to be written into
   * them: `text`, `json`, `sarif`, `junit`, `github`
   * @throws Error if a property is unknown or wrong, naming all of them
   */
  constructor(properties?: any) {
    this.properties = readProperties(properties);
  }

  /** Called by cdk8s-cli. */
  // eslint-disable-next-line @typescript-eslint/require-await
  public async validate(context: ValidationContext): Promise<void> {
    validate(context, this.properties);
  }
}
