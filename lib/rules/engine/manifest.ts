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

/** Reads what identifies an object, which may be any JSON; whatever is no text is ''. */
export function manifestOf(json: any, origin: Origin = {}, external = false): Manifest {
  const apiVersion = text(json?.apiVersion);
  const kind = text(json?.kind);
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const metadata = json?.metadata;
  return {
    json, apiVersion, group, kind, origin, external,
    type: group === '' ? kind : `${group}/${kind}`,
    namespace: text(metadata?.namespace),
    name: text(metadata?.name),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
