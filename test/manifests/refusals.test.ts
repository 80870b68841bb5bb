import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../support/catalogue';
import { Manifest, manifestsIn, manifestsOf } from '../support/manifests';
import { refusalsOf } from '../support/refusals';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
/** The kinds that the library emits. */
const KINDS = ['CronJob', 'DaemonSet', 'Job', 'PersistentVolume', 'PersistentVolumeClaim', 'Service', 'StatefulSet', 'StorageClass'];

/** What is wrong with the manifests of a chart. */
function problemsOf(manifests: readonly Manifest[]): Record<string, string[]> {
  return Object.fromEntries(manifests
    .map(manifest => [`${manifest.kind}/${manifest.metadata.name}`, refusalsOf(manifest)] as const)
    .filter(([, problems]) => problems.length > 0));
}

/** What an example writes, as committed. */
function manifestsOfExample(example: string): Manifest[] {
  const folder = join(EXAMPLES, example, '__snapshots__');
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => manifestsIn(readFileSync(join(folder, file), 'utf8')));
}

describe('the API server refuses none of the manifests', () => {
  test.each(catalogue())('of %s', (_, chart) => {
    const manifests = manifestsOf(chart);
    expect(manifests.length).toBeGreaterThan(0);
    expect(problemsOf(manifests)).toEqual({});
  });

  test('of every kind that the library emits', () => {
    const kinds = new Set(catalogue().flatMap(([, chart]) => manifestsOf(chart).map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(KINDS);
  });

  const examples = readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
  test.each(examples)('of the example %s', example => {
    const manifests = manifestsOfExample(example);
    expect(manifests.length).toBeGreaterThan(0);
    expect(problemsOf(manifests)).toEqual({});
  });
});
