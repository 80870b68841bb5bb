import type { ProblemSink } from '../../findings/collector';

const CRON_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax';
const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
}

/** Fields of a schedule, in order, as Kubernetes reads them: its week has no day 7. */
const FIELDS: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: MONTHS },
  { name: 'day of the week', from: 0, to: 6, words: DAYS },
];

/** Reports a schedule that the API server would refuse, or whose runs a restart of the controller would shift (`@every`). */
export function checkSchedule(schedule: string, sink: ProblemSink): void {
  const say = { ruleId: 'props/schedule', path: 'schedule', link: CRON_DOCS };
  if (/^(CRON_)?TZ=/.test(schedule.trim())) {
    sink.error({ ...say, expected: 'a schedule without a time zone', found: JSON.stringify(schedule), fix: "say it with `timeZone`, as 'Europe/Berlin'" });
    return;
  }
  // with a space before it, it is a field
  if (MACROS.includes(schedule)) return;
  const parts = schedule.trim().split(/\s+/);
  const wrong = parts.length === FIELDS.length ? FIELDS.find((field, i) => !parts[i].split(',').every(part => isPart(part, field))) : undefined;
  if (parts.length === FIELDS.length && !wrong) return;
  sink.error({
    ...say,
    expected: wrong ? `values of the ${wrong.name} from ${wrong.from} to ${wrong.to}, \`*\`, ranges, lists and steps of them` : `minute, hour, day of the month, month and day of the week, or one of ${MACROS.join(', ')}`,
    found: JSON.stringify(schedule),
    fix: "use a schedule such as '0 2 * * *', every night at two",
  });
}

/** Reports a time zone that the API server would refuse. */
export function checkTimeZone(timeZone: string, sink: ProblemSink): void {
  if (/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/.test(timeZone) && timeZone.toLowerCase() !== 'local' && isKnown(timeZone)) return;
  sink.error({
    ruleId: 'api/time-zone', path: 'timeZone', expected: 'a name of the time zone database', found: JSON.stringify(timeZone), fix: "use a name such as 'Europe/Berlin'", link: CRON_DOCS,
  });
}

/** `*`, `2`, `2-5`, each with a step: `2-5/2`. */
function isPart(part: string, field: Field): boolean {
  const found = /^(\*|\?|(\w+)(?:-(\w+))?)(?:\/(\d{1,4}))?$/.exec(part);
  if (!found) return false;
  const [, range, first, last = first, step] = found;
  if (step !== undefined && Number(step) === 0) return false;
  return range === '*' || range === '?' || valueOf(first, field) <= valueOf(last, field);
}

/** Not a number where the field has no such value, which no comparison holds for. */
function valueOf(text: string, { from, to, words = [] }: Field): number {
  const word = words.indexOf(text.toLowerCase());
  const value = word >= 0 ? word + from : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : Number.NaN;
}

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
