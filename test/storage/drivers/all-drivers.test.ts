import { expect, test } from 'vitest';
import type { Problem } from '../../../lib/findings/collector';
import { isDnsSubdomain } from '../../../lib/private/name-forms';
import { checkParameters } from '../../../lib/storage/drivers/custom/parameter-checks';
import { DRIVERS } from '../../../lib/storage/drivers/registry';
import { RESERVED_PARAMETERS, RESERVED_PREFIX } from '../../../lib/storage/drivers/custom/reserved-parameters';
import { FULL } from './full';

const MODES = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'];
const TABLE = DRIVERS.map(driver => [driver.provisioner, driver] as const);

test.each(FULL)('%s asks for nothing that its driver does not know', (_, backend) => {
  const problems: string[] = [];
  const note = ({ path, expected, found }: Problem) => { problems.push(`${path}: expected ${expected}, found ${found}`); };
  checkParameters(backend._driver, backend.parameters, 'parameters', { error: note, warn: note });
  backend._check({ error: note, warn: () => undefined });
  expect(problems).toEqual([]);
});

test.each(TABLE)('%s has a name, a date and a source', (provisioner, driver) => {
  expect(isDnsSubdomain(provisioner.replace('/', '.'))).toBe(true);
  expect(driver.title).not.toBe('');
  expect(driver.asOf).toMatch(/^2026-\d\d(-\d\d)?, \S/);
  expect(driver.link).toMatch(/^https:\/\/\S+$/);
});

test.each(TABLE)('%s has modes that can be', (_, { kind, filesystemModes, blockModes, conditionalModes = [], parameters }) => {
  expect([...filesystemModes, ...blockModes].filter(mode => !MODES.includes(mode))).toEqual([]);
  expect(new Set(filesystemModes).size).toBe(filesystemModes.length);
  expect(new Set(blockModes).size).toBe(blockModes.length);
  expect(filesystemModes.length + blockModes.length).toBeGreaterThan(0);
  if (kind === 'file' || kind === 'object') {
    expect(blockModes).toEqual([]);
    expect(conditionalModes.filter(({ volumeMode }) => volumeMode === 'Block')).toEqual([]);
  }
  for (const { mode, volumeMode, parameter, source, when } of conditionalModes) {
    expect(volumeMode === 'Block' ? blockModes : filesystemModes, `${mode} of ${volumeMode} needs no condition`).not.toContain(mode);
    expect(parameter !== undefined || source !== undefined).toBe(true);
    expect(when).not.toBe('');
    if (parameter) expect(parameters.map(({ name }) => name)).toContain(parameter.name);
  }
});

test.each(TABLE)('%s has a topology where its volumes lie somewhere, and waits for the pod there', (_, { kind, topologyKeys, bindingMode }) => {
  if (kind === 'local') expect(topologyKeys).not.toEqual([]);
  expect(bindingMode).toBe(topologyKeys.length > 0 ? 'WaitForFirstConsumer' : 'Immediate');
  expect(topologyKeys.filter(key => !/^[a-z0-9.-]+\/[a-z0-9-]+$/.test(key))).toEqual([]);
});

test.each(TABLE)('%s has parameters that say what they take', (_, { parameters, snapshotParameters = [] }) => {
  for (const list of [parameters, snapshotParameters]) {
    const names = list.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const { type, values, min, max } of list) {
      expect(type === 'enum').toBe(values !== undefined);
      expect(new Set(values).size).toBe(values?.length ?? 0);
      if (min !== undefined && max !== undefined) expect(min).toBeLessThanOrEqual(max);
    }
  }
  const reserved = parameters.map(({ name }) => name).filter(name => name.startsWith(RESERVED_PREFIX));
  expect(reserved.filter(name => name !== `${RESERVED_PREFIX}fstype`)).toEqual([]);
});

test.each(TABLE)('%s does not contradict itself', (_, driver) => {
  if (!driver.expansion) expect(driver.expansionNeedsSecret ?? false).toBe(false);
  if (!driver.snapshots) expect(driver.snapshotParameters ?? []).toEqual([]);
  if (!driver.cloning) expect(driver.cloneKeeps ?? []).toEqual([]);
  expect(driver.dynamicProvisioning || driver.staticProvisioning).toBe(true);
});

test('external-provisioner knows a Secret by name and namespace', () => {
  expect(RESERVED_PARAMETERS).toHaveLength(17);
  const names = RESERVED_PARAMETERS.filter(name => name.endsWith('secret-name'));
  expect(RESERVED_PARAMETERS).toEqual(expect.arrayContaining(names.map(name => `${name}space`)));
});
