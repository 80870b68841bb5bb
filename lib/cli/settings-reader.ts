import { described } from '../private/described';
import { nearest } from '../private/nearest';
import type { Suppression } from '../rules/suppression';
import { isDay, isRulePattern } from '../rules/suppression-checks';
import { problemOfDeclared } from './declared';
import type { UsageProblem } from './usage';

const SUPPRESSION_KEYS: readonly (keyof Suppression)[] = ['rule', 'reason', 'until', 'kind', 'namespace', 'name', 'constructPath'];

type Values = Readonly<Record<string, unknown>>;

/** Reads settings that somebody wrote by hand: what is wrong is reported, and left out. */
export class SettingsReader {
  constructor(private readonly report: (problem: UsageProblem) => void) {}

  /** A mapping that has no other keys than these. */
  public mapping(value: unknown, path: string, keys: readonly string[]): Values | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report({ where: path, expected: `a mapping with ${keys.join(', ')}`, found: described(value) });
      return undefined;
    }
    for (const key of Object.keys(value)) {
      if (keys.includes(key)) continue;
      const near = nearest(key, keys);
      const fix = near ? `did you mean ${near}?` : `the keys are ${keys.join(', ')}`;
      this.report({ where: path ? `${path}.${key}` : key, expected: 'a key that there is', found: 'none of this name', fix });
    }
    return value as Values;
  }

  public choice<T extends string>(values: Values, key: string, choices: readonly T[]): T | undefined {
    const value = values[key];
    if (value === undefined || value === null) return undefined;
    const chosen = choices.find(one => one === value);
    // 1.30 without quotes is the number 1.3
    const fix = typeof value === 'number' ? 'put it in quotes: without them it is a number' : undefined;
    if (chosen === undefined) this.report({ where: key, expected: `one of ${choices.join(', ')}`, found: described(value), fix });
    return chosen;
  }

  public boolean(values: Values, key: string): boolean | undefined {
    const value = values[key];
    if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
    this.report({ where: key, expected: 'true or false', found: described(value) });
    return undefined;
  }

  public external(values: Values): unknown[] | undefined {
    return this.list(values, 'external', (value, path) => {
      const problem = problemOfDeclared(value);
      if (problem === undefined) return value;
      this.report({ where: path, ...problem });
      return undefined;
    });
  }

  public texts(values: Values, key: string, expected: string): string[] | undefined {
    return this.list(values, key, (value, path) => this.text(value, path, expected));
  }

  public suppressions(values: Values): Suppression[] | undefined {
    return this.list(values, 'suppressions', (value, path) => this.suppression(value, path));
  }

  public text(value: unknown, path: string, expected: string): string | undefined {
    if (typeof value === 'string' && value.trim() !== '') return value;
    this.report({ where: path, expected, found: described(value) });
    return undefined;
  }

  private list<T>(values: Values, key: string, read: (value: unknown, path: string) => T | undefined): T[] | undefined {
    const value = values[key];
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value)) return value.map((one, i) => read(one, `${key}[${i}]`)).filter(one => one !== undefined);
    this.report({ where: key, expected: 'a list', found: described(value) });
    return undefined;
  }

  private suppression(value: unknown, path: string): Suppression | undefined {
    const values = this.mapping(value, path, SUPPRESSION_KEYS);
    if (values === undefined) return undefined;
    const rule = this.text(values.rule, `${path}.rule`, 'the id of a rule, or `<family>/*`');
    const reason = this.text(values.reason, `${path}.reason`, 'why the finding is lived with');
    if (rule !== undefined && !isRulePattern(rule)) {
      this.report({ where: `${path}.rule`, expected: 'the id of a rule, or `<family>/*`', found: JSON.stringify(rule) });
    }
    const optional = SUPPRESSION_KEYS.filter(key => key !== 'rule' && key !== 'reason' && values[key] !== undefined);
    for (const key of optional) this.text(values[key], `${path}.${key}`, 'a text');
    if (typeof values.until === 'string' && !isDay(values.until)) {
      this.report({ where: `${path}.until`, expected: 'a day such as 2027-01-31', found: JSON.stringify(values.until) });
    }
    return { ...values, rule: rule ?? '', reason: reason ?? '' };
  }
}
