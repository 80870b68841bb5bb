import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml';
import { Unreadable } from './parse';
import { keyOf, valueOfPlain, valueOfTagged } from './scalars';

/** What a scalar stands for. */
export type Scalar = string | number | boolean | null;

const LONG_TAG = 'tag:yaml.org,2002:';

/** What a scalar stands for, as Kubernetes reads it. */
export function scalarOf(text: string, event: ScalarEvent): Scalar {
  const value = event.valueStart < 0 ? '' : getScalarValue(text, event);
  const tag = event.tagStart < 0 ? undefined : text.slice(event.tagStart, event.tagEnd);
  if (tag === undefined) return event.style === SCALAR_STYLE.PLAIN ? valueOfPlain(value) : value;
  const tagged = valueOfTagged(shortTag(tag), value);
  if (tagged === undefined) throw new Unreadable(`${JSON.stringify(value)} is no ${tag}`, text, event.tagStart);
  return tagged;
}

/** The key of a JSON object that an event stands for. */
export function keyTextOf(text: string, event: Event): string {
  if (event.type !== EVENT_ID.SCALAR) throw new Unreadable('a key that is no text', text, startOf(event));
  const key = keyOf(scalarOf(text, event), event.valueStart < 0 ? '' : getScalarValue(text, event));
  if (key === undefined) throw new Unreadable('a key that is null', text, Math.max(0, startOf(event)));
  return key;
}

/** `<<`, by which a mapping takes over the keys of another. */
export function isMerge(text: string, event: Event): boolean {
  if (event.type !== EVENT_ID.SCALAR || event.valueEnd - event.valueStart !== 2 || !text.startsWith('<<', event.valueStart)) return false;
  return event.tagStart < 0 ? event.style === SCALAR_STYLE.PLAIN : shortTag(text.slice(event.tagStart, event.tagEnd)) === '!!merge';
}

/** The name of an anchor, or of what an alias refers to; undefined for what has none. */
export function anchorOf(text: string, event: Event): string | undefined {
  return 'anchorStart' in event && event.anchorStart >= 0 ? text.slice(event.anchorStart, event.anchorEnd) : undefined;
}

/** Where in the text the event begins; -1 for what is not written. */
export function startOf(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR: return event.valueStart;
    case EVENT_ID.ALIAS: return event.anchorStart;
    case EVENT_ID.SEQUENCE: case EVENT_ID.MAPPING: return event.start;
    default: return -1;
  }
}

function shortTag(tag: string): string {
  const bare = tag.startsWith('!<') ? tag.slice(2, -1) : tag;
  return bare.startsWith(LONG_TAG) ? `!!${bare.slice(LONG_TAG.length)}` : bare;
}
