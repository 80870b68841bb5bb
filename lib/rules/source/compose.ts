import { EVENT_ID, type Event, type MappingEvent } from 'js-yaml';
import type { Json } from '../engine/manifest';
import { linesIn } from './chunks';
import { anchorOf, isMerge, keyTextOf, scalarOf, startOf, type Scalar } from './events';
import { Unreadable, type Parsed } from './parse';

/** A key that stands twice in a mapping. */
export interface Repeat {
  readonly key: string;
  /** Lines before the first and before the second. */
  readonly linesBefore: readonly [number, number];
  /** Keys and indices that lead to the mapping. */
  readonly path: readonly (string | number)[];
}

/** A document as JSON. */
export interface Composed {
  readonly value: unknown;
  readonly repeats: readonly Repeat[];
}

interface Anchored {
  readonly value: unknown;
  /** Nodes in it, those behind aliases counted every time. */
  readonly size: number;
}

/** Bounds of go-yaml: up to 400,000 nodes nearly all may come from aliases, from 4,000,000 on a tenth. */
const FEW_NODES = 400_000;
const MANY_NODES = 4_000_000;
const MOST_OF_FEW = 0.99;
const MOST_OF_MANY = 0.1;
const TOO_FEW_TO_COUNT = 100;

/** Makes JSON of the first document of a text, as Kubernetes does. */
export function compose({ text, events }: Parsed): Composed {
  return new Composer(text, events).document();
}

class Composer {
  private next = 0;
  private nodes = 0;
  private aliased = 0;
  private readonly anchors = new Map<string, Anchored | undefined>();
  private readonly path: (string | number)[] = [];
  private readonly repeats: Repeat[] = [];
  private readonly firsts = new Map<MappingEvent, ReadonlyMap<string, number>>();

  constructor(private readonly text: string, private readonly events: readonly Event[]) {}

  public document(): Composed {
    if (this.events.length === 0) return { value: null, repeats: [] };
    this.next = 1;
    const value = this.value();
    this.refuseMore();
    return { value, repeats: this.repeats };
  }

  /** Behind `...` there may be nothing: kubectl would not read it. */
  private refuseMore(): void {
    for (this.next++; this.next < this.events.length; this.next++) {
      const event = this.events[this.next];
      if (startOf(event) >= 0) throw this.unreadable('a second document without `---` before it', startOf(event));
    }
  }

  private value(): unknown {
    const event = this.events[this.next++];
    if (event.type === EVENT_ID.ALIAS) return this.alias(event);
    this.nodes++;
    const anchor = anchorOf(this.text, event);
    if (anchor === undefined) return this.content(event);
    const before = this.nodes;
    this.anchors.set(anchor, undefined);
    const value = this.content(event);
    this.anchors.set(anchor, { value, size: this.nodes - before + 1 });
    return value;
  }

  private content(event: Event): unknown {
    switch (event.type) {
      case EVENT_ID.SCALAR: return this.scalar(event);
      case EVENT_ID.MAPPING: return this.mapping(event);
      case EVENT_ID.SEQUENCE: return this.sequence();
      default: throw this.unreadable('nothing where a value must stand', Math.max(0, startOf(event)));
    }
  }

