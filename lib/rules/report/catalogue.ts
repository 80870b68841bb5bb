import type { Rule } from '../engine/rule';
import { ROOMS } from '../rooms';
import { SOURCE_RULES } from '../source/rules';
import { SUPPRESSION_EXPIRED, SUPPRESSION_FORM } from '../suppress';

const SERVER = 'api/';
const DEFERRED = 'silent/';

let rules: ReadonlyMap<string, Rule> | undefined;

/**
 * What is known of a rule. What the server would refuse, were it to look, is known as the rule of the server.
 *
 * @returns undefined for a rule of nobody here
 */
export function ruleOf(id: string): Rule | undefined {
  rules ??= new Map(allRules().map(rule => [rule.id, rule]));
  return rules.get(id) ?? (id.startsWith(DEFERRED) ? rules.get(`${SERVER}${id.slice(DEFERRED.length)}`) : undefined);
}

/** Those of the rooms, and those about what surrounds the objects. */
function allRules(): Rule[] {
  return [...ROOMS.flatMap(room => room.rules), SUPPRESSION_FORM, SUPPRESSION_EXPIRED, ...SOURCE_RULES];
}
