import type { IConstruct } from 'constructs';
import type { Problem } from '../findings/collector';
import { findingOf } from '../findings/complete';
import { Finding, Severity } from '../findings/finding';
import { ValidationError } from '../findings/validation-error';

/** Gathers what is wrong anywhere in an app, so that one error can name all of it. */
export class Problems {
  private readonly findings: Finding[] = [];

  public add(construct: IConstruct, problem: Problem): void {
    this.findings.push(findingOf(problem, Severity.ERROR, construct, typeOf(construct)));
  }

  /** What somebody else found, as it is. */
  public addAll(findings: readonly Finding[]): void {
    for (const finding of findings) this.findings.push(finding);
  }

  /** @throws ValidationError naming every problem added so far, if there is one */
  public throwIfAny(consequence?: string): void {
    if (this.findings.length > 0) throw new ValidationError(this.findings, consequence);
  }
}

function typeOf(construct: IConstruct): string | undefined {
  return construct.constructor.name || undefined;
}

/** What a caught value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
