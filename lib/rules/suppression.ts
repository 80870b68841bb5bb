import { Finding, Severity } from '../findings/finding';

/** A decision to live with a finding. */
export interface Suppression {
  /** Rule that is suppressed; `silent/*` for a family. */
  readonly rule: string;

  /** Why. Without a reason nothing is suppressed. */
  readonly reason: string;

  /**
   * Last day on which it holds, `2027-01-31`.
   *
   * @default - for ever
   */
  readonly until?: string;

  /**
   * Kind of the objects that it is about.
   *
   * @default - every kind
   */
  readonly kind?: string;

  /**
   * Namespace of the objects that it is about.
   *
   * @default - every namespace
   */
  readonly namespace?: string;

  /**
   * Name of the object that it is about.
   *
   * @default - every name
   */
  readonly name?: string;

  /**
   * Path of the construct that it is about, or of one above it.
   *
   * @default - every construct
   */
  readonly constructPath?: string;
}

/** A finding that somebody decided to live with. */
export interface SuppressedFinding {
  /** What is suppressed. */
  readonly finding: Finding;

  /** Why. */
  readonly reason: string;

  /**
   * Last day on which it is suppressed.
   *
   * @default - for ever
   */
  readonly until?: string;
}

/** Severities from the worst on. */
export const SEVERITIES: readonly Severity[] = [Severity.ERROR, Severity.WARNING, Severity.INFO];
