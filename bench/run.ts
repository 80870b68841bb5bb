/** `npm run bench`: see README.md. */
import { compile, countInstructions, freshOutdir, hashOf, runOnce, runPaired } from './measure';

/** A goal counts as missed for the exit code when it is by this factor: shared machines are noisy. */
const MARGIN = 1.25;

const workload = compile('workload');
const startup = compile('startup');
const check = compile('check');
let failed = false;

function verdict(what: string, value: number, goal: number, unit = ''): void {
  const state = value <= goal ? 'ok    ' : value <= goal * MARGIN ? 'close ' : 'MISSED';
  failed ||= value > goal * MARGIN;
  console.log(`${state} ${what}: ${value.toFixed(2)}${unit}, goal ${goal.toFixed(2)}${unit} or less`);
}

function isSame(outdirs: readonly string[]): string {
  const [ours, theirs] = outdirs.map(hashOf);
  failed ||= ours !== theirs;
  return ours === theirs ? 'same' : 'DIFFER';
}

/** CPU of `synth()` in milliseconds. */
interface Pair {
  readonly ours: number;
  readonly theirs: number;
}

function compareSynth(charts: number, triples: number, rounds: number, level: 'L1' | 'L2' = 'L1'): Pair {
  const outdirs = ['MlApp', 'App'].map(type => freshOutdir(`${type}-${charts}`));
  const [ours, theirs] = runPaired(rounds, workload, [
    ['rendering', `${charts}`, `${triples}`, outdirs[0], level],
    ['App', `${charts}`, `${triples}`, outdirs[1], level],
  ]);
  const cells = [theirs.part, ours.part, ours.part / theirs.part, theirs.process, ours.process, ours.process / theirs.process];
  console.log(row([`${charts} x ${triples * 3} ${level}`, ...cells, isSame(outdirs)]));
  return { ours: ours.part, theirs: theirs.part };
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, i) => {
    const text = typeof cell === 'string' ? cell : cell < 10 ? cell.toFixed(3) : cell.toFixed(0);
    return i === 0 ? text.padEnd(16) : text.padStart(14);
  }).join('');
}

/** By which power of the number of charts the time grows: 1 is linear, 2 quadratic. */
function slope(small: number, large: number): number {
  return Math.log(large / small) / Math.log(1000 / 300);
}

function benchSynth(): void {
  console.log('CPU milliseconds (user + system), medians; charts x objects in each');
  console.log(row(['', 'cdk8s synth', 'MlApp synth', 'ratio', 'cdk8s process', 'MlApp process', 'ratio', 'bytes']));
  const small = compareSynth(300, 1, 7);
  const large = compareSynth(1000, 1, 7);
  const constructs = compareSynth(1000, 1, 5, 'L2');
  compareSynth(1, 1000, 5);
  const [floor] = runPaired(5, workload, [['floor', '1', '1000', freshOutdir('floor')]]);
  console.log(row(['JSON.stringify', '', floor.part, '', '', floor.process]));
  console.log();
  verdict('synth of 1,000 charts over that of cdk8s, rules aside', large.ours / large.theirs, 1 / 5);
  const [judged] = runPaired(5, workload, [['MlApp', '1000', '1', freshOutdir('judged')]]);
  console.log(`       with the rules, of which cdk8s has none: ${(judged.part / large.theirs).toFixed(2)}`);
  verdict('the same with constructs of cdk8s-plus', constructs.ours / constructs.theirs, 1 / 5);
  verdict('growth of synth from 300 to 1,000 charts, as a power', slope(small.ours, large.ours), 1.1);
  console.log(`       that of cdk8s: ${slope(small.theirs, large.theirs).toFixed(2)}`);
}

function benchRules(): void {
  const [checked, unchecked] = runPaired(7, check, [
    ['synth', '1000', freshOutdir('checked')],
    ['synth', '1000', freshOutdir('unchecked'), 'unchecked'],
  ]);
  console.log(`\nrules: synth() of 1,000 jobs ${unchecked.part.toFixed(0)} ms without them, ${checked.part.toFixed(0)} ms with them, `
    + `${(checked.part / unchecked.part).toFixed(2)} times as much; the process ${unchecked.process.toFixed(0)} and ${checked.process.toFixed(0)} ms`);
  verdict('CPU of a process that synthesizes 1,000 jobs with rules, over one without', checked.process / unchecked.process, 1.3);
  for (const jobs of ['100', '1000', '10000']) {
    const rates = [1, 2, 3].map(() => runOnce<{ objects: number; checked: number; written: number }>(check, ['rate', jobs]));
    const { objects, checked: perSecond, written } = rates.sort((a, b) => a.checked - b.checked)[1];
    const figures = [perSecond, written].map(one => Math.round(one / 1000));
    console.log(`${objects} objects: ${figures[0]} k/s checked, ${figures[1]} k/s as JSON.stringify`);
    if (jobs === '1000') verdict('microseconds for an object of a training job, warm', 1e6 / perSecond, 1e6 / 150_000, ' µs');
  }
}

function benchStartup(): void {
  const peers = ['cdk8s', 'cdk8s-plus-27'];
  const [without, having] = runPaired(21, startup, [peers, [...peers, 'cdk8s-ml']]);
  console.log(`\nload: cdk8s and cdk8s-plus-27 ${without.part.toFixed(1)} ms, with cdk8s-ml ${having.part.toFixed(1)} ms`);
  verdict('start-up that cdk8s-ml adds', having.part - without.part, 20, ' ms');
}

function benchInstructions(): void {
  console.log('\nInstructions of the whole process (valgrind), in millions');
  for (const charts of ['300', '1000']) {
    const [ours, theirs] = ['rendering', 'App'].map(type => countInstructions(workload, [type, charts, '1', freshOutdir(`${type}-${charts}`)]));
    if (ours === undefined || theirs === undefined) return console.log('skipped: valgrind is not on this machine or did not run');
    console.log(row([`${charts} x 3`, '', '', '', theirs / 1e6, ours / 1e6, ours / theirs]));
  }
}

benchSynth();
benchRules();
benchStartup();
if (process.argv.includes('--instructions')) benchInstructions();
process.exitCode = failed ? 1 : 0;
