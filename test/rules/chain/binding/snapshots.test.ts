import { describe, expect, test } from 'vitest';
import { Outcome } from '../../../../lib';
import { findingsIn, linesOf, rulesIn } from '../../../support/checker';
import { claim, errorsOf, NAMESPACE, pod, size, statefulSet, storageClass, volume } from './parts';

const API = 'snapshot.storage.k8s.io/v1';
const fast = storageClass('fast');
const ofFast = (name: string, spec: object = {}) => claim(name, { storageClassName: 'fast', ...spec });
const restored = (name: string, spec: object = {}, storageClassName = 'fast') =>
  claim(name, { storageClassName, dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'snap' }, ...spec });
const cloned = (name: string, spec: object = {}, storageClassName = 'fast') =>
  claim(name, { storageClassName, dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'data' }, ...spec });

function snapshot(source: object, spec: object = {}, name = 'snap'): any {
  return { apiVersion: API, kind: 'VolumeSnapshot', metadata: { name, namespace: NAMESPACE }, spec: { volumeSnapshotClassName: 'ebs', source, ...spec } };
}

function snapshotClass(name = 'ebs', driver = 'ebs.csi.aws.com', isDefault = false): any {
  const annotations = isDefault ? { 'snapshot.storage.kubernetes.io/is-default-class': 'true' } : undefined;
  return { apiVersion: API, kind: 'VolumeSnapshotClass', metadata: { name, ...annotations && { annotations } }, driver, deletionPolicy: 'Retain' };
}

function content(spec: object = {}, annotations: object = {}): any {
  return {
    apiVersion: API, kind: 'VolumeSnapshotContent', metadata: { name: 'content', annotations },
    spec: {
      driver: 'ebs.csi.aws.com', deletionPolicy: 'Retain', source: { snapshotHandle: 'snap-0123456789abcdef0' },
      volumeSnapshotRef: { name: 'snap', namespace: NAMESPACE }, ...spec,
    },
  };
}

const ofData = snapshot({ persistentVolumeClaimName: 'data' });
const ofContent = snapshot({ volumeSnapshotContentName: 'content' }, { volumeSnapshotClassName: undefined });

describe('snapshots', () => {
  test.each<[string, string[], any[]]>([
    ['of a claim', [], [snapshotClass(), fast, ofFast('data'), ofData]],
    ['of a claim of a template', [], [snapshotClass(), fast, statefulSet('train', 2, { storageClassName: 'fast' }), snapshot({ persistentVolumeClaimName: 'ckpt-train-1' })]],
    ['of a replica that is not there', ['chain/snapshot-source VolumeSnapshot/snap'], [
      snapshotClass(), fast, statefulSet('train', 2, { storageClassName: 'fast' }), snapshot({ persistentVolumeClaimName: 'ckpt-train-2' }),
    ]],
    ['of a claim of another namespace', ['chain/snapshot-source VolumeSnapshot/snap'], [snapshotClass(), fast, claim('data', { storageClassName: 'fast' }, 'other'), ofData]],
    ['of a class that is missing', ['chain/snapshot-class VolumeSnapshot/snap'], [fast, ofFast('data'), ofData]],
    ['of a class of another driver', ['chain/snapshot-driver VolumeSnapshot/snap'], [snapshotClass('ebs', 'pd.csi.storage.gke.io'), fast, ofFast('data'), ofData]],
    ['of a volume made by hand, by its driver', [], [
      snapshotClass('ebs', 'x.csi.example.com'), volume('a'), claim('data'), ofData,
    ]],
    ['of a class whose provisioner goes by its older name', [], [
      snapshotClass(), storageClass('fast', { provisioner: 'kubernetes.io/aws-ebs' }), ofFast('data'), ofData,
    ]],
    ['without a class, with one default', [], [snapshotClass('ebs', 'ebs.csi.aws.com', true), snapshotClass('pd', 'pd.csi.storage.gke.io', true), fast, ofFast('data'), { ...ofData, spec: { source: ofData.spec.source } }]],
    ['without a class, without a default', ['chain/snapshot-default VolumeSnapshot/snap'], [snapshotClass(), fast, ofFast('data'), { ...ofData, spec: { source: ofData.spec.source } }]],
    ['without a class, with two defaults', ['chain/snapshot-default VolumeSnapshot/snap'], [
      snapshotClass('ebs', 'ebs.csi.aws.com', true), snapshotClass('two', 'ebs.csi.aws.com', true), fast, ofFast('data'), { ...ofData, spec: { source: ofData.spec.source } },
    ]],
    ['of a content', [], [content(), ofContent]],
    ['of a content that is missing', ['chain/snapshot-content VolumeSnapshot/snap'], [ofContent]],
    ['of a content that is for another', ['chain/snapshot-content VolumeSnapshot/snap'], [content({ volumeSnapshotRef: { name: 'other', namespace: NAMESPACE } }), ofContent]],
    ['of a content of a volume', ['chain/snapshot-content VolumeSnapshotContent/content'], [content({ source: { volumeHandle: 'vol-1' } }), ofContent]],
  ])('%s', (_, errors, bundle) => expect(errorsOf(...bundle).filter(one => one.startsWith('chain/'))).toEqual(errors));

  test('of a driver that makes none', () => {
    const efs = storageClass('fast', { provisioner: 'efs.csi.aws.com' });
    expect(linesOf(findingsIn([efs, ofFast('data', { accessModes: ['ReadWriteMany'] }), ofData]), 'chain/snapshot-unsupported')).toEqual([
      'spec.source.persistentVolumeClaimName | a claim of a driver that makes snapshots | "data", of efs.csi.aws.com',
    ]);
  });

  test('may have what is outside', () => {
    const found = findingsIn([ofData, ofContent]).filter(({ ruleId }) => ruleId.startsWith('chain/snapshot'));
    expect(found.map(({ ruleId, outcome }) => `${ruleId} ${outcome}`)).toEqual([
      'chain/snapshot-source unresolved', 'chain/snapshot-class unresolved', 'chain/snapshot-content unresolved',
    ]);
  });

  test('that are applied with a new claim are copies of nothing', () => {
    const news = (...bundle: any[]) => rulesIn([snapshotClass(), fast, ...bundle, ofData]).filter(id => id.startsWith('chain/snapshot-of') || id.startsWith('silent/snapshots'));
    expect(news(ofFast('data'))).toEqual(['chain/snapshot-of-new-claim']);
    expect(news(ofFast('data', { dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'old' } }))).toEqual([]);
    expect(news(volume('a', { storageClassName: 'fast' }), ofFast('data', { volumeName: 'a' }), pod('p', ['data']))).toEqual(['silent/snapshots-while-writing']);
  });
});

