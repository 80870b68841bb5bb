import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { definedKinds, definitionOf, type Schema } from '../../../lib/rules/schema/definition';
import { fieldsOf, nodeOf, Op, type Node } from '../../../lib/rules/schema/nodes';
import { CORE_KINDS } from '../../../lib/rules/schema/tables/core';

const ROOT = join(import.meta.dirname, '../../..');
const TABLES = join(ROOT, 'lib/rules/schema/tables');

test('the tables are what the build makes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  try {
    const run = spawnSync(process.execPath, [join(ROOT, '.build/schema.mjs'), folder], { encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    const made = readdirSync(folder).sort();
    expect(made).toEqual(['core.ts', 'custom.ts']);
    for (const name of made) expect(readFileSync(join(folder, name), 'utf8') === readFileSync(join(TABLES, name), 'utf8'), name).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every type that a field of a core kind has is in the table', () => {
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.item) visit(node.item);
    if (node.op === Op.STRUCT) for (const { node: inner } of fieldsOf(node).values()) visit(inner);
  };
  for (const line of CORE_KINDS.trim().split('\n')) visit(nodeOf(line.slice(line.lastIndexOf(' ') + 1)));
  expect(seen.size).toBeGreaterThan(300);
});

test('every schema of a definition can be read, and each of its rules has a check', () => {
  const seen = new Set<Schema>();
  const visit = (schema: Schema | undefined): void => {
    if (schema === undefined || seen.has(schema)) return;
    seen.add(schema);
    schema.properties?.forEach(visit);
    visit(schema.additional);
    visit(schema.items);
  };
  for (const kind of definedKinds()) {
    const [apiVersion, name] = kind.split(' ');
    visit(definitionOf(apiVersion, name));
  }
  expect(seen.size).toBeGreaterThan(400);
  expect([...seen].flatMap(({ rules }) => rules).length).toBeGreaterThan(20);
});
