import { describe, expect, test } from 'vitest';
import { Outcome, Severity } from '../../../../lib';
import { findingsIn, linesOf } from '../../../support/checker';
import { claim, defaultClass, errorsOf, localClass, NAMESPACE, size, statefulSet, storageClass, volume } from './parts';

const ref = (name: string, namespace = NAMESPACE, more: object = {}) => ({ claimRef: { namespace, name, ...more } });

describe('a claim takes a volume that is made by hand', () => {
  test.each<[string, any[]]>([
    ['of its class, though there is no such class', [volume('a'), claim('data')]],
    ['of no class, where it says so', [volume('a', { storageClassName: '' }), claim('data', { storageClassName: '' })]],
    ['of no class, where there is no default', [volume('a', { storageClassName: undefined }), claim('data', { storageClassName: undefined })]],
    ['of its class by the annotation', [volume('a'), { ...claim('data', { storageClassName: undefined }), metadata: { name: 'data', namespace: NAMESPACE, annotations: { 'volume.beta.kubernetes.io/storage-class': 'static' } } }]],
    ['of exactly its size', [volume('a', { capacity: { storage: '5Gi' } }), claim('data')]],
    ['written in another unit', [volume('a', { capacity: { storage: '5368709120' } }), claim('data')]],
    ['with more modes', [volume('a', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }), claim('data')]],
    ['as a raw device', [volume('a', { volumeMode: 'Block' }), claim('data', { volumeMode: 'Block' })]],
    ['that its selector matches', [volume('a', {}, { set: 'imagenet' }), claim('data', { selector: { matchLabels: { set: 'imagenet' } } })]],
    ['that an expression of its selector matches', [volume('a', {}, { set: 'imagenet' }), claim('data', { selector: { matchExpressions: [{ key: 'set', operator: 'In', values: ['coco', 'imagenet'] }, { key: 'old', operator: 'DoesNotExist' }] } })]],
    ['that is reserved for it', [volume('a', ref('data')), claim('data')]],
    ['that is reserved for it, whatever its class', [volume('a', { storageClassName: 'other', ...ref('data') }), claim('data')]],
    ['that is reserved for it, past the default class', [defaultClass('fast'), volume('a', { storageClassName: '', ...ref('data') }), claim('data', { storageClassName: undefined })]],
    ['that is reserved for it, of two', [volume('a', ref('data')), volume('b', ref('data')), claim('data')]],
    ['that it names', [volume('a'), volume('b'), claim('data', { volumeName: 'b' })]],
    ['that it names, though its selector does not match', [volume('a'), claim('data', { volumeName: 'a', selector: { matchLabels: { no: 'such' } } })]],
    ['that it names and that is reserved for it, though it is too small', [volume('a', { capacity: { storage: '1Gi' }, ...ref('data') }), claim('data', { volumeName: 'a' })]],
    ['of the same attributes class', [volume('a', { volumeAttributesClassName: 'gold' }), claim('data', { volumeAttributesClassName: 'gold' })]],
    ['each the one that fits', [volume('large', { capacity: { storage: '100Gi' } }), volume('small'), claim('any'), claim('much', size('50Gi'))]],
    ['each the one with the modes', [volume('both', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }), volume('once'), claim('once'), claim('many', { accessModes: ['ReadWriteMany'] })]],
    ['in a namespace that only the user knows', [volume('a', ref('data', 'anywhere')), { ...claim('data'), metadata: { name: 'data' } }]],
    ['for each replica', [volume('a'), volume('b'), statefulSet('train', 2, {})]],
    ['for the replica that it is reserved for', [volume('a', ref('ckpt-train-1')), volume('b'), statefulSet('train', 2, {})]],
    ['before the driver makes one', [storageClass('static'), volume('a'), claim('data')]],
    ['or the driver makes one', [storageClass('static'), volume('a', { capacity: { storage: '1Gi' } }), claim('data')]],
  ])('%s', (_, bundle) => expect(errorsOf(...bundle)).toEqual([]));
});

