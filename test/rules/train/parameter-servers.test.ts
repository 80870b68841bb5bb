import { expect, test } from 'vitest';
import { findingsIn } from '../../support/checker';

const CLUSTER = { chief: ['ps-chief-0.ps:2222'], worker: ['ps-worker-0.ps:2222'], ps: ['ps-ps-0.ps:2222'] };

function set(role: string, cluster: any, pod: any = {}): any {
  const config = JSON.stringify({ cluster, task: { type: role, index: 0 } });
  const container = { name: role, image: 'ghcr.io/acme/train:1.0.0', command: ['python', 'train.py'], env: [{ name: 'TF_CONFIG', value: config }], ...pod };
  return {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: `ps-${role}`, namespace: 'ml' },
    spec: {
      serviceName: 'ps', replicas: 1, selector: { matchLabels: { role } },
      template: { metadata: { labels: { role } }, spec: { containers: [container] } },
    },
  };
}

function told(...bundle: any[]): string[] {
  return findingsIn(bundle).filter(({ ruleId }) => ruleId === 'train/never-completes').map(({ name, severity, fix }) => `${severity} ${name}: ${fix}`);
}

test('a group of parameter servers is told once, for its chief, to be a JobSet', () => {
  expect(told(set('ps', CLUSTER), set('worker', CLUSTER), set('chief', CLUSTER), set('evaluator', CLUSTER))).toEqual([
    'warning ps-chief: use a JobSet whose successPolicy names the chief: workers and parameter servers wait for it, and are ended with it',
  ]);
});

test('a worker is told where there is no chief, and where all workers train alike', () => {
  expect(told(set('ps', { ps: CLUSTER.ps, worker: CLUSTER.worker }), set('worker', { ps: CLUSTER.ps, worker: CLUSTER.worker }))).toEqual([expect.stringContaining('ps-worker')]);
  const alike = { chief: CLUSTER.chief, worker: CLUSTER.worker };
  expect(told(set('chief', alike), set('worker', alike))).toEqual([
    'warning ps-chief: use a Job with completionMode: Indexed, a JobSet or a TrainJob',
    'warning ps-worker: use a Job with completionMode: Indexed, a JobSet or a TrainJob',
  ]);
});

test('a shell may export what a process is', () => {
  const exported = (type: string): any => {
    const script = `export TF_CONFIG='{"cluster":{"chief":["c:1"],"ps":["p:1"]},"task":{"type":"${type}","index":0}}'; exec python train.py`;
    return set(type, {}, { command: ['sh', '-c', script], env: [] });
  };
  expect(told(exported('ps'), exported('worker'), exported('chief'))).toEqual([expect.stringContaining('warning ps-chief: use a JobSet')]);
});
