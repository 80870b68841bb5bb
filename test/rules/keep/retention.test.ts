import { expect, test } from 'vitest';
import { findingsIn } from '../../support/checker';

test('what keeps the claims of a StatefulSet is written as the API has it', () => {
  const set = {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'train', namespace: 'ml' },
    spec: {
      serviceName: 'train', selector: { matchLabels: { app: 'train' } },
      template: { metadata: { labels: { app: 'train' } }, spec: { containers: [{ name: 'worker', image: 'ghcr.io/acme/train:1.0.0' }] } },
      volumeClaimTemplates: [{ metadata: { name: 'checkpoints' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Ti' } } } }],
    },
  };
  const found = findingsIn([set]).find(({ ruleId }) => ruleId === 'keep/retention-unsaid');
  expect(found).toMatchObject({
    path: 'spec.persistentVolumeClaimRetentionPolicy', expected: 'a policy for the claims of checkpoints', found: 'none, which keeps them',
    fix: 'set persistentVolumeClaimRetentionPolicy: { whenDeleted: Retain, whenScaled: Retain } to keep them on purpose, Delete for scratch space',
  });
});