describe('a claim stays Pending', () => {
  test.each<[string, string[], any[]]>([
    ['where no class and no volume is', ['chain/class-missing PersistentVolumeClaim/data'], [claim('data')]],
    ['where the volume is of another class', ['chain/class-missing PersistentVolumeClaim/data'], [volume('a', { storageClassName: 'other' }), claim('data')]],
    ['where the volume is of no class', ['chain/class-missing PersistentVolumeClaim/data'], [volume('a', { storageClassName: '' }), claim('data')]],
    ['where it wants none and the volume has one', ['chain/no-volume PersistentVolumeClaim/data'], [volume('a'), claim('data', { storageClassName: '' })]],
    ['where it names none and there is no default', ['chain/no-default-class PersistentVolumeClaim/data'], [claim('data', { storageClassName: undefined })]],
    ['where the volume is a byte too small', ['chain/no-volume PersistentVolumeClaim/data'], [volume('a', { capacity: { storage: '5368709119' } }), claim('data')]],
    ['where a mode is missing', ['chain/no-volume PersistentVolumeClaim/data'], [volume('a'), claim('data', { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] })]],
    ['where the volume is a raw device', ['chain/no-volume PersistentVolumeClaim/data'], [volume('a', { volumeMode: 'Block' }), claim('data')]],
    ['where no label answers its selector', ['chain/no-volume PersistentVolumeClaim/data'], [volume('a', {}, { set: 'coco' }), claim('data', { selector: { matchLabels: { set: 'imagenet' } } })]],
    ['where the attributes class differs', ['chain/no-volume PersistentVolumeClaim/data'], [volume('a', { volumeAttributesClassName: 'gold' }), claim('data')]],
    ['where the volume is for another claim', ['chain/no-volume PersistentVolumeClaim/data'], [volume('a', ref('other')), claim('data')]],
    ['where the volume is for a claim of another namespace', ['chain/no-volume PersistentVolumeClaim/data'], [volume('a', ref('data', 'other')), claim('data')]],
    ['where the volume that is for it is too small', ['chain/volume-mismatch PersistentVolumeClaim/data'], [volume('a', { capacity: { storage: '1Gi' }, ...ref('data') }), claim('data')]],
    ['where the volume that it names is missing', ['chain/volume-missing PersistentVolumeClaim/data'], [volume('a'), claim('data', { volumeName: 'b' })]],
    ['where the volume that it names is of another class', ['chain/volume-mismatch PersistentVolumeClaim/data'], [volume('a', { storageClassName: 'other' }), claim('data', { volumeName: 'a' })]],
    ['where the volume that it names is too small', ['chain/volume-mismatch PersistentVolumeClaim/data'], [volume('a', { capacity: { storage: '1Gi' } }), claim('data', { volumeName: 'a' })]],
    ['where the volume that it names lacks its mode', ['chain/volume-mismatch PersistentVolumeClaim/data'], [volume('a'), claim('data', { volumeName: 'a', accessModes: ['ReadWriteMany'] })]],
    ['where the volume that it names is a raw device', ['chain/volume-mismatch PersistentVolumeClaim/data'], [volume('a', { volumeMode: 'Block' }), claim('data', { volumeName: 'a' })]],
    ['where the volume that it names is for another', ['chain/volume-taken PersistentVolumeClaim/data'], [volume('a', ref('other')), claim('data', { volumeName: 'a' })]],
    ['where another names its volume first', ['chain/volume-taken PersistentVolumeClaim/second'], [volume('a'), claim('first', { volumeName: 'a' }), claim('second', { volumeName: 'a' })]],
    ['where another takes the only volume', ['chain/no-volume PersistentVolumeClaim/second'], [volume('a'), claim('first'), claim('second')]],
    ['where the default class fills itself in', ['chain/default-class-captures PersistentVolumeClaim/data'], [defaultClass('fast'), volume('a', { storageClassName: '' }), claim('data', { storageClassName: undefined, volumeName: 'a' })]],
    ['where replicas outnumber volumes', ['chain/volumes-too-few StatefulSet/train'], [volume('a'), volume('b'), statefulSet('train', 3, {})]],
    ['where no provisioner answers', ['chain/no-volume PersistentVolumeClaim/data'], [localClass('static', { volumeBindingMode: 'Immediate' }), claim('data')]],
    ['where its provisioner left Kubernetes', ['silent/in-tree-provisioner StorageClass/static', 'chain/in-tree-provisioner PersistentVolumeClaim/data'], [storageClass('static', { provisioner: 'kubernetes.io/rbd' }), claim('data')]],
  ])('%s', (_, errors, bundle) => expect(errorsOf(...bundle)).toEqual(errors));
});

describe('the default class', () => {
  const unnamed = claim('data', { storageClassName: undefined });

  test('captures a claim that a volume without a class waits for', () => {
    expect(errorsOf(defaultClass('fast'), volume('a', { storageClassName: '' }), unnamed)).toEqual(['chain/default-class-captures PersistentVolumeClaim/data']);
  });

  test.each<[string, any[]]>([
    ['the volume does not fit', [defaultClass('fast'), volume('a', { storageClassName: '', capacity: { storage: '1Gi' } })]],
    ['there is no volume', [defaultClass('fast')]],
    ['there are two of them', [defaultClass('fast'), defaultClass('faster')]],
    ['the volume is for another claim', [defaultClass('fast'), volume('a', { storageClassName: '' }), claim('other', { storageClassName: '' })]],
  ])('makes a volume where %s', (_, rest) => expect(errorsOf(...rest, unnamed)).toEqual([]));

  test('is marked by the older annotation as well, and only by "true"', () => {
    const marked = (value: string): any => storageClass('fast', { metadata: { name: 'fast', annotations: { 'storageclass.beta.kubernetes.io/is-default-class': value } } });
    expect(errorsOf(marked('true'), unnamed)).toEqual([]);
    expect(errorsOf(marked('yes'), unnamed)).toEqual(['chain/no-default-class PersistentVolumeClaim/data']);
  });
});

