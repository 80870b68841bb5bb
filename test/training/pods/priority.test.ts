import { describe, expect, test } from 'vitest';
import { errorsIn } from '../../support/checker';
import { errorsOf } from '../../support/findings';
import { ENGINES, refused, train } from '../../support/training';

const KEPT = { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false', 'karpenter.sh/do-not-disrupt': 'true' };

describe('what empties nodes to save some', () => {
  test.each(ENGINES.map(engine => [engine.name, engine] as const))('leaves the pods of a %s alone', (_, engine) => {
    expect(train({ engine }).workload.spec.template.metadata.annotations).toEqual(KEPT);
  });

  test('may take them when told so', () => {
    expect(train({ disruptable: true }).workload.spec.template.metadata).not.toHaveProperty('annotations');
    expect(train({ disruptable: false }).workload.spec.template.metadata.annotations).toEqual(KEPT);
  });

  test('hears the annotations of the user first', () => {
    expect(train({ podAnnotations: { 'karpenter.sh/do-not-disrupt': '4h' } }).workload.spec.template.metadata.annotations).toEqual({
      ...KEPT, 'karpenter.sh/do-not-disrupt': '4h',
    });
  });

  test('is told by true or false', () => {
    const props: any = { disruptable: 'no' };
    expect(errorsOf(refused(props))).toEqual([
      'props/type | disruptable: expected true or false, found "no" | set `disruptable` to one of them',
    ]);
  });
});

describe('the priority of pods', () => {
  test('is that of their class', () => {
    const { pod, manifests } = train({ priorityClass: 'research' });
    expect(pod.priorityClassName).toBe('research');
    expect(errorsIn(manifests)).toEqual([]);
  });

  test('is that of the cluster otherwise', () => {
    expect(train().pod).not.toHaveProperty('priorityClassName');
  });

  test.each<[unknown, string]>([['High Priority', '"High Priority"'], ['', '""'], [1000, '1000']])('is refused as %j', (priorityClass, found) => {
    const props: any = { priorityClass };
    expect(errorsOf(refused(props))).toEqual([
      `api/name | priorityClass: expected the name of a PriorityClass: lower case letters, digits, \`-\` and \`.\`, found ${found}`
      + ' | use a name such as `research`, as `kubectl get priorityclasses` lists them',
    ]);
  });
});
