/** Stands for a value that rules may not see. */
export const NOTHING = Symbol('nothing');

/** Sets a field of a copy. Any text may be its name, `__proto__` too. */
export function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (value === NOTHING) return;
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}
