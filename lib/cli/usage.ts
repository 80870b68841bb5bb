import { countOf, printable } from '../findings/text';

/** One thing that is wrong with how a command was called. */
export interface UsageProblem {
  /** The argument, or the place in the settings. */
  readonly where: string;
  readonly expected: string;
  readonly found: string;
  readonly fix?: string;
}

/** Gathers what is wrong with a call, so that all of it is told at once. */
export class UsageProblems {
  private readonly problems: UsageProblem[] = [];

  /** @param where what all of them are about, where the caller of a command does not see it */
  constructor(private readonly where = '') {}

  public add(problem: UsageProblem): void {
    this.problems.push(problem);
  }

  public throwIfAny(): void {
    if (this.problems.length > 0) throw new UsageError(this.problems, this.where);
  }
}

/** By its name it is known wherever it was thrown: verbs are in a file of their own. */
export const USAGE_ERROR = 'UsageError';

/** Thrown for a call that cannot be understood. */
export class UsageError extends Error {
  constructor(problems: readonly UsageProblem[], where = '') {
    super([`${countOf(problems.length, 'problem')}${where && ` in ${where}`}`, ...problems.map(textOf)].join('\n'));
    this.name = USAGE_ERROR;
  }
}

function textOf({ where, expected, found, fix }: UsageProblem): string {
  return printable(`  ${where}: expected ${expected}, found ${found}${fix ? `\n    fix: ${fix}` : ''}`);
}
