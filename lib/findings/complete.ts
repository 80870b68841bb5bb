import type { IConstruct } from 'constructs';
import type { Problem } from './collector';
import { Finding, Outcome, Severity } from './finding';

/** The finding that a problem with a construct's props is. */
export function findingOf(problem: Problem, severity: Severity, construct: IConstruct, constructType?: string): Finding {
  return {
    ...problem,
    severity,
    outcome: Outcome.VIOLATED,
    message: `${problem.path}: expected ${problem.expected}, found ${problem.found}`,
    constructPath: construct.node.path,
    constructType,
  };
}
