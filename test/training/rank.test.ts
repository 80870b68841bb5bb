import { describe, expect, test } from 'vitest';
import { AwsEfs, DistributedTrainingJobProps, Engine, Framework, KubernetesVersion, SharedDataset } from '../../lib';
import { Duration, Size } from 'cdk8s';
import { lineOf, warningsOn } from '../support/findings';
import { errorsOf } from '../support/findings';
import { envOf } from '../support/manifests';
import { CHECKPOINTS, ENGINES, GPUS, train } from '../support/training';

const { V1_27, V1_28, V1_36 } = KubernetesVersion;
const LABEL = { 'StatefulSet': "metadata.labels['apps.kubernetes.io/pod-index']", 'Indexed Job': "metadata.labels['batch.kubernetes.io/job-completion-index']" };
const TARGETS = Object.values(KubernetesVersion);
const EVERYWHERE = TARGETS.flatMap(target => ENGINES.map(engine => [target, engine.name, engine] as const));

describe('a worker learns its rank', () => {
  test.each([V1_28, V1_36])('from a label of its pod from 1.28 on (%s)', target => {
    for (const engine of ENGINES) {
      const { worker } = train({ engine }, { target });
      expect(worker.env[0]).toEqual({
        name: 'PET_NODE_RANK', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: LABEL[engine.name as keyof typeof LABEL] } },
      });
      expect(worker.command).toEqual(['torchrun']);
    }
  });

  test('from an annotation in an Indexed Job of 1.27', () => {
    const { worker } = train({ engine: Engine.indexedJob() }, { target: V1_27 });
    expect(worker.env[0]).toEqual({
      name: 'PET_NODE_RANK',
      valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" } },
    });
    expect(worker.command).toEqual(['torchrun']);
  });

  test('from its hostname in a StatefulSet of 1.27, which has no such label', () => {
    const { worker } = train({ engine: Engine.statefulSet() }, { target: V1_27 });
    expect(worker.command).toEqual(['/bin/sh', '-c', 'export PET_NODE_RANK="${HOSTNAME##*-}"; exec "$@"', 'sh', 'torchrun']);
    expect(worker.args).toEqual(['train.py', '--epochs=90']);
    expect(envOf(worker)).not.toHaveProperty('PET_NODE_RANK');
  });

  test.each(EVERYWHERE)('before any variable that may refer to it (%s, %s)', (target, name, engine) => {
    const hidden = target === V1_27 && name === 'StatefulSet';
    const { worker } = train({ engine, env: { RUN: hidden ? 'run' : 'run-$(PET_NODE_RANK)' } }, { target });
    const names = (worker.env as { name: string }[]).map(variable => variable.name);
    expect(names[0]).toBe(target === V1_27 && name === 'StatefulSet' ? 'PET_NNODES' : 'PET_NODE_RANK');
    expect(names[names.length - 1]).toBe('RUN');
  });
});

describe('torchrun is told', () => {
  const petOf = (props: Partial<DistributedTrainingJobProps>): Record<string, unknown> => envOf(train(props).worker);

  test('how many workers and processes there are, and where they meet', () => {
    expect(petOf({ workers: 3, accelerator: GPUS })).toMatchObject({
      PET_NNODES: '3', PET_NPROC_PER_NODE: '8', PET_MASTER_ADDR: 'train-0.train', PET_MASTER_PORT: '29500', PET_MAX_RESTARTS: '0',
    });
  });

  test('to start one process without accelerators', () => {
    expect(petOf({})).toHaveProperty('PET_NPROC_PER_NODE', '1');
  });

  test('what the user says instead', () => {
    const framework = Framework.pytorch({ processesPerWorker: 4, port: 12345, maxRestarts: 5 });
    expect(petOf({ accelerator: GPUS, framework })).toMatchObject({
      PET_NPROC_PER_NODE: '4', PET_MASTER_PORT: '12345', PET_MAX_RESTARTS: '5',
    });
  });

  test('to start nothing again in place unless it is asked to, with a warning', () => {
    const warned = (maxRestarts?: number): string[] => warningsOn(train({ framework: Framework.pytorch({ maxRestarts }) }).job).map(lineOf);
    expect(warned(2)).toEqual([
      'train/restart-in-place | framework.maxRestarts: expected 0: processes that start again in place may dial those that are gone, and wait for them, found 2 | leave `maxRestarts` out, and let the engine start workers again, or use Framework.pytorchElastic()',
    ]);
    expect([warned(), warned(0)]).toEqual([[], []]);
  });

  test('to leave its processes the grace period but 10 s', () => {
    expect(petOf({})).toHaveProperty('PET_SHUTDOWN_TIMEOUT', '110');
    expect(petOf({ terminationGracePeriod: Duration.minutes(10) })).toHaveProperty('PET_SHUTDOWN_TIMEOUT', '590');
    expect(petOf({ terminationGracePeriod: Duration.seconds(5) })).toHaveProperty('PET_SHUTDOWN_TIMEOUT', '1');
  });

  test('the script and its arguments as they are', () => {
    const command = ['-m', 'train', '--note=a b', '--glob=*', '--home=$HOME', "--quote='"];
    expect(train({ command }).worker.args).toEqual(command);
  });

  test.each(EVERYWHERE)('nothing by the names that it ignores (%s, %s)', (target, _, engine) => {
    const { manifests } = train(chart => ({
      engine,
      accelerator: GPUS,
      checkpoints: CHECKPOINTS.shared(),
      datasets: [SharedDataset.onFileSystem(chart, 'imagenet', {
        fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: Size.gibibytes(1),
      }).at('/data')],
    }), { target });
    expect(JSON.stringify(manifests)).not.toMatch(/"(RANK|WORLD_SIZE|LOCAL_RANK|MASTER_ADDR|MASTER_PORT)"/);
  });
});

describe('a reference to the rank', () => {
  test('is refused where no kubelet can put it in, in a StatefulSet of 1.27', () => {
    const props = { engine: Engine.statefulSet(), command: ['train.py', '--rank=$(PET_NODE_RANK)'], env: { RUN: 'run-$(PET_NODE_RANK)', PLAIN: '$$(date)' } };
    expect(errorsOf(() => train(props, { target: V1_27 }))).toEqual([
      'silent/env-reference | command[1]: expected no $(PET_NODE_RANK): before Kubernetes 1.28 a shell finds it out when the pod has started, found "--rank=$(PET_NODE_RANK)" | read PET_NODE_RANK in the script, or raise the `target` of the app to 1.28',
      'silent/env-reference | env.RUN: expected no $(PET_NODE_RANK): before Kubernetes 1.28 a shell finds it out when the pod has started, found "run-$(PET_NODE_RANK)" | read PET_NODE_RANK in the script, or raise the `target` of the app to 1.28',
    ]);
    expect(() => train(props, { target: V1_28 })).not.toThrow();
  });
});
