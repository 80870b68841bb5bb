import type { Construct } from 'constructs';
import { findingOf } from './complete';
import { Finding, Severity } from './finding';
import { ValidationError } from './validation-error';

/** Type of the construct metadata under which warnings wait for the synth. */
export const WARNING_METADATA = 'cdk8s-ml:warning';

/** What a check says; the collector adds whom it is about. */
export type Problem = Pick<Finding, 'ruleId' | 'path' | 'expected' | 'found' | 'fix' | 'link'>;

/** Anything checks can report to. */
export interface ProblemSink {
  error(problem: Problem): void;
  warn(problem: Problem): void;
}

/** Gathers what is wrong with one construct's props, so that one error can name all of it. */
export class ProblemCollector implements ProblemSink {
  private readonly errors: Finding[] = [];

  constructor(private readonly scope: Construct, private readonly constructType: string) {}

  public error(problem: Problem): void {
    this.errors.push(this.complete(problem, Severity.ERROR));
  }

  /** Warnings do not stop anything: they wait on the construct until the app reports them. */
  public warn(problem: Problem): void {
    this.scope.node.addMetadata(WARNING_METADATA, this.complete(problem, Severity.WARNING));
  }

  /** @throws ValidationError naming every error gathered so far, if there is one */
  public throwIfAny(): void {
    if (this.errors.length > 0) throw new ValidationError(this.errors);
  }

  private complete(problem: Problem, severity: Severity): Finding {
    return findingOf(problem, severity, this.scope, this.constructType);
  }
}

/** The same sink with `prefix` put before every path: `iops` of a backend is `backend.iops` of its tier. */
export function under(prefix: string, sink: ProblemSink): ProblemSink {
  const prefixed = (problem: Problem): Problem => ({ ...problem, path: `${prefix}.${problem.path}` });
  return {
    error: problem => sink.error(prefixed(problem)),
    warn: problem => sink.warn(prefixed(problem)),
  };
}
