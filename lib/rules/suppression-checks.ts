import { nearest } from '../private/nearest';
import { ruleIds, ruleOf } from './report/catalogue';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FAMILY = '/*';
/** Families of what constructs say of their props: their ids are not in the catalogue. */
const OF_CONSTRUCTS: ReadonlySet<string> = new Set(['app', 'construct', 'driver', 'props']);

/** Whether it is the id of a rule, or `<family>/*`. */
export function isRulePattern(pattern: string): boolean {
  const family = pattern.slice(0, Math.max(0, pattern.indexOf('/')));
  if (OF_CONSTRUCTS.has(family)) return true;
  if (!pattern.endsWith(FAMILY)) return ruleOf(pattern) !== undefined;
  return pattern.length === family.length + FAMILY.length && ruleIds().some(id => id.startsWith(`${family}/`));
}

/** The rule that a misspelled id means. */
export function meantRule(pattern: string): string | undefined {
  return nearest(pattern, ruleIds());
}

/** Whether it is a day of the calendar, as 2027-01-31. */
export function isDay(text: string): boolean {
  const time = Date.parse(text);
  return DAY.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
