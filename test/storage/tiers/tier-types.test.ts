import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { LocalDisks, ModelRegistry, SharedDataset, StorageBenchmark, StorageClaim, StorageTier } from '../../../lib';
import { errorOf, errorsOf } from '../../support/findings';
import { chartIn } from '../../support/manifests';
import { DISK, SHARED } from '../../support/training';

/** What a construct is refused for with props as plain JavaScript may pass them. */
function linesOf(type: new (scope: any, id: string, props: any) => unknown, props: Record<string, unknown>): string[] {
  return errorsOf(() => new type(chartIn(), 'a', props));
}

const TIER = "| set `tier`, as new StorageTier(chart, 'fast', { backend: AwsEbs.gp3() })";
const SIZE = '| set `size`, as Size.gibibytes(500)';
const LOCAL: any = { node: 'gpu-1', path: '/mnt/disks/nvme0' };

describe('without checked types', () => {
  test('a tier must have a backend', () => {
    expect(linesOf(StorageTier, {})).toEqual(['props/required | backend: expected a driver and its volume type, found none | set `backend`, as AwsEbs.gp3()']);
    expect(linesOf(StorageTier, { backend: 'gp3' })).toEqual([
      'props/type | backend: expected a driver and its volume type, found "gp3" | set `backend`, as AwsEbs.gp3()',
    ]);
    expect(errorOf(() => new StorageTier(chartIn(), 'a', { name: 'A B' } as any)).findings.map(({ path }) => path)).toEqual(['backend', 'name']);
    expect(errorsOf(() => StorageTier.existing(chartIn(), 'a', { className: 'gp3' } as any))).toEqual([
      'props/required | backend: expected a driver and its volume type, found none | set `backend`, as AwsEbs.gp3()',
    ]);
  });

  test('claims must have a tier and a size', () => {
    expect(linesOf(StorageClaim, { size: '100GB' })).toEqual([
      `props/required | tier: expected a StorageTier, found none ${TIER}`, `props/type | size: expected a Size, found "100GB" ${SIZE}`,
    ]);
    expect(linesOf(ModelRegistry, { tier: {} })).toEqual([
      `props/type | tier: expected a StorageTier, found a plain object ${TIER}`, `props/required | size: expected a Size, found none ${SIZE}`,
    ]);
    expect(linesOf(StorageClaim, { tier: DISK, size: 100 })).toEqual([`props/type | size: expected a Size, found 100 ${SIZE}`]);
    expect(linesOf(LocalDisks, { tier: DISK, size: '1Ti', disks: [LOCAL] })).toEqual([`props/type | size: expected a Size, found "1Ti" ${SIZE}`]);
    expect(linesOf(LocalDisks, { tier: DISK, size: Size.gibibytes(1), disks: [{ ...LOCAL, size: '1Ti' }] })[1])
      .toBe('props/type | disks[0].size: expected a Size, found "1Ti" | set `size`, as Size.gibibytes(3500)');
  });

  test('so must datasets', () => {
    const size = '100GB';
    expect(linesOf(SharedDataset, { tier: SHARED, size })).toEqual([
      'props/type | size: expected a Size, found "100GB" | set `size`, as Size.tebibytes(2)',
    ]);
    expect(linesOf(SharedDataset, { tier: 'shared', size: Size.gibibytes(1) })).toEqual([`props/type | tier: expected a StorageTier, found "shared" ${TIER}`]);
    const dataset = new SharedDataset(chartIn(), 'a', { tier: SHARED, size: Size.gibibytes(1) });
    expect(errorsOf(() => dataset.copiedTo('/data', { sizeLimit: size } as any))).toEqual([
      'props/type | sizeLimit: expected a Size, found "100GB" | set `sizeLimit`, as Size.gibibytes(200)',
    ]);
  });

  test('and benchmarks', () => {
    expect(linesOf(StorageBenchmark, { image: 'fio:3.39', size: '1Ti', memory: '1Gi', blockSize: 4096 })).toEqual([
      `props/required | tier: expected a StorageTier, found none ${TIER}`,
      'props/type | size: expected a Size, found "1Ti" | set `size`, as Size.gibibytes(100)',
      'props/type | blockSize: expected a Size, found 4096 | set `blockSize`, as Size.mebibytes(1)',
      'props/type | memory: expected a Size, found "1Gi" | set `memory`, as Size.gibibytes(10)',
    ]);
  });
});
