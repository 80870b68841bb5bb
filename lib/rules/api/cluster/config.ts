import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { CONFIG_KEY, isConfigKey } from '../../values/env-names';
import { quoted } from '../../values/quote';

export const CONFIG_DATA = errorRule({
  id: 'api/config-data',
  title: 'Keys of a ConfigMap or Secret can be names of files, stand in it once, and its values are at most 1 MiB',
  why: 'Keys become files where the object is mounted, and every node that uses the object holds all of it. The API server refuses other keys, '
    + 'a key in both `data` and `binaryData`, and more than 1,048,576 bytes of values.',
  fix: 'use letters, digits, -, _ and ., such as `train.yaml`; keep what is large in a volume or in an image',
  link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object',
});

export const SECRET_TYPE = errorRule({
  id: 'api/secret-type',
  title: 'A Secret holds the keys that its type promises',
  why: 'Who reads a Secret of a type relies on its keys. The API server refuses one without them, registry credentials that are no JSON, and '
    + 'a token that names no service account.',
  fix: 'add the keys of the type, or leave `type` out for a Secret of any keys',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
});

const ROOT = Path.ROOT;
const EMPTY: Json = {};
const SIZE_MAX = 1024 * 1024;
/** Most bytes that a character of a JavaScript string takes. */
const BYTES_MAX = 3;

const TOKEN = 'kubernetes.io/service-account-token';
const ACCOUNT_ANNOTATION = 'kubernetes.io/service-account.name';
/** Keys that must be there by type. */
const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']], ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']], ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
]);
const BASIC_AUTH = 'kubernetes.io/basic-auth';
const BASIC_AUTH_KEYS = ['username', 'password'];
const SSH_AUTH = 'kubernetes.io/ssh-auth';
const REGISTRY_TYPES: ReadonlySet<string> = new Set(['kubernetes.io/dockercfg', 'kubernetes.io/dockerconfigjson']);

export function checkConfigMap(subject: Subject): void {
  const { data = EMPTY, binaryData = EMPTY }: Json = subject.json;
  checkKeys(subject, data, 'data');
  checkKeys(subject, binaryData, 'binaryData');
  for (const key in binaryData) {
    if (Object.hasOwn(data, key)) subject.report(CONFIG_DATA, ROOT.field('data').key(key), { expected: 'a key that binaryData does not have', found: quoted(key) });
  }
  const texts = mayBeLarge(data) || mayBeLarge(binaryData) ? textBytes(data) + base64Bytes(binaryData) : 0;
  if (texts > SIZE_MAX) reportSize(subject, ROOT.key(''), texts);
}

/** `stringData` goes over `data`. */
export function checkSecret(subject: Subject): void {
  const { data = EMPTY, stringData = EMPTY, type, metadata }: Json = subject.json;
  checkKeys(subject, data, 'data');
  checkKeys(subject, stringData, 'data');
  if (mayBeLarge(data) || mayBeLarge(stringData)) {
    const bytes = textBytes(stringData) + base64Bytes(data, stringData);
    if (bytes > SIZE_MAX) reportSize(subject, ROOT.field('data'), bytes);
  }
  if (type === TOKEN) checkToken(subject, metadata?.annotations);
  else if (type) checkType(subject, type, data, stringData);
}

function checkKeys(subject: Subject, data: Json, field: string): void {
  for (const key in data) {
    if (!isConfigKey(key)) subject.report(CONFIG_DATA, ROOT.field(field).key(key), { expected: CONFIG_KEY, found: quoted(key) });
  }
}

function checkToken(subject: Subject, annotations: Json = EMPTY): void {
  if (annotations[ACCOUNT_ANNOTATION]) return;
  subject.report(SECRET_TYPE, ROOT.fields('metadata', 'annotations').key(ACCOUNT_ANNOTATION), { expected: 'the name of a service account', found: 'none' });
}

function checkType(subject: Subject, type: string, data: Json, stringData: Json): void {
  const has = (key: string): boolean => Object.hasOwn(data, key) || Object.hasOwn(stringData, key);
  const missing = (REQUIRED.get(type) ?? []).filter(key => !has(key));
  if (type === BASIC_AUTH && !BASIC_AUTH_KEYS.some(has)) missing.push(...BASIC_AUTH_KEYS);
  if (type === SSH_AUTH && missing.length === 0 && (stringData['ssh-privatekey'] ?? data['ssh-privatekey']) === '') missing.push('ssh-privatekey');
  for (const key of missing) subject.report(SECRET_TYPE, ROOT.field('data').key(key), { expected: `the key ${key} in a Secret of the type ${type}`, found: 'none' });
  if (!REGISTRY_TYPES.has(type) || missing.length > 0) return;
  const [key] = REQUIRED.get(type)!;
  const text: string = Object.hasOwn(stringData, key) ? stringData[key] : Buffer.from(data[key] as string, 'base64').toString();
  if (!isJsonObject(text)) subject.report(SECRET_TYPE, ROOT.field('data').key(key), { expected: 'credentials of registries in JSON', found: 'what is no JSON object' });
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Cheap: most objects are far from the limit. */
function mayBeLarge(data: Json): boolean {
  let length = 0;
  for (const key in data) length += data[key].length;
  return length * BYTES_MAX > SIZE_MAX / 2;
}

function textBytes(data: Json): number {
  let bytes = 0;
  for (const key in data) bytes += Buffer.byteLength(data[key] as string);
  return bytes;
}

/** Of the keys that `over` does not hold too. */
function base64Bytes(data: Json, over: Json = EMPTY): number {
  let bytes = 0;
  for (const key in data) if (!Object.hasOwn(over, key)) bytes += Buffer.byteLength(data[key] as string, 'base64');
  return bytes;
}

function reportSize(subject: Subject, path: Path, bytes: number): void {
  subject.report(CONFIG_DATA, path, { expected: `at most ${SIZE_MAX} bytes`, found: `${bytes} bytes` });
}
