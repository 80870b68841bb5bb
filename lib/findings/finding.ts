/** How bad a finding is. */
export enum Severity {
  /** Cannot work, or loses data. Stops the synth. */
  ERROR = 'error',
  /** Works, but not as one might expect, or only sometimes. */
  WARNING = 'warning',
  /** Good to know. */
  INFO = 'info',
}

/** One thing that is wrong, as data; `renderFindings` makes text of it. */
export interface Finding {
  /** Stable id of the rule, `<family>/<name>`. */
  readonly ruleId: string;

  /** How bad it is. */
  readonly severity: Severity;

  /** Path of the construct in the app's tree, as `node.path` has it. */
  readonly constructPath: string;

  /**
   * Class of the construct.
   *
   * @default - not known
   */
  readonly constructType?: string;

  /** Where in the construct's props (`backend.iops`) or in the object (`metadata.name`). */
  readonly path: string;

  /** What would be right. */
  readonly expected: string;

  /** What stands there. */
  readonly found: string;

  /** What to do about it. */
  readonly fix: string;

  /**
   * Where the rule comes from.
   *
   * @default - none
   */
  readonly link?: string;
}
