import { Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { AwsEfs, DistributedTrainingJob, Engine, MlApp, SharedDataset } from '../../lib';
import { manifestsOf } from '../support/manifests';
import { CHECKPOINTS, MINIMUM, train } from '../support/training';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const ODD = ['train', '7b', 'llama_3.1', 'ÄÖ', 'UPPER', '.hidden_', '-', 'resource', 'default', 'a'.repeat(200), `${'ß'.repeat(50)}.7`, '日本語', 'a..b'];

function nameOf(chartId: string, jobId: string, before: (chart: Chart) => void = () => undefined): string {
  const chart = new Chart(new MlApp(), chartId, { namespace: 'ml-training' });
  before(chart);
  return new DistributedTrainingJob(chart, jobId, MINIMUM).jobName;
}

describe('a name made from the path', () => {
  test('is valid, has room for suffixes and is another for each path', () => {
    const names = ODD.flatMap(chartId => ODD.map(jobId => nameOf(chartId, jobId)));
    for (const name of names) {
      expect(name).toMatch(LABEL);
      expect(name.length).toBeLessThanOrEqual(52);
    }
    expect(new Set(names).size).toBe(names.length);
  });

  test('is still readable', () => {
    expect(nameOf('vision', 'resnet')).toMatch(/^vision-resnet-[0-9a-f]{8}$/);
    expect(nameOf('vision', 'llama_3.1')).toMatch(/^vision-llama-3-1-[0-9a-f]{8}$/);
    expect(nameOf('7b', 'train')).toMatch(/^x-7b-train-[0-9a-f]{8}$/);
  });

  test('is the same when siblings are there', () => {
    const sibling = (chart: Chart): void => {
      SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: Size.tebibytes(2) });
      new DistributedTrainingJob(chart, 'another', MINIMUM);
    };
    expect(nameOf('vision', 'resnet', sibling)).toBe(nameOf('vision', 'resnet'));
  });

  test('is the same for every engine, so that the engine can change', () => {
    const of = (engine: Engine): string => new DistributedTrainingJob(new Chart(new MlApp(), 'c'), 'x'.repeat(100), { ...MINIMUM, engine }).jobName;
    expect(of(Engine.statefulSet())).toBe(of(Engine.indexedJob()));
  });
});

describe('a name of the user', () => {
  test('is taken as it is, for everything that is named after the job', () => {
    const { job, manifests, workload, worker } = train({ name: 'resnet-50', checkpoints: CHECKPOINTS.shared() });
    expect(manifests.map(({ metadata }) => metadata.name as string).sort()).toEqual(['resnet-50', 'resnet-50', 'resnet-50-checkpoints']);
    expect(workload.spec.template.metadata.labels['app.kubernetes.io/name']).toBe('resnet-50');
    expect(JSON.stringify(worker.env)).toContain('resnet-50-0.resnet-50');
    expect(job.jobName).toBe('resnet-50');
  });

  test('may be as long as the pods allow', () => {
    expect(train({ name: 'a'.repeat(52), engine: Engine.statefulSet() }).job.jobName).toHaveLength(52);
    expect(train({ name: 'a'.repeat(61), workers: 10, engine: Engine.indexedJob() }).job.jobName).toHaveLength(61);
    expect(train({ name: 'a'.repeat(60), workers: 11, engine: Engine.indexedJob() }).job.jobName).toHaveLength(60);
  });
});

test('two jobs in one chart have names, labels and claims of their own', () => {
  const chart = new Chart(new MlApp(), 'vision', { namespace: 'ml-training' });
  const jobs = ['a', 'b'].map(id => new DistributedTrainingJob(chart, id, { ...MINIMUM, checkpoints: CHECKPOINTS.perWorker() }));
  const identities = manifestsOf(chart).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(new Set(identities).size).toBe(4);
  expect(new Set(jobs.flatMap(job => job.checkpointClaims)).size).toBe(8);
  const selectors = manifestsOf(chart).filter(({ kind }) => kind === 'Service').map(({ spec }) => JSON.stringify(spec.selector));
  expect(new Set(selectors).size).toBe(2);
});
