/** What a shell script starts, as far as its text shows it. No shell: words stay as they are written, without their quotes. */

/** One simple command of a script, or a command in exec form. */
export interface Program {
  /** Without its folder: `aws`. */
  readonly name: string;
  /** As it is written: `/usr/bin/aws`. */
  readonly file: string;
  /** What follows it. */
  readonly words: readonly string[];
  /** What follows it decides on its success: `&&`, `||`, or it is a condition. */
  readonly guarded: boolean;
  /** It takes the place of the shell: `exec`. */
  readonly replaces: boolean;
  /** Runs beside what follows: `&`. */
  readonly background: boolean;
  /** Files that its output goes to. */
  readonly writes: readonly string[];
}

/** A script that a shell is given. */
export interface Script {
  readonly text: string;
  readonly programs: readonly Program[];
  /** A step that fails ends it. */
  readonly stopsOnError: boolean;
}

type Token = { readonly word: string } | { readonly op: string };

const NAME = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;
const OPENING = new Set(['if', 'then', 'else', 'elif', 'while', 'until', 'do', '!', '{', '}', 'fi', 'done', 'esac', ')']);
const CONDITIONS = new Set(['if', 'elif', 'while', 'until', '!']);
const HEADS = new Set(['for', 'case', 'select', 'function']);
/** Programs that only start another one. */
const WRAPPERS = new Set(['exec', 'time', 'nohup', 'sudo', 'command', 'nice', 'ionice', 'stdbuf', 'env', 'tini', 'dumb-init', '--']);
const OPERATORS = ['<<-', '<<<', '&&', '||', ';;', '>>', '>&', '&>', '<<', '<&', ';', '|', '&', '(', ')', '<', '>', '\n'];

const NONE: readonly string[] = [];
const CACHE_MAX = 500;
/** Templates of a bundle repeat the same few scripts. */
const cache = new Map<string, Script>();

/** Reads a script. */
export function scriptOf(text: string): Script {
  let script = cache.get(text);
  if (!script) {
    const programs = programsOf(tokensOf(text));
    script = { text, programs, stopsOnError: programs.some(isSetE) };
    if (cache.size >= CACHE_MAX) cache.clear();
    cache.set(text, script);
  }
  return script;
}

/** The program of a command in exec form, behind those that only start it. */
export function programOf(words: readonly string[], rest: Partial<Program> = {}): Program | undefined {
  let i = 0;
  let replaces = false;
  while (i < words.length && (WRAPPERS.has(baseOf(words[i])) || (i > 0 && (NAME.test(words[i]) || words[i].startsWith('-'))))) {
    if (words[i] === 'exec') replaces = true;
    i++;
  }
  if (i >= words.length) return undefined;
  if (words[i] === 'timeout') i = afterTimeout(words, i);
  if (i >= words.length) return undefined;
  const file = words[i];
  return { name: baseOf(file), file, words: words.slice(i + 1), guarded: false, background: false, writes: NONE, replaces, ...rest };
}

/** `timeout -k 10 1h <program>`. */
function afterTimeout(words: readonly string[], at: number): number {
  let i = at + 1;
  while (i < words.length && words[i].startsWith('-')) i += words[i] === '-k' || words[i] === '-s' ? 2 : 1;
  return i + 1;
}

function baseOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function isSetE({ name, words }: Program): boolean {
  return name === 'set' && words.some((word, i) => /^-[a-z]*e/.test(word) || (word === 'errexit' && words[i - 1] === '-o'));
}

function programsOf(tokens: readonly Token[]): Program[] {
  const programs: Program[] = [];
  let words: string[] = [];
  let writes: string[] = [];
  let isTarget = false;
  let isCondition = false;
  const end = (op: string): void => {
    const program = commandOf(words, isCondition || op === '&&' || op === '||', op === '&', writes);
    if (program) programs.push(program);
    isCondition = words.length > 0 && CONDITIONS.has(words[0]) && (op === '|' || op === '&&' || op === '||');
    words = [];
    writes = [];
  };
  for (const token of tokens) {
    if ('op' in token) {
      if (token.op.startsWith('>') || token.op.startsWith('<') || token.op === '&>') isTarget = true;
      else end(token.op);
      if (isTarget && token.op.startsWith('<')) writes.push('');
    } else if (isTarget) {
      isTarget = false;
      if (writes[writes.length - 1] === '') writes.pop();
      else if (token.word !== '/dev/null' && !/^[0-9-]$/.test(token.word)) writes.push(token.word);
    } else words.push(token.word);
  }
  end('');
  return programs;
}

/** The program of a simple command, behind keywords and assignments. */
function commandOf(words: readonly string[], guarded: boolean, background: boolean, writes: readonly string[]): Program | undefined {
  let i = 0;
  let isCondition = guarded;
  while (i < words.length && (OPENING.has(words[i]) || NAME.test(words[i]))) {
    if (CONDITIONS.has(words[i])) isCondition = true;
    i++;
  }
  if (i >= words.length || HEADS.has(words[i])) return undefined;
  return programOf(i === 0 ? words : words.slice(i), { guarded: isCondition, background, writes });
}

/** Words, without quotes, and operators. Comments and here-documents are left out. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) tokens.push({ word });
    word = undefined;
  };
  let i = 0;
  while (i < text.length) {
    const char = text[i];
    if (char === '\\') {
      if (text[i + 1] !== '\n') word = (word ?? '') + (text[i + 1] ?? '');
      i += 2;
    } else if (char === "'" || char === '"') {
      const end = endOfQuote(text, i);
      word = (word ?? '') + text.slice(i + 1, end);
      i = end + 1;
    } else if (char === '$' && (text[i + 1] === '(' || text[i + 1] === '{')) {
      const end = endOfNesting(text, i + 1);
      word = (word ?? '') + text.slice(i, end);
      i = end;
    } else if (char === ' ' || char === '\t' || char === '\r') {
      endWord();
      i++;
    } else if (char === '#' && word === undefined) {
      i = endOfLine(text, i);
    } else {
      const op = operatorAt(text, i);
      if (op === undefined) {
        word = (word ?? '') + char;
        i++;
      } else {
        // `2>` is the redirection of a stream, not a word
        if (op.startsWith('>') && word !== undefined && /^\d$/.test(word)) word = undefined;
        endWord();
        i += op.length;
        if (op === '<<' || op === '<<-') i = afterHereDocument(text, i);
        else tokens.push({ op });
      }
    }
  }
  endWord();
  return tokens;
}

function operatorAt(text: string, i: number): string | undefined {
  const code = text.charCodeAt(i);
  // letters and digits are most of a script
  if (code > 62 && code !== 124) return undefined;
  return OPERATORS.find(op => text.startsWith(op, i));
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function endOfQuote(text: string, from: number): number {
  const quote = text[from];
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  return text.length;
}

/** Behind the bracket that closes the one at `from`. */
function endOfNesting(text: string, from: number): number {
  const open = text[from];
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return text.length;
}

/** Behind the text of a here-document; what stands behind its mark on the same line is rare, and left out too. */
function afterHereDocument(text: string, from: number): number {
  const found = /^\s*["']?([A-Za-z0-9_]+)["']?/.exec(text.slice(from, from + 80));
  if (!found) return from;
  const line = endOfLine(text, from);
  const end = new RegExp(`^\\t*${found[1]}\\s*$`, 'm').exec(text.slice(line + 1));
  return end ? line + 1 + end.index + end[0].length : text.length;
}
