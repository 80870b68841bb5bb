import { definitionRule, type DefinitionRule } from './definition-rules';
import { CUSTOM_KINDS, CUSTOM_SCHEMAS } from './tables/custom';

/** A schema of a custom resource definition. */
export interface Schema {
  /** The letter of the table. */
  readonly type: string;
  readonly properties: ReadonlyMap<string, Schema> | undefined;
  readonly additional: Schema | undefined;
  readonly items: Schema | undefined;
  /** Of those that the server does not fill in. */
  readonly required: readonly string[];
  readonly allowed: readonly unknown[] | undefined;
  readonly pattern: RegExp | undefined;
  /** The pattern as it is written. */
  readonly patternText: string;
  readonly bounds: Bounds | undefined;
  /** What the server fills in where the field is absent. */
  readonly standard: unknown;
  readonly isNullable: boolean;
  /** Of a list that is a map: what no two elements share; empty for a set. */
  readonly keys: readonly string[] | undefined;
  readonly keepsUnknown: boolean;
  readonly rules: readonly DefinitionRule[];
  /** Nothing but its type is to be checked. */
  readonly isPlain: boolean;
}

/** Least and most of a number, of the length of a text, of the count of a list or a map. */
export interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** A line of the table. */
interface Line extends Bounds {
  readonly t: string;
  readonly p?: Record<string, Ref>;
  readonly ap?: Ref;
  readonly i?: Ref;
  readonly r?: readonly string[];
  readonly e?: readonly unknown[];
  readonly m?: string;
  readonly d?: unknown;
  readonly z?: 1;
  readonly k?: readonly string[];
  readonly u?: 1;
  readonly v?: readonly string[];
}

type Ref = string | number;

const BOUNDS: readonly (keyof Bounds)[] = [
  'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties',
];
const IGNORE_CASE = '(?i)';

let kinds: Map<string, number> | undefined;
let lines: readonly string[] | undefined;
const schemas = new Map<Ref, TableSchema>();

/** The definition of a version of a custom kind; undefined where there is none. */
export function definitionOf(apiVersion: string, kind: string): Schema | undefined {
  kinds ??= readKinds();
  const line = kinds.get(`${apiVersion} ${kind}`);
  return line === undefined ? undefined : schemaOf(line);
}

/** The definition of another version of the kind. */
export function relatedDefinition(group: string, kind: string): Schema | undefined {
  kinds ??= readKinds();
  for (const [key, line] of kinds) if (key.startsWith(`${group}/`) && key.endsWith(` ${kind}`)) return schemaOf(line);
  return undefined;
}

/** The kind of the group that differs from `kind` in case only. */
export function kindOfOtherCase(group: string, kind: string): string | undefined {
  const written = kind.toLowerCase();
  return definedKinds().map(key => key.split(' ')).find(([apiVersion, name]) =>
    name !== kind && apiVersion.startsWith(`${group}/`) && name.toLowerCase() === written)?.[1];
}

/** Kinds of a group that have a definition, by name, with their versions. */
export function kindsOfGroup(group: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const key of definedKinds()) {
    const [apiVersion, kind] = key.split(' ');
    if (apiVersion.startsWith(`${group}/`)) found.set(kind, [...found.get(kind) ?? [], apiVersion]);
  }
  return found;
}

/** Every kind with a definition, as `apiVersion kind`. */
export function definedKinds(): string[] {
  return [...(kinds ??= readKinds()).keys()];
}

function readKinds(): Map<string, number> {
  return new Map(CUSTOM_KINDS.trim().split('\n').map(line => {
    const end = line.lastIndexOf(' ');
    return [line.slice(0, end), Number(line.slice(end + 1))];
  }));
}

function schemaOf(ref: Ref): Schema {
  let schema = schemas.get(ref);
  if (schema === undefined) {
    lines ??= CUSTOM_SCHEMAS.trim().split('\n');
    schema = new TableSchema(typeof ref === 'string' ? { t: ref } : JSON.parse(lines[ref]) as Line);
    schemas.set(ref, schema);
  }
  return schema;
}

/** Reads what is below it when it is first asked for. */
class TableSchema implements Schema {
  public readonly type: string;
  public readonly additional: Schema | undefined;
  public readonly items: Schema | undefined;
  public readonly allowed: readonly unknown[] | undefined;
  public readonly pattern: RegExp | undefined;
  public readonly patternText: string;
  public readonly bounds: Bounds | undefined;
  public readonly standard: unknown;
  public readonly isNullable: boolean;
  public readonly keys: readonly string[] | undefined;
  public readonly keepsUnknown: boolean;
  public readonly rules: readonly DefinitionRule[];
  public readonly isPlain: boolean;
  private read: ReadonlyMap<string, Schema> | undefined;
  private needed: readonly string[] | undefined;

  constructor(private readonly line: Line) {
    const { t, ap, i, e, m, d, z, k, u, v = [] } = line;
    this.type = t;
    this.additional = ap === undefined ? undefined : schemaOf(ap);
    this.items = i === undefined ? undefined : schemaOf(i);
    this.allowed = e;
    this.pattern = m === undefined ? undefined : regExp(m);
    this.patternText = m ?? '';
    this.bounds = BOUNDS.some(bound => line[bound] !== undefined) ? line : undefined;
    this.standard = d;
    this.isNullable = z === 1;
    this.keys = k;
    this.keepsUnknown = u === 1;
    this.rules = v.map(definitionRule);
    this.isPlain = !e && !m && !this.bounds && this.rules.length === 0;
  }

  public get properties(): ReadonlyMap<string, Schema> | undefined {
    if (this.line.p === undefined) return undefined;
    return this.read ??= new Map(Object.entries(this.line.p).map(([name, ref]) => [name, schemaOf(ref)]));
  }

  public get required(): readonly string[] {
    return this.needed ??= (this.line.r ?? []).filter(name => this.properties?.get(name)?.standard === undefined);
  }
}

/** Patterns are RE2, which differs from JavaScript here in how it is told to ignore case. */
function regExp(pattern: string): RegExp {
  return pattern.includes(IGNORE_CASE) ? new RegExp(pattern.replace(IGNORE_CASE, ''), 'i') : new RegExp(pattern);
}
