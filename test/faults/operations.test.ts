import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { BenchmarkPattern, StorageBenchmark } from '../../lib';
import { chartIn, manifestsOf, the } from '../support/manifests';
import { DISK } from '../support/training';

describe.each(Object.values(BenchmarkPattern))('E78: a benchmark (%s)', pattern => {
  const argsFor = (gib: number): string[] => {
    const chart = chartIn();
    new StorageBenchmark(chart, 'fast', { tier: DISK, size: Size.gibibytes(gib), image: 'ghcr.io/acme/fio:3.39', pattern });
    return the('Job', manifestsOf(chart)).spec.template.spec.containers[0].args;
  };
  const numberOf = (name: string, args: string[]): number => Number(args.find(arg => arg.startsWith(`--${name}=`))!.split('=')[1]);

  test('measures the storage, not the page cache, with requests really in flight, and says one figure for all processes', () => {
    expect(argsFor(100)).toEqual(expect.arrayContaining(['--direct=1', '--ioengine=libaio', '--group_reporting', '--time_based']));
    expect(numberOf('iodepth', argsFor(100))).toBeGreaterThan(1);
  });

  test('fits on its claim, all processes together', () => {
    for (const gib of [2, 10, 160]) {
      const args = argsFor(gib);
      expect(numberOf('size', args) * numberOf('numjobs', args)).toBeLessThanOrEqual(gib * 2 ** 30 / 2);
    }
  });
});
