/** How bad a finding is. */
export enum Severity {
  /** Cannot work, or loses data. Stops the synth. */
  ERROR = 'error',
  /** Works, but not as one might expect, or only sometimes. */
  WARNING = 'warning',
  /** Good to know. */
  INFO = 'info',
}

/** What a rule says where it does not simply hold. */
export enum Outcome {
  /** It does not hold. */
  VIOLATED = 'violated',
  /** It depends on something that is neither in the bundle nor declared. */
  UNRESOLVED = 'unresolved',
}

/** One thing that is wrong, as data; reports make text of it. */
export interface Finding {
  /** Stable id of the rule, `<family>/<name>`. */
  readonly ruleId: string;

  /** How bad it is. */
  readonly severity: Severity;

  /** Whether the rule is violated or cannot be decided. */
  readonly outcome: Outcome;

  /**
   * `apiVersion` of the object.
   *
   * @default - the finding is about the props of a construct
   */
  readonly apiVersion?: string;

  /**
   * Kind of the object.
   *
   * @default - the finding is about the props of a construct
   */
  readonly kind?: string;

  /**
   * Namespace of the object; empty where it names none.
   *
   * @default - the finding is about the props of a construct
   */
  readonly namespace?: string;

  /**
   * Name of the object; empty where it has none.
   *
   * @default - the finding is about the props of a construct
   */
  readonly name?: string;

  /**
   * Path of the construct in the app's tree, as `node.path` has it.
   *
   * @default - the object was made by no construct
   */
  readonly constructPath?: string;

  /**
   * Class of the construct.
   *
   * @default - not known
   */
  readonly constructType?: string;

  /**
   * File that the object was read from.
   *
   * @default - it was not read from a file
   */
  readonly file?: string;

  /**
   * Line in the file, from 1.
   *
   * @default - it was not read from a file
   */
  readonly line?: number;

  /** Where in the construct's props (`backend.iops`) or in the object (`spec.template.spec.containers[0].image`). */
  readonly path: string;

  /** The finding in one sentence. */
  readonly message: string;

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
