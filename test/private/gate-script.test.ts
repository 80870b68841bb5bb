import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DatasetSource, SharedDataset } from '../../lib';
import { Sandbox } from '../support/shell';
import { SHARED, train } from '../support/training';

let sandbox: Sandbox;
beforeEach(() => { sandbox = new Sandbox(); });
afterEach(() => sandbox.remove());

/** The container that waits, for a dataset at an odd path. */
function gate(): { container: any; marker: string } {
  const { manifests, pod } = train(chart => ({
    datasets: [new SharedDataset(chart, 'imagenet', {
      tier: SHARED, size: Size.gibibytes(1), source: DatasetSource.http([{ url: 'https://example.com/a' }]),
    }).at('/data/$(HOME) $$')],
  }));
  const loader = manifests.find(({ metadata }) => /-load-/.test(metadata.name as string))!;
  return { container: pod.initContainers[0], marker: loader.spec.template.spec.containers[0].args[0] as string };
}

test('a gate waits until the marker is there', async () => {
  // GIVEN a loader that ends while the gate sleeps for the third time
  const { container, marker } = gate();
  sandbox.stub('sleep', `[ "$n" -lt 3 ] || : > '${sandbox.volume}/${marker}'`);
  // WHEN
  const { status, stdout } = await sandbox.run(container, '/data/$(HOME) $$', { HOME: '/root' });
  // THEN
  expect(status).toBe(0);
  expect(sandbox.callsOf('sleep')).toEqual([['10'], ['10'], ['10']]);
  expect(stdout).toBe(`waiting for ${sandbox.volume}/${marker}\n`.repeat(3));
});

test('a gate opens at once when the marker is there', async () => {
  const { container, marker } = gate();
  sandbox.stub('sleep', 'exit 1');
  writeFileSync(join(sandbox.volume, marker), '');
  expect(await sandbox.run(container, '/data/$(HOME) $$', { HOME: '/root' })).toMatchObject({ status: 0, stdout: '' });
});
