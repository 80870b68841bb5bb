import type { Json } from '../engine/manifest';

const FEW = 16;
const NONE: readonly number[] = [];

/** Indexes of the entries whose `field` an earlier entry has with the same value; those without the field do not count. */
export function repeats(list: readonly Json[], field: string): readonly number[] {
  if (list.length < 2) return NONE;
  return list.length <= FEW ? amongFew(list, field) : amongMany(list, field);
}

/** Without any allocation where nothing repeats: most lists are short. */
function amongFew(list: readonly Json[], field: string): readonly number[] {
  let found: number[] | undefined;
  for (let i = 1; i < list.length; i++) {
    const value = list[i][field];
    if (value === undefined) continue;
    for (let j = 0; j < i; j++) {
      if (list[j][field] !== value) continue;
      (found ??= []).push(i);
      break;
    }
  }
  return found ?? NONE;
}

function amongMany(list: readonly Json[], field: string): readonly number[] {
  const seen = new Set<unknown>();
  const found: number[] = [];
  list.forEach((entry, i) => {
    const value = entry[field];
    if (value === undefined) return;
    if (seen.has(value)) found.push(i);
    seen.add(value);
  });
  return found;
}
