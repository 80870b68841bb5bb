/** How long things last, in hours. */

const UNITS: ReadonlyMap<string, number> = new Map([['h', 1], ['m', 1 / 60], ['s', 1 / 3600], ['ms', 1 / 3_600_000], ['us', 0], ['µs', 0], ['ns', 0]]);
const MACROS: ReadonlyMap<string, number> = new Map([
  ['@yearly', 8760], ['@annually', 8760], ['@monthly', 744], ['@weekly', 168], ['@daily', 24], ['@midnight', 24], ['@hourly', 1],
]);
const DURATION = /^(\d+(?:\.\d+)?(?:h|ms|us|µs|ns|m|s))+$/;
const PART = /(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g;

/** A duration of Go, `720h0m0s`; undefined for what is none. */
export function hoursOf(duration: unknown): number | undefined {
  if (typeof duration !== 'string' || !DURATION.test(duration)) return undefined;
  let hours = 0;
  for (const [, number, unit] of duration.matchAll(PART)) hours += Number(number) * UNITS.get(unit)!;
  return hours;
}

/** The longest time between two runs of a cron schedule, roughly; undefined for what is none. */
export function periodHoursOf(schedule: string): number | undefined {
  const text = schedule.trim().replace(/^(CRON_)?TZ=\S+\s+/, '');
  const macro = MACROS.get(text);
  if (macro !== undefined) return macro;
  if (text.startsWith('@every ')) return hoursOf(text.slice(7).trim());
  const fields = text.split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minute, hour, day, month, weekday] = fields;
  if (!isAny(month)) return 8760 / count(month, 12);
  if (!isAny(day)) return 744 / count(day, 31);
  if (!isAny(weekday)) return 168 / count(weekday, 7);
  if (!isAny(hour)) return 24 / count(hour, 24);
  return isAny(minute) ? 1 / 60 : 1 / count(minute, 60);
}

function isAny(field: string): boolean {
  return field === '*' || field === '?';
}

/** How many values of `all` a field has: `1,15`, `2-5`, a step of all. */
function count(field: string, all: number): number {
  let values = 0;
  for (const part of field.split(',')) {
    const [range, step] = part.split('/');
    const [first, last] = range.split('-').map(Number);
    const width = isAny(range) ? all : last === undefined ? (step === undefined ? 1 : all) : last - first + 1;
    values += Math.ceil(width / Math.max(1, Number(step ?? 1)));
  }
  return Number.isFinite(values) ? Math.min(all, Math.max(1, values)) : 1;
}
