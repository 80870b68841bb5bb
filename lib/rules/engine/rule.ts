import { Severity } from '../../findings/finding';

/** One thing that can be wrong with a manifest: everything about it that does not depend on the manifest. */
export interface Rule {
  /** `<family>/<name>`, stable: suppressions and dashboards hold it. */
  readonly id: string;
  readonly severity: Severity;
  /** What holds where nothing is wrong, in one line. */
  readonly title: string;
  /** What happens where it does not hold. */
  readonly why: string;
  /** What to do about it, where the finding has nothing more exact. */
  readonly fix: string;
  /** Where the rule comes from. */
  readonly link: string;
  /** First minor release of Kubernetes 1 in which it applies; every one where it is left out. */
  readonly since?: number;
  /** Last minor release of Kubernetes 1 in which it applies; every one where it is left out. */
  readonly until?: number;
}

/** What a rule has found in one place. */
export interface Detail {
  readonly expected: string;
  readonly found: string;
  /** The rule's own `fix` where it is left out. */
  readonly fix?: string;
  /** `expected …, found …` where it is left out. */
  readonly message?: string;
  /** The rule's own where it is left out. */
  readonly severity?: Severity;
}

type RuleText = Omit<Rule, 'severity'>;

/** A rule whose breach cannot work, or loses data. */
export function errorRule(text: RuleText): Rule {
  return { ...text, severity: Severity.ERROR };
}

/** A rule whose breach works, but not as one might expect, or only sometimes. */
export function warningRule(text: RuleText): Rule {
  return { ...text, severity: Severity.WARNING };
}

/** A rule that is good to know. */
export function infoRule(text: RuleText): Rule {
  return { ...text, severity: Severity.INFO };
}
