/** A wire object, well-typed where its kind has a schema: what the schema refuses is not in here. */
export type Json = Record<string, any>;

/** Where an object comes from. */
export interface Origin {
  /** Path of the construct that made it. */
  readonly constructPath?: string;
  /** Class of the construct. */
  readonly constructType?: string;
  /** File that it was read from. */
  readonly file?: string;
  /** Line of the file, from 1, at which `path` stands; the object's own first line for a path that is not there. */
  lineOf?(path: string): number | undefined;
}

/** One object of the bundle. */
export interface Manifest {
  readonly json: Json;
  readonly apiVersion: string;
  /** API group; '' for the core. */
  readonly group: string;
  readonly kind: string;
  /** `apps/StatefulSet`, `Pod` for the core group: what checks are registered under. */
  readonly type: string;
  /** '' where none is written. */
  readonly namespace: string;
  /** '' where none is written. */
  readonly name: string;
  /** It is outside the bundle: known by declaration, and not judged. */
  readonly external: boolean;
  readonly origin: Origin;
}

/** What `apiVersion` and `kind` say together. */
interface Kind {
  readonly group: string;
  readonly type: string;
}

const KNOWN_MAX = 1_000;
/** By `apiVersion` and `kind`, of which a bundle has few: the texts are made, and hashed, once. */
const kinds = new Map<string, Map<string, Kind>>();
let known = 0;

function kindOf(apiVersion: string, kind: string): Kind {
  let ofVersion = kinds.get(apiVersion);
  let found = ofVersion?.get(kind);
  if (found) return found;
  if (known++ >= KNOWN_MAX) {
    kinds.clear();
    ofVersion = undefined;
    known = 1;
  }
  if (!ofVersion) kinds.set(apiVersion, ofVersion = new Map());
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  ofVersion.set(kind, found = { group, type: group === '' ? kind : `${group}/${kind}` });
  return found;
}

/** Reads what identifies an object, which may be any JSON; whatever is no text is ''. */
export function manifestOf(json: any, origin: Origin = NOWHERE, external = false): Manifest {
  const apiVersion = text(json?.apiVersion);
  const kind = text(json?.kind);
  const { group, type } = kindOf(apiVersion, kind);
  const metadata = json?.metadata;
  return { json, apiVersion, group, kind, type, namespace: text(metadata?.namespace), name: text(metadata?.name), external, origin };
}

const NOWHERE: Origin = {};

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