describe('claims that are filled', () => {
  const error = (rule: string) => [`chain/${rule} PersistentVolumeClaim/copy`];
  const base = [snapshotClass(), fast, ofFast('data'), ofData];

  test.each<[string, string[], any[]]>([
    ['from a snapshot', [], [...base, restored('copy')]],
    ['from a snapshot, larger', [], [...base, restored('copy', size('50Gi'))]],
    ['from a snapshot, smaller', error('content-size'), [...base, restored('copy', size('4Gi'))]],
    ['from a snapshot, by another driver', error('content-driver'), [...base, storageClass('pd', { provisioner: 'pd.csi.storage.gke.io' }), restored('copy', size('10Gi'), 'pd')]],
    ['from a snapshot, by nobody', error('content-driver'), [...base, volume('a', { storageClassName: '' }), restored('copy', {}, '')]],
    ['from a snapshot, as a raw device', error('content-volume-mode'), [...base, restored('copy', { volumeMode: 'Block' })]],
    ['from a snapshot of a content', [], [content(), ofContent, fast, restored('copy')]],
    ['from a snapshot of a content, as a raw device', error('content-volume-mode'), [content({ sourceVolumeMode: 'Filesystem' }), ofContent, fast, restored('copy', { volumeMode: 'Block' })]],
    ['from a snapshot of a content that allows it, as a raw device', [], [
      content({ sourceVolumeMode: 'Filesystem' }, { 'snapshot.storage.kubernetes.io/allow-volume-mode-change': 'true' }), ofContent, fast, restored('copy', { volumeMode: 'Block' }),
    ]],
    ['from a snapshot that is missing', [], [fast, restored('copy')]],
    ['long ago', [], [...base, volume('a', { storageClassName: 'fast' }), restored('copy', { ...size('4Gi'), volumeName: 'a' })]],
    ['from a claim', [], [fast, ofFast('data'), cloned('copy')]],
    ['from a claim, smaller', error('content-size'), [fast, ofFast('data'), cloned('copy', size('1Gi'))]],
    ['from a claim, as a raw device', error('content-volume-mode'), [fast, ofFast('data'), cloned('copy', { volumeMode: 'Block' })]],
    ['from a claim, by another class of the driver', [], [fast, ofFast('data'), storageClass('slow', { parameters: { type: 'gp2' } }), cloned('copy', {}, 'slow')]],
    ['from a claim, by nobody', error('clone-class'), [fast, ofFast('data'), volume('a', { storageClassName: '' }), cloned('copy', {}, '')]],
    ['from a claim that is missing', [], [fast, cloned('copy')]],
  ])('%s', (_, errors, bundle) => expect(errorsOf(...bundle).filter(one => one.startsWith('chain/'))).toEqual(errors));

  test.each<[string, string, object, string[]]>([
    ['Longhorn, to its size', 'driver.longhorn.io', {}, []],
    ['Longhorn, to a larger size', 'driver.longhorn.io', size('6Gi'), error('clone-size')],
    ['Filestore, which cannot', 'filestore.csi.storage.gke.io', {}, error('clone-unsupported')],
    ['TopoLVM, within a class', 'topolvm.io', {}, []],
  ])('clones of %s', (_, provisioner, spec, errors) => {
    const bundle = [storageClass('fast', { provisioner }), ofFast('data'), cloned('copy', spec)];
    expect(errorsOf(...bundle).filter(one => one.startsWith('chain/'))).toEqual(errors);
  });

  test('from what nobody knows are not known to fail', () => {
    const found = findingsIn([fast, restored('copy')]).filter(({ ruleId }) => ruleId === 'chain/data-source');
    expect(found.map(({ outcome, path }) => `${outcome} ${path}`)).toEqual([`${Outcome.UNRESOLVED} spec.dataSourceRef.name`]);
  });
});
