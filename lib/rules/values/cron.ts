/** Schedules as robfig/cron v3 reads them with its standard parser, which is what the API server and the CronJob controller use. */

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

const NONE: readonly string[] = [];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** In order. The week has no day 7. */
const FIELDS: readonly Field[] = [
  { name: 'minute', from: 0, to: 59, words: NONE },
  { name: 'hour', from: 0, to: 23, words: NONE },
  { name: 'day of the month', from: 1, to: 31, words: NONE },
  { name: 'month', from: 1, to: 12, words: MONTHS },
  { name: 'day of the week', from: 0, to: 6, words: DAYS },
];
const DESCRIPTORS: ReadonlySet<string> = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);
const EVERY = '@every ';
const ZONE = /^(?:CRON_)?TZ=[^ ]* /;

/** White space of Go, which is not quite that of JavaScript. */
const SPACES = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const INTEGER = /^[+-]?\d+$/;
const LARGEST = 2n ** 63n - 1n;

const DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const DURATION_PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const SECONDS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-9], ['us', 1e-6], ['µs', 1e-6], ['μs', 1e-6], ['ms', 1e-3], ['s', 1], ['m', 60], ['h', 3600],
]);
/** As many nanoseconds as 63 bits hold. */
const LONGEST_SECONDS = 9223372036.854776;

const WHOLE = '5 fields: minute, hour, day of the month, month and day of the week, or a descriptor such as @daily';

const CACHE_MAX = 500;
const cache = new Map<string, string | undefined>();

/** What a schedule would have to be, where it is none; undefined where the parser takes it. */
export function scheduleProblem(schedule: string): string | undefined {
  if (cache.has(schedule)) return cache.get(schedule);
  const problem = problemOf(schedule);
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(schedule, problem);
  return problem;
}

function problemOf(schedule: string): string | undefined {
  const zone = ZONE.exec(schedule);
  const text = zone ? schedule.slice(zone[0].length).trim() : schedule;
  if (text.startsWith('@')) return isDescriptor(text) ? undefined : `${[...DESCRIPTORS].join(', ')} or @every with a duration such as 1h30m`;
  const parts = text.split(SPACES).filter(part => part !== '');
  if (parts.length !== FIELDS.length) return WHOLE;
  const wrong = FIELDS.find((field, i) => !isField(parts[i], field));
  return wrong && `values of the ${wrong.name} from ${wrong.from} to ${wrong.to}, *, ranges, lists and steps of them`;
}

function isDescriptor(text: string): boolean {
  return DESCRIPTORS.has(text) || (text.startsWith(EVERY) && isDuration(text.slice(EVERY.length)));
}

/** A duration of Go: `1h30m`. */
function isDuration(text: string): boolean {
  if (!DURATION.test(text)) return false;
  let seconds = 0;
  for (const [, number, unit] of text.matchAll(DURATION_PART)) seconds += Number(number) * SECONDS.get(unit)!;
  return seconds <= LONGEST_SECONDS;
}

/** A list; what stands empty between its commas is passed over. */
function isField(text: string, field: Field): boolean {
  return text.split(',').every(part => part === '' || isRange(part, field));
}

/** `*`, `?`, `2`, `2-5`, each with a step: `2-5/2`. What follows a star and a dash is not looked at. */
function isRange(text: string, field: Field): boolean {
  const [range, step, ...more] = text.split('/');
  if (more.length > 0 || (step !== undefined && !isStep(step))) return false;
  const [low, high, ...others] = range.split('-');
  if (low === '*' || low === '?') return true;
  if (others.length > 0) return false;
  const first = valueOf(low, field);
  const last = high === undefined ? step === undefined ? first : field.to : valueOf(high, field);
  return first >= field.from && last <= field.to && first <= last;
}

function isStep(text: string): boolean {
  return INTEGER.test(text) && BigInt(text.replace('+', '')) > 0n && BigInt(text.replace('+', '')) <= LARGEST;
}

/** Not a number where the text is none, which no comparison holds for. */
function valueOf(text: string, { words, from }: Field): number {
  const word = words.indexOf(text.toLowerCase());
  return word >= 0 ? word + from : INTEGER.test(text) ? Number(text) : Number.NaN;
}
