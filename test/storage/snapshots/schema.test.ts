import { Size, Testing } from 'cdk8s';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { Snapshot, SnapshotClass, SnapshotSet } from '../../../lib/storage/snapshots';
import { job, world } from './parts';

const FILE = join(import.meta.dirname, '../../../imports/crds/snapshot.storage.k8s.io.yaml');
const definitions = parseAllDocuments(readFileSync(FILE, 'utf8')).map(document => document.toJS());

/** The API server drops what a definition does not know without a word: here it is an error. */
function closed(schema: any): any {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return copy.properties && copy.type === 'object' && copy.additionalProperties === undefined ? { ...copy, additionalProperties: false } : copy;
}

test('every object of a snapshot is as its definition has it, and nothing in it is unknown there', () => {
  const { chart, tier } = world();
  const snapshotClass = new SnapshotClass(chart, 'snapshots', {
    tier, isDefault: true, labels: { team: 'vision' }, parameters: { tagSpecification_1: 'team=vision' },
  });
  new SnapshotSet(chart, 'epoch-30', { claims: job(chart, 'resnet', { tier }).checkpoints, snapshotClass, quiesced: true });
  Snapshot.fromHandle(chart, 'imported', { handle: 'snap-0123456789abcdef0', tier, size: Size.gibibytes(100), labels: { version: '1' } });

  const ajv = new Ajv({ strict: false, validateFormats: false });
  const made = Testing.synth(chart).filter(({ apiVersion }) => apiVersion === 'snapshot.storage.k8s.io/v1');
  expect([...new Set(made.map(({ kind }) => kind))].sort()).toEqual(definitions.map(({ spec }) => spec.names.kind).sort());
  for (const object of made) {
    const { spec } = definitions.find(one => one.spec.names.kind === object.kind)!;
    const { schema } = spec.versions.find((version: any) => version.served);
    const valid = ajv.compile(closed(schema.openAPIV3Schema));
    expect(valid(object), `${object.kind}: ${ajv.errorsText(valid.errors)}`).toBe(true);
  }
});
