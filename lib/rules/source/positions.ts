import { EVENT_ID, type Event } from 'js-yaml';
import { anchorOf, isMerge, keyTextOf, startOf } from './events';
import { parse, type Parsed } from './parse';

/** A node of a document, and where it stands. */
interface Place {
  /** Offset of its key where it has one, else of itself. */
  readonly offset: number;
  readonly keys?: ReadonlyMap<string, Place>;
  readonly items?: readonly Place[];
  /** Mappings that it takes over by `<<`, the last first. */
  readonly merges?: readonly Place[];
}

/** Where the parts of a document stand; made of its text when the first of them is asked for. */
export class Positions {
  private root?: Place;
  private starts?: readonly number[];

  /** @param line line of the file at which the text begins, from 1 */
  constructor(private readonly text: string, private readonly line: number) {}

  /** The line on which a path stands, or as much of it as there is. */
  public lineOf(path: string): number {
    if (this.root === undefined || this.starts === undefined) {
      const parsed = parse(this.text);
      this.root = new Reader(parsed).document();
      this.starts = startsOfLines(parsed.text);
    }
    return this.line + lineAt(this.starts, placeOf(this.root, path).offset);
  }
}

/** The last line that begins at or before the offset, from 0. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle; else high = middle - 1;
  }
  return low;
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Follows a path as far as it goes. Keys may hold points and brackets, so that it is followed instead of divided. */
function placeOf(root: Place, path: string): Place {
  let place = root;
  for (let rest = path; rest !== '';) {
    const step = stepOf(place, rest);
    if (step === undefined) return place;
    place = step.place;
    rest = step.rest;
  }
  return place;
}

interface Step {
  readonly place: Place;
  readonly rest: string;
}

function stepOf(place: Place, path: string): Step | undefined {
  if (place.items) {
    const match = /^\[(\d+)\]/.exec(path);
    const item = match ? place.items[Number(match[1])] : undefined;
    return match && item ? { place: item, rest: withoutPoint(path.slice(match[0].length)) } : undefined;
  }
  let longest: { key: string; written: number; place: Place } | undefined;
  for (const [key, one] of keysOf(place)) {
    const written = writtenLength(path, key);
    if (written > 0 && (longest === undefined || key.length > longest.key.length)) longest = { key, written, place: one };
  }
  return longest && { place: longest.place, rest: withoutPoint(path.slice(longest.written)) };
}

/** Length of a key at the beginning of a path, as a field or in brackets; 0 where the path begins with something else. */
function writtenLength(path: string, key: string): number {
  if (path.startsWith(`[${key}]`)) return key.length + 2;
  if (key === '' || !path.startsWith(key)) return 0;
  const after = path[key.length];
  return after === undefined || after === '.' || after === '[' ? key.length : 0;
}

function withoutPoint(path: string): string {
  return path.startsWith('.') ? path.slice(1) : path;
}

/** Keys of a mapping, and then those that it takes over. */
function* keysOf(place: Place): Generator<[string, Place]> {
  if (place.keys) yield* place.keys;
  for (const source of place.merges ?? []) yield* keysOf(source);
}

/** Reads the places of the first document of a text that has been read before, so that it is known to be sound. */
class Reader {
  private readonly text: string;
  private readonly events: readonly Event[];
  private readonly anchors = new Map<string, Place>();
  private next = 1;

  constructor({ text, events }: Parsed) {
    this.text = text;
    this.events = events;
  }

  public document(): Place {
    return this.events.length === 0 ? { offset: 0 } : this.place(0);
  }

  /** @param near where it stands if it is not written at all, as the value of `a:` */
  private place(near: number, offset?: number): Place {
    const event = this.events[this.next++];
    const name = anchorOf(this.text, event);
    const start = startOf(event);
    const at = offset ?? (start < 0 ? near : start);
    if (event.type === EVENT_ID.ALIAS) return { ...this.anchors.get(name ?? ''), offset: at };
    const place = this.content(event, at);
    if (name !== undefined) this.anchors.set(name, place);
    return place;
  }

  private content(event: Event, offset: number): Place {
    if (event.type === EVENT_ID.SEQUENCE) return { offset, items: this.items(offset) };
    if (event.type === EVENT_ID.MAPPING) return { offset, ...this.mapping(offset) };
    return { offset };
  }

  private items(near: number): Place[] {
    const items: Place[] = [];
    while (this.events[this.next].type !== EVENT_ID.POP) items.push(this.place(items.at(-1)?.offset ?? near));
    this.next++;
    return items;
  }

  private mapping(near: number): Pick<Place, 'keys' | 'merges'> {
    const keys = new Map<string, Place>();
    const merges: Place[] = [];
    while (this.events[this.next].type !== EVENT_ID.POP) {
      const event = this.events[this.next++];
      const start = startOf(event);
      const at = start < 0 ? near : start;
      if (isMerge(this.text, event)) {
        const source = this.place(at);
        merges.unshift(...source.items ?? [source]);
      } else {
        keys.set(this.keyOf(event), this.place(at, at));
      }
    }
    this.next++;
    return merges.length > 0 ? { keys, merges } : { keys };
  }

  private keyOf(event: Event): string {
    return event.type === EVENT_ID.ALIAS ? '' : keyTextOf(this.text, event);
  }
}
