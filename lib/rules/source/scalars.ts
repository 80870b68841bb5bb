/**
 * What Kubernetes makes of a plain scalar of YAML. It reads YAML 1.1 by go-yaml 2 and makes JSON of it, which differs from what
 * YAML libraries for JavaScript do by default: `yes` and `off` are booleans, `0755` and `0o755` are 493, `1_000` is 1000, and
 * neither `12:30` nor `2026-01-31` is a number or a date.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/resolve.go
 */
export function valueOfPlain(text: string): string | number | boolean | null {
  const first = text.charCodeAt(0);
  if (isDigit(first) || first === PLUS || first === MINUS) return WORDS.get(text) ?? numberOf(text) ?? text;
  if (first === DOT) return WORDS.get(text) ?? fractionOf(text) ?? text;
  const word = WORDS.get(text);
  return word === undefined ? text : word;
}

/** What an explicit tag makes of a scalar; undefined where the tag and the text do not fit. */
export function valueOfTagged(tag: string, text: string): string | number | boolean | null | undefined {
  switch (tag) {
    case '!!str': return text;
    case '!!binary': return BASE64.test(text.replace(LINE_BREAKS, '')) ? Buffer.from(text, 'base64').toString() : undefined;
    case '!!null': return ofType(valueOfPlain(text), 'object');
    case '!!bool': return ofType(valueOfPlain(text), 'boolean');
    case '!!int': return wholeOf(text.replaceAll('_', ''));
    case '!!float': return ofType(valueOfPlain(text), 'number');
    case '!!timestamp': return TIMESTAMP.test(text) ? text : undefined;
    // any other tag says nothing to Kubernetes, and takes its meaning from the text
    default: return text;
  }
}

/** The key that a JSON object gets for a scalar; undefined for what cannot be one. */
export function keyOf(value: string | number | boolean | null, text: string): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return undefined;
  if (typeof value === 'number' && !isWhole(text)) return floatKey(value);
  return String(value);
}

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const LINE_BREAKS = /[\r\n]/g;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const WHOLE = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/;
/** Short, but no more lenient than Go in what matters: the text stays a text. */
const TIMESTAMP = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ][0-9:.]+(?:Z|[+-][0-9:]+)?)?$/;
const INT64 = 2n ** 63n;
const UINT64 = 2n ** 64n;

const WORDS: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word): [string, boolean] => [word, true]),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word): [string, boolean] => [word, false]),
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, null] => [word, null]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, number] => [word, NaN]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, number] => [word, Infinity]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, number] => [word, -Infinity]),
]);

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function numberOf(text: string): number | undefined {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const whole = wholeOf(plain);
  if (whole !== undefined) return whole;
  if (!FLOAT.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** An integer as Go's `ParseInt` reads it in base 0; undefined for none, and for more than 64 bits. */
function wholeOf(plain: string): number | undefined {
  const [, sign, digits] = WHOLE.exec(plain) ?? [];
  if (digits === undefined) return undefined;
  const isOctal = digits.length > 1 && digits[0] === '0' && isDigit(digits.charCodeAt(1));
  const text = isOctal ? `0o${digits.slice(1)}` : digits;
  if (text.length < 16) return sign === '-' ? 0 - Number(text) : Number(text);
  const value = BigInt(text);
  if (sign === '-') return value <= INT64 ? Number(-value) : undefined;
  return value < (sign === '+' ? INT64 : UINT64) ? Number(value) : undefined;
}

/** `.5`: of what starts with a point Go takes all that `ParseFloat` does. */
function fractionOf(text: string): number | undefined {
  if (!FLOAT.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function isWhole(text: string): boolean {
  return wholeOf(text.replaceAll('_', '')) !== undefined;
}

/** The shortest text of a 32-bit float, as Go writes it with the verb `g`. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(Math.fround(value))) return value > 0 ? '.inf' : '-.inf';
  const single = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === single) return goStyle(Number(text));
  }
  return goStyle(Number(value.toPrecision(9)));
}

/** `1e+06`: Go writes an exponent from a million on, and in two digits at least. */
function goStyle(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function ofType<T>(value: T, type: 'number' | 'boolean' | 'object'): T | undefined {
  return typeof value === type ? value : undefined;
}
