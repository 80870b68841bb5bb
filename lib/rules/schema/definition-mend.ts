import type { Path } from '../engine/path';
import type { Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { oneOf, quoted } from '../values/quote';
import type { Bounds, Schema } from './definition';
import { duplicateIn, hasType, isAllowed, isSoundIn, isWithin, matches } from './definition-sound';
import { isShallow } from './depth';
import { NOTHING, put } from './copy';
import { CRD_BOUNDS, CRD_DUPLICATE, CRD_ENUM, CRD_PATTERN, CRD_REQUIRED, CRD_RULE, ENCODING, INTEGER, QUANTITY, TYPE, UNKNOWN_FIELD } from './rules';
import { described } from './scalars';
import { isObject } from './sound';
import { fieldsText, meantBy } from './suggest';
import { typeFix, wordsOf, type Wanted } from './type-fix';

/** What each definition has for a quantity. */
const QUANTITY_PATTERN = /\[KMGTPE\]i/;
const EXPECTED: ReadonlyMap<string, string> = new Map([
  ['s', 'text'], ['b', 'true or false'], ['i', 'a whole number of at most 32 bits'], ['l', 'a whole number of at most 64 bits'],
  ['n', 'a whole number'], ['x', 'text or a whole number'], ['f', 'a number'], ['t', 'a time such as 2026-01-31T08:00:00Z'], ['y', 'base64'],
  ['o', 'an object'], ['a', 'a list'],
]);
const WANTED: ReadonlyMap<string, Wanted> = new Map([
  ['s', 'text'], ['b', 'boolean'], ['i', 'number'], ['l', 'number'], ['n', 'number'], ['x', 'number or text'], ['f', 'number'], ['t', 'text'],
  ['y', 'text'], ['a', 'list'],
]);
const INTEGERS = 'ilnx';

/** Reports what is wrong with an object of a custom kind, and makes a copy without it. */
export class DefinitionMender {
  /** Something was reported: the server goes no further then, and looks at no rules. */
  private isWrong = false;

  /**
   * @param subject where to report; nowhere for an object that is only to be made safe to read
   */
  constructor(private readonly subject: Subject | undefined) {}

  /** The fields of the object but for its metadata. */
  public mend(schema: Schema, value: Record<string, unknown>, path: Path): Record<string, unknown> {
    const copy = this.fields(schema, value, path, path);
    this.required(schema, value, path);
    return copy;
  }

  /**
   * Reports the rules of the definition that do not hold.
   *
   * @param value of which everything else is right
   */
  public judge(schema: Schema, value: unknown, path: Path): void {
    if (this.isWrong) return;
    for (const { expected, holds, at = [] } of schema.rules) {
      const where = at.reduce<Path>((from, field) => from.field(field), path);
      if (!holds(value)) this.report(CRD_RULE, where, expected, at.length > 0 ? quoted(valueAt(value, at)) : quoted(value));
    }
    if (Array.isArray(value)) value.forEach((inner, i) => this.judge(schema.items!, inner, path.index(i)));
    else if (isObject(value)) {
      for (const key of Object.keys(value)) {
        const property = schema.properties?.get(key);
        const inner = property ?? schema.additional;
        if (inner !== undefined) this.judge(inner, value[key], property === undefined ? path.key(key) : path.field(key));
      }
    }
  }

  /**
   * @param path as schemas are reported
   * @param keyed as lists with keys are reported: keys of maps in brackets
   */
  private value(schema: Schema, value: unknown, path: Path, keyed: Path): unknown {
    if (isSoundIn(schema, value)) return value;
    if (!hasType(schema, value)) return this.wrongType(schema, value, path);
    if (!this.isRight(schema, value, path)) return NOTHING;
    if (schema.type === 'a') return this.items(schema, value as unknown[], path, keyed);
    if (schema.type !== 'o') return value;
    const copy = this.fields(schema, value as Record<string, unknown>, path, keyed);
    this.required(schema, value as Record<string, unknown>, path);
    return copy;
  }

  private wrongType(schema: Schema, value: unknown, path: Path): symbol {
    const rule = typeof value === 'number' && INTEGERS.includes(schema.type) ? INTEGER
      : typeof value === 'string' && 'ty'.includes(schema.type) ? ENCODING : TYPE;
    // a list escapes the checks of text with a format
    const isTaken = schema.type === '*' || ('ty'.includes(schema.type) && Array.isArray(value));
    if (isTaken) return NOTHING;
    const wanted = WANTED.get(schema.type) ?? (schema.properties === undefined ? 'map' : 'struct');
    const fix = rule === TYPE ? typeFix(wanted, value, path, [...schema.properties?.keys() ?? []]) : undefined;
    this.report(rule, path, EXPECTED.get(schema.type)!, (wanted === 'text' && wordsOf(value)) || described(value), fix);
    return NOTHING;
  }

  /** Whether a value of the right type is right, what is in it aside. */
  private isRight(schema: Schema, value: unknown, path: Path): boolean {
    if (!isAllowed(schema, value)) {
      this.report(CRD_ENUM, path, oneOf((schema.allowed ?? []).map(String)), quoted(value), meantIn(schema, value));
      return false;
    }
    if (!matches(schema, value)) {
      const isQuantity = QUANTITY_PATTERN.test(schema.patternText);
      const expected = isQuantity ? 'a quantity such as 500m, 16Gi or 8' : `text like ${schema.patternText}`;
      this.report(isQuantity ? QUANTITY : CRD_PATTERN, path, expected, quoted(value));
      return false;
    }
    if (!isWithin(schema.bounds, value)) {
      this.report(CRD_BOUNDS, path, boundsText(schema.bounds!, value), amountText(value));
      // how many there are does not make any of them unreadable
      return typeof value === 'object';
    }
    return true;
  }

  private fields(schema: Schema, value: Record<string, unknown>, path: Path, keyed: Path): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const inner = value[key];
      const property = schema.properties?.get(key);
      // null is as good as absent
      if (inner === undefined || inner === null) {
        if (inner === null && property === undefined && schema.additional === undefined) this.unknown(key, schema, path);
      } else if (property !== undefined) put(copy, key, this.value(property, inner, path.field(key), keyed.field(key)));
      else if (schema.additional !== undefined) put(copy, key, this.value(schema.additional, inner, path.field(key), keyed.key(key)));
      else if (schema.keepsUnknown) put(copy, key, isShallow(inner) ? inner : NOTHING);
      else this.unknown(key, schema, path);
    }
    return copy;
  }

  private required(schema: Schema, value: Record<string, unknown>, path: Path): void {
    for (const name of schema.required) {
      if (value[name] === undefined || value[name] === null) this.report(CRD_REQUIRED, path.field(name), 'a value', 'none');
    }
  }

  private items(schema: Schema, value: readonly unknown[], path: Path, keyed: Path): unknown[] {
    const items = schema.items!;
    const isMap = schema.keys !== undefined && schema.keys.length > 0;
    // and not map(), which passes over holes
    const copy = Array.from(value, (inner, i) => {
      if (inner === null && items.isNullable) return zeroOf(items);
      const mended = this.value(items, inner, path.index(i), keyed.index(i));
      return mended === NOTHING ? zeroOf(items) : mended;
    });
    if (schema.keys !== undefined && value.length > 1 && (!isMap || Array.from(value).every(isObject))) {
      const second = duplicateIn(schema, value);
      const what = isMap ? `another ${schema.keys.join(' and ')} than the elements before it` : 'each value once';
      if (second >= 0) this.report(CRD_DUPLICATE, keyed.index(second), what, quoted(keysOf(schema, value[second])));
    }
    return copy;
  }

  private unknown(key: string, schema: Schema, path: Path): void {
    if (schema.keepsUnknown) return;
    const names = [...schema.properties?.keys() ?? []];
    const meant = meantBy(key, names);
    this.report(UNKNOWN_FIELD, path.field(key), meant ?? fieldsText(names), `the unknown field ${quoted(key)}`, meant && `did you mean ${meant}?`);
  }

  private report(rule: Rule, path: Path, expected: string, found: string, fix?: string): void {
    this.isWrong = true;
    this.subject?.report(rule, path, { expected, found, fix });
  }
}

