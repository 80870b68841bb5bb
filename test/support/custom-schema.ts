import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse, parseAllDocuments } from 'yaml';

type Json = Record<string, any>;

const IMPORTS = join(import.meta.dirname, '../../imports');
const CRDS = join(IMPORTS, 'crds');

/** A definition of a custom kind, as `imports/crds` has it. */
interface Definition {
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly Json[];
}

const parts = parse(readFileSync(join(IMPORTS, 'parts.yaml'), 'utf8')) as Json;
const definitions: Definition[] = readdirSync(CRDS)
  .flatMap(file => parseAllDocuments(readFileSync(join(CRDS, file), 'utf8')).map(document => (document.toJS() as Json).spec as Json))
  .map(({ group, names, versions }) => ({ group, kind: names.kind, versions }));

/** Strict schemas of custom kinds, from their definitions, by `apiVersion kind`. */
export function customSchemas(): Map<string, () => ValidateFunction> {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  return new Map(definitions.flatMap(({ group, kind, versions }) => versions.filter(({ served }) => served).map(({ name, schema }) => {
    const apiVersion = `${group}/${name}`;
    let compiled: ValidateFunction | undefined;
    return [`${apiVersion} ${kind}`, () => compiled ??= ajv.compile(rootOf(closed(schema.openAPIV3Schema), apiVersion, kind))] as const;
  })));
}

function rootOf(schema: Json, apiVersion: string, kind: string): Json {
  const metadata = {
    type: 'object', required: ['name'], additionalProperties: false,
    properties: { name: { type: 'string' }, namespace: { type: 'string' }, labels: TEXTS, annotations: TEXTS },
  };
  return {
    ...schema,
    properties: { ...schema.properties, apiVersion: { const: apiVersion }, kind: { const: kind }, metadata },
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...schema.required as string[] ?? []])],
  };
}

const TEXTS = { type: 'object', additionalProperties: { type: 'string' } };

/** The API server drops what a definition does not know without a word: here it is an error. */
function closed(schema: any): any {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema['x-part'] !== undefined) return closed(parts[schema['x-part']]);
  const copy: Json = Object.fromEntries(Object.entries(schema as Json).map(([key, value]) => [key, closed(value)]));
  if (copy.type !== 'object' || !copy.properties) return copy;
  // the server fills in what has a default before it looks
  if (Array.isArray(copy.required)) copy.required = copy.required.filter((name: string) => copy.properties[name]?.default === undefined);
  const isOpen = copy['x-kubernetes-preserve-unknown-fields'] === true || copy.additionalProperties !== undefined;
  return isOpen ? copy : { ...copy, additionalProperties: false };
}
