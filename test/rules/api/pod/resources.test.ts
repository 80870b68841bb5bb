import { describe, expect, test } from 'vitest';
import { podOf, refusals, templateOf } from './pods';

const RESOURCES = 'spec.containers[0].resources';

function refused(resources: object, minor = 36): string[] {
  return refusals(podOf({ resources }), minor).map(one => one.replace(RESOURCES, ''));
}

test.each([
  [{ limits: { gpu: 1 } }, ['api/resource-name .limits[gpu]']],
  [{ limits: { 'requests.nvidia.com/gpu': 1 } }, ['api/resource-name .limits[requests.nvidia.com/gpu]']],
  [{ limits: { [`${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(63)}/gpu`]: 1 } }, [expect.stringMatching(/^api\/resource-name/)]],
  [{ limits: { storage: '1Gi' } }, ['api/resource-name .limits[storage]']],
  [{ limits: { cpu: '-1' } }, ['api/resource-amount .limits[cpu]']],
  [{ limits: { 'nvidia.com/gpu': '500m' } }, ['api/extended-resource .limits[nvidia.com/gpu]']],
  [{ limits: { 'nvidia.com/gpu': 2 }, requests: { 'nvidia.com/gpu': 1 } }, ['api/extended-resource .requests']],
  [{ requests: { 'nvidia.com/gpu': 1 } }, ['api/extended-resource .limits']],
  [{ limits: { memory: '1G' }, requests: { memory: '1Gi' } }, ['api/request-over-limit .requests']],
  [{ limits: { 'hugepages-2Mi': '4Mi' } }, ['api/huge-pages ']],
  [{ limits: { 'hugepages-2Mi': '3Mi', 'cpu': 1 } }, ['api/huge-pages .limits[hugepages-2Mi]']],
  [{ limits: { 'hugepages-big': '4Mi', 'cpu': 1 } }, ['api/huge-pages .limits[hugepages-big]']],
  [{ limits: { 'hugepages-2Mi': '8Mi', 'cpu': 1 }, requests: { 'hugepages-2Mi': '4Mi' } }, ['api/huge-pages .requests']],
])('%j is refused', (resources, paths) => expect(refused(resources)).toEqual(paths));

test.each([
  { limits: { 'nvidia.com/gpu': 8 } },
  { limits: { 'rdma/hca_shared': '1k' }, requests: { 'rdma/hca_shared': 1000 } },
  { limits: { cpu: '100m' }, requests: { cpu: '0.1' } },
  { limits: { cpu: '0.0001' }, requests: { cpu: '0.00011' } },
  { limits: { memory: '1Gi' }, requests: { memory: '1073741824' } },
  { limits: { 'example.kubernetes.io/half': '0.5' }, requests: { 'example.kubernetes.io/half': '0.3' } },
  { limits: { 'hugepages-1Gi': '2Gi', 'memory': '4Gi' } },
])('%j is taken', resources => expect(refused(resources)).toEqual([]));

describe('resources of the pod', () => {
  const container = { resources: { requests: { cpu: '2' }, limits: { cpu: '4', memory: '8Gi' } } };

  test('cover the sum of the containers and the largest init container', () => {
    const init = { name: 'fetch', image: 'fetch:1', resources: { requests: { cpu: '3' } } };
    expect(refusals(podOf(container, { resources: { requests: { cpu: '2' } } }))).toEqual([]);
    expect(refusals(podOf(container, { resources: { requests: { cpu: '2' } }, initContainers: [init] }))).toEqual(['api/pod-resources spec.resources.requests[cpu]']);
    const sidecar = { ...init, name: 'sync', restartPolicy: 'Always' };
    expect(refusals(podOf(container, { resources: { requests: { cpu: '4' } }, initContainers: [sidecar] }))).toHaveLength(1);
    expect(refusals(podOf(container, { resources: { requests: { cpu: '5' } }, initContainers: [sidecar] }))).toEqual([]);
  });

  test('are requested up to their limit, or as the containers do, where nothing else is said', () => {
    const limits = { cpu: '1' };
    const found = ['api/request-over-limit spec.resources.requests', 'api/pod-resources spec.resources.containers[0][cpu].limits'];
    expect(refusals(podOf(container, { resources: { limits } }))).toEqual(found);
    expect(refusals(templateOf('Deployment', container, { resources: { limits } }))).toEqual(['api/pod-resources spec.template.spec.resources.containers[0][cpu].limits']);
  });

  test('are cpu, memory and huge pages, on Linux, since 1.34', () => {
    expect(refusals(podOf({}, { resources: { limits: { 'nvidia.com/gpu': 1 } } }))).toContain('api/resource-name spec.resources.limits[nvidia.com/gpu]');
    expect(refusals(podOf({}, { resources: { limits: { cpu: 1 } }, os: { name: 'windows' } }))).toEqual(['api/pod-resources spec.resources']);
    const tooLittle = podOf(container, { resources: { requests: { cpu: '1' } } });
    expect(refusals(tooLittle, 34)).toHaveLength(1);
    expect(refusals(tooLittle, 33)).toEqual([]);
  });
});

describe('claims of devices', () => {
  const resourceClaims = [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }];

  test.each([
    [[{ name: 'nic' }], ['[0]']], [[{}], ['[0]']], [[{ name: 'gpu' }, { name: 'gpu' }], ['[1]']], [[{ name: 'gpu', request: 'A' }], ['[0].request']],
    [[{ name: 'gpu', request: 'a' }, { name: 'gpu' }], ['[1]']], [[{ name: 'gpu', request: 'a' }, { name: 'gpu', request: 'b' }], []],
  ])('%j', (claims, paths) => {
    expect(refusals(podOf({ resources: { claims } }, { resourceClaims }))).toEqual(paths.map(path => `api/resource-claim ${RESOURCES}.claims${path}`));
  });

  test('have one source and a name', () => {
    const claims = [{ name: 'gpu' }, { name: 'gpu', resourceClaimName: 'a', resourceClaimTemplateName: 'b' }, { resourceClaimName: 'A' }];
    expect(refusals(podOf({}, { resourceClaims: claims }))).toEqual([
      'api/resource-claim spec.resourceClaims[0]', 'api/resource-claim spec.resourceClaims[1].name', 'api/resource-claim spec.resourceClaims[1]',
      'api/resource-claim spec.resourceClaims[2].name', 'api/resource-claim spec.resourceClaims[2].resourceClaimName',
    ]);
    expect(refusals(podOf({}, { resourceClaims: claims }), 33)).toEqual([]);
  });
});
