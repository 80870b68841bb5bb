// Trims custom resource definitions of others for imports/crds: `node .build/trim-definitions.mjs <folder of their YAML>`.
// Descriptions and versions that are not served go; so does the schema of a status that a create ignores. A schema that stands in
// several places, such as that of a pod template, is cut out into imports/parts.yaml, and `x-part` tells which one stood there.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';

const IMPORTS = new URL('../imports/', import.meta.url);
/** What is shorter stays where it is. */
const WORTH_CUTTING = 500;
/** What is longer is cut outside pod templates, too. */
const ALWAYS_CUTTING = 3000;
const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const folder = process.argv[2];
if (folder === undefined) throw new Error('which folder?');
const crds = readdirSync(folder).filter(name => name.endsWith('.yaml')).sort()
  .flatMap(name => parseAllDocuments(readFileSync(join(folder, name), 'utf8')).map(document => document.toJS()))
  .filter(crd => crd?.kind === 'CustomResourceDefinition')
  .map(trimmed);

const seen = new Map();
for (const crd of crds) for (const { schema } of crd.spec.versions) count(schema.openAPIV3Schema);
const parts = new Map();
const cut = crds.map(crd => ({
  ...crd,
  spec: {
    ...crd.spec,
    versions: crd.spec.versions.map(version => ({ ...version, schema: { openAPIV3Schema: children(version.schema.openAPIV3Schema) } })),
  },
}));
for (const [group, ofGroup] of groups(cut)) {
  writeFileSync(new URL(`crds/${group}.yaml`, IMPORTS), ofGroup.map(crd => `---\n${text(crd)}`).join(''));
}
writeFileSync(new URL('parts.yaml', IMPORTS), text(Object.fromEntries([...parts.values()].map(({ name, schema }) => [name, schema]).sort())));

function text(value) {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 130, indentSeq: false });
}

function groups(all) {
  const byGroup = new Map();
  for (const crd of all) byGroup.set(crd.spec.group, [...byGroup.get(crd.spec.group) ?? [], crd]);
  return byGroup;
}

function trimmed({ apiVersion, kind, metadata: { name }, spec: { group, names, scope, versions } }) {
  return {
    apiVersion, kind, metadata: { name },
    spec: { group, names, scope, versions: versions.filter(({ served }) => served).map(trimmedVersion) },
  };
}

function trimmedVersion({ name, schema, served, storage, subresources }) {
  const root = sorted(schema.openAPIV3Schema);
  if (subresources?.status && root.properties.status) root.properties.status = ANYTHING;
  return { name, schema: { openAPIV3Schema: root }, served, storage, ...subresources ? { subresources } : {} };
}

/** The same schema is to be the same text; and rules about updates have nothing to say about a create. */
function sorted(value, isProperties = false) {
  if (Array.isArray(value)) return value.map(one => sorted(one));
  if (typeof value !== 'object' || value === null) return value;
  const made = Object.fromEntries(Object.keys(value).sort()
    .filter(key => isProperties || (key !== 'description' && key !== 'x-kubernetes-validations'))
    .map(key => [key, sorted(value[key], key === 'properties' && !isProperties)]));
  const rules = isProperties ? [] : (value['x-kubernetes-validations'] ?? []).filter(({ rule }) => !rule.includes('oldSelf'));
  return rules.length > 0 ? { ...made, 'x-kubernetes-validations': rules } : made;
}

/** The schemas below a schema. */
function below(schema) {
  const { properties = {}, items, additionalProperties } = schema;
  return [...Object.values(properties), ...[items, additionalProperties].filter(one => typeof one === 'object')];
}

/** What stands in a part that was counted is not counted again. */
function count(schema) {
  const key = JSON.stringify(schema);
  seen.set(key, (seen.get(key) ?? 0) + 1);
  if (seen.get(key) === 1) below(schema).forEach(count);
}

function isPodTemplate({ properties }) {
  return properties?.metadata !== undefined && properties.spec?.properties?.containers !== undefined;
}

/** Fields of the kind itself stay, so that a class can be made of them. */
function cutOut(schema, name, isInPart) {
  const key = JSON.stringify(schema);
  const isLong = schema.properties !== undefined && key.length >= WORTH_CUTTING;
  if (!isLong || !(isPodTemplate(schema) || ((isInPart || key.length >= ALWAYS_CUTTING) && seen.get(key) > 1))) return children(schema, name, isInPart);
  if (!parts.has(key)) {
    const part = { name: '', schema: undefined };
    parts.set(key, part);
    part.schema = children(schema, name, true);
    part.name = freeName(name);
  }
  return { ...ANYTHING, 'x-part': parts.get(key).name };
}

function children(schema, name = '', isInPart = false) {
  const { properties, items, additionalProperties, ...rest } = schema;
  return {
    ...rest,
    ...properties ? { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, cutOut(one, name, isInPart)])) } : {},
    ...items ? { items: cutOut(items, name, isInPart) } : {},
    ...typeof additionalProperties === 'object' ? { additionalProperties: cutOut(additionalProperties, name, isInPart) } : additionalProperties === undefined ? {} : { additionalProperties },
  };
}

function freeName(name) {
  const taken = new Set([...parts.values()].map(part => part.name));
  for (let i = 1; ; i++) if (!taken.has(i === 1 ? name : `${name}${i}`)) return i === 1 ? name : `${name}${i}`;
}
