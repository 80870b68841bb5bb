import type { IConstruct } from 'constructs';
import { Finding, ValidationError } from '../../lib';
import { Problem, ProblemSink, WARNING_METADATA } from '../../lib/findings/collector';

/** The error that `build` is refused with. */
export function errorOf(build: () => unknown): ValidationError {
  try {
    build();
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error('expected a ValidationError, nothing was thrown');
}

/** What `build` is refused for, a line for each problem; none when it is not. */
export function errorsOf(build: () => unknown): string[] {
  try {
    build();
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.findings.map(lineOf);
  }
}

/** What a construct left for the report. */
export function warningsOn(construct: IConstruct): Finding[] {
  return construct.node.metadata.filter(({ type }) => type === WARNING_METADATA).map(({ data }) => data as Finding);
}

/** A check's words without a construct around it. */
export function said(check: (sink: ProblemSink) => void): { errors: string[]; warnings: string[] } {
  const lines = { errors: [] as string[], warnings: [] as string[] };
  check({ error: problem => lines.errors.push(lineOf(problem)), warn: problem => lines.warnings.push(lineOf(problem)) });
  return lines;
}

/** One line with all that a user reads of a problem but its link. */
export function lineOf({ ruleId, path, expected, found, fix }: Problem): string {
  return `${ruleId} | ${path}: expected ${expected}, found ${found} | ${fix}`;
}
