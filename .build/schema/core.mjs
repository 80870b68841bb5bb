// The field table of Kubernetes' own kinds: from the types of cdk8s-plus, whose notes (`@schema <type>#<field>`) have the names
// that are written in manifests, and from what those types do not say (corrections.mjs).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ADDED, BYTES, INT64, KINDS, SINCE, WITH_STATUS } from './corrections.mjs';

const OLDEST = 27;
const NEWEST_TYPES = 34;
const PLAIN = { string: 's', boolean: 'b', number: 'i', Quantity: 'q', IntOrString: 'x', Date: 't', any: 'a' };
const META = { apiVersion: { type: 'string' }, kind: { type: 'string' } };

/** @returns `types`: a line for each type, `name field:code …`; `kinds`: a line for each kind, `apiVersion kind type` */
export function coreTables() {
  const types = readTypes(NEWEST_TYPES);
  const kinds = readKinds(NEWEST_TYPES);
  addCorrections(types);
  const old = readTypes(OLDEST);
  const used = new Map();
  const lines = KINDS.map(name => {
    const props = `Kube${name}Props`;
    const { apiVersion, kind } = kinds.get(name) ?? fail(`no class Kube${name}`);
    collect(props, types.get(props), { types, old, used });
    return `${apiVersion} ${kind} ${nameOf(props)}`;
  });
  return { kinds: lines.sort(), types: [...used.values()].sort() };
}

function fail(message) {
  throw new Error(`.build/schema: ${message}`);
}

function importsOf(minor, file) {
  const root = dirname(createRequire(import.meta.url).resolve(`cdk8s-plus-${minor}/package.json`));
  return readFileSync(join(root, 'lib/imports', file), 'utf8');
}

/** Types by name; their fields by the name in manifests. */
function readTypes(minor) {
  const types = new Map();
  let fields, note, map;
  for (const line of importsOf(minor, 'k8s.d.ts').split('\n')) {
    const [, type] = /^export interface (\w+) \{/.exec(line) ?? [];
    const [, schema] = /^ *\* @schema (\S+)/.exec(line) ?? [];
    const [, declared] = /^ {4}readonly \S+: (.*[;{])$/.exec(line) ?? [];
    const [, values] = /^ {8}\[key: string\]: (.*);$/.exec(line) ?? [];
    if (schema) note = schema.split('#')[1];
    else if (type) types.set(type, fields = {});
    else if (line === '}') fields = undefined;
    else if (!fields) continue;
    else if (declared === '{') map = note;
    else if (values) fields[map] = { type: `{${listed(values)}` };
    else if (declared) fields[note ?? fail(`no note of ${line}`)] = { type: listed(declared.slice(0, -1)) };
  }
  return types;
}

/** `string[]` is `[string`. */
function listed(type) {
  return type.endsWith('[]') ? `[${listed(type.slice(0, -2))}` : type;
}

/** The class `KubeCronJob` has `apiVersion` and `kind` of what it makes. */
function readKinds(minor) {
  const classes = importsOf(minor, 'k8s.js').matchAll(/static GVK = \{\s*apiVersion: '(.*)',\s*kind: '(.*)',\s*\};[^]*?toJson_Kube(\w+)Props\(/g);
  return new Map([...classes].map(([, apiVersion, kind, name]) => [name, { apiVersion, kind }]));
}

function addCorrections(types) {
  for (const name of KINDS) {
    const props = `Kube${name}Props`;
    const fields = types.get(props) ?? fail(`no type ${props}`);
    types.set(props, { ...META, ...fields, ...WITH_STATUS.includes(name) ? { status: { type: 'object' } } : {} });
  }
  for (const [name, fields] of Object.entries(ADDED)) types.set(name, { ...types.get(name), ...fields });
  const retype = (path, change) => {
    const [name, field] = path.split('.');
    const found = types.get(name)?.[field] ?? fail(`no field ${path}`);
    types.set(name, { ...types.get(name), [field]: { ...found, ...change(found) } });
  };
  for (const path of INT64) retype(path, ({ type }) => ({ type: type.replace('number', 'int64') }));
  for (const path of BYTES) retype(path, ({ type }) => ({ type: type.replace('string', 'bytes') }));
  for (const [path, since] of Object.entries(SINCE)) retype(path, () => ({ since }));
}

/** A field that 1.27 did not know says since when it is known, unless its type is as new. */
function checkSince(name, fields, old) {
  for (const [field, { since, until }] of Object.entries(fields)) {
    const isNew = old.has(name) && !(field in old.get(name)) && !(field in META) && field !== 'status';
    if (isNew && !since && !until) fail(`since when is ${name}.${field} known?`);
  }
}

/** The line of a type, and of those it is made of. */
function collect(name, fields, all) {
  const { old, used } = all;
  if (used.has(name)) return;
  checkSince(name, fields, old);
  used.set(name, '');
  const codes = Object.keys(fields).sort().map(field => {
    const { type, since, until } = fields[field];
    return `${field}:${codeOf(type, `${name}.${field}`, all)}${since ? `>${since}` : ''}${until ? `<${until}` : ''}`;
  });
  used.set(name, [nameOf(name), ...codes].join(' '));
}

function codeOf(type, where, all) {
  if (type[0] === '[' || type[0] === '{') return type[0] + codeOf(type.slice(1), where, all);
  if (type === 'int64') return 'l';
  if (type === 'bytes') return 'y';
  if (type === 'object') return 'o';
  if (PLAIN[type]) return PLAIN[type];
  collect(type, all.types.get(type) ?? fail(`no type ${type} of ${where}`), all);
  return nameOf(type);
}

function nameOf(type) {
  return type.replace(/^Kube(\w+)Props$/, '$1Object');
}
