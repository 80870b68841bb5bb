import { fieldsOf, Op, type Node } from './nodes';
import { isBase64, isInt32, isInt64, isQuantityValue, isTime } from './scalars';
import { isShallow } from './depth';

/**
 * Whether a value is what the decoder of a release takes, and what rules may read as it is. Says only yes or no, so that it is
 * fast: nearly every object is right. `mend` finds out what is wrong where one is not.
 */
export function isSound(node: Node, value: unknown, minor: number): boolean {
  switch (node.op) {
    case Op.STRING: return typeof value === 'string';
    case Op.STRUCT: return isObject(value) && isSoundStruct(node, value, minor);
    case Op.LIST: return Array.isArray(value) && isSoundList(node.item!, value, minor);
    case Op.MAP: return isObject(value) && isSoundMap(node.item!, value, minor);
    case Op.BOOLEAN: return typeof value === 'boolean';
    case Op.INT32: return isInt32(value);
    case Op.INT64: return isInt64(value);
    case Op.QUANTITY: return isQuantityValue(value);
    case Op.INT_OR_STRING: return typeof value === 'string' || isInt32(value);
    case Op.BYTES: return isBase64(value);
    case Op.TIME: return isTime(value);
    case Op.OBJECT: return isObject(value) && isShallow(value);
    case Op.ANYTHING: return isShallow(value);
  }
}

function isSoundStruct(node: Node, value: Record<string, unknown>, minor: number): boolean {
  const { usual } = node;
  let i = 0;
  for (const key in value) {
    let field = i < usual.length ? usual[i] : undefined;
    if (field === undefined || field.name !== key) {
      field = (node.fields ?? fieldsOf(node)).get(key);
      if (field === undefined) return false;
      usual[i] = field;
    }
    i++;
    if (minor < field.since || minor > field.until) return false;
    const inner = value[key];
    if (field.node.op === Op.STRING) {
      if (typeof inner !== 'string') return false;
    } else if (!isSound(field.node, inner, minor)) return false;
  }
  return true;
}

function isSoundList(item: Node, value: readonly unknown[], minor: number): boolean {
  for (let i = 0; i < value.length; i++) if (!isSound(item, value[i], minor)) return false;
  return true;
}

function isSoundMap(item: Node, value: Record<string, unknown>, minor: number): boolean {
  for (const key in value) if (!isSound(item, value[key], minor)) return false;
  return true;
}

/** A JSON object: neither a list nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
