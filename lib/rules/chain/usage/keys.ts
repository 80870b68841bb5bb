import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import type { Lookup } from './lookup';
import { isMade } from './makers';

export const KEY_MISSING = errorRule({
  id: 'chain/key-missing',
  title: 'A key that is taken from a ConfigMap or Secret is in it',
  why: 'The API server takes the pod, and its containers never start: the kubelet finds no such key.',
  fix: 'add the key, correct it, or mark the reference as optional',
  link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmaps-and-pods',
});

const EMPTY: Json = {};
const MAPS = ['data', 'stringData', 'binaryData'] as const;

/** Reports a key that the ConfigMap or Secret `holder` does not have. */
export function checkKey(lookup: Lookup, subject: Subject, holder: Subject, key: unknown, path: Path): void {
  if (typeof key !== 'string' || key === '' || has(holder, key)) return;
  const { kind, namespace, name, external } = holder.manifest;
  // others fill it
  if (isFilledLater(holder) || isMade(lookup.view, kind, namespace, name)) return;
  const isEmpty = MAPS.every(map => holder.json[map] === undefined);
  if (external && isEmpty) return;
  const meant = lookup.similarKey(key, holder);
  const detail = {
    expected: `a key of the ${kind} ${quoted(name)}`,
    found: `${quoted(key)}, which it does not have`,
    fix: meant === undefined ? undefined : `did you mean ${quoted(meant)}?`,
  };
  if (isEmpty) subject.unresolved(KEY_MISSING, path, detail);
  else subject.report(KEY_MISSING, path, detail);
}

function has({ json }: Subject, key: string): boolean {
  return isIn(json.data, key) || isIn(json.stringData, key) || isIn(json.binaryData, key);
}

function isIn(map: unknown, key: string): boolean {
  return typeof map === 'object' && map !== null && Object.hasOwn(map, key);
}

/** The keys of a ConfigMap or Secret. */
export function keysOf({ json }: Subject): readonly string[] {
  return MAPS.flatMap(map => Object.keys(json[map] ?? EMPTY));
}

/** Tokens and bundles of certificates are put in by controllers. */
function isFilledLater({ json }: Subject): boolean {
  const labels: Json = json.metadata?.labels ?? EMPTY;
  const annotations: Json = json.metadata?.annotations ?? EMPTY;
  return json.type === 'kubernetes.io/service-account-token'
    || labels['config.openshift.io/inject-trusted-cabundle'] === 'true'
    || annotations['service.beta.openshift.io/inject-cabundle'] === 'true';
}
