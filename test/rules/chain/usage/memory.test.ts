import { expect, test } from 'vitest';
import { findingsIn, linesOf } from '../../../support/checker';
import { controller, pod, podSpec } from './bundles';

const RULES = ['chain/memory-volume-unlimited', 'train/memory-volumes', 'chain/huge-pages', 'chain/scratch-too-large', 'chain/scratch-unrequested'];
const limits = (resources: any): any => ({ resources: { limits: resources, requests: resources } });

function found(volumes: any[], container: any = {}, spec: any = {}): string[] {
  const bundle = [pod('p', podSpec({ ...spec, volumes: volumes.map((emptyDir, i) => ({ name: `v${i}`, emptyDir })) }, { volumeMounts: [], ...container }))];
  return findingsIn(bundle).filter(({ ruleId }) => RULES.includes(ruleId)).map(({ severity, ruleId, path }) => `${severity} ${ruleId} ${path}`);
}

const at = (i: number, field: string): string => `spec.volumes[${i}].emptyDir.${field}`;

test.each<[string, any[], any, string[]]>([
  ['in memory without a limit', [{ medium: 'Memory' }], {}, [`warning chain/memory-volume-unlimited ${at(0, 'sizeLimit')}`]],
  ['in memory with the limit 0, which is none', [{ medium: 'Memory', sizeLimit: '0' }], {}, [`warning chain/memory-volume-unlimited ${at(0, 'sizeLimit')}`]],
  ['in memory, less than the container has', [{ medium: 'Memory', sizeLimit: '1023Mi' }], limits({ memory: '1Gi' }), []],
  ['in memory, all that the container has', [{ medium: 'Memory', sizeLimit: '1Gi' }], limits({ memory: '1Gi' }), [`error train/memory-volumes ${at(0, 'sizeLimit')}`]],
  ['in memory, together all', [{ medium: 'Memory', sizeLimit: '512Mi' }, {}, { medium: 'Memory', sizeLimit: '512Mi' }], limits({ memory: '1Gi' }), [`error train/memory-volumes ${at(2, 'sizeLimit')}`]],
  ['in memory of a container without a limit', [{ medium: 'Memory', sizeLimit: '1Gi' }], {}, []],
  ['huge pages that nobody asks for', [{ medium: 'HugePages' }], limits({ memory: '1Gi' }), [`error chain/huge-pages ${at(0, 'medium')}`]],
  ['huge pages', [{ medium: 'HugePages' }], limits({ 'memory': '1Gi', 'hugepages-2Mi': '4Mi' }), []],
  ['huge pages of which there are two sizes', [{ medium: 'HugePages' }], limits({ 'memory': '1Gi', 'hugepages-2Mi': '4Mi', 'hugepages-1Gi': '1Gi' }), [`error chain/huge-pages ${at(0, 'medium')}`]],
  ['huge pages of one of two sizes', [{ medium: 'HugePages-1Gi' }], limits({ 'memory': '1Gi', 'hugepages-2Mi': '4Mi', 'hugepages-1Gi': '1Gi' }), []],
  ['huge pages of another size', [{ medium: 'HugePages-1Gi' }], limits({ 'memory': '1Gi', 'hugepages-2Mi': '4Mi' }), [`error chain/huge-pages ${at(0, 'medium')}`]],
  ['on the disk, as much as allowed', [{ sizeLimit: '20Gi' }], limits({ 'ephemeral-storage': '20Gi' }), []],
  ['on the disk, more than allowed', [{ sizeLimit: '20Gi' }, { sizeLimit: '1' }], limits({ 'ephemeral-storage': '20Gi' }), [`warning chain/scratch-too-large ${at(1, 'sizeLimit')}`]],
  ['on the disk, and not asked for', [{ sizeLimit: '10Gi' }], {}, [`info chain/scratch-unrequested ${at(0, 'sizeLimit')}`]],
  ['on the disk, and little', [{ sizeLimit: '9Gi' }], {}, []],
  ['on the disk without a limit', [{}], {}, []],
])('%s', (_, volumes, container, expected) => {
  expect(found(volumes, container)).toEqual(expected);
});

test('the limits of all containers count, and of sidecars, and of the pod before those', () => {
  const memory = [{ medium: 'Memory', sizeLimit: '1Gi' }];
  const two = { containers: ['a', 'b'].map(name => ({ name, image: 'i', ...limits({ memory: '768Mi' }) })) };
  expect(found(memory, {}, two)).toEqual([]);
  const sidecar = { initContainers: [{ name: 's', image: 'i', restartPolicy: 'Always', ...limits({ memory: '512Mi' }) }] };
  expect(found(memory, limits({ memory: '512Mi' }), sidecar)).toHaveLength(1);
  expect(found(memory, limits({ memory: '768Mi' }), sidecar)).toEqual([]);
  expect(found(memory, {}, { ...two, resources: { limits: { memory: '1Gi' } } })).toHaveLength(1);
});

test('the shared memory of a training is told once, with the training', () => {
  const shm = podSpec({ volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '64Gi' } }] }, {
    command: ['torchrun', 'train.py'], volumeMounts: [{ name: 'shm', mountPath: '/dev/shm' }], ...limits({ memory: '64Gi' }),
  });
  const ids = findingsIn([controller('Job', 'train', {}, shm)]).map(({ ruleId }) => ruleId).filter(id => id === 'train/memory-volumes' || id === 'train/shared-memory');
  expect(ids).toEqual(['train/shared-memory']);
});

test('what is found says how much there is', () => {
  const spec = podSpec({ volumes: [{ name: 'm', emptyDir: { medium: 'Memory', sizeLimit: '2Gi' } }] }, { volumeMounts: [], ...limits({ memory: '1536Mi' }) });
  expect(linesOf(findingsIn([pod('p', spec)]), 'train/memory-volumes'))
    .toEqual(['spec.volumes[0].emptyDir.sizeLimit | less than 1536Mi in all volumes in memory: that is all the memory that the containers may have | 2Gi']);
});
