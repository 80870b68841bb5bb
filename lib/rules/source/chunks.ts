/** One document of a text, before it is read. */
export interface Chunk {
  readonly text: string;
  /** Line of the text at which it begins, from 1. */
  readonly line: number;
  /** What stands on the line of its separator and must not; undefined where all is well. */
  readonly stray?: string;
}

const SEPARATOR = '---';
const SPACE = /\s/;

/**
 * The documents of a text, divided as Kubernetes does it before any YAML is read: at lines that begin with `---`, behind which
 * only a comment may stand. A text of JSON may be a stream of objects without anything between them.
 */
export function chunksOf(text: string): Chunk[] {
  return jsonChunksOf(text) ?? yamlChunksOf(text);
}

function yamlChunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  let line = 1;
  let stray: string | undefined;
  for (let at = text.startsWith(SEPARATOR) ? 0 : nextSeparator(text, 0); at >= 0; at = nextSeparator(text, at)) {
    const end = endOfLine(text, at);
    const before = text.slice(start, at);
    chunks.push({ text: before, line, stray });
    line += linesIn(before) + 1;
    start = end;
    const rest = text.slice(at + SEPARATOR.length, end).trim();
    stray = rest === '' || rest.startsWith('#') ? undefined : rest;
  }
  chunks.push({ text: text.slice(start), line, stray });
  return chunks.filter(chunk => chunk.stray !== undefined || chunk.text.trim() !== '');
}

/** Start of the next line that begins with the separator; -1 where there is none. */
function nextSeparator(text: string, from: number): number {
  const at = text.indexOf(`\n${SEPARATOR}`, from);
  return at < 0 ? -1 : at + 1;
}

/** Behind the end of the line. */
function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

/** Line ends in a text. */
export function linesIn(text: string, end = text.length): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** The objects of a stream of JSON; undefined for what is not one. */
function jsonChunksOf(text: string): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    if (SPACE.test(text[at])) {
      if (text[at++] === '\n') line++;
      continue;
    }
    const end = text[at] === '{' ? endOfObject(text, at) : -1;
    if (end < 0) return undefined;
    const object = text.slice(at, end);
    chunks.push({ text: object, line });
    line += linesIn(object);
    at = end;
  }
  return chunks.length > 0 ? chunks : undefined;
}

/** Behind the bracket that closes the one at `start`; -1 where none does, or a comment shows that this is YAML. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    switch (text[at]) {
      case '{': case '[': depth++; break;
      case '}': case ']': if (--depth === 0) return at + 1; break;
      case '#': case '\'': return -1;
      case '"':
        for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
        break;
    }
  }
  return -1;
}
