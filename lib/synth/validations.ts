import type { IConstruct } from 'constructs';
import { WARNING_METADATA } from '../findings/collector';
import type { Finding } from '../findings/finding';
import { ValidationError } from '../findings/validation-error';
import { messageOf, type Problems } from './problems';

/** Asks each construct once whether something is wrong with it; cdk8s asks once more for each chart. */
export function validateAll(constructs: readonly IConstruct[], problems: Problems): void {
  for (const construct of constructs) {
    for (const message of validate(construct, problems)) {
      problems.add(construct, {
        ruleId: 'construct/validation',
        path: 'node.validate()',
        expected: 'nothing to object to',
        found: message,
        fix: 'change the props of the construct as its own message says',
      });
    }
  }
}

/** A validation that throws has found something wrong as well. */
function validate(construct: IConstruct, problems: Problems): string[] {
  try {
    return construct.node.validate();
  } catch (error) {
    if (!(error instanceof ValidationError)) return [messageOf(error)];
    problems.addAll(error.findings);
    return [];
  }
}

/** Warnings that constructs left on themselves, in the order of the tree. */
export function warningsOf(constructs: readonly IConstruct[]): Finding[] {
  return constructs.flatMap(construct => construct.node.metadata
    .filter(entry => entry.type === WARNING_METADATA)
    .map(entry => entry.data as Finding));
}