describe('what may exist outside', () => {
  test.each<[string, any[]]>([
    ['a class', [claim('data')]],
    ['a default class', [claim('data', { storageClassName: undefined })]],
    ['a volume of no class', [claim('data', { storageClassName: '' })]],
    ['a volume that is named', [claim('data', { volumeName: 'elsewhere' })]],
    ['a local volume', [localClass('static', { volumeBindingMode: 'Immediate' }), claim('data')]],
    ['a volume that fits better', [volume('a', { capacity: { storage: '1Gi' } }), claim('data')]],
    ['a claim that a volume is for', [volume('a', ref('data'))]],
  ])('is not known to be missing: %s', (_, bundle) => {
    const found = findingsIn(bundle).filter(({ ruleId }) => ruleId.startsWith('chain/'));
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one.outcome).toBe(Outcome.UNRESOLVED);
  });

  test.each<[string, any, any]>([
    ['a class', claim('data'), { kind: 'StorageClass', name: 'static', provisioner: 'ebs.csi.aws.com' }],
    ['a class, by its name alone', claim('data'), 'StorageClass/static'],
    ['a volume, by its name alone', claim('data', { volumeName: 'a' }), 'PersistentVolume/a'],
    ['the claim of a volume', volume('a', ref('data')), `PersistentVolumeClaim/${NAMESPACE}/data`],
  ])('is declared: %s', (_, object, external) => {
    expect(findingsIn([object], { assumeComplete: true, external: [external] }).filter(({ ruleId }) => ruleId.startsWith('chain/'))).toEqual([]);
  });
});

test('a finding tells of the volumes that come near', () => {
  const bundle = [volume('a', { capacity: { storage: '1Gi' } }), volume('b', ref('other')), claim('data')];
  expect(linesOf(findingsIn(bundle, { assumeComplete: true }), 'chain/no-volume')).toEqual([
    `spec.storageClassName | a PersistentVolume of class "static" that fits | only a (too small, with 1Gi), b (reserved for "${NAMESPACE}/other")`,
  ]);
});

test('a volume that was copied out of a cluster is still for the claim that it had there', () => {
  const found = findingsIn([volume('a', ref('data', NAMESPACE, { uid: '6c0e9f9e-4b8f-4d7e-9d52-0a4d2a1b7c11' })), claim('data')], { assumeComplete: true });
  expect(linesOf(found, 'chain/claim-ref')).toEqual([
    'spec.claimRef.uid | no uid, so that a new claim of the name is the one | "6c0e9f9e-4b8f-4d7e-9d52-0a4d2a1b7c11"',
  ]);
});

test('a volume that had another claim of the same name in its cluster is nobody\'s in a new one', () => {
  const old = volume('a', ref('data', NAMESPACE, { uid: '6c0e9f9e-4b8f-4d7e-9d52-0a4d2a1b7c11' }));
  expect(errorsOf(old, claim('data'))).toEqual(['chain/no-volume PersistentVolumeClaim/data']);
  expect(errorsOf(old, volume('b'), claim('data'))).toEqual([]);
  expect(errorsOf(old, claim('data', { volumeName: 'a' }))).toEqual(['chain/volume-taken PersistentVolumeClaim/data']);
  expect(findingsIn([old, claim('data', { volumeName: 'a' })]).filter(({ severity }) => severity === Severity.ERROR)).toEqual([]);
  const same = claim('data');
  same.metadata.uid = '6c0e9f9e-4b8f-4d7e-9d52-0a4d2a1b7c11';
  expect(errorsOf(old, same)).toEqual([]);
});

test('claims of a template that are there already take volumes of their own', () => {
  const made = claim('ckpt-train-0', { volumeName: 'a' });
  expect(errorsOf(volume('a'), volume('b'), made, statefulSet('train', 2, {}))).toEqual([]);
  expect(errorsOf(volume('a'), made, statefulSet('train', 2, {}))).toEqual(['chain/no-volume StatefulSet/train']);
});

test('the provisioner for tests of Kubernetes itself is turned off', () => {
  const bundle = [storageClass('dev', { provisioner: 'kubernetes.io/host-path' }), claim('data', { storageClassName: 'dev' })];
  expect(errorsOf(...bundle)).toEqual(['chain/in-tree-provisioner PersistentVolumeClaim/data']);
});

test('provisioners leave Kubernetes one by one', () => {
  const bundle = [storageClass('rbd', { provisioner: 'kubernetes.io/rbd' }), claim('data', { storageClassName: 'rbd' })];
  const idsFor = (target: any): string[] => findingsIn(bundle, { target }).map(({ ruleId }) => ruleId).filter(id => id === 'chain/in-tree-provisioner');
  expect(idsFor('1.30')).toEqual([]);
  expect(idsFor('1.31')).toEqual(['chain/in-tree-provisioner']);
});
