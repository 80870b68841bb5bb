import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../manifests';

/** A key of a map, an index of a list, or the entry of a list that has these fields. */
export type Step = string | number | Readonly<Record<string, unknown>>;

/** Where a value stands: the index of the manifest, then keys. */
export type Place = readonly (string | number)[];

/** Holds manifests against what was asked for, and notes each place that it looked at. */
export class Audit {
  public readonly missing: string[] = [];
  public readonly places: Place[] = [];

  constructor(private readonly manifests: readonly Manifest[]) {}

  /** The value must be exactly this, type and all; whatever was not asked for is left alone. */
  public expect(root: Place | undefined, path: readonly Step[], value: unknown): void {
    if (value === undefined) return;
    const place = root && this.find(root, path);
    const found = place && this.at(place);
    if (place && isDeepStrictEqual(found, value)) this.note(place, found);
    else this.missing.push(`${textOf(path)}: ${JSON.stringify(value)} (found ${JSON.stringify(found)})`);
  }

  /** The quantity must mean so many MiB. */
  public expectMiB(root: Place | undefined, path: readonly Step[], mib: number | undefined): void {
    if (mib === undefined) return;
    this.expectThat(root, path, found => mibOf(found) === mib, `${mib} MiB`);
  }

  /** The text must hold all these. */
  public expectTexts(root: Place | undefined, path: readonly Step[], ...texts: readonly string[]): void {
    this.expectThat(root, path, found => typeof found === 'string' && texts.every(text => found.includes(text)), texts.join(', '));
  }

  /** The list must hold the value. */
  public expectEntry(root: Place | undefined, path: readonly Step[], value: unknown): void {
    const list = this.listAt(root, path);
    const index = list.findIndex(entry => isDeepStrictEqual(entry, value));
    this.expect(root, [...path, Math.max(0, index)], value);
  }

  /** One of the lists must hold these words side by side, or in quotes in one of its own. */
  public expectWords(root: Place | undefined, paths: readonly (readonly Step[])[], words: readonly string[]): void {
    const quoted = words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    for (const path of paths) {
      const list = this.listAt(root, path);
      const at = list.findIndex((_, i) => isDeepStrictEqual(list.slice(i, i + words.length), words));
      if (at >= 0) {
        words.forEach((word, i) => this.expect(root, [...path, at + i], word));
        return;
      }
      const script = list.findIndex(word => typeof word === 'string' && word.includes(quoted));
      if (script >= 0) {
        this.expectTexts(root, [...path, script], quoted);
        return;
      }
    }
    this.missing.push(`${words.join(' ')} in ${paths.map(textOf).join(' or ')}`);
  }

  /** The list must end with these words. */
  public expectLast(root: Place | undefined, path: readonly Step[], words: readonly string[]): void {
    const first = this.listAt(root, path).length - words.length;
    words.forEach((word, i) => this.expect(root, [...path, first + i], word));
  }

  /** Nothing must stand there. */
  public expectNone(root: Place | undefined, path: readonly Step[]): void {
    const place = root && this.find(root, path);
    const found = place && this.at(place);
    if (found !== undefined) this.missing.push(`${textOf(path)}: nothing (found ${JSON.stringify(found)})`);
  }

  public expectThat(root: Place | undefined, path: readonly Step[], holds: (found: unknown) => boolean, what: string): void {
    const place = root && this.find(root, path);
    const found = place && this.at(place);
    if (place && holds(found)) this.places.push(place);
    else this.missing.push(`${textOf(path)}: ${what} (found ${JSON.stringify(found)})`);
  }

  /** The manifest of a kind whose name is this or like this. */
  public manifest(kind: string, name: string | RegExp): Place | undefined {
    const index = this.manifests.findIndex(({ kind: of, metadata }) =>
      of === kind && (name instanceof RegExp ? name.test(metadata?.name as string) : metadata?.name === name));
    if (index < 0) this.missing.push(`a ${kind} called ${String(name)}`);
    return index < 0 ? undefined : [index];
  }

  public nameOf(root: Place | undefined): string {
    return root ? String((this.at(root) as Manifest).metadata?.name) : '';
  }

  public find(root: Place, path: readonly Step[]): Place | undefined {
    let place = root;
    for (const step of path) {
      const here = this.at(place) as any;
      if (here === undefined || here === null) return undefined;
      if (typeof step !== 'object') {
        place = [...place, step];
        continue;
      }
      // of several variables of one name the last one counts
      const fits = (entry: any): boolean => Object.entries(step).every(([key, of]) => isDeepStrictEqual(entry?.[key], of));
      const index = (here as any[]).map(fits).lastIndexOf(true);
      if (index < 0) return undefined;
      place = [...place, index];
    }
    return place;
  }

  public at(place: Place): unknown {
    return place.reduce<any>((value, key) => value?.[key], this.manifests);
  }

  /** The list at a path; an empty one where there is none. */
  public listAt(root: Place | undefined, path: readonly Step[]): readonly unknown[] {
    const place = root && this.find(root, path);
    const found = place && this.at(place);
    // what was dropped leaves a hole
    return Array.isArray(found) ? Array.from(found as unknown[]) : [];
  }

  private note(place: Place, value: unknown): void {
    if (value === null || typeof value !== 'object') this.places.push(place);
    else for (const [key, of] of Object.entries(value)) this.note([...place, Array.isArray(value) ? Number(key) : key], of);
  }
}

export function mibOf(quantity: unknown): number | undefined {
  const parts = typeof quantity === 'string' ? /^(\d+)([MGTP]i)$/.exec(quantity) : null;
  return parts ? Number(parts[1]) * 1024 ** ['Mi', 'Gi', 'Ti', 'Pi'].indexOf(parts[2]) : undefined;
}

export function withoutUndefined(of: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined));
}

function textOf(path: readonly Step[]): string {
  return path.map(step => typeof step === 'object' ? JSON.stringify(step) : String(step)).join('.');
}
