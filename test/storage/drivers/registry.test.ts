import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DriverFacts } from '../../../lib/storage/drivers/driver-facts';
import { DRIVERS, driversThat } from '../../../lib/storage/drivers/registry';

const FOLDER = join(import.meta.dirname, '../../../lib/storage/drivers');

function isDriver(value: unknown): value is DriverFacts {
  return typeof value === 'object' && value !== null && 'provisioner' in value && 'sizeEnforced' in value;
}

test('every driver of the folder is in the registry, once', async () => {
  const files = (readdirSync(FOLDER, { recursive: true }) as string[]).filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const modules = await Promise.all(files.map(file => import(/* @vite-ignore */ join(FOLDER, file)) as Promise<Record<string, unknown>>));
  const found = modules.flatMap(exported => Object.values(exported)).filter(isDriver);
  const names = (drivers: readonly DriverFacts[]) => drivers.map(({ provisioner }) => provisioner).sort();
  expect(names(DRIVERS)).toEqual([...new Set(names(found))]);
});

test('drivers are named by what they can', () => {
  expect(driversThat(one => one.snapshots)).toContain('AwsEbs, ');
  expect(driversThat(one => one.snapshots)).not.toContain('AwsEfs');
});

test('what a driver is named by is there to be called', async () => {
  const lib = await import('../../../lib') as unknown as Record<string, Record<string, unknown>>;
  for (const { madeBy } of DRIVERS) {
    const [name, method] = madeBy!.replace('()', '').split('.');
    expect(lib[name], madeBy).toBeDefined();
    if (method !== undefined) expect(lib[name][method], madeBy).toBeTypeOf('function');
  }
});
