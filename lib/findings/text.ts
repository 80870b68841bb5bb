import { Finding, Outcome } from './finding';

/** What a part of a text is; a terminal shows each in its own way. */
export type Part = 'title' | 'error' | 'warning' | 'info' | 'unresolved' | 'mark' | 'faint';

/** How findings are made text. */
export interface FindingText {
  /** Colours a part of the text. */
  readonly paint: (part: Part, text: string) => string;
  /** Lines of the file around a finding; none where the file is not at hand. */
  readonly frameOf: (finding: Finding) => readonly string[];
}

/** Without colours, and without the files. */
export const PLAIN: FindingText = { paint: (_, text) => text, frameOf: () => [] };

const SEPARATOR = '\0';
/** Characters that a terminal would obey instead of showing them; a file that is checked may hold any. */
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Readable text of findings, grouped by construct or object: where, what was expected, what was found, what to do. */
export function renderFindings(findings: readonly Finding[], how: FindingText = PLAIN): string {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = [finding.file, titleOf(finding)].join(SEPARATOR);
    const group = groups.get(key);
    if (group) group.push(finding); else groups.set(key, [finding]);
  }
  return [...groups.values()]
    .map(group => [how.paint('title', printable(titleOf(group[0]))), ...group.map(finding => renderFinding(finding, how))].join('\n'))
    .join('\n');
}

/** `1 problem`, `2 problems`. */
export function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** `StatefulSet ml-training/resnet`; empty for a finding that is about no object. */
export function objectOf({ kind, namespace, name }: Finding): string {
  if (kind === undefined) return '';
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
  if (finding.constructPath === undefined) return object || finding.file || '(settings)';
  const details = [finding.constructType, object].filter(part => part).join(', ');
  const where = finding.constructPath === '' ? '(app)' : finding.constructPath;
  return details ? `${where} (${details})` : where;
}

function renderFinding(finding: Finding, how: FindingText): string {
  const { paint } = how;
  const isOpen = finding.outcome === Outcome.UNRESOLVED;
  const grade = isOpen ? paint('unresolved', 'unresolved') : paint(finding.severity, finding.severity);
  const place = placeOf(finding);
  const lines = [
    `  ${grade} ${finding.ruleId}${place ? paint('faint', ` at ${printable(place)}`) : ''}`,
    ...indented(sentenceOf(finding)),
    ...how.frameOf(finding).map(line => `    ${line}`),
    ...indented(`fix: ${finding.fix}`),
  ];
  if (finding.link) lines.push(paint('faint', `    see: ${finding.link}`));
  return lines.join('\n');
}

/** What is wrong, with what a rule has to say beyond `expected …, found …`. */
function sentenceOf({ path, kind, expected, found, message }: Finding): string {
  const judgement = `expected ${expected}, found ${found}`;
  const subject = path || kind;
  const sentence = subject ? `${subject}: ${judgement}` : judgement;
  return message === '' || message.endsWith(judgement) ? sentence : `${message}\n${sentence}`;
}

function indented(text: string): string[] {
  return printable(text).split('\n').map(line => `    ${line}`);
}
