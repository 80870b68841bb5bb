import { describe, expect, test } from 'vitest';
import { Engine } from '../../lib';
import { lineOf, warningsOn } from '../support/findings';
import { CHECKPOINTS, train } from '../support/training';

describe('the engine of a job', () => {
  test('is an Indexed Job, and a StatefulSet where each worker has a claim', () => {
    expect(train().job.engine.name).toBe('Indexed Job');
    expect(train({ checkpoints: CHECKPOINTS.shared() }).job.engine.name).toBe('Indexed Job');
    expect(train({ checkpoints: CHECKPOINTS.perWorker() }).job.engine.name).toBe('StatefulSet');
  });

  test('is what the user says', () => {
    expect(train({ checkpoints: CHECKPOINTS.shared(), engine: Engine.statefulSet() }).workload.kind).toBe('StatefulSet');
    expect(train({ engine: Engine.indexedJob() }).workload.kind).toBe('Job');
  });
});

describe('a StatefulSet that nobody asked for', () => {
  test('leaves a warning that it has no end', () => {
    const warnings = warningsOn(train({ checkpoints: CHECKPOINTS.perWorker() }).job);
    expect(warnings.map(lineOf)).toEqual([
      'train/never-completes | engine: expected Engine.indexedJob(), Engine.jobSet(), Engine.trainJob() or Engine.pytorchJob() for a job that ends, found Engine.statefulSet(), chosen for the claims of each worker: it starts a worker that ends again, for ever | say `engine: Engine.statefulSet()` to accept it, or use CheckpointVolume.shared()',
    ]);
    expect(warnings[0]).toMatchObject({ severity: 'warning', constructPath: 'vision/train', constructType: 'DistributedTrainingJob' });
  });

  test('leaves none once the user says that it is to be one', () => {
    expect(warningsOn(train({ checkpoints: CHECKPOINTS.perWorker(), engine: Engine.statefulSet() }).job)).toEqual([]);
  });

  test('leaves none where an Indexed Job does', () => {
    expect(warningsOn(train({ checkpoints: CHECKPOINTS.shared() }).job)).toEqual([]);
  });
});
