import { Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DistributedTrainingJob, DistributedTrainingJobProps, Engine, Framework, KubernetesVersion } from '../../lib';
import { errorsOf, lineOf, warningsOn } from '../support/findings';
import { pairsOf, run } from '../support/frameworks';
import { testOneProcess } from '../support/one-process';
import { chartIn, manifestsOf, named, the } from '../support/manifests';
import { CHECKPOINTS, MINIMUM, refused } from '../support/training';

const framework = Framework.tensorflow();

describe.each(pairsOf(framework))('TensorFlow on %s of %s', (id, target, engine) => {
  const { pods, broken } = run({ framework, engine, workers: 3, checkpoints: CHECKPOINTS.shared() }, target);
  const configs = pods.map(({ container }) => JSON.parse(container.env.TF_CONFIG));

  test('tells each worker its own index', () => {
    expect(configs.map(({ task }) => task)).toEqual([0, 1, 2].map(index => ({ type: 'worker', index })));
  });

  test('tells all of them the same names, each of the worker in that place', () => {
    expect(Object.keys(configs[0].cluster)).toEqual(['worker']);
    expect(new Set(configs.map(({ cluster }) => JSON.stringify(cluster))).size).toBe(1);
    configs[0].cluster.worker.forEach((address: string, i: number) => {
      expect(pods[i].dnsNames.map(name => `${name}:2222`)).toContain(address);
    });
  });

  testOneProcess(id, { pods, broken });
});

describe('TF_CONFIG', () => {
  test('is one text, in which Kubernetes puts the index, from 1.28', () => {
    const { manifests } = run({ framework, engine: Engine.statefulSet(), workers: 2 });
    expect(Yaml.stringify(the('StatefulSet', manifests).spec.template.spec.containers[0].env)).toMatchInlineSnapshot(`
      "- name: TASK_INDEX
        valueFrom:
          fieldRef:
            apiVersion: v1
            fieldPath: metadata.labels['apps.kubernetes.io/pod-index']
      - name: TF_CONFIG
        value: '{"cluster":{"worker":["train-0.train:2222","train-1.train:2222"]},"task":{"type":"worker","index":$(TASK_INDEX)}}'
      "
    `);
  });

  test('is made by a shell in a StatefulSet before', () => {
    const { manifests } = run({ framework, engine: Engine.statefulSet(), workers: 2 }, KubernetesVersion.V1_27);
    const { command, args, env } = the('StatefulSet', manifests).spec.template.spec.containers[0];
    expect(env).toBeUndefined();
    expect([...command, ...args]).toMatchInlineSnapshot(`
      [
        "/bin/sh",
        "-c",
        "export TASK_INDEX="\${HOSTNAME##*-}"; export TF_CONFIG='{"cluster":{"worker":["train-0.train:2222","train-1.train:2222"]},"task":{"type":"worker","index":'"$TASK_INDEX"'}}'; exec "$@"",
        "sh",
        "python",
        "train.py",
        "--epochs=90",
      ]
    `);
  });

  test('has the port that is asked for', () => {
    const { pods } = run({ framework: Framework.tensorflow({ port: 3333 }), engine: Engine.jobSet(), workers: 2 });
    expect(JSON.parse(pods[0].container.env.TF_CONFIG).cluster.worker).toEqual(['train-worker-0-0.train:3333', 'train-worker-0-1.train:3333']);
    expect(pods[0].container.ports).toEqual([{ name: 'rendezvous', containerPort: 3333 }]);
  });

  test('stays below what Linux hands to a process', () => {
    const chart = chartIn();
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, framework, engine: Engine.statefulSet(), workers: 992, name: 'n'.repeat(52) });
    const { env } = the('StatefulSet', manifestsOf(chart)).spec.template.spec.containers[0];
    expect(named('TF_CONFIG', env).value.length).toBeLessThan(128 * 1024 - 'TF_CONFIG='.length);
  });
});

describe('TensorFlow', () => {
  test('runs on an Indexed Job where no engine is asked for', () => {
    expect(run({ framework, workers: 2 }).job.engine.name).toBe('Indexed Job');
  });

  test.each<[string, Partial<DistributedTrainingJobProps>, string]>([
    ['TF_CONFIG of the user', { framework, env: { TF_CONFIG: '{}' } },
      'train/reserved-env | env.TF_CONFIG: expected no `TF_CONFIG`: the job sets it to the addresses of all tasks and the place of each, found a value for TF_CONFIG | leave `TF_CONFIG` out'],
    ['an index of the user', { framework, env: { TASK_INDEX: '0' } },
      'train/reserved-env | env.TASK_INDEX: expected no `TASK_INDEX`: the job sets it to the index of the task, found a value for TASK_INDEX | leave `TASK_INDEX` out'],
    ['a port that is none', { framework: Framework.tensorflow({ port: 0 }) },
      'train/framework-option | framework.port: expected a whole number from 1 to 65535, found 0 | set `port` within the range, or leave it out'],
    ['more workers than one variable can name', { framework, workers: 993 },
      'train/workers | workers: expected at most 992: TF_CONFIG names every task, and Linux starts no process with a variable over 128 KiB, found 993 | use fewer workers with more devices each, or a shorter `name`'],
    ['an engine of another launcher', { framework, engine: Engine.pytorchJob() },
      'train/engine-cannot | engine: expected an engine that runs TensorFlow: Engine.statefulSet(), Engine.indexedJob(), Engine.jobSet(), Engine.leaderWorkerSet() or Engine.trainJob(), found Engine.pytorchJob() | use Engine.statefulSet(), Engine.indexedJob(), Engine.jobSet(), Engine.leaderWorkerSet() or Engine.trainJob(), or another framework'],
  ])('refuses %s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });

  test('warns of checkpoints that lie apart', () => {
    const { job } = run({ framework, engine: Engine.statefulSet(), checkpoints: CHECKPOINTS.perWorker() });
    expect(warningsOn(job).map(lineOf)).toEqual([
      'train/checkpoints-apart | checkpoints: expected one directory for all workers: the chief writes a checkpoint, and every worker reads it, found a claim for each worker | use CheckpointVolume.shared() or CheckpointVolume.existing(), without `directoryPerWorker`; or let every worker save and restore all of the model',
    ]);
    const alone = run({ framework, engine: Engine.statefulSet(), checkpoints: CHECKPOINTS.perWorker(), workers: 1 });
    expect(warningsOn(alone.job)).toEqual([]);
  });
});
