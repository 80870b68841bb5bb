import { described } from '../private/described';
import { nearest } from '../private/nearest';
import { readExternal, SHORT_KINDS } from '../rules/read-manifests';
import { definedKinds } from '../rules/schema/definition';
import { servedKinds } from '../rules/schema/served';
import type { UsageProblem } from './usage';

const FORM_FIX = "declare it as 'Secret/ml-training/hub', or as a manifest";

/**
 * What is wrong with a declaration of what exists outside: it is no object, or its kind is none that is known without an
 * `apiVersion`. Undefined where nothing is.
 */
export function problemOfDeclared(value: unknown): Omit<UsageProblem, 'where'> | undefined {
  const manifest = readExternal(value);
  if (manifest === undefined) return { expected: 'an object with its kind and name', found: described(value), fix: FORM_FIX };
  const { apiVersion, kind } = manifest;
  if (apiVersion !== '' || knownKinds().has(kind)) return undefined;
  const near = nearest(kind, [...SHORT_KINDS]) ?? nearest(kind, [...knownKinds()]);
  const fix = near === undefined
    ? `declare it with its apiVersion: { apiVersion: …, kind: ${kind}, name: ${manifest.name} }, or in a file of manifests`
    : `did you mean ${near}?`;
  return { expected: 'a kind that is known, or its apiVersion as well', found: `the kind ${JSON.stringify(kind)}`, fix };
}

let known: ReadonlySet<string> | undefined;

function knownKinds(): ReadonlySet<string> {
  return known ??= new Set([...SHORT_KINDS, ...servedKinds(), ...definedKinds().map(key => key.slice(key.indexOf(' ') + 1))]);
}
