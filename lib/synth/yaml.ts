import { Yaml } from 'cdk8s';

/** Characters of strings whose text is kept for the next time; all is dropped when there are more. */
const CACHE_CHARACTERS = 4_000_000;

/** Thrown, and caught by `stringify`, where only cdk8s knows what the document looks like. */
const UNSURE = new Error('not plain JSON');

/** Plain strings that YAML 1.1 reads as something else. Those that start with a digit or a sign never count as plain. */
const RESERVED = new Set(
  ['y', 'yes', 'true', 'on', 'n', 'no', 'false', 'off', 'null'].flatMap(word => [word, word.toUpperCase(), word[0].toUpperCase() + word.slice(1)]),
);
const LONGEST_RESERVED = 'false'.length;
/** A float without digits before the exponent. */
const EXPONENT = /^[eE][-+]?[0-9]+$/;
/** Depends on where it stands, even as a key. */
const MARKER = /^(%|---|\.\.\.)/m;

/**
 * Writes plain JSON as `Yaml.stringify` of cdk8s does, byte for byte, without a syntax tree for each document. The one
 * exception are strings that Kubernetes would read as numbers: they get quotes.
 *
 * It knows block maps, block sequences, integers and strings that need no quotes. Any other scalar or key is written by
 * `Yaml.stringify` once and remembered; a document with anything else in it is left to `Yaml.stringify` as a whole.
 * One writer serves one synth, and its memory of strings ends with it.
 */
export class YamlWriter {
  private readonly scalars = new TextCache(text => scalarOf(text));
  private readonly keys = new TextCache(text => keyOf(text));
  private seen = new Set<object>();
  private out = '';

  /** @throws Error for values that YAML cannot hold, as functions are */
  public stringify(document: unknown): string {
    if (document === undefined || !isMap(document)) return Yaml.stringify(document);
    const keys = Object.keys(document);
    if (keys.length === 0) return Yaml.stringify(document);
    this.out = '';
    this.seen = new Set();
    try {
      this.enter(document);
      this.map(document, keys, 0, false);
      return this.out;
    } catch (error) {
      if (error !== UNSURE) throw error;
      return Yaml.stringify(document);
    }
  }

  /** What stands behind `key:`. */
  private valueOfKey(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null) {
      this.out += ' ';
      this.scalar(value, depth + 1);
    } else if (this.isSequence(value)) {
      this.out += value.length === 0 ? ' []\n' : '\n';
      this.sequence(value, depth + 1, false);
    } else {
      const map = this.asMap(value);
      const keys = Object.keys(map);
      this.out += keys.length === 0 ? ' {}\n' : '\n';
      this.map(map, keys, depth + 1, false);
    }
  }

  /** What stands behind `- `, the first line of it on the same line. */
  private item(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null) {
      this.scalar(value, depth + 1);
    } else if (this.isSequence(value)) {
      if (value.length === 0) this.out += '[]\n';
      this.sequence(value, depth + 1, true);
    } else {
      const map = this.asMap(value);
      const keys = Object.keys(map);
      if (keys.length === 0) this.out += '{}\n';
      this.map(map, keys, depth + 1, true);
    }
  }

  private map(value: Record<string, unknown>, keys: readonly string[], depth: number, startsOnLine: boolean): void {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (i > 0 || !startsOnLine) this.out += indent(depth);
      this.out += `${isPlain(key) && key.length < 1000 ? key : this.keys.get(key)}:`;
      this.valueOfKey(value[key], depth);
    }
  }

  private sequence(items: readonly unknown[], depth: number, startsOnLine: boolean): void {
    for (let i = 0; i < items.length; i++) {
      if (i > 0 || !startsOnLine) this.out += indent(depth);
      this.out += '- ';
      this.item(items[i], depth);
    }
  }

  private scalar(value: unknown, depth: number): void {
    if (typeof value === 'string') this.out += isPlain(value) ? value : this.quoted(value, depth);
    else if (typeof value === 'boolean') this.out += value ? 'true' : 'false';
    else if (value == null) this.out += 'null';
    else if (typeof value === 'number') this.out += isPlainInteger(value) ? String(value) : Yaml.stringify(value).slice(0, -1);
    else throw UNSURE;
    this.out += '\n';
  }

  private quoted(text: string, depth: number): string {
    const written = this.scalars.get(text);
    if (!written.includes('\n')) return written;
    // it was written at depth 2; empty lines carry no indent
    const [head, ...lines] = written.split('\n');
    return [head, ...lines.map(line => line === '' ? '' : indent(depth) + line.slice(4))].join('\n');
  }

  private isSequence(value: object): value is unknown[] {
    if (!Array.isArray(value)) return false;
    if (Object.getPrototypeOf(value) !== Array.prototype) throw UNSURE;
    this.enter(value);
    return true;
  }

  private asMap(value: object): Record<string, unknown> {
    if (!isMap(value)) throw UNSURE;
    this.enter(value);
    return value;
  }

  /** An object that a document holds twice becomes an anchor and an alias. */
  private enter(value: object): void {
    if (this.seen.size === this.seen.add(value).size) throw UNSURE;
  }
}

