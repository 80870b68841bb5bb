import { DRIVERS } from '../../../../storage/drivers/registry';
import type { Json } from '../../../engine/manifest';

/** What the values of one label of a node may be. */
interface Values {
  /** The only ones; undefined for any. */
  readonly only?: ReadonlySet<string>;
  readonly not?: ReadonlySet<string>;
  /** Whether the node must have the label. */
  readonly present: boolean;
  readonly absent: boolean;
  /** Bounds of a whole number, both exclusive. */
  readonly over: number;
  readonly under: number;
}

/** What the labels of a node must be, by key. */
export type Place = ReadonlyMap<string, Values>;

/** The nodes that answer at least one place; undefined for every node, or where there are too many to tell. */
export type Places = readonly Place[] | undefined;

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';
const REGION = 'topology.kubernetes.io/region';
/** Stands for the name of a node, which is no label. */
const NODE_NAME = 'metadata.name of the node';
const MOST_PLACES = 256;
/** Places, and characters, that a finding tells of. */
const MOST_TOLD = 3;
const MOST_CHARACTERS = 200;
const ANY: Values = { present: false, absent: false, over: -Infinity, under: Infinity };
const NONE: readonly never[] = [];

/** Keys that carry the same value on every node: each cloud's driver has one of its own for the zone. */
const SAME_KEYS: ReadonlyMap<string, string> = new Map([
  ['failure-domain.beta.kubernetes.io/zone', ZONE],
  ['failure-domain.beta.kubernetes.io/region', REGION],
  ...DRIVERS.flatMap(({ topologyKeys }) => topologyKeys.filter(key => key.endsWith('/zone')).map((key): [string, string] => [key, ZONE])),
]);

/** The key under which places of several drivers can be compared. */
export function placeKey(key: string): string {
  return SAME_KEYS.get(key) ?? key;
}

/** Where `nodeSelectorTerms` allow it: one of them, with all that it asks for. */
export function placesOfTerms(terms: readonly Json[] | undefined): Places {
  if (terms === undefined || terms.length > MOST_PLACES) return undefined;
  const places: Place[] = [];
  for (const { matchExpressions = NONE, matchFields = NONE } of terms) {
    // a term that asks for nothing matches nothing
    if (matchExpressions.length + matchFields.length === 0) continue;
    const fields = (matchFields as readonly Json[]).map(field => ({ ...field, key: NODE_NAME }));
    const place = placeOf([...matchExpressions, ...fields]);
    if (place) places.push(place);
  }
  return places;
}

/** Where a pod may run, by what it asks of the labels of nodes. */
export function placesOfPod(spec: Json): Places {
  const selector: Json | undefined = spec.nodeSelector;
  const terms: readonly Json[] | undefined = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const selected = selector === undefined ? undefined : placesOfLabels(selector);
  return both(selected, placesOfTerms(terms));
}

/** Where `allowedTopologies` of a class let volumes be made. */
export function placesOfTopologies(terms: readonly Json[] | undefined, isKnown: (key: string) => boolean = () => true): Places {
  if (terms === undefined || terms.length === 0 || terms.length > MOST_PLACES) return undefined;
  const places: Place[] = [];
  for (const { matchLabelExpressions = NONE } of terms) {
    const expressions = (matchLabelExpressions as readonly Json[]).filter(({ key }) => isKnown(key));
    const place = placeOf(expressions.map(({ key, values }) => ({ key, operator: 'In', values })));
    if (place) places.push(place);
  }
  return places;
}

/** Where the labels of a volume say that it is: zone and region, of several zones joined by `__`. */
export function placesOfVolumeLabels(labels: Json): Places {
  const wanted: Json[] = [];
  for (const key in labels) {
    const same = placeKey(key);
    if (same === ZONE || same === REGION) wanted.push({ key, operator: 'In', values: String(labels[key]).split('__') });
  }
  if (wanted.length === 0) return undefined;
  const place = placeOf(wanted);
  return place ? [place] : NONE;
}

/** What is in both. */
export function both(a: Places, b: Places): Places {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.length * b.length > MOST_PLACES) return undefined;
  const places: Place[] = [];
  for (const one of a) {
    for (const other of b) {
      const place = merged(one, other);
      if (place) places.push(place);
    }
  }
  return places;
}

/** What is in either. */
export function either(a: Places, b: Places): Places {
  if (a === undefined || b === undefined || a.length + b.length > MOST_PLACES) return undefined;
  return [...a, ...b];
}

