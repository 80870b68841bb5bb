import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Outcome, Severity } from '../../../lib';
import { findingsIn, objectsIn } from '../../support/checker';

const FOLDER = import.meta.dirname;
const LESSONS = readdirSync(FOLDER).filter(file => file.endsWith('.yaml')).sort();

/** What a cluster has besides the manifests of a lesson. */
const DISK = { kind: 'StorageClass', provisioner: 'ebs.csi.aws.com', reclaimPolicy: 'Retain', allowVolumeExpansion: true, volumeBindingMode: 'WaitForFirstConsumer' };
const SHARED = { kind: 'StorageClass', provisioner: 'efs.csi.aws.com', reclaimPolicy: 'Retain' };
const EXISTING = [
  ...['first-steps', 'pattern', 'nlp', 'nlp-platform', 'guide', 'recsys', 'velero'].map(name => `Namespace/${name}`),
  { ...DISK, name: 'retained-disk' },
  { ...SHARED, name: 'retained-shared' },
  'ServiceAccount/nlp/corpus-reader', 'ServiceAccount/nlp-platform/publisher', 'ServiceAccount/guide/photo-reader', 'ServiceAccount/recsys/run-writer',
  'Secret/guide/runs-db', 'Secret/rook-ceph/rook-csi-rbd-provisioner', 'Secret/rook-ceph/rook-csi-rbd-node', 'Namespace/rook-ceph',
  { kind: 'VolumeSnapshotClass', name: 'guide-kept', driver: 'ebs.csi.aws.com', deletionPolicy: 'Retain' },
  claim('nlp', 'roberta-checkpoints', 'nlp-disk', '150Gi'),
  claim('guide', 'simclr', 'guide-disk', '60Gi'),
  claim('guide', 'photos', 'retained-shared', '500Gi', 'ReadWriteMany'),
  claim('recsys', 'sasrec-checkpoints', 'fast-disk', '120Gi'),
  claim('recsys', 'catalogue', 'fast-disk', '30Gi'),
];

function claim(namespace: string, name: string, storageClassName: string, storage: string, mode = 'ReadWriteOncePod'): any {
  return { kind: 'PersistentVolumeClaim', namespace, name, spec: { accessModes: [mode], storageClassName, resources: { requests: { storage } } } };
}

describe.each(LESSONS)('%s: what the lesson meant, done right', file => {
  const yaml = readFileSync(join(FOLDER, file), 'utf8');

  test('nothing in it is wrong, or works only sometimes', () => {
    const found = findingsIn(yaml, { external: EXISTING, assumeComplete: true });
    const wrong = found.filter(({ outcome, severity }) => outcome === Outcome.VIOLATED && severity !== Severity.INFO);
    expect(wrong.map(({ ruleId, kind, name, message }) => `${ruleId} ${kind} ${name}: ${message}`)).toEqual([]);
  });

  test('every object of it is judged', () => {
    expect(objectsIn(yaml).every(object => object?.kind && object.metadata?.name)).toBe(true);
  });
});

test('all lessons together have as many manifests as the ones that they replace', () => {
  expect(LESSONS.flatMap(file => objectsIn(readFileSync(join(FOLDER, file), 'utf8'))).length).toBeGreaterThanOrEqual(79);
});
