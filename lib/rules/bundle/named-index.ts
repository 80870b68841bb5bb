/**
 * Things by namespace and name. Most names are in one namespace only, and need no map of their own then; joined keys would have
 * to be made, and hashed, for each lookup.
 */
export class NamedIndex<T extends object> {
  private readonly byName = new Map<string, T | Map<string, T>>();

  constructor(private readonly namespaceOf: (one: T) => string) {}

  /** @returns whether it is the first of its namespace and name; a later one is not kept */
  public add(name: string, one: T): boolean {
    const known = this.byName.get(name);
    if (known === undefined) {
      this.byName.set(name, one);
      return true;
    }
    const namespace = this.namespaceOf(one);
    if (known instanceof Map) {
      if (known.has(namespace)) return false;
      known.set(namespace, one);
      return true;
    }
    const first = this.namespaceOf(known);
    if (first === namespace) return false;
    this.byName.set(name, new Map([[first, known], [namespace, one]]));
    return true;
  }

  public get(namespace: string, name: string): T | undefined {
    const known = this.byName.get(name);
    if (known === undefined) return undefined;
    if (known instanceof Map) return known.get(namespace);
    return this.namespaceOf(known) === namespace ? known : undefined;
  }
}
