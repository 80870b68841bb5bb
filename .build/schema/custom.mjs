// The table of custom kinds: the schemas of imports/crds, each schema that is not plain in one line however often it is used.
import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments, parse } from 'yaml';

const IMPORTS = new URL('../../imports/', import.meta.url);
const FORMATS = ['int32', 'int64', 'date-time', 'byte'];
/** What a schema may hold: anything else would go unchecked. */
const KNOWN = new Set([
  'type', 'format', 'nullable', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'pattern', 'default',
  'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'anyOf',
  'x-kubernetes-int-or-string', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-map-type',
  'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-validations', 'x-part',
]);
const BOUNDS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];

/** @returns `kinds`: `apiVersion kind line` each; `schemas`: a line of JSON each */
export function customTables() {
  const parts = parse(readFileSync(new URL('parts.yaml', IMPORTS), 'utf8'));
  const lines = new Map();
  const kinds = readdirSync(new URL('crds', IMPORTS)).sort()
    .flatMap(file => parseAllDocuments(readFileSync(new URL(`crds/${file}`, IMPORTS), 'utf8')).map(document => document.toJS()))
    .flatMap(({ spec: { group, names, versions } }) => versions.filter(({ served }) => served).map(({ name, schema, subresources }) => {
      const { apiVersion, kind, metadata, ...properties } = schema.openAPIV3Schema.properties;
      // the scale of an object is no negative number, whatever its schema says
      const scaled = withMinimum(properties, subresources?.scale?.specReplicasPath.split('.').slice(1) ?? []);
      const root = { ...schema.openAPIV3Schema, properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, ...scaled } };
      return `${group}/${name} ${names.kind} ${refOf(root, { parts, lines })}`;
    }));
  return { kinds, schemas: [...lines.keys()] };
}

function withMinimum(properties, [first, ...rest]) {
  const schema = properties[first];
  if (schema === undefined) return properties;
  const bounded = rest.length === 0
    ? { minimum: 0, ...schema }
    : { ...schema, ...schema.properties ? { properties: withMinimum(schema.properties, rest) } : {} };
  return { ...properties, [first]: bounded };
}

/** A letter for a plain type, the number of its line for any other. */
function refOf(schema, all) {
  const part = schema['x-part'];
  if (part !== undefined) return refOf(all.parts[part], all);
  const line = JSON.stringify(lineOf(schema, all));
  const plain = /^\{"t":"(\w)"\}$/.exec(line)?.[1];
  if (plain) return plain;
  if (!all.lines.has(line)) all.lines.set(line, all.lines.size);
  return all.lines.get(line);
}

function lineOf(schema, all) {
  for (const key of Object.keys(schema)) if (!KNOWN.has(key)) throw new Error(`.build/schema: nothing checks ${key}`);
  if (schema.format !== undefined && !FORMATS.includes(schema.format)) throw new Error(`.build/schema: nothing checks the format ${schema.format}`);
  const { properties, additionalProperties, items } = schema;
  const keys = schema['x-kubernetes-list-type'] === 'map' ? schema['x-kubernetes-list-map-keys'] : [];
  return {
    t: typeOf(schema),
    ...properties ? { p: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, refOf(one, all)])) } : {},
    ...additionalProperties ? { ap: refOf(additionalProperties, all) } : {},
    ...items ? { i: refOf(items, all) } : {},
    ...schema.required ? { r: schema.required } : {},
    ...schema.enum ? { e: schema.enum } : {},
    ...schema.pattern ? { m: schema.pattern } : {},
    ...Object.fromEntries(BOUNDS.filter(bound => schema[bound] !== undefined).map(bound => [bound, schema[bound]])),
    ...schema.default !== undefined ? { d: schema.default } : {},
    ...schema.nullable ? { z: 1 } : {},
    ...keys.length > 0 ? { k: keys } : {},
    ...schema['x-kubernetes-list-type'] === 'set' ? { k: [] } : {},
    ...schema['x-kubernetes-preserve-unknown-fields'] ? { u: 1 } : {},
    ...schema['x-kubernetes-validations'] ? { v: schema['x-kubernetes-validations'].map(({ rule }) => rule) } : {},
  };
}

/** Letters of the table. */
function typeOf(schema) {
  if (schema['x-kubernetes-int-or-string']) return 'x';
  switch (schema.type) {
    case 'string': return schema.format === 'date-time' ? 't' : schema.format === 'byte' ? 'y' : 's';
    case 'boolean': return 'b';
    case 'integer': return schema.format === 'int32' ? 'i' : schema.format === 'int64' ? 'l' : 'n';
    case 'number': return 'f';
    case 'array': return 'a';
    case 'object': return 'o';
    default: return '*';
  }
}
