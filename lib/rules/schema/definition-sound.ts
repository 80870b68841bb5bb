import type { Bounds, Schema } from './definition';
import { isShallow } from './depth';
import type { Node } from './nodes';
import { isBase64, isInt32, isInt64, isTime } from './scalars';
import { isObject, isSound } from './sound';

const METADATA = 'metadata';
/** Lists up to this length are compared pair by pair, which makes no garbage. */
const FEW = 8;

/** Whether an object of a custom kind is what its definition takes, and what rules may read as it is. */
export function isSoundObject(schema: Schema, metadata: Node, value: Record<string, unknown>, minor: number): boolean {
  const properties = schema.properties!;
  for (const key in value) {
    if (key === METADATA) {
      if (!isSound(metadata, value[key], minor)) return false;
    } else {
      const inner = properties.get(key);
      if (inner === undefined || !isSoundIn(inner, value[key])) return false;
    }
  }
  return hasRequired(schema, value) && obeysRules(schema, value);
}

/** The same for a value in it. */
export function isSoundIn(schema: Schema, value: unknown): boolean {
  if (!hasType(schema, value)) return false;
  if (schema.type === 'o') {
    if (!isSoundFields(schema, value as Record<string, unknown>)) return false;
  } else if (schema.type === 'a' && !isSoundItems(schema, value as unknown[])) return false;
  if (schema.isPlain) return true;
  return isAllowed(schema, value) && matches(schema, value) && isWithin(schema.bounds, value) && obeysRules(schema, value);
}

function isSoundFields(schema: Schema, value: Record<string, unknown>): boolean {
  const { properties, additional } = schema;
  for (const key in value) {
    const inner = properties?.get(key) ?? additional;
    if (inner === undefined) {
      if (!schema.keepsUnknown || value[key] === null || !isShallow(value[key])) return false;
    } else if (!isSoundIn(inner, value[key])) return false;
  }
  return hasRequired(schema, value);
}

function hasRequired({ required }: Schema, value: Record<string, unknown>): boolean {
  for (let i = 0; i < required.length; i++) if (value[required[i]] === undefined) return false;
  return true;
}

function isSoundItems(schema: Schema, list: readonly unknown[]): boolean {
  const items = schema.items!;
  for (let i = 0; i < list.length; i++) if (!isSoundIn(items, list[i])) return false;
  return schema.keys === undefined || list.length < 2 || duplicateIn(schema, list) < 0;
}

/** Whether a value has the type of the schema; a list or an object is not looked into. */
export function hasType({ type }: Schema, value: unknown): boolean {
  switch (type) {
    case 's': return typeof value === 'string';
    case 'b': return typeof value === 'boolean';
    case 'i': return isInt32(value);
    case 'l': case 'n': return isInt64(value);
    case 'x': return typeof value === 'string' || isInt64(value);
    case 'f': return typeof value === 'number' && Number.isFinite(value);
    case 't': return isTime(value);
    case 'y': return isBase64(value);
    case 'o': return isObject(value);
    case 'a': return Array.isArray(value);
    default: return value !== null && value !== undefined && isShallow(value);
  }
}

export function isAllowed({ allowed }: Schema, value: unknown): boolean {
  return allowed === undefined || allowed.includes(value);
}

export function matches({ pattern }: Schema, value: unknown): boolean {
  return pattern === undefined || typeof value !== 'string' || pattern.test(value);
}

/** Whether a number, or how much there is of anything else, is within bounds. */
export function isWithin(bounds: Bounds | undefined, value: unknown): boolean {
  if (bounds === undefined) return true;
  if (typeof value === 'number') return isBetween(value, bounds.minimum, bounds.maximum);
  if (typeof value === 'string') return isBetween(lengthOf(value), bounds.minLength, bounds.maxLength);
  if (Array.isArray(value)) return isBetween(value.length, bounds.minItems, bounds.maxItems);
  if (bounds.minProperties === undefined && bounds.maxProperties === undefined) return true;
  return isBetween(Object.keys(value as object).length, bounds.minProperties, bounds.maxProperties);
}

function isBetween(value: number, least = -Infinity, most = Infinity): boolean {
  return value >= least && value <= most;
}

/** Characters, of which a surrogate pair is one. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 1; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) length--;
  }
  return length;
}

function obeysRules({ rules }: Schema, value: unknown): boolean {
  for (let i = 0; i < rules.length; i++) if (!rules[i].holds(value)) return false;
  return true;
}

/** The first element of a map or set that an element before it equals; -1 where there is none. */
export function duplicateIn(schema: Schema, list: readonly unknown[]): number {
  if (list.length > FEW || schema.keys!.length === 0) return duplicateAmongMany(schema, list);
  for (let i = 1; i < list.length; i++) {
    for (let j = 0; j < i; j++) if (haveSameKeys(schema, list[i], list[j])) return i;
  }
  return -1;
}

function haveSameKeys(schema: Schema, one: unknown, other: unknown): boolean {
  for (const key of schema.keys!) if (keyIn(schema, one, key) !== keyIn(schema, other, key)) return false;
  return true;
}

function keyIn(schema: Schema, item: unknown, key: string): unknown {
  return (item as Record<string, unknown>)[key] ?? schema.items!.properties?.get(key)?.standard;
}

function duplicateAmongMany(schema: Schema, list: readonly unknown[]): number {
  const seen = new Set<string>();
  for (let i = 0; i < list.length; i++) {
    const id = JSON.stringify(schema.keys!.length === 0 ? list[i] : schema.keys!.map(key => keyIn(schema, list[i], key) ?? null));
    if (seen.has(id)) return i;
    seen.add(id);
  }
  return -1;
}
