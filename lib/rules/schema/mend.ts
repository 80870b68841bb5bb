import type { Path } from '../engine/path';
import type { Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';
import { NOTHING, put } from './copy';
import { fieldsOf, Op, type Node } from './nodes';
import { ENCODING, INTEGER, QUANTITY, TYPE, UNKNOWN_FIELD } from './rules';
import { described, isByte } from './scalars';
import { isObject, isSound } from './sound';
import { fieldsText, meantBy } from './suggest';
import { typeFix, wordsOf, type Wanted } from './type-fix';

const INT32 = 'a whole number of at most 32 bits';
const INT64 = 'a whole number of at most 64 bits';

/** Reports what is wrong with a value, and makes a copy without it. */
export class Mender {
  /**
   * @param subject where to report; nowhere for an object that is only to be made safe to read
   */
  constructor(private readonly subject: Subject | undefined, private readonly minor: number) {}

  /** @returns undefined where nothing is left */
  public mend(node: Node, value: unknown, path: Path): unknown {
    const mended = this.value(node, value, path);
    return mended === NOTHING ? undefined : mended;
  }

  private value(node: Node, value: unknown, path: Path): unknown {
    if (isSound(node, value, this.minor)) return value;
    switch (node.op) {
      case Op.STRUCT: return isObject(value) ? this.struct(node, value, path) : this.wrongType('struct', path, 'an object', value, node);
      case Op.MAP: return isObject(value) ? this.map(node.item!, value, path) : this.wrongType('map', path, 'an object', value);
      case Op.LIST: return Array.isArray(value) ? this.list(node.item!, value, path) : this.wrongType('list', path, 'a list', value);
      case Op.OBJECT: return isObject(value) ? NOTHING : this.wrongType('map', path, 'an object', value);
      case Op.ANYTHING: return NOTHING;
      default: return this.scalar(node.op, value, path);
    }
  }

  private struct(node: Node, value: Record<string, unknown>, path: Path): Record<string, unknown> {
    const fields = fieldsOf(node);
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const field = fields.get(key);
      const inner = value[key];
      if (inner === undefined) continue;
      if (field === undefined || this.minor < field.since || this.minor > field.until) this.unknown(key, node, path);
      // null is as good as absent
      else if (inner !== null) put(copy, key, this.value(field.node, inner, path.field(key)));
    }
    return copy;
  }

  private map(item: Node, value: Record<string, unknown>, path: Path): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const inner = value[key];
      if (inner !== undefined) put(copy, key, inner === null ? zeroOf(item) : this.value(item, inner, path.key(key)));
    }
    return copy;
  }

  /** An element that is wrong keeps its place, so that those behind it keep theirs. */
  private list(item: Node, value: readonly unknown[], path: Path): unknown[] {
    const copy: unknown[] = [];
    value.forEach((inner, i) => {
      const mended = inner === null || inner === undefined ? zeroOf(item) : this.value(item, inner, path.index(i));
      copy.push(mended === NOTHING ? zeroOf(item) : mended);
    });
    return copy;
  }

  private scalar(op: Op, value: unknown, path: Path): unknown {
    switch (op) {
      case Op.STRING: return this.wrongType('text', path, 'text', value);
      case Op.BOOLEAN: return this.wrongType('boolean', path, 'true or false', value);
      case Op.INT32: return this.number('number', path, INT32, value);
      case Op.INT64: return this.number('number', path, INT64, value);
      case Op.INT_OR_STRING: return this.number('number or text', path, `text or ${INT32}`, value);
      case Op.QUANTITY: return this.wrong(QUANTITY, path, 'a quantity such as 500m, 16Gi or 8', value);
      case Op.BYTES: return this.bytes(path, value);
      default: return typeof value === 'string' ? this.wrong(ENCODING, path, 'a time such as 2026-01-31T08:00:00Z', value) : this.wrongType('text', path, 'text', value);
    }
  }

  private number(wanted: Wanted, path: Path, expected: string, value: unknown): symbol {
    return typeof value === 'number' ? this.wrong(INTEGER, path, expected, value) : this.wrongType(wanted, path, expected, value);
  }

  /** The decoder takes a list of bytes as well, which nobody writes: rules need not know of it. */
  private bytes(path: Path, value: unknown): symbol {
    if (Array.isArray(value) && value.every(isByte)) return NOTHING;
    return typeof value === 'string' ? this.wrong(ENCODING, path, 'base64', value) : this.wrongType('text', path, 'text', value);
  }

  private wrong(rule: Rule, path: Path, expected: string, value: unknown): symbol {
    this.subject?.report(rule, path, { expected, found: described(value) });
    return NOTHING;
  }

  private wrongType(wanted: Wanted, path: Path, expected: string, value: unknown, struct?: Node): symbol {
    const found = wanted === 'text' ? wordsOf(value) || described(value) : described(value);
    const names = struct === undefined ? [] : this.namesOf(struct);
    this.subject?.report(TYPE, path, { expected, found, fix: typeFix(wanted, value, path, names) });
    return NOTHING;
  }

  /** Fields that the release knows. */
  private namesOf(node: Node): string[] {
    return [...fieldsOf(node)].filter(([, { since, until }]) => this.minor >= since && this.minor <= until).map(([name]) => name);
  }

  private unknown(key: string, node: Node, path: Path): void {
    if (this.subject === undefined) return;
    const known = fieldsOf(node).get(key);
    if (known !== undefined) {
      const isNewer = this.minor < known.since;
      this.subject.report(UNKNOWN_FIELD, path.field(key), {
        expected: `a field of Kubernetes 1.${this.minor}`,
        found: isNewer ? `${key}, which Kubernetes has since 1.${known.since}` : `${key}, which Kubernetes had until 1.${known.until}`,
        fix: isNewer ? `leave ${key} out, or raise the target to 1.${known.since}` : `replace ${key} by what came after it`,
      });
      return;
    }
    const names = this.namesOf(node);
    const meant = meantBy(key, names);
    this.subject.report(UNKNOWN_FIELD, path.field(key), {
      expected: meant ?? fieldsText(names),
      found: `the unknown field ${quoted(key)}`,
      ...meant === undefined ? {} : { fix: `did you mean ${meant}?` },
    });
  }
}

/** What the decoder makes of null in a list or a map. */
function zeroOf(node: Node): unknown {
  switch (node.op) {
    case Op.STRING: case Op.BYTES: return '';
    case Op.BOOLEAN: return false;
    case Op.INT32: case Op.INT64: case Op.INT_OR_STRING: return 0;
    case Op.QUANTITY: return '0';
    case Op.LIST: return [];
    case Op.STRUCT: case Op.MAP: case Op.OBJECT: return {};
    default: return NOTHING;
  }
}
