/** The name that differs least from a misspelled one; undefined where none comes near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const given = name.toLowerCase();
  const most = Math.max(1, Math.floor(name.length / 3));
  const ranked = names.map(one => ({ one, distance: distanceOf(given, one.toLowerCase()) })).sort((a, b) => a.distance - b.distance);
  return ranked.length > 0 && ranked[0].distance <= most ? ranked[0].one : undefined;
}

/** Characters to insert, delete or replace (Levenshtein), a row at a time. */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length];
}
