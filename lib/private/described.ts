/** A value of any type in a few words: constructs refer to each other, so that not every object can be written out. */
export function described(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return value.every(one => typeof one !== 'object') ? JSON.stringify(value) : 'a list';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  const name = Object.getPrototypeOf(value)?.constructor?.name ?? 'Object';
  return name === 'Object' ? 'a plain object' : `an object of ${name}`;
}
