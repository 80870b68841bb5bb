import { expect, test } from 'vitest';
import type { EngineId } from '../../lib/training/engines/engine-spec';
import type { Running } from './frameworks';

/** What holds of three workers in which Python runs the script in one process, and which share their checkpoints. */
export function testOneProcess(id: EngineId, { pods, broken }: Pick<Running, 'pods' | 'broken'>): void {
  test('starts Python with the script', () => {
    expect(pods.map(({ container }) => container.argv)).toEqual([0, 1, 2].map(() => ['python', 'train.py', '--epochs=90']));
  });

  test('lets all workers see the same checkpoints', () => {
    expect(new Set(pods.map(({ mounts }) => mounts.find(({ mountPath }) => mountPath === '/checkpoints')!.subPath))).toEqual(new Set([undefined]));
  });

  test('breaks no rule', () => {
    // the user said that it be a StatefulSet
    expect(broken.filter(rule => id !== 'statefulSet' || rule !== 'train/never-completes')).toEqual([]);
  });
}
