/** Plain values, as the decoder of the API server reads them. */

export const INT32_MAX = 2 ** 31 - 1;
const INT64_BEYOND = 2 ** 63;

/** Wider than what people write: a sign, a dot or a suffix alone are 0. */
const QUANTITY = /^[+-]?(?:\d+\.?\d*|\.?\d*)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,18})?$/;
/** The two suffixes that want a digit before them. */
const NEEDS_DIGIT = /^[^\d]*[PE]i$/;
const USUAL_SUFFIXES: ReadonlySet<string> = new Set(['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'm', 'k', 'M', 'G', 'T', 'P', 'E']);
const ZERO = 48;
const NINE = 57;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const LINE_BREAKS = /[\r\n]/g;
const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isInt32(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value <= INT32_MAX && value >= -INT32_MAX - 1;
}

/** Null is none, as everywhere. */
export function isByte(value: unknown): boolean {
  return value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255);
}

/** As far as a double can tell. */
export function isInt64(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value < INT64_BEYOND && value >= -INT64_BEYOND;
}

/** Text or a number that the server reads as a quantity. */
export function isQuantityValue(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'string') return false;
  if (isUsualQuantity(value)) return true;
  const text = value.trim();
  return text !== '' && QUANTITY.test(text) && !NEEDS_DIGIT.test(text);
}

/** Digits with the usual suffixes, which is nearly all there are. */
function isUsualQuantity(text: string): boolean {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) >= ZERO && text.charCodeAt(i) <= NINE) i++;
  if (i === 0) return false;
  if (i === text.length) return true;
  return USUAL_SUFFIXES.has(text.slice(i));
}

/** Standard base64 with its padding; line breaks do not count. */
export function isBase64(value: unknown): boolean {
  return typeof value === 'string' && (BASE64.test(value) || BASE64.test(value.replace(LINE_BREAKS, '')));
}

/** RFC 3339, with a day that exists. */
export function isTime(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [, year, month, day, hour, minute, second, zoneHour = 0, zoneMinute = 0] = (TIME.exec(value) ?? []).map(Number);
  if (year === undefined || month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]) return false;
  if (month === 2 && day === 29 && !isLeap(year)) return false;
  return hour < 24 && minute < 60 && second < 60 && !(zoneHour > 24) && !(zoneMinute > 60);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** What a value is, in words. */
export function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string': return `the text ${shortened(value)}`;
    case 'number': return `the number ${value}`;
    case 'boolean': return String(value);
    case 'object': return 'an object';
    default: return `a ${typeof value}`;
  }
}

const MOST = 60;

function shortened(text: string): string {
  return JSON.stringify(text.length > MOST ? `${text.slice(0, MOST)}…` : text);
}