function valueAt(value: any, at: readonly string[]): unknown {
  return at.reduce<any>((from, field) => from?.[field], value);
}

function keysOf({ keys = [] }: Schema, item: unknown): unknown {
  return keys.length === 0 ? item : Object.fromEntries(keys.map(key => [key, (item as Record<string, unknown>)[key]]));
}

function meantIn({ allowed = [] }: Schema, value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const meant = meantBy(value, allowed.filter(one => typeof one === 'string'));
  return meant && `did you mean ${meant}?`;
}

/** Keeps the place of an element that is wrong. */
function zeroOf({ type }: Schema): unknown {
  switch (type) {
    case 's': case 't': case 'y': case 'x': return '';
    case 'b': return false;
    case 'a': return [];
    case 'o': case '*': return {};
    default: return 0;
  }
}

function amountText(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value === '' ? 'empty text' : `${value.length} characters`;
  return Array.isArray(value) ? `${value.length} elements` : `${Object.keys(value as object).length} keys`;
}

function boundsText(bounds: Bounds, value: unknown): string {
  if (typeof value === 'number') return rangeText(bounds.minimum, bounds.maximum, '');
  if (typeof value === 'string') return rangeText(bounds.minLength, bounds.maxLength, ' characters');
  return Array.isArray(value) ? rangeText(bounds.minItems, bounds.maxItems, ' elements') : rangeText(bounds.minProperties, bounds.maxProperties, ' keys');
}

function rangeText(least: number | undefined, most: number | undefined, unit: string): string {
  if (least === undefined) return `at most ${most}${unit}`;
  return most === undefined ? `at least ${least}${unit}` : `${least} to ${most}${unit}`;
}
