import { expect, test } from 'vitest';
import { hoursOf, periodHoursOf } from '../../../lib/rules/keep/periods';
import { purposeOf } from '../../../lib/rules/values/purpose';

test.each<[unknown, number | undefined]>([
  ['720h0m0s', 720], ['30m', 0.5], ['1h30m', 1.5], ['90s', 0.025], ['0s', 0], ['30d', undefined], ['', undefined], [24, undefined],
])('%j lasts %s hours', (duration, hours) => {
  expect(hoursOf(duration)).toBe(hours);
});

test.each<[string, number | undefined]>([
  ['0 2 * * *', 24], ['0 */6 * * *', 6], ['0 2,14 * * *', 12], ['30 3 * * 0', 168], ['0 0 1 * *', 744], ['0 0 1 1 *', 8760], ['*/15 * * * *', 0.25],
  ['@daily', 24], ['@every 6h', 6], ['TZ=Europe/Berlin 0 2 * * *', 24], ['0 8-18 * * *', 24 / 11], ['often', undefined],
])('%j comes again after %s hours', (schedule, hours) => {
  expect(periodHoursOf(schedule)).toBe(hours);
});

test.each<[string, string | undefined]>([
  ['resnet-checkpoints', 'checkpoints'], ['/ckpt', 'checkpoints'], ['model-registry', 'registry'], ['/registry/models', 'registry'], ['model-artifacts', 'registry'],
  ['postgres-data', 'database'], ['imagenet-1k', 'dataset'], ['training-data', 'dataset'], ['shared-datasets-pvc', 'dataset'],
  ['data', undefined], ['models', undefined], ['scratch', undefined], ['restored', undefined], ['__proto__', undefined], ['training-metadata', undefined],
])('%j is for %s', (name, purpose) => {
  expect(purposeOf(name)).toBe(purpose);
});
