import type { Finding } from '../../findings/finding';
import { quoted } from '../values/quote';
import { manifestOf, type Manifest, type Origin } from '../engine/manifest';
import { openList, type ListedObject } from '../read-manifests';
import { chunksOf, type Chunk } from './chunks';
import { compose, type Composed, type Repeat } from './compose';
import { parse, Unreadable } from './parse';
import { Positions } from './positions';
import { DUPLICATE_KEY, sourceFinding, UNREADABLE } from './rules';

/** What a text holds. */
export interface Source {
  readonly manifests: readonly Manifest[];
  /** What is wrong with the text itself: keys that stand twice, documents that cannot be read. */
  readonly findings: readonly Finding[];
  /** Documents that are no Kubernetes objects, and were left out. */
  readonly foreign: number;
}

/** How a text is read. */
export interface SourceOptions {
  /** Whether to leave out what has no `apiVersion` and `kind`, instead of judging it. */
  readonly leavesForeign?: boolean;
}

const TEMPLATE_FIX = 'this looks like a template: render it first (`helm template`), and check what comes out';
const TAB_FIX = 'indent with spaces: YAML takes no tabs there';
const SEPARATOR_FIX = 'write what follows on a line of its own';

/** Reads the objects of a text of YAML or JSON, as Kubernetes does. Never throws: what cannot be read is a finding. */
export function readSource(file: string, text: string, options: SourceOptions = {}): Source {
  const manifests: Manifest[] = [];
  const findings: Finding[] = [];
  let foreign = 0;
  for (const chunk of chunksOf(text)) {
    const document = readChunk(chunk, file, findings);
    if (document === undefined || document.value === null) continue;
    if (options.leavesForeign && isForeign(document.value)) {
      foreign++;
      continue;
    }
    const positions = new Positions(chunk.text, chunk.line);
    const objects = openList(document.value);
    for (const object of objects) manifests.push(manifestOf(object.value, originOf(object, file, positions)));
    for (const repeat of document.repeats) findings.push(repeatFinding(repeat, file, chunk, objects));
  }
  return { manifests, findings, foreign };
}

/** The values of the documents of a text, for those who want no manifests. */
export function readValues(file: string, text: string): { values: unknown[]; findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const values = chunksOf(text).map(chunk => readChunk(chunk, file, findings)?.value ?? null);
  return { values: values.filter(value => value !== null), findings };
}

function readChunk(chunk: Chunk, file: string, findings: Finding[]): Composed | undefined {
  if (chunk.stray !== undefined) {
    const detail = { expected: 'nothing but a comment behind `---`', found: quoted(chunk.stray), fix: SEPARATOR_FIX };
    findings.push(sourceFinding(UNREADABLE, file, chunk.line - 1, detail));
    return undefined;
  }
  try {
    return compose(parse(chunk.text));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const detail = { expected: 'a document of YAML or JSON', found: error.message, fix: fixOf(error) };
    findings.push(sourceFinding(UNREADABLE, file, chunk.line + error.linesBefore, detail));
    return undefined;
  }
}

function fixOf({ text, message, offset }: Unreadable): string | undefined {
  if (text.includes('{{')) return TEMPLATE_FIX;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return message.includes('tab') || /^\s*\t/.test(text.slice(start, offset + 1)) ? TAB_FIX : undefined;
}

/** Of other tools: values, kustomizations without a kind, settings. */
function isForeign(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  const { apiVersion, kind } = value as Record<string, unknown>;
  return typeof apiVersion !== 'string' || typeof kind !== 'string';
}

function originOf({ path }: ListedObject, file: string, positions: Positions): Origin {
  return { file, lineOf: at => positions.lineOf(path && at ? `${path}.${at}` : path || at) };
}

function repeatFinding({ key, path, linesBefore }: Repeat, file: string, { line }: Chunk, objects: readonly ListedObject[]): Finding {
  const [first, second] = linesBefore.map(lines => line + lines);
  const object = objects.find(one => path.slice(0, one.steps.length).join('\0') === one.steps.join('\0'));
  const { apiVersion, kind, namespace, name } = manifestOf(object?.value);
  const at = pathOf(path.slice(object?.steps.length ?? 0), key);
  const detail = { expected: `${quoted(key)} once`, found: first === second ? 'it twice' : `it on line ${first} too` };
  return { ...sourceFinding(DUPLICATE_KEY, file, second, detail, at), apiVersion, kind, namespace, name };
}

/** `spec.containers[0].image`; what is no plain word is put in brackets. */
function pathOf(steps: readonly (string | number)[], key: string): string {
  let path = '';
  for (const step of [...steps, key]) {
    if (typeof step === 'string' && /^\w+$/.test(step)) path += path === '' ? step : `.${step}`;
    else path += `[${step}]`;
  }
  return path;
}
