import type { Rule } from '../engine/rule';
import { ROOMS } from '../rooms';
import { SOURCE_RULES } from '../source/rules';

const SERVER = 'api/';
const DEFERRED = 'silent/';

let rules: ReadonlyMap<string, Rule> | undefined;

/**
 * What is known of a rule. What the server would refuse, were it to look, is known as the rule of the server.
 *
 * @returns undefined for a rule of nobody here
 */
export function ruleOf(id: string): Rule | undefined {
  const known = knownRules();
  return known.get(id) ?? (id.startsWith(DEFERRED) ? known.get(`${SERVER}${id.slice(DEFERRED.length)}`) : undefined);
}

/** The ids of all rules. */
export function ruleIds(): string[] {
  return [...knownRules().keys()];
}

function knownRules(): ReadonlyMap<string, Rule> {
  return rules ??= new Map(allRules().map(rule => [rule.id, rule]));
}

/** Those of the rooms, and those about what surrounds the objects. */
function allRules(): Rule[] {
  return [...ROOMS.flatMap(room => room.rules), ...SOURCE_RULES];
}
