import { Chart, Size } from 'cdk8s';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AwsEbs, AwsEfs, DatasetSource, DistributedTrainingJob, MlApp, SharedDataset, StorageTier } from '../../lib';
import { catalogue } from '../support/catalogue';
import { manifestsIn } from '../support/manifests';
import { EVERY_PAIR } from '../support/rendezvous/catalogue';
import { CHECKPOINTS, MINIMUM, SHARED } from '../support/training';

// the warnings of the catalogue are of no interest
beforeEach(() => { vi.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterEach(() => vi.restoreAllMocks());

function yamlsOf(): string[] {
  return catalogue().map(([, chart]) => (chart.node.root as MlApp).synthYaml());
}

describe('the same app', () => {
  test('has the same bytes each time', () => {
    expect(yamlsOf()).toEqual(yamlsOf());
  });

  test('has the same bytes when it is written twice', () => {
    for (const [, chart] of catalogue()) expect(chart.toJson()).toEqual(chart.toJson());
  });
});

describe('a construct that is added', () => {
  const ADDED: Record<string, (chart: Chart) => void> = {
    'a tier': chart => { new StorageTier(chart, 'a-tier', { backend: AwsEbs.gp3() }); },
    'a dataset': chart => {
      new SharedDataset(chart, 'a-dataset', { tier: SHARED, size: Size.gibibytes(1), source: DatasetSource.http([{ url: 'https://example.com/a' }]) });
    },
    'a job of every engine': chart => {
      for (const pair of EVERY_PAIR) new DistributedTrainingJob(chart, `a ${pair.name}`, { ...MINIMUM, ...pair.props({ workers: 4, processes: 2 }) });
    },
    'a job': chart => { new DistributedTrainingJob(chart, 'a-job', { ...MINIMUM, checkpoints: CHECKPOINTS.shared() }); },
  };

  const textsOf = (before?: (chart: Chart) => void): string[] => {
    const app = new MlApp();
    const chart = new Chart(app, 'vision', { namespace: 'ml-training' });
    before?.(chart);
    const imagenet = SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: Size.tebibytes(2) });
    const tier = new StorageTier(chart, 'shared', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });
    const cifar10 = new SharedDataset(chart, 'cifar10', {
      tier, size: Size.gibibytes(1), source: DatasetSource.s3('s3://acme/cifar10', { anonymous: true }),
    });
    new DistributedTrainingJob(chart, 'resnet', {
      ...MINIMUM, datasets: [imagenet.at('/imagenet'), cifar10.at('/cifar10')], checkpoints: CHECKPOINTS.shared(),
    });
    return app.synthYaml().split('---\n');
  };

  test.each(Object.entries(ADDED))('leaves the YAML of every other object as it was: %s', (_, add) => {
    const alone = textsOf();
    const beside = textsOf(add);
    expect(beside.length).toBeGreaterThan(alone.length);
    expect(manifestsIn(alone.join('---\n'))).toHaveLength(alone.length);
    expect(beside.map(text => text.trim())).toEqual(expect.arrayContaining(alone.map(text => text.trim())));
  });
});
