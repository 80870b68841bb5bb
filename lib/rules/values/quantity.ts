/** Quantities of Kubernetes: `500m`, `64Gi`, `1e3`, or a plain number. */

const GRAMMAR = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d+))?$/;
const BINARY: ReadonlyMap<string, number> = new Map([
  ['Ki', 2 ** 10], ['Mi', 2 ** 20], ['Gi', 2 ** 30], ['Ti', 2 ** 40], ['Pi', 2 ** 50], ['Ei', 2 ** 60],
]);
const DECIMAL: ReadonlyMap<string, number> = new Map([['k', 1e3], ['M', 1e6], ['G', 1e9], ['T', 1e12], ['P', 1e15], ['E', 1e18]]);
/** Divided by, not multiplied with their inverse, which no double holds. */
const FRACTION: ReadonlyMap<string, number> = new Map([['m', 1e3], ['u', 1e6], ['n', 1e9]]);

const CACHE_MAX = 2_000;
/** The same few quantities come again and again. NaN for what is none. */
const cache = new Map<string, number>();

/** The number that a quantity is; undefined for what is none. */
export function valueOf(quantity: unknown): number | undefined {
  if (typeof quantity === 'number') return quantity;
  if (typeof quantity !== 'string') return undefined;
  let value = cache.get(quantity);
  if (value === undefined) {
    value = parse(quantity);
    if (cache.size >= CACHE_MAX) cache.clear();
    cache.set(quantity, value);
  }
  return Number.isNaN(value) ? undefined : value;
}

/** Whether it can be read as a quantity. */
export function isQuantity(quantity: unknown): boolean {
  return valueOf(quantity) !== undefined;
}

function parse(text: string): number {
  const [, digits, binary, suffix, exponent] = GRAMMAR.exec(text) ?? [];
  if (digits === undefined) return NaN;
  if (exponent !== undefined) return Number(`${digits}e${exponent}`);
  const number = Number(digits);
  if (binary !== undefined) return number * BINARY.get(binary)!;
  if (suffix === undefined) return number;
  const divisor = FRACTION.get(suffix);
  return divisor === undefined ? number * DECIMAL.get(suffix)! : number / divisor;
}
