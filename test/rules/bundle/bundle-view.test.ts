import { describe, expect, test } from 'vitest';
import { BundleView } from '../../../lib/rules/bundle/bundle-view';
import type { Claim } from '../../../lib/rules/bundle/claims';
import { manifestOf } from '../../../lib/rules/engine/manifest';
import { Subject, type Run } from '../../../lib/rules/engine/subject';

const RUN: Run = { minor: 36, assumeComplete: false, findings: [], owners: [] };

function viewOf(objects: readonly any[], external: readonly any[] = []): BundleView {
  return new BundleView(RUN, [
    ...objects.map(json => new Subject(manifestOf(json), RUN, 0)),
    ...external.map(json => new Subject(manifestOf(json, {}, true), RUN, 0)),
  ]);
}

function object(apiVersion: string, kind: string, name: string, spec: object = {}, namespace = 'ml'): any {
  return { apiVersion, kind, metadata: { name, ...namespace !== '' && { namespace } }, spec };
}

function set(name: string, templates: readonly string[], more: object = {}, podSpec: object = {}): any {
  return object('apps/v1', 'StatefulSet', name, {
    replicas: 2, template: { spec: podSpec }, volumeClaimTemplates: templates.map(one => ({ metadata: { name: one }, spec: { accessModes: ['ReadWriteOnce'] } })), ...more,
  });
}

const named = (claim: Claim | undefined) => claim && `${claim.origin} ${claim.name}`;
const mounting = (...claims: readonly string[]) => ({ volumes: claims.map(claimName => ({ name: `v-${claimName}`, persistentVolumeClaim: { claimName } })) });

describe('objects', () => {
  test('are found by type, namespace and name', () => {
    const view = viewOf([object('v1', 'Secret', 'hub'), object('v1', 'Secret', 'hub', {}, 'other'), object('storage.k8s.io/v1', 'StorageClass', 'gp3', {}, '')]);
    expect(view.find('Secret', 'ml', 'hub')?.manifest.namespace).toBe('ml');
    expect(view.find('Secret', 'third', 'hub')).toBeUndefined();
    expect(view.find('storage.k8s.io/StorageClass', '', 'gp3')?.manifest.name).toBe('gp3');
    expect(view.find('StorageClass', '', 'gp3')).toBeUndefined();
    expect(view.all('Secret')).toHaveLength(2);
    expect(view.all('ConfigMap')).toEqual([]);
  });

  test('of one name are found once, the first of them, before what is declared', () => {
    const view = viewOf([object('v1', 'Secret', 'hub', { first: true }), object('v1', 'Secret', 'hub')], [object('v1', 'Secret', 'hub', { declared: true })]);
    expect(view.find('Secret', 'ml', 'hub')?.json.spec).toEqual({ first: true });
    expect(view.all('Secret').map(({ manifest }) => manifest.external)).toEqual([false, false, true]);
  });

  test.each(['__proto__', 'constructor', 'toString'])('may have any name: %s', name => {
    const view = viewOf([object('v1', 'Secret', 'hub'), object('v1', 'Pod', 'p', mounting(name))]);
    expect(view.find(name, name, name)).toBeUndefined();
    expect(view.all(name)).toEqual([]);
    expect(view.claim(name, name)).toBeUndefined();
    expect(viewOf([object('v1', 'PersistentVolumeClaim', name)]).claim('ml', name)?.name).toBe(name);
  });
});

