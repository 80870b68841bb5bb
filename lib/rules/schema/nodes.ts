import { CORE_KINDS, CORE_TYPES } from './tables/core';

/** What stands in a place of an object of Kubernetes' own. */
export const enum Op { STRING, BOOLEAN, INT32, INT64, QUANTITY, INT_OR_STRING, BYTES, TIME, OBJECT, ANYTHING, STRUCT, LIST, MAP }

/** The type of a place. */
export interface Node {
  readonly op: Op;
  /** Of a struct: its line of the table, until it is read. */
  readonly name: string;
  /** Of a struct, by name, once it is read. */
  fields: ReadonlyMap<string, Field> | undefined;
  /** Of a struct: the fields of the object that was read last, in its order, which is mostly that of the next one as well. */
  readonly usual: Field[];
  /** Of a list or map: its elements. */
  readonly item: Node | undefined;
}

/** A field of a struct. */
export interface Field {
  readonly name: string;
  readonly node: Node;
  /** First and last minor that know it. */
  readonly since: number;
  readonly until: number;
}

const PLAIN: ReadonlyMap<string, Op> = new Map([
  ['s', Op.STRING], ['b', Op.BOOLEAN], ['i', Op.INT32], ['l', Op.INT64], ['q', Op.QUANTITY], ['x', Op.INT_OR_STRING], ['y', Op.BYTES],
  ['t', Op.TIME], ['o', Op.OBJECT], ['a', Op.ANYTHING],
]);
const FIELD = /^([^:]+):([^<>]+)(?:>(\d+))?(?:<(\d+))?$/;
/** A whole number, which is quicker to compare than Infinity. */
const FOREVER = 1_000;

/** Lines of the types, by name; read on first use, like the types themselves. */
let lines: Map<string, string> | undefined;
const nodes = new Map<string, Node>();
let kinds: Map<string, string> | undefined;

/** What an object of a version of a kind is; undefined where there is no table of it. */
export function coreNode(apiVersion: string, kind: string): Node | undefined {
  kinds ??= new Map(CORE_KINDS.trim().split('\n').map(line => {
    const end = line.lastIndexOf(' ');
    return [line.slice(0, end), line.slice(end + 1)];
  }));
  const type = kinds.get(`${apiVersion} ${kind}`);
  return type === undefined ? undefined : nodeOf(type);
}

/** The same, of another version of the kind. */
export function relatedCoreNode(group: string, kind: string): Node | undefined {
  for (const version of ['v1', 'v2', 'v1beta1']) {
    const node = coreNode(group === '' ? version : `${group}/${version}`, kind);
    if (node !== undefined) return node;
  }
  return undefined;
}

/** The node of a code of the table. */
export function nodeOf(code: string): Node {
  let node = nodes.get(code);
  if (node === undefined) {
    node = code[0] === '[' || code[0] === '{'
      ? { op: code[0] === '[' ? Op.LIST : Op.MAP, name: '', fields: undefined, usual: [], item: nodeOf(code.slice(1)) }
      : { op: PLAIN.get(code) ?? Op.STRUCT, name: code, fields: undefined, usual: [], item: undefined };
    nodes.set(code, node);
  }
  return node;
}

/** The fields of a struct. */
export function fieldsOf(node: Node): ReadonlyMap<string, Field> {
  if (node.fields === undefined) {
    lines ??= new Map(CORE_TYPES.trim().split('\n').map(line => [line.slice(0, line.indexOf(' ')), line]));
    node.fields = new Map(lines.get(node.name)!.split(' ').slice(1).map(fieldOf));
  }
  return node.fields;
}

function fieldOf(text: string): [string, Field] {
  const [, written, code, since, until] = FIELD.exec(text)!;
  const name = keyOf(written);
  return [name, { name, node: nodeOf(code), since: Number(since ?? 0), until: until === undefined ? FOREVER : Number(until) }];
}

/** The text as keys of objects are held in memory: two such texts are compared without a look at their letters. */
function keyOf(text: string): string {
  return Object.keys({ [text]: 0 })[0];
}