  private scalar(event: Event & { type: typeof EVENT_ID.SCALAR }): unknown {
    const value = scalarOf(this.text, event);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw this.unreadable(`${value}, which JSON has no number for`, event.valueStart);
    }
    return value;
  }

  private sequence(): unknown[] {
    const items: unknown[] = [];
    const { path } = this;
    while (this.events[this.next].type !== EVENT_ID.POP) {
      path.push(items.length);
      items.push(this.value());
      path.pop();
    }
    this.next++;
    return items;
  }

  private mapping(start: MappingEvent): Json {
    const object: Json = {};
    /** Keys that came by a merge, which may be written again; most mappings have none. */
    let merged: Set<string> | undefined;
    while (this.events[this.next].type !== EVENT_ID.POP) {
      const event = this.events[this.next++];
      if (isMerge(this.text, event)) {
        merged ??= new Set();
        this.merge(object, merged, startOf(event));
        continue;
      }
      const key = this.key(event);
      if (Object.hasOwn(object, key) && !merged?.has(key)) this.repeat(key, start, event);
      this.path.push(key);
      put(object, key, this.value());
      this.path.pop();
      merged?.delete(key);
    }
    this.next++;
    return object;
  }

  private key(event: Event): string {
    this.nodes++;
    const anchor = anchorOf(this.text, event);
    if (event.type === EVENT_ID.ALIAS) {
      const value = this.alias(event) as Scalar | object;
      if (typeof value === 'object') throw this.unreadable('a key that is no text', event.anchorStart);
      return String(value);
    }
    const key = keyTextOf(this.text, event);
    if (anchor !== undefined) this.anchors.set(anchor, { value: key, size: 1 });
    return key;
  }

  private repeat(key: string, mapping: MappingEvent, second: Event): void {
    const path = [...this.path];
    const linesBefore = [this.firstOf(key, mapping), startOf(second)].map(offset => linesIn(this.text, offset)) as [number, number];
    this.repeats.push({ key, path, linesBefore });
  }

  /** Where a key of the mapping stood first. Looked for only where one is repeated. */
  private firstOf(key: string, mapping: MappingEvent): number {
    const known = this.firsts.get(mapping) ?? this.keysOf(mapping);
    this.firsts.set(mapping, known);
    return known.get(key) ?? mapping.start;
  }

  private keysOf(mapping: MappingEvent): Map<string, number> {
    const first = new Map<string, number>();
    let depth = 0;
    let isKey = true;
    for (let i = this.events.indexOf(mapping) + 1; depth >= 0 && i < this.next; i++) {
      const event = this.events[i];
      if (event.type === EVENT_ID.POP) {
        depth--;
      } else {
        if (depth === 0 && isKey && event.type === EVENT_ID.SCALAR) {
          const key = keyTextOf(this.text, event);
          if (!first.has(key)) first.set(key, startOf(event));
        }
        if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) depth++;
      }
      if (depth === 0) isKey = !isKey;
    }
    return first;
  }

  /** What is merged overrides what stood before it, and is overridden by what comes after it. */
  private merge(object: Json, merged: Set<string>, offset: number): void {
    const value = this.value();
    const sources = Array.isArray(value) ? [...value as unknown[]].reverse() : [value];
    for (const source of sources) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        throw this.unreadable('`<<` with something that is no mapping', offset);
      }
      for (const [key, one] of Object.entries(source)) {
        put(object, key, one);
        merged.add(key);
      }
    }
  }

  private alias(event: Event): unknown {
    const name = anchorOf(this.text, event) ?? '';
    const anchored = this.anchors.get(name);
    if (anchored === undefined) {
      throw this.unreadable(this.anchors.has(name) ? `*${name} inside of &${name}` : `*${name} without an anchor &${name} before it`, startOf(event));
    }
    this.nodes += anchored.size;
    this.aliased += anchored.size;
    if (this.nodes > TOO_FEW_TO_COUNT && this.aliased > this.nodes * mostAliased(this.nodes)) {
      throw this.unreadable('more aliases than Kubernetes follows', startOf(event));
    }
    return anchored.value;
  }

  private unreadable(message: string, offset: number): Unreadable {
    return new Unreadable(message, this.text, offset);
  }
}

/** The part of the nodes that may come from aliases. */
function mostAliased(nodes: number): number {
  if (nodes <= FEW_NODES) return MOST_OF_FEW;
  if (nodes >= MANY_NODES) return MOST_OF_MANY;
  return MOST_OF_FEW - (MOST_OF_FEW - MOST_OF_MANY) * (nodes - FEW_NODES) / (MANY_NODES - FEW_NODES);
}

/** Sets a key, also one that means something to JavaScript. */
function put(object: Json, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}