describe('claims of a StatefulSet', () => {
  test.each<[string, string | undefined]>([
    ['ckpt-train-0', 'template ckpt'],
    ['ckpt-train-1', 'template ckpt'],
    ['ckpt-train-2', undefined],
    ['ckpt-train-01', undefined],
    ['ckpt-train-', undefined],
    ['ckpt-train', undefined],
    ['ckpt-train-1a', undefined],
    ['ckpt-other-0', undefined],
    ['logs-train-0', undefined],
  ])('%s', (name, claim) => expect(named(viewOf([set('train', ['ckpt'])]).claim('ml', name))).toBe(claim));

  test('are counted from their first ordinal', () => {
    const view = viewOf([set('train', ['ckpt'], { ordinals: { start: 5 } })]);
    expect(['4', '5', '6', '7'].map(ordinal => named(view.claim('ml', `ckpt-train-${ordinal}`)))).toEqual([undefined, 'template ckpt', 'template ckpt', undefined]);
  });

  test('are of its namespace, and none where it has no replicas', () => {
    expect(viewOf([set('train', ['ckpt'])]).claim('other', 'ckpt-train-0')).toBeUndefined();
    expect(viewOf([set('train', ['ckpt'], { replicas: 0 })]).claim('ml', 'ckpt-train-0')).toBeUndefined();
  });

  test('there already go before the template, which is still found', () => {
    const view = viewOf([object('v1', 'PersistentVolumeClaim', 'ckpt-train-0'), set('train', ['ckpt'])]);
    expect(named(view.claim('ml', 'ckpt-train-0'))).toBe('claim ckpt-train-0');
    expect(named(view.claimTemplate('ml', 'ckpt-train-0'))).toBe('template ckpt');
    expect(view.claimTemplate('ml', 'ckpt-train-2')).toBeUndefined();
  });

  test('of several templates and names with dashes are told apart, and where two make claims of one name the first is found', () => {
    const view = viewOf([set('train', ['ckpt', 'ckpt-old']), set('old-train', ['ckpt', 'logs'])]);
    expect(view.claim('ml', 'ckpt-old-train-1')?.madeFor?.subject.manifest.name).toBe('train');
    expect(view.claim('ml', 'logs-old-train-1')?.madeFor?.subject.manifest.name).toBe('old-train');
    expect(named(view.claim('ml', 'ckpt-train-1'))).toBe('template ckpt');
  });
});

describe('who uses a claim', () => {
  test('is found by its name, in its namespace', () => {
    const view = viewOf([
      object('v1', 'PersistentVolumeClaim', 'data'), object('v1', 'Pod', 'p', mounting('data')), object('v1', 'Pod', 'q', mounting('data', 'other')),
      object('v1', 'Pod', 'r', mounting('data'), 'other'),
    ]);
    expect(view.usesOf(view.claim('ml', 'data')!).map(({ pod }) => pod.subject.manifest.name)).toEqual(['p', 'q']);
    expect(view.claimUses(view.pods[1]).map(({ claimName, path }) => `${claimName} ${path.toString()}`)).toEqual([
      'data spec.volumes[0].persistentVolumeClaim.claimName', 'other spec.volumes[1].persistentVolumeClaim.claimName',
    ]);
  });

  test('is found for a claim of a template', () => {
    const view = viewOf([set('train', ['ckpt']), object('v1', 'Pod', 'eval', mounting('ckpt-train-1'))]);
    expect(view.usesOf(view.claim('ml', 'ckpt-train-0')!).map(({ pod }) => pod.subject.manifest.name)).toEqual(['eval']);
  });

  test('is nobody for claims that are declared, and for pods that are', () => {
    const view = viewOf([], [object('v1', 'PersistentVolumeClaim', 'data'), object('v1', 'Pod', 'p', mounting('data'))]);
    expect(view.pods).toEqual([]);
    expect(view.usesOf(view.claim('ml', 'data')!)).toEqual([]);
  });
});

test('claims are told with where they come from and how many there are', () => {
  const ephemeral = { volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } }] };
  const view = viewOf([
    object('v1', 'PersistentVolumeClaim', 'data'), set('train', ['ckpt'], {}, ephemeral), object('apps/v1', 'DaemonSet', 'cache', { template: { spec: ephemeral } }),
  ]);
  expect(view.claims.map(({ origin, name, copies, path }) => `${origin} ${name} ${copies} ${path.toString()}`)).toEqual([
    'claim data 1 spec',
    'template ckpt 2 spec.volumeClaimTemplates[0].spec',
    'ephemeral scratch 2 spec.template.spec.volumes[0].ephemeral.volumeClaimTemplate.spec',
    'ephemeral scratch undefined spec.template.spec.volumes[0].ephemeral.volumeClaimTemplate.spec',
  ]);
});
