import type { Json } from '../../../engine/manifest';
import type { Need } from './needs';
import { meet, type Places } from './places';
import { selects, type Volume } from './volumes';

const NONE: readonly never[] = [];

/** Volumes of the same kind, smallest first, of which taken ones are passed over in one step. */
class Shelf {
  private readonly next: Int32Array;

  constructor(public readonly modes: readonly string[], private readonly volumes: readonly Volume[]) {
    this.next = Int32Array.from({ length: volumes.length + 1 }, (_, i) => i);
  }

  /** The smallest free one of at least a size, from a position on. */
  public from(request: number, after = -1): { readonly volume: Volume; readonly at: number } | undefined {
    const at = this.free(Math.max(after + 1, this.firstOf(request)));
    return at < this.volumes.length ? { volume: this.volumes[at], at } : undefined;
  }

  private firstOf(request: number): number {
    let low = 0;
    let high = this.volumes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.volumes[middle].capacity < request) low = middle + 1; else high = middle;
    }
    return low;
  }

  private free(from: number): number {
    let at = from;
    while (at < this.volumes.length && (this.next[at] !== at || this.volumes[at].taker)) {
      if (this.next[at] === at) this.next[at] = at + 1;
      at = this.next[at];
    }
    for (let i = from; i < at;) {
      const further = this.next[i];
      this.next[i] = at;
      i = further;
    }
    return at;
  }
}

/** The volumes that nobody has reserved, found as the controller and the scheduler look for them: near the size first. */
export class VolumePool {
  private readonly byKind = new Map<string, Volume[]>();
  private readonly shelves = new Map<string, readonly Shelf[]>();
  /** By kind and key of a label, and then by its value: selectors mostly ask for one. */
  private readonly byLabel = new Map<string, Map<string, Volume[]>>();
  /** Volumes that may still be held against places: what keeps a search among many of them linear. */
  private budget: number;

  constructor(volumes: readonly Volume[]) {
    for (const volume of volumes) {
      if (volume.claimRef) continue;
      const kind = kindOf(volume);
      const known = this.byKind.get(kind);
      if (known) known.push(volume); else this.byKind.set(kind, [volume]);
    }
    this.budget = 4_096 + 64 * volumes.length;
  }

  /** Whether all that could be looked at has been: nothing can be said then. */
  public get exhausted(): boolean {
    return this.budget <= 0;
  }

  /** A free volume that fits: of those with the fewest modes the smallest, as the controller takes it. */
  public fewestModes(need: Need): Volume | undefined {
    for (const shelf of this.shelvesFor(need)) {
      const found = shelf.from(need.request);
      if (found) return found.volume;
    }
    return undefined;
  }

  /** Free volumes that fit and that can be reached from `places`, smallest first, as the scheduler takes them. */
  public *smallest(need: Need, places: Places): Generator<Volume> {
    const heads = this.shelvesFor(need).map(shelf => ({ shelf, found: shelf.from(need.request) }));
    for (;;) {
      let head: typeof heads[number] | undefined;
      for (const one of heads) if (one.found && (!head?.found || one.found.volume.capacity < head.found.volume.capacity)) head = one;
      if (!head?.found || this.budget <= 0) return;
      this.budget--;
      const { volume, at } = head.found;
      if (meet(volume.places, places)) yield volume;
      head.found = head.shelf.from(need.request, at);
    }
  }

  /** Shelves whose volumes have every mode that is asked for, those with the fewest modes first. */
  private shelvesFor(need: Need): readonly Shelf[] {
    const kind = kindOf({ className: need.className ?? '', volumeMode: need.volumeMode, attributes: need.attributes });
    const volumes = this.byKind.get(kind);
    if (!volumes) return NONE;
    const key = need.selector ? `${kind} ${JSON.stringify(need.selector)}` : kind;
    let shelves = this.shelves.get(key);
    if (!shelves) {
      shelves = shelvesOf(need.selector ? this.selected(kind, volumes, need.selector) : volumes);
      this.shelves.set(key, shelves);
    }
    return shelves.filter(({ modes }) => need.modes.every(mode => modes.includes(mode)));
  }

  private selected(kind: string, volumes: readonly Volume[], selector: Json): readonly Volume[] {
    const key = Object.keys(selector.matchLabels ?? {})[0];
    const likely = key === undefined ? volumes : this.labelled(kind, volumes, key).get(selector.matchLabels[key]) ?? NONE;
    return likely.filter(({ labels }) => selects(selector, labels));
  }

  private labelled(kind: string, volumes: readonly Volume[], key: string): Map<string, Volume[]> {
    const name = `${kind} ${key}`;
    let byValue = this.byLabel.get(name);
    if (byValue) return byValue;
    byValue = new Map();
    for (const volume of volumes) {
      if (!Object.hasOwn(volume.labels, key)) continue;
      const known = byValue.get(volume.labels[key]);
      if (known) known.push(volume); else byValue.set(volume.labels[key], [volume]);
    }
    this.byLabel.set(name, byValue);
    return byValue;
  }
}

function shelvesOf(volumes: readonly Volume[]): readonly Shelf[] {
  const byModes = new Map<string, Volume[]>();
  for (const volume of volumes) {
    const modes = [...new Set(volume.modes)].sort().join();
    const known = byModes.get(modes);
    if (known) known.push(volume); else byModes.set(modes, [volume]);
  }
  return [...byModes.values()]
    .map(alike => new Shelf([...new Set(alike[0].modes)], alike.sort((a, b) => a.capacity - b.capacity)))
    .sort((a, b) => a.modes.length - b.modes.length);
}

function kindOf({ className, volumeMode, attributes }: Pick<Volume, 'className' | 'volumeMode' | 'attributes'>): string {
  return JSON.stringify([className, volumeMode, attributes]);
}
