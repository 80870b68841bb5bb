import type { Finding } from '../../findings/finding';
import { printable, type FindingText } from '../../findings/text';

const LINES_BEFORE = 2;
const LINES_AFTER = 1;
const WIDEST = 140;
const LINE_END = /\r?\n/;
const SEPARATOR = '---';
/** What Helm writes above each document that it renders. */
const SOURCE = /^# Source: (.+)$/;

/** Shows the lines around findings, of the files that are at hand. Each file is divided into its lines once. */
export class Frames {
  private readonly files = new Map<string, readonly string[]>();

  constructor(private readonly textOf: (file: string) => string | undefined, private readonly paint: FindingText['paint']) {}

  /** `> 12 |   replicas: two`, with two lines before and one behind. */
  public frameOf({ file, line }: Finding): string[] {
    const lines = file === undefined ? [] : this.linesOf(file);
    if (line === undefined || line < 1 || line > lines.length) return [];
    const first = Math.max(1, line - LINES_BEFORE);
    const last = Math.min(lines.length, line + LINES_AFTER);
    const width = String(last).length;
    const template = templateOf(lines, line);
    const frame: string[] = template === undefined ? [] : [this.paint('faint', `rendered from ${printable(template)}`)];
    for (let n = first; n <= last; n++) {
      const isHere = n === line;
      const text = `${isHere ? '>' : ' '} ${String(n).padStart(width)} | ${shortened(lines[n - 1])}`.trimEnd();
      frame.push(this.paint(isHere ? 'mark' : 'faint', text));
    }
    return frame;
  }

  private linesOf(file: string): readonly string[] {
    const known = this.files.get(file);
    if (known) return known;
    const lines = this.textOf(file)?.split(LINE_END) ?? [];
    // the last line end ends a line, and begins none
    if (lines.at(-1) === '') lines.pop();
    this.files.set(file, lines);
    return lines;
  }
}

/** The template that the document of the line was rendered from; undefined where nobody says so. */
function templateOf(lines: readonly string[], line: number): string | undefined {
  for (let i = line - 1; i >= 0 && !lines[i].startsWith(SEPARATOR); i--) {
    const [, template] = SOURCE.exec(lines[i]) ?? [];
    if (template !== undefined) return template;
  }
  return undefined;
}

/** A manifest may hold a file of a megabyte on one line. */
function shortened(line: string): string {
  return printable((line.length > WIDEST ? `${line.slice(0, WIDEST)}…` : line).replaceAll('\t', '  '));
}