/** Whether some node can be in both. */
export function meet(a: Places, b: Places): boolean {
  if (a === undefined || b === undefined) return true;
  if (a.length * b.length > MOST_PLACES) return true;
  return a.some(one => b.some(other => meets(one, other)));
}

/** Whether no node can be there. */
export function isNowhere(places: Places): boolean {
  return places !== undefined && places.length === 0;
}

/** Places for people: `topology.kubernetes.io/zone zone-a or zone-b`. */
export function placesText(places: Places): string {
  if (places === undefined) return 'any node';
  if (places.length === 0) return 'no node';
  const texts = [...new Set(places.map(place => [...place].map(([key, values]) => valuesText(key, values)).join(' and ')))];
  const text = texts.length > MOST_TOLD ? `${texts.slice(0, MOST_TOLD).join(', or ')} …` : texts.join(', or ');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}

/** The one value of a key that all places share; undefined where there are more. */
export function isOnePlace(places: Places): boolean {
  if (places === undefined || places.length !== 1) return false;
  for (const values of places[0].values()) if (values.only?.size === 1) return true;
  return false;
}

/** Every node but the one that places leave; undefined where they leave more. */
export function besidesNodeOf(places: Places): Places {
  const only = places?.length === 1 ? places[0].get(HOSTNAME)?.only : undefined;
  return only?.size === 1 ? [new Map([[HOSTNAME, { ...ANY, not: only }]])] : undefined;
}

function placesOfLabels(labels: Json): Places {
  const place = placeOf(Object.keys(labels).map(key => ({ key, operator: 'In', values: [labels[key]] })));
  return place ? place.size === 0 ? undefined : [place] : NONE;
}

function placeOf(requirements: readonly Json[]): Place | undefined {
  const place = new Map<string, Values>();
  for (const { key = '', operator, values = NONE } of requirements) {
    const wanted = valuesOf(operator, values);
    if (wanted === undefined) continue;
    const same = placeKey(key);
    const known = place.get(same);
    const all = known ? mergedValues(known, wanted) : isPossible(wanted) ? wanted : undefined;
    if (all === undefined) return undefined;
    place.set(same, all);
  }
  return place;
}

/** Undefined for an operator that there is not. */
function valuesOf(operator: unknown, values: readonly string[]): Values | undefined {
  switch (operator) {
    case 'In': return { ...ANY, present: true, only: new Set(values) };
    case 'NotIn': return { ...ANY, not: new Set(values) };
    case 'Exists': return { ...ANY, present: true };
    case 'DoesNotExist': return { ...ANY, absent: true };
    case 'Gt': return { ...ANY, present: true, over: Number(values[0]) };
    case 'Lt': return { ...ANY, present: true, under: Number(values[0]) };
    default: return undefined;
  }
}

function merged(a: Place, b: Place): Place | undefined {
  if (!meets(a, b)) return undefined;
  const place = new Map(a);
  for (const [key, values] of b) {
    const known = place.get(key);
    place.set(key, known ? mergedValues(known, values)! : values);
  }
  return place;
}

function meets(a: Place, b: Place): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const [key, values] of few) {
    const known = many.get(key);
    if (known && !mergedValues(known, values)) return false;
  }
  return true;
}

/** Undefined where no value answers both. */
function mergedValues(a: Values, b: Values): Values | undefined {
  const all: Values = {
    only: a.only && b.only ? new Set([...a.only].filter(value => b.only!.has(value))) : a.only ?? b.only,
    not: a.not && b.not ? new Set([...a.not, ...b.not]) : a.not ?? b.not,
    present: a.present || b.present,
    absent: a.absent || b.absent,
    over: Math.max(a.over, b.over),
    under: Math.min(a.under, b.under),
  };
  return isPossible(all) ? all : undefined;
}

function isPossible({ only, not, present, absent, over, under }: Values): boolean {
  if (absent) return !present;
  if (only === undefined) return under - over > 1;
  for (const value of only) if (!not?.has(value) && isBetween(value, over, under)) return true;
  return false;
}

function isBetween(value: string, over: number, under: number): boolean {
  if (over === -Infinity && under === Infinity) return true;
  const number = Number(value);
  return number > over && number < under;
}

function valuesText(key: string, { only, not, absent, over, under }: Values): string {
  if (absent) return `no ${key}`;
  if (only) return `${key} ${[...only].join(' or ')}`;
  if (not) return `${key} other than ${[...not].join(', ')}`;
  if (over !== -Infinity) return `${key} over ${over}`;
  return under === Infinity ? `a ${key}` : `${key} under ${under}`;
}
