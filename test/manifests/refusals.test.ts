import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { KubernetesVersion } from '../../lib';
import { targetOf } from '../../lib/private/target';
import { catalogue, EMITTED_KINDS } from '../support/catalogue';
import { errorsIn, linesOf, rulesIn } from '../support/checker';
import { Manifest, manifestsIn, manifestsOf } from '../support/manifests';
import { refusalsOf } from '../support/refusals';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const CATALOGUE = catalogue();

/** What is wrong with the manifests of a chart. */
function problemsOf(manifests: readonly Manifest[], target?: KubernetesVersion): Record<string, string[]> {
  return Object.fromEntries(manifests
    .map(manifest => [`${manifest.kind}/${manifest.metadata.name}`, refusalsOf(manifest, target)] as const)
    .filter(([, problems]) => problems.length > 0));
}

/** What an example writes, as committed. */
function manifestsOfExample(example: string): Manifest[] {
  const folder = join(EXAMPLES, example, '__snapshots__');
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => manifestsIn(readFileSync(join(folder, file), 'utf8')));
}

describe('the rules find no error in all of them together', () => {
  test.each(CATALOGUE)('of %s', (_, chart) => {
    const errors = errorsIn(manifestsOf(chart), { target: targetOf(chart) });
    expect(linesOf(errors)).toEqual([]);
  });
});

test('the rules warn of what the catalogue asks for, and of nothing else', () => {
  const broken = new Set(CATALOGUE.flatMap(([, chart]) => rulesIn(manifestsOf(chart), { target: targetOf(chart) })));
  expect([...broken].sort()).toEqual([
    'chain/claim-without-consumer', 'chain/reclaim-policy', 'keep/host-path', 'keep/retention-delete', 'train/gpu-toleration', 'train/never-completes',
    'train/ordered-start', 'train/rolling-update',
  ]);
});

describe('the API server refuses none of the manifests', () => {
  test.each(CATALOGUE)('of %s', (_, chart) => {
    const manifests = manifestsOf(chart);
    expect(manifests.length).toBeGreaterThan(0);
    expect(problemsOf(manifests, targetOf(chart))).toEqual({});
  });

  test('of every kind that the library emits', () => {
    const kinds = new Set(CATALOGUE.flatMap(([, chart]) => manifestsOf(chart).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)));
    expect([...kinds].sort()).toEqual(EMITTED_KINDS);
  });

  const examples = readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
  test.each(examples)('of the example %s', example => {
    const manifests = manifestsOfExample(example);
    expect(manifests.length).toBeGreaterThan(0);
    expect(problemsOf(manifests)).toEqual({});
  });
});