/** Text of strings by string, within bounds. */
class TextCache {
  private readonly known = new Map<string, string>();
  private characters = 0;

  constructor(private readonly write: (text: string) => string) {}

  public get(text: string): string {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const written = this.write(text);
    this.characters += text.length + written.length;
    if (this.characters > CACHE_CHARACTERS) {
      this.known.clear();
      this.characters = text.length + written.length;
    }
    this.known.set(text, written);
    return written;
  }
}

/** As it stands in a map within a map, where no string is treated as the start of a document. */
function scalarOf(text: string): string {
  const written = Yaml.stringify({ k: { k: text } }).slice('k:\n  k: '.length, -1);
  return written === text && isMisread(text) ? JSON.stringify(text) : written;
}

/**
 * Whether Kubernetes reads a number where cdk8s wrote a string without quotes. The parsers differ: `0o17`, `0X1F` and
 * `1e3_0` are strings to the one and numbers to the other, and the API server refuses the manifest.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go
 */
export function isMisread(text: string): boolean {
  const digits = text.replace(/_/g, '');
  return /^[-+.0-9]/.test(text)
    && (/^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|[0-9]+)$/.test(digits)
      || /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(digits));
}

function keyOf(text: string): string {
  const line = Yaml.stringify({ [text]: 1 });
  // a key of many lines or more than 1,024 characters is written as `? key`
  if (MARKER.test(text) || line.startsWith('?') || line.indexOf('\n') !== line.length - 1) throw UNSURE;
  const written = line.slice(0, -': 1\n'.length);
  return written === text && isMisread(text) ? JSON.stringify(text) : written;
}

/**
 * Whether it can be written as it is, on any line: printable ASCII that starts like a word or a flag (`--epochs`) and
 * reads as nothing else.
 */
function isPlain(text: string): boolean {
  const { length } = text;
  const start = text.startsWith('--') ? 2 : 0;
  if (start >= length || !isWordStart(text.charCodeAt(start))) return false;
  for (let i = start + 1; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return false;
    if (code === COLON && (i + 1 === length || text.charCodeAt(i + 1) === SPACE)) return false;
    if (code === SPACE && (i + 1 === length || text.charCodeAt(i + 1) === HASH)) return false;
  }
  return !(length <= LONGEST_RESERVED && RESERVED.has(text)) && !EXPONENT.test(text);
}

const [SPACE, HASH, COLON, SLASH, UNDERSCORE] = [...' #:/_'].map(character => character.charCodeAt(0));

function isWordStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === SLASH || code === UNDERSCORE;
}

function isPlainInteger(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

function isMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype && typeof (value as { toJSON?: unknown }).toJSON !== 'function';
}

const indents: string[] = [''];

function indent(depth: number): string {
  for (let i = indents.length; i <= depth; i++) indents.push(indents[i - 1] + '  ');
  return indents[depth];
}
