import { Finding, Outcome, Severity } from './finding';

/** What a part of a text is; a terminal shows each in its own way. */
export type Part = 'title' | 'error' | 'warning' | 'info' | 'unresolved' | 'mark' | 'faint';

/** How findings are made text. */
export interface FindingText {
  /** Colours a part of the text. */
  readonly paint: (part: Part, text: string) => string;
  /** Lines of the file around a finding; none where the file is not at hand. */
  readonly frameOf: (finding: Finding) => readonly string[];
  /** Whether what is only good to know gets a line each, so that it does not drown what is worse. */
  readonly foldsInfos?: boolean;
}

/** Without colours, and without the files. */
export const PLAIN: FindingText = { paint: (_, text) => text, frameOf: () => [] };

const SEPARATOR = '\0';
/** Characters that a terminal would obey instead of showing them; a file that is checked may hold any. */
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const RANKS: Readonly<Record<Severity, number>> = { [Severity.ERROR]: 0, [Severity.WARNING]: 1, [Severity.INFO]: 2 };

/**
 * Readable text of findings, grouped by construct or object, the worst of each first: where, what was expected, what was found,
 * what to do.
 */
export function renderFindings(findings: readonly Finding[], how: FindingText = PLAIN): string {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = [finding.file, titleOf(finding)].join(SEPARATOR);
    const group = groups.get(key);
    if (group) group.push(finding); else groups.set(key, [finding]);
  }
  return [...groups.values()].map(group => {
    const texts = group.sort((a, b) => RANKS[a.severity] - RANKS[b.severity])
      .map(finding => how.foldsInfos && finding.severity === Severity.INFO ? renderLine(finding, how) : renderFinding(finding, how));
    return [how.paint('title', printable(titleOf(group[0]))), ...texts].join('\n');
  }).join('\n');
}

/** `1 problem`, `2 problems`. */
export function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** `StatefulSet ml-training/resnet`; empty for a finding that is about no object, or a document that is none. */
export function objectOf({ kind, namespace, name }: Finding): string {
  if (kind === undefined || (kind === '' && !name)) return '';
  return [kind || 'object', namespace ? `${namespace}/${name}` : name].filter(part => part).join(' ');
}

/** `manifests/train.yaml:12`; empty for a finding of no file. */
export function placeOf({ file, line }: Finding): string {
  return file === undefined || line === undefined ? file ?? '' : `${file}:${line}`;
}

/** Text that a terminal shows as it is. */
export function printable(text: string): string {
  return text.replace(CONTROL, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function titleOf(finding: Finding): string {
  const object = objectOf(finding);
  if (finding.constructPath === undefined) return object || finding.file || (finding.kind === undefined ? '(settings)' : 'object');
  const details = [finding.constructType, object].filter(part => part).join(', ');
  const where = finding.constructPath === '' ? '(app)' : finding.constructPath;
  return details ? `${where} (${details})` : where;
}

function renderFinding(finding: Finding, how: FindingText): string {
  const lines = [
    headOf(finding, how),
    ...indented(sentenceOf(finding)),
    ...how.frameOf(finding).map(line => `    ${line}`),
    ...indented(`fix: ${finding.fix}`),
  ];
  if (finding.link) lines.push(how.paint('faint', `    see: ${finding.link}`));
  return lines.join('\n');
}

function renderLine(finding: Finding, how: FindingText): string {
  return `${headOf(finding, how)}: ${printable(judgementOf(finding).replace(/\s+/g, ' '))}`;
}

/** `  error api/selector at train.yaml:5` */
function headOf(finding: Finding, { paint }: FindingText): string {
  const isOpen = finding.outcome === Outcome.UNRESOLVED;
  const grade = isOpen ? paint('unresolved', 'unresolved') : paint(finding.severity, finding.severity);
  const place = placeOf(finding);
  return `  ${grade} ${finding.ruleId}${place ? paint('faint', ` at ${printable(place)}`) : ''}`;
}

/** What is wrong, with what a rule has to say beyond `expected …, found …`. */
function sentenceOf(finding: Finding): string {
  const { expected, found, message } = finding;
  const sentence = judgementOf(finding);
  return message === '' || message.endsWith(`expected ${expected}, found ${found}`) ? sentence : `${message}\n${sentence}`;
}

function judgementOf({ path, kind, expected, found }: Finding): string {
  const subject = path || kind;
  return `${subject ? `${subject}: ` : ''}expected ${expected}, found ${found}`;
}

function indented(text: string): string[] {
  return printable(text).split('\n').map(line => `    ${line}`);
}
