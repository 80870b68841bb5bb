import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../../lib';
import { scheduleProblem } from '../../../../lib/rules/values/cron';
import { isTimeZone } from '../../../../lib/rules/values/time-zone';
import { findingsIn, linesOf, rulesIn } from '../../../support/checker';

function cronJob(spec: any, name = 'backup'): any {
  const job = { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'copy', image: 'rclone:1' }] } } };
  return { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name }, spec: { schedule: '@daily', ...spec, jobTemplate: { spec: { ...job, ...spec.job } }, job: undefined } };
}

describe('schedules', () => {
  test.each([
    '* * * * *', '0 2 * * *', '*/5 0-6 1,15 JAN-mar ?', '? ? ? ? ?', '5/10 * * * *', '0-59/2 * * * *', '0 0 1 1 0', '59 23 31 12 6', '+1 007 * * *',
    // what is empty in a list, and what follows a star, is passed over
    ', 1, ,1 * *', '*-x * * * *', '\t0  2 * * *\n', '*/9223372036854775807 * * * *',
    '@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', '@every 1h30m', '@every 1.5h', '@every .5s', '@every 0', '@every -5m', '@every 1µs',
    'CRON_TZ=UTC 0 2 * * *', 'TZ=UTC @daily',
  ])('%j is read', schedule => expect(scheduleProblem(schedule)).toBeUndefined());

  test.each([
    '', '* * * *', '* * * * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 0 *', '* * * 13 *', '* * * * 7', '5-1 * * * *', '1-2-3 * * * *',
    '*/0 * * * *', '*/-1 * * * *', '*/1/2 * * * *', '1.5 * * * *', '-1 * * * *', '* * * * monday', '* * jan * *', 'L * * * *', '*/9223372036854775808 * * * *',
    '60/2 * * * *', '@reboot', '@Daily', ' @daily', '@daily ', '@every', '@every 5', '@every 1d', '@every 2562048h', '@every 1h 5m', '\ufeff* * * * *',
  ])('%j is not', schedule => expect(scheduleProblem(schedule)).toBeTruthy());

  test('what is wrong is said by field', () => {
    expect(linesOf(findingsIn([cronJob({ schedule: '0 24 * * *' })]), 'api/schedule')).toEqual([
      'spec.schedule | values of the hour from 0 to 23, *, ranges, lists and steps of them | "0 24 * * *"',
    ]);
  });

  test('a time zone in them is refused since 1.29, and before that beside timeZone', () => {
    const spec = { schedule: 'TZ=UTC 0 2 * * *' };
    expect(rulesIn([cronJob(spec)])).toContain('api/schedule');
    expect(rulesIn([cronJob(spec)], { target: KubernetesVersion.V1_28 })).not.toContain('api/schedule');
    expect(rulesIn([cronJob({ ...spec, timeZone: 'Etc/UTC' })], { target: KubernetesVersion.V1_28 })).toContain('api/schedule');
  });
});

describe('time zones', () => {
  test.each([
    'UTC', 'Etc/UTC', 'Etc/GMT+12', 'Etc/GMT-14', 'GMT0', 'CET', 'EST5EDT', 'W-SU', 'Europe/Berlin', 'Europe/Isle_of_Man', 'Africa/Dar_es_Salaam', 'America/Port-au-Prince',
    'America/Argentina/ComodRivadavia', 'America/Knox_IN', 'Antarctica/McMurdo', 'America/North_Dakota/New_Salem', 'Asia/Kolkata', 'Asia/Calcutta', 'US/East-Indiana', 'Factory',
  ])('%s is one', name => expect(isTimeZone(name)).toBe(true));

  test.each([
    '', 'Local', 'local', 'utc', 'Utc', 'ETC/UTC', 'Etc/Utc', 'Etc/GMT+13', 'Etc/GMT+01', 'Etc/UTC.x', 'Etc/UTC-', 'CEST', 'PST', 'BST', 'EUROPE/BERLIN', 'europe/Berlin', 'Europe/berlin',
    'Europe/Bonn', 'Europe/', 'Europe', '/Europe/Berlin', 'Europe//Berlin', 'Europe/../UTC', '+01:00', 'UTC+1', 'Africa/Dar-es-Salaam', 'Africa/Dar_Es_Salaam', 'America/Knox_In',
    'SystemV/PST8', 'US/Pacific-New',
  ])('%s is none', name => expect(isTimeZone(name)).toBe(false));
});

test('names leave room for the time', () => {
  expect(rulesIn([cronJob({}, 'a'.repeat(52))])).not.toContain('api/derived-name');
  expect(rulesIn([cronJob({}, 'a'.repeat(53))])).toContain('api/derived-name');
});

test('jobs get selectors of their own, and no defaults of completions', () => {
  expect(linesOf(findingsIn([cronJob({ job: { selector: {}, manualSelector: true } })]), 'api/job-selector').map(line => line.split(' | ')[0]))
    .toEqual(['spec.jobTemplate.spec.selector', 'spec.jobTemplate.spec.manualSelector']);
  expect(rulesIn([cronJob({ job: { completionMode: 'Indexed' } })])).toContain('api/completion-mode');
});

test('counts and policies', () => {
  const found = linesOf(findingsIn([cronJob({ startingDeadlineSeconds: -1, failedJobsHistoryLimit: 0, concurrencyPolicy: '' })]));
  expect(found.filter(line => line.startsWith('spec.startingDeadlineSeconds') || line.includes('Limit') || line.includes('Policy')))
    .toEqual(['spec.startingDeadlineSeconds | a whole number from 0 | -1']);
});
