import { describe, expect, test } from 'vitest';
import { Outcome } from '../../../../lib';
import { findingsIn, linesOf } from '../../../support/checker';
import { controller, object, pod } from './bundles';

const container = { containers: [{ name: 'main', image: 'ghcr.io/acme/prep:1.4.2' }] };

describe('the priority of a pod', () => {
  const RULE = 'chain/priority-value';
  const high = (fields: any = {}): any => object('scheduling.k8s.io/v1', 'PriorityClass', 'high', { value: 1000, ...fields }, { namespace: undefined });
  const of = (spec: any): any => pod('p', { ...container, ...spec });

  test.each<[string, any[], number]>([
    ['nothing said', [of({})], 0],
    ['none, which is 0', [of({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' })], 0],
    ['a number of its own', [of({ priority: 100 })], 1],
    ['a policy of its own', [of({ preemptionPolicy: 'Never' })], 1],
    ['that of the class', [high(), of({ priorityClassName: 'high', priority: 1000, preemptionPolicy: 'PreemptLowerPriority' })], 0],
    ['another than the class has', [high(), of({ priorityClassName: 'high', priority: 0 })], 1],
    ['another policy than the class has', [high({ preemptionPolicy: 'Never' }), of({ priorityClassName: 'high', preemptionPolicy: 'PreemptLowerPriority' })], 1],
    ['that of the default class', [high({ globalDefault: true }), of({ priority: 1000 })], 0],
    ['another than the default class has', [high({ globalDefault: true }), of({ priority: 0 })], 1],
    ['that of a class of the system', [of({ priorityClassName: 'system-node-critical', priority: 2_000_001_000 })], 0],
    ['another than a class of the system has', [of({ priorityClassName: 'system-node-critical', priority: 1 })], 1],
    ['a class that is not there', [of({ priorityClassName: 'none', priority: 1 })], 0],
    ['pods of a set', [high(), controller('StatefulSet', 's', {}, { ...container, priorityClassName: 'high', priority: 5 })], 1],
  ])('%s', (_, bundle, count) => {
    expect(findingsIn(bundle, { assumeComplete: true }).filter(({ ruleId }) => ruleId === RULE)).toHaveLength(count);
  });

  test('depends on a default class, which may be outside', () => {
    const [found] = findingsIn([of({ priority: 100 })]).filter(({ ruleId }) => ruleId === RULE);
    expect(found.outcome).toBe(Outcome.UNRESOLVED);
    expect(linesOf(findingsIn([of({ priority: 100 })], { external: [high({ globalDefault: true, value: 100 })] }), RULE)).toEqual([]);
    expect(linesOf(findingsIn([of({ priorityClassName: 'high', priority: 1 })], { external: ['PriorityClass/high'] }), RULE)).toEqual([]);
  });

  test('is told with where it is from', () => {
    expect(linesOf(findingsIn([high(), of({ priorityClassName: 'high', priority: 5 })]), RULE)).toEqual([
      'spec.priority | none, or 1000 as PriorityClass high has it | 5',
    ]);
  });
});

describe('the pods that one must run beside', () => {
  const RULE = 'chain/affinity-nobody';
  const beside = (term: any, app = 'q'): any => pod('q', {
    ...container,
    affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', ...term }] } },
  }, { labels: { app } });
  const cache = pod('cache', container, { labels: { app: 'cache' } });
  const app = (name: string): any => ({ labelSelector: { matchLabels: { app: name } } });
  const errors = (...bundle: any[]): string[] => linesOf(findingsIn(bundle, { assumeComplete: true }), RULE);

  test.each<[string, any, any[]]>([
    ['another', app('cache'), [cache]],
    ['those of a set', app('s'), [controller('StatefulSet', 's', {}, container)]],
    ['itself', app('q'), []],
    ['those of another namespace', { ...app('cache'), namespaces: ['other'] }, [pod('cache', container, { namespace: 'other', labels: { app: 'cache' } })]],
    ['those of namespaces with a label', { ...app('cache'), namespaceSelector: {} }, []],
    ['those of a controller', { labelSelector: { matchLabels: { 'batch.kubernetes.io/job-name': 'x' } } }, []],
    ['what an operator makes', app('cache'), [object('sparkoperator.example.com/v1', 'SparkApplication', 'x')]],
    ['nobody at all, which is another matter', {}, []],
  ])('are there: %s', (_, term, others) => expect(errors(...others, beside(term))).toEqual([]));

  test.each<[string, any, any[]]>([
    ['none has the label', app('cash'), [cache]],
    ['they are in another namespace', app('cache'), [pod('cache', container, { namespace: 'other', labels: { app: 'cache' } })]],
    ['another namespace is named, and it is itself', { ...app('q'), namespaces: ['other'] }, []],
  ])('are not there: %s', (_, term, others) => expect(errors(...others, beside(term))).toHaveLength(1));

  test('may be outside the bundle', () => {
    const found = findingsIn([beside(app('cache'))]).filter(({ ruleId }) => ruleId === RULE);
    expect(found.map(({ outcome, path }) => `${outcome} ${path}`)).toEqual([
      'unresolved spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector',
    ]);
  });
});
