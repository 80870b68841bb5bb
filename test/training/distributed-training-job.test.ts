import { Duration, Size, Yaml } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { AwsEfs, Engine, KubernetesVersion, SharedDataset } from '../../lib';
import { CHECKPOINTS, GPUS, train } from '../support/training';

const FULL = { accelerator: GPUS, cpu: Cpu.units(16) };

describe('the whole output of a job', () => {
  test.each([
    ['nothing but the minimum', {}],
    ['a StatefulSet without checkpoints', { ...FULL, engine: Engine.statefulSet() }],
    ['an Indexed Job without checkpoints', { ...FULL, engine: Engine.indexedJob(), deadline: Duration.days(7), ttlAfterFinished: Duration.days(1) }],
  ])('with %s', (_, props) => {
    expect(Yaml.stringify(...train(props).manifests)).toMatchSnapshot();
  });

  test('with a claim for each worker', () => {
    expect(Yaml.stringify(...train({ ...FULL, checkpoints: CHECKPOINTS.perWorker() }).manifests)).toMatchSnapshot();
  });

  test.each([['StatefulSet', Engine.statefulSet()], ['Indexed Job', Engine.indexedJob()]])('with one claim for all in a %s', (_, engine) => {
    expect(Yaml.stringify(...train({ ...FULL, engine, checkpoints: CHECKPOINTS.shared() }).manifests)).toMatchSnapshot();
  });

  test.each([['StatefulSet', Engine.statefulSet()], ['Indexed Job', Engine.indexedJob()]])('with a claim that exists in a %s', (_, engine) => {
    const { manifests } = train(chart => ({ ...FULL, engine, checkpoints: CHECKPOINTS.existing(chart) }));
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('for the oldest target in a StatefulSet', () => {
    const { manifests } = train({ checkpoints: CHECKPOINTS.perWorker() }, { target: KubernetesVersion.V1_27 });
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('for the oldest target in an Indexed Job', () => {
    const { manifests } = train({ checkpoints: CHECKPOINTS.shared() }, { target: KubernetesVersion.V1_27 });
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('with a dataset', () => {
    const { manifests } = train(chart => ({
      datasets: [SharedDataset.onFileSystem(chart, 'imagenet', {
        fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: Size.tebibytes(2),
      }).at('/data')],
    }));
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });
});

describe('a job says what it made', () => {
  test('names of the workload, the Service and worker 0', () => {
    const { job, workload, service } = train();
    expect(job.jobName).toBe('train');
    expect(workload.metadata.name).toBe('train');
    expect(job.serviceName).toBe(service.metadata.name);
    expect(job.masterAddress).toBe('train-0.train');
  });

  test('claims of the workers in their order, as a StatefulSet will name them', () => {
    const { job, workload } = train({ workers: 12, checkpoints: CHECKPOINTS.perWorker() });
    const template = workload.spec.volumeClaimTemplates[0].metadata.name as string;
    expect(job.checkpointClaims).toEqual(Array.from({ length: 12 }, (_, worker) => `${template}-${workload.metadata.name}-${worker}`));
  });

  test('the one claim that all share, and that it emits', () => {
    const { job, manifests } = train({ checkpoints: CHECKPOINTS.shared() });
    expect(job.checkpointClaims).toEqual(['train-checkpoints']);
    expect(manifests.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual(job.checkpointClaims);
  });

  test('the one claim that exists, which it does not emit', () => {
    const { job, manifests } = train(chart => ({ checkpoints: CHECKPOINTS.existing(chart) }));
    expect(job.checkpointClaims).toEqual(['team-checkpoints']);
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(['Job', 'Service']);
  });

  test('no claims without checkpoints', () => {
    expect(train().job.checkpointClaims).toEqual([]);
  });

  test('every object is in the namespace of its chart', () => {
    const { manifests } = train({ checkpoints: CHECKPOINTS.shared() }, { namespace: 'research' });
    expect(manifests.map(({ metadata }) => metadata.namespace)).toEqual(['research', 'research', 'research']);
  });

  test('the same whether or not a sibling is there', () => {
    // GIVEN
    const alone = train();
    // WHEN
    const beside = train(chart => {
      SharedDataset.onFileSystem(chart, 'another', { fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: Size.gibibytes(1) });
      return {};
    });
    // THEN
    expect(beside.manifests).toEqual(expect.arrayContaining([...alone.manifests]));
  });
});
