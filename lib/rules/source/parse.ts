import { parseEvents, YAMLException, type Event } from 'js-yaml';
import { linesIn } from './chunks';

/** A text and its parts in their order. */
export interface Parsed {
  /** What the offsets of the events refer to: the text itself, with more indentation where the parser asks for it. */
  readonly text: string;
  readonly events: readonly Event[];
}

/** Why a text cannot be read, and where. */
export class Unreadable extends Error {
  constructor(message: string, public readonly text: string, public readonly offset: number) {
    super(message);
  }

  /** Lines before the one where it happened. */
  public get linesBefore(): number {
    // the end of a text is at the end of its last line
    return linesIn(this.text, Math.min(this.offset, this.text.trimEnd().length));
  }
}

/** Deeper than any manifest, and shallow enough for every function that descends. */
const MOST_NESTED = 1000;
/** Each mend takes two more readings of the text. */
const MOST_MENDS = 200;
const PADDING = ' '.repeat(100);
const TOO_FAR_LEFT = 'deficient indentation';
const IN_SINGLE_QUOTES = 'single quoted scalar';
const IN_DOUBLE_QUOTES = 'double quoted scalar';

/**
 * Reads a text of YAML or JSON.
 *
 * The parser keeps to YAML 1.2, which wants what is in brackets or quotes further right than the key before it. Kubernetes
 * takes it anywhere, and many write the closing bracket below the key: such lines are indented here.
 *
 * @throws Unreadable
 */
export function parse(text: string): Parsed {
  let mended = text;
  for (let mends = 0; ; mends++) {
    try {
      return { text: mended, events: parseEvents(mended, { maxDepth: MOST_NESTED }) };
    } catch (error) {
      const problem = problemOf(error, mended);
      if (problem.message !== TOO_FAR_LEFT || mends >= MOST_MENDS) throw problem;
      mended = indent(mended, problem.offset);
    }
  }
}

function problemOf(error: unknown, text: string): Unreadable {
  if (!(error instanceof YAMLException)) throw error;
  return new Unreadable(error.reason, text, error.mark?.position ?? 0);
}

/** Indents the line of the offset, and those up to the bracket or quote that closes what the offset is in. */
function indent(text: string, offset: number): string {
  const first = text.lastIndexOf('\n', offset - 1) + 1;
  const end = endOfContext(text, offset);
  return text.slice(0, first) + text.slice(first, end).replace(/^/gm, PADDING) + text.slice(end);
}

function endOfContext(text: string, offset: number): number {
  const context = contextAt(text, offset);
  if (context.includes(IN_DOUBLE_QUOTES)) return endOfDoubleQuotes(text, offset);
  if (context.includes(IN_SINGLE_QUOTES)) return endOfSingleQuotes(text, offset);
  let depth = 0;
  for (let at = offset; at < text.length; at++) {
    switch (text[at]) {
      case '[': case '{': depth++; break;
      case ']': case '}': if (--depth < 0) return at; break;
      case '#': if (isSpace(text[at - 1])) at = endOfLine(text, at); break;
      case '"': if (isTokenStart(text[at - 1])) at = endOfDoubleQuotes(text, at + 1); break;
      case '\'': if (isTokenStart(text[at - 1])) at = endOfSingleQuotes(text, at + 1); break;
    }
  }
  return text.length;
}

/** What the parser says of a text that ends here tells what it is in. */
function contextAt(text: string, offset: number): string {
  try {
    parseEvents(text.slice(0, offset).trimEnd(), { maxDepth: MOST_NESTED });
    return '';
  } catch (error) {
    return problemOf(error, text).message;
  }
}

function endOfDoubleQuotes(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

function endOfSingleQuotes(text: string, from: number): number {
  const at = text.indexOf('\'', from);
  return at < 0 ? text.length : at;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}

function isTokenStart(before: string): boolean {
  return isSpace(before) || before === '[' || before === '{' || before === ',' || before === ':';
}
