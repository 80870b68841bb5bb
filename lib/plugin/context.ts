/**
 * What cdk8s-cli gives a validation plugin, as far as it is used here. Declared again, so that the command is no dependency.
 *
 * @see https://github.com/cdk8s-team/cdk8s-cli/blob/2.x/src/plugins/validation.ts
 */
export interface ValidationContext {
  /** Paths of all manifests in the output directory. */
  readonly manifests: readonly string[];
  /** Paths of constructs by the names of their objects; of several objects of one name the last. */
  readonly metadata: Readonly<Record<string, { readonly path: string }>>;
  readonly report: ValidationReport;
  readonly logger: { log(message: string): void };
}

export interface ValidationReport {
  addViolation(violation: ValidationViolation): void;
  submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
}

export interface ValidationViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly ViolatingResource[];
}

export interface ViolatingResource {
  readonly resourceName: string;
  readonly locations: readonly string[];
  readonly manifestPath: string;
}
