/**
 * `npm run agreement -- <file.jsonl>…`: how far the checker agrees with what a real Kubernetes answered. A row is either a
 * manifest with its verdict, or a bundle with its fate; README.md has the format.
 *
 * Options: `--kind <Kind>` only rows of a kind, `--all` every disagreement instead of the first 40, `--by-field` counts them by
 * the field that was changed.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { KubernetesVersion, ManifestChecker, Outcome, Severity, type Finding } from '../lib';

interface Verdict {
  readonly id: string;
  readonly manifest: any;
  readonly verdict: {
    readonly accepted: boolean;
    readonly code?: number;
    readonly causes?: readonly { readonly field: string; readonly message: string }[];
    readonly message?: string;
  };
}

interface Fate {
  readonly scenario: string;
  readonly fate: 'works' | 'broken';
  readonly why: readonly string[];
  readonly bundle: any[];
}

interface Tally {
  rows: number;
  agree: number;
  falseRefusals: number;
  missed: number;
  /** Rows that the server refuses with a path. */
  semantic: number;
  paths: number;
}

const GOAL = { overall: 0.995, kind: 0.98, falseRefusals: 0.001, paths: 0.95 };
const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { kind: { type: 'string' }, all: { type: 'boolean' }, 'by-field': { type: 'boolean' } },
});
const shown = options.all ? Infinity : 40;
let failed = false;

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${(100 * part / whole).toFixed(2)} %`;
}

function goal(what: string, reached: boolean, figure: string): void {
  failed ||= !reached;
  console.log(`${reached ? 'ok    ' : 'MISSED'} ${what}: ${figure}`);
}

function refusals(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ ruleId, outcome }) => ruleId.startsWith('api/') && outcome === Outcome.VIOLATED);
}

function judgeVerdicts(rows: readonly Verdict[]): void {
  const checker = new ManifestChecker({ target: KubernetesVersion.V1_36 });
  const kinds = new Map<string, Tally>();
  const disagreements: string[] = [];
  const otherPaths: string[] = [];
  const fields = new Map<string, number>();
  for (const { id, manifest, verdict } of rows) {
    const kind = id.slice(0, id.indexOf('/'));
    if (options.kind !== undefined && options.kind !== kind) continue;
    const tally = kinds.get(kind) ?? { rows: 0, agree: 0, falseRefusals: 0, missed: 0, semantic: 0, paths: 0 };
    kinds.set(kind, tally);
    tally.rows++;
    const found = refusals(judge(checker, manifest));
    const agrees = (found.length === 0) === verdict.accepted;
    if (agrees) tally.agree++;
    else {
      const says = verdict.accepted
        ? `accepted; we say ${found.map(one => `${one.ruleId} ${one.message}`).join(' | ')}`
        : `refused ${verdict.code}: ${verdict.causes?.map(({ field, message }) => `${field}: ${message}`).join(' | ') ?? verdict.message ?? ''}`;
      disagreements.push(`${id}\n    ${says.slice(0, 400)}`);
      const field = id.split('/').slice(2).join('/').replace(/\.\d+/g, '[]');
      fields.set(field, (fields.get(field) ?? 0) + 1);
      if (verdict.accepted) tally.falseRefusals++; else tally.missed++;
    }
    if (verdict.code === 422 && verdict.causes) {
      tally.semantic++;
      const theirs = new Set(verdict.causes.map(({ field }) => field));
      if (found.some(({ path }) => theirs.has(path))) tally.paths++;
      else if (found.length > 0) otherPaths.push(`${id}\n    server ${[...theirs].join(', ')}; ours ${found.map(({ path }) => path).join(', ')}`);
    }
  }
  const width = 26;
  console.log(['kind', 'rows', 'agree', 'false refusals', 'missed', 'path'].map((cell, i) => i === 0 ? cell.padEnd(width) : cell.padStart(15)).join(''));
  const total = { rows: 0, agree: 0, falseRefusals: 0, missed: 0, semantic: 0, paths: 0 };
  for (const [kind, tally] of kinds) {
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += tally[key];
    console.log(line(kind, tally, width));
  }
  console.log(line('all', total, width));
  for (const text of disagreements.slice(0, shown)) console.log(`  ${text}`);
  for (const text of otherPaths.slice(0, shown)) console.log(`  path: ${text}`);
  if (options['by-field']) for (const [field, n] of [...fields].sort(([, a], [, b]) => b - a)) console.log(`  ${n} ${field}`);
  const accepted = rows.filter(({ verdict }) => verdict.accepted).length;
  goal('agreement', total.agree / total.rows >= GOAL.overall, percent(total.agree, total.rows));
  const worst = [...kinds].sort(([, a], [, b]) => a.agree / a.rows - b.agree / b.rows)[0];
  if (worst) goal(`worst kind, ${worst[0]}`, worst[1].agree / worst[1].rows >= GOAL.kind, percent(worst[1].agree, worst[1].rows));
  goal('false refusals of accepted manifests', total.falseRefusals <= accepted * GOAL.falseRefusals, `${total.falseRefusals} of ${accepted}`);
  goal('paths of the server among ours', total.paths >= total.semantic * GOAL.paths, percent(total.paths, total.semantic));
}

/** A crash is a disagreement like any other, so that the rest of the table is still told. */
function judge(checker: ManifestChecker, manifest: any): Finding[] {
  try {
    return checker.check([manifest]).findings;
  } catch (error) {
    console.log(`CRASH  ${(error as Error).stack?.split('\n').slice(0, 3).join(' ')}`);
    failed = true;
    return [];
  }
}

function line(kind: string, tally: Tally, width: number): string {
  const cells = [tally.rows, percent(tally.agree, tally.rows), tally.falseRefusals, tally.missed, percent(tally.paths, tally.semantic)];
  return kind.padEnd(width) + cells.map(cell => String(cell).padStart(15)).join('');
}

function judgeFates(rows: readonly Fate[]): void {
  const checker = new ManifestChecker({ target: KubernetesVersion.V1_36, assumeComplete: true });
  let right = 0;
  for (const { scenario, fate, why, bundle } of rows) {
    const errors = checker.check(bundle).findings
      .filter(({ outcome, severity }) => outcome === Outcome.VIOLATED && severity === Severity.ERROR);
    const names = why.flatMap(namesIn);
    const named = errors.filter(({ name }) => names.some(one => isOf(one, name ?? '')));
    const agrees = fate === 'works' ? errors.length === 0 : errors.length > 0 && (names.length === 0 || named.length > 0);
    if (agrees) right++;
    else {
      const ours = errors.map(one => `${one.ruleId} ${one.kind} ${one.name} ${one.message}`).join(' | ');
      console.log(`  ${scenario}: ${fate} ${why.join(' | ').slice(0, 200)}\n    ours: ${ours || 'nothing'}`);
    }
  }
  goal('fates of bundles', right === rows.length, `${right} of ${rows.length}`);
}

/** Whether an object is named, or its owner: `train` for the pod `train-0` and for the claim `ckpt-train-0`. */
function isOf(named: string, owner: string): boolean {
  return named === owner || named.startsWith(`${owner}-`) || named.includes(`-${owner}-`);
}

/** The objects that a control plane's message starts with: `claim data never binds`, `refused PersistentVolumeClaim/data: …`. */
function namesIn(why: string): string[] {
  const [, name] = /^(?:claim |pod |refused \w+\/|[A-Z]\w+ )([\w.-]+)/.exec(why) ?? [];
  return name ? [name] : [];
}

for (const file of files) {
  const rows = readFileSync(file, 'utf8').split('\n').filter(one => one !== '').map(one => JSON.parse(one) as Verdict | Fate);
  console.log(`${file}: ${rows.length} rows`);
  if (rows.length > 0 && 'fate' in rows[0]) judgeFates(rows as Fate[]); else judgeVerdicts(rows as Verdict[]);
}
if (files.length === 0) {
  console.error('usage: npm run agreement -- <file.jsonl>…');
  failed = true;
}
process.exitCode = failed ? 1 : 0;
