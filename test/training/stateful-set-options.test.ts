import { Chart } from 'cdk8s';
import { describe, expect, test, vi } from 'vitest';
import {
  DistributedTrainingJob, DistributedTrainingJobProps, Engine, Framework, JobScheduling, MlApp, PodManagement, StatefulSetProps,
  StatefulSetUpdate,
} from '../../lib';
import { rulesIn } from '../support/checker';
import { emit } from '../support/engines';
import { errorsOf, lineOf, warningsOn } from '../support/findings';
import { CHECKPOINTS, MINIMUM, refused } from '../support/training';

const specOf = (props: StatefulSetProps): any => emit({ engine: Engine.statefulSet(props) }).workload.spec;
const told = (props: StatefulSetProps, job: Partial<DistributedTrainingJobProps> = {}): string[] =>
  warningsOn(emit({ engine: Engine.statefulSet(props), ...job }).job).map(lineOf);

const ORDERED = { podManagement: PodManagement.ORDERED_READY };
const ROLLING = { update: StatefulSetUpdate.rolling() };

describe('a StatefulSet', () => {
  test('starts all at once and changes on delete, and keeps as many templates as the API server likes', () => {
    expect(specOf({})).toMatchObject({ podManagementPolicy: 'Parallel', updateStrategy: { type: 'OnDelete' } });
    expect(specOf({})).not.toHaveProperty('revisionHistoryLimit');
    expect(specOf({ podManagement: PodManagement.PARALLEL, update: StatefulSetUpdate.onDelete() })).toEqual(specOf({}));
  });

  test('starts one after the other where asked to', () => {
    expect(specOf(ORDERED).podManagementPolicy).toBe('OrderedReady');
  });

  test('changes one after the other where asked to, from a worker on', () => {
    expect(specOf(ROLLING).updateStrategy).toEqual({ type: 'RollingUpdate' });
    expect(specOf({ update: StatefulSetUpdate.rolling({ partition: 3 }) }).updateStrategy).toEqual({
      type: 'RollingUpdate', rollingUpdate: { partition: 3 },
    });
    expect(specOf({ update: StatefulSetUpdate.rolling({ partition: 0 }) }).updateStrategy.rollingUpdate).toEqual({ partition: 0 });
  });

  test('keeps as many templates as it is told to', () => {
    expect(specOf({ revisionHistoryLimit: 0 }).revisionHistoryLimit).toBe(0);
  });
});

describe('what an option does to workers that train together', () => {
  test('is said where they start one after the other', () => {
    expect(told(ORDERED)).toEqual([
      'train/ordered-start | engine.podManagement: expected PodManagement.PARALLEL: workers that wait for each other start together, found PodManagement.ORDERED_READY: the first waits for the last, and one that is ready only when all have met holds up all | leave `podManagement` out',
    ]);
  });

  test('is said where they change one after the other', () => {
    const line = (found: string): string =>
      `train/rolling-update | engine.update: expected StatefulSetUpdate.onDelete(): workers of one group that change together, found ${found} | leave \`update\` out, and delete the pods together after a change`;
    expect(told(ROLLING)).toEqual([line('StatefulSetUpdate.rolling(): each worker that is replaced breaks the group')]);
    expect(told({ update: StatefulSetUpdate.rolling({ partition: 3 }) })).toEqual([
      line('StatefulSetUpdate.rolling(): each worker that is replaced breaks the group, and workers of two templates train together'),
    ]);
  });

  test('is said of several roles, by the set that has most pods, and by all of them', () => {
    const servers = (parameterServers: number): Partial<DistributedTrainingJobProps> => ({
      workers: 1, framework: Framework.tensorflowParameterServer({ parameterServers }),
    });
    const ids = (props: StatefulSetProps, parameterServers: number): string[] => told(props, servers(parameterServers)).map(line => line.split(' ')[0]);
    expect(ids(ORDERED, 3)).toEqual(['train/ordered-start']);
    expect(ids(ORDERED, 1)).toEqual([]);
    expect(ids(ROLLING, 1)).toEqual(['train/rolling-update']);
    expect(errorsOf(refused({ ...servers(3), engine: Engine.statefulSet(ORDERED), scheduling: JobScheduling.volcano() }))).toEqual([
      expect.stringContaining('train/gang-order | engine.podManagement'),
    ]);
  });

  test('is nothing where there is one worker, or where all is as it should be', () => {
    expect(told({ ...ORDERED, ...ROLLING }, { workers: 1 })).toEqual([]);
    expect(told({ podManagement: PodManagement.PARALLEL, update: StatefulSetUpdate.onDelete(), revisionHistoryLimit: 2 })).toEqual([]);
  });

  test.each<[string, StatefulSetProps, string]>([
    ['an ordered start', ORDERED, 'train/ordered-start'],
    ['a rolling update', ROLLING, 'train/rolling-update'],
  ])('is said once by an app, by the job and not by the rules as well, and stops nothing: %s', (_, props, rule) => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const app = new MlApp();
    new DistributedTrainingJob(new Chart(app, 'vision', { namespace: 'ml-training' }), 'train', {
      ...MINIMUM, engine: Engine.statefulSet(props), checkpoints: CHECKPOINTS.perWorker(),
    });
    expect(app.synthYaml()).toContain('kind: StatefulSet');
    const printed = stderr.mock.calls.map(([text]) => text as string).join('');
    stderr.mockRestore();
    expect(printed).toContain(`1 warning\nvision/train (DistributedTrainingJob)\n  warning ${rule}\n`);
  });

  test('is what the rules say of manifests without their construct', () => {
    expect(rulesIn(emit({ engine: Engine.statefulSet(ORDERED), checkpoints: CHECKPOINTS.perWorker() }).manifests)).toContain('train/ordered-start');
    expect(rulesIn(emit({ engine: Engine.statefulSet(ROLLING), checkpoints: CHECKPOINTS.perWorker() }).manifests)).toContain('train/rolling-update');
  });
});

describe('a StatefulSet is refused', () => {
  test.each<[string, unknown, string]>([
    ['with an order that there is not', { podManagement: 'Ordered' },
      'props/type | engine.podManagement: expected a PodManagement, found "Ordered" | set `podManagement`, as PodManagement.PARALLEL'],
    ['with the name of an update', { update: 'RollingUpdate' },
      'props/type | engine.update: expected a StatefulSetUpdate, found "RollingUpdate" | set `update`, as StatefulSetUpdate.onDelete()'],
    ['with less than no templates', { revisionHistoryLimit: -1 },
      'train/engine-option | engine.revisionHistoryLimit: expected a whole number from 0 to 2147483647, found -1 | set `revisionHistoryLimit` within the range, or leave it out'],
    ['with a partition of half a worker', { update: StatefulSetUpdate.rolling({ partition: 1.5 }) },
      'api/rolling-update | engine.update.partition: expected a whole number from 0 to 2147483647, found 1.5 | set `partition` to the ordinal of the first worker to change, or leave it out'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused({ engine: Engine.statefulSet(props as StatefulSetProps) }))).toEqual([line]);
  });
});
