/** What the decoder of the API server takes; every level of a list or an object counts. */
export const SERVER_DEPTH = 10_000;
/** What rules are shown: they may recurse. No definition of a kind comes near. */
const READABLE_DEPTH = 400;

/** Whether rules may recurse into a value. */
export function isShallow(value: unknown): boolean {
  return !isDeeper(value, READABLE_DEPTH);
}

/** Whether lists and objects stand deeper in each other than `most`; without recursion, which would end on them. */
export function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  // a set: aliases of YAML put one object in many places
  let level = new Set<object>([value]);
  for (let depth = 1; level.size > 0; depth++) {
    if (depth > most) return true;
    const next = new Set<object>();
    for (const one of level) {
      for (const inner of Array.isArray(one) ? one as unknown[] : Object.values(one)) {
        if (typeof inner === 'object' && inner !== null) next.add(inner);
      }
    }
    level = next;
  }
  return false;
}
