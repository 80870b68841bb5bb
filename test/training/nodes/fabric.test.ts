import { Size, Yaml } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { Accelerator, DistributedTrainingJobProps, Fabric, KubernetesVersion, NodePool } from '../../../lib';
import { findingsIn } from '../../support/checker';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { envOf } from '../../support/manifests';
import { GPUS, refused, train } from '../../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const TARGETS = [KubernetesVersion.V1_27, KubernetesVersion.V1_33, KubernetesVersion.V1_36];
const EFA = Fabric.efa({ interfaces: 32 });
const SOCKET = 'train/fabric | fabric.socketInterface: expected names of network interfaces, as `eth`, `=eth0` or `^docker,lo`, found';

describe('EFA', () => {
  test('takes its interfaces and the pages for its buffers', () => {
    const { manifests, worker } = train({ accelerator: GPUS, fabric: EFA });
    const resources = { 'memory': '64Gi', 'nvidia.com/gpu': '8', 'vpc.amazonaws.com/efa': '32', 'hugepages-2Mi': '5Gi' };
    expect(worker.resources).toEqual({ limits: resources, requests: resources });
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('is the only way out: without it libfabric would go on by TCP', () => {
    const { FI_PROVIDER, ...env } = envOf(train({ fabric: EFA }).worker);
    expect(FI_PROVIDER).toBe('efa');
    expect(Object.keys(env).filter(name => name.startsWith('FI_') || name.startsWith('NCCL_'))).toEqual([]);
  });

  test('does without huge pages where there are none', () => {
    const { worker } = train({ fabric: Fabric.efa({ interfaces: 4, hugepages: Size.mebibytes(0) }) });
    expect(Object.keys(worker.resources.limits)).toEqual(['memory', 'vpc.amazonaws.com/efa']);
    expect(envOf(worker).FI_EFA_USE_HUGE_PAGE).toBe('0');
  });

  test('leaves a variable to the user who sets it', () => {
    const { worker } = train({ fabric: EFA, env: { FI_PROVIDER: 'efa;ofi_rxm' } });
    expect(worker.env.filter(({ name }: any) => name === 'FI_PROVIDER')).toEqual([{ name: 'FI_PROVIDER', value: 'efa;ofi_rxm' }]);
    const other = train({ fabric: EFA, envValues: { FI_PROVIDER: EnvValue.fromValue('sockets') } });
    expect(other.worker.env.filter(({ name }: any) => name === 'FI_PROVIDER')).toEqual([{ name: 'FI_PROVIDER', value: 'sockets' }]);
  });

  test('keeps the pods as restricted as they are', () => {
    const { job, worker } = train({ accelerator: GPUS, fabric: EFA });
    expect(worker.securityContext.capabilities).toEqual({ drop: ['ALL'] });
    expect(warningsOn(job)).toEqual([]);
  });
});

describe('RDMA', () => {
  test('takes the resource of its plugin', () => {
    const { worker } = train({ fabric: Fabric.rdma({ resource: 'rdma/rdma_shared_device_a', socketInterface: '=eth0' }) });
    expect(worker.resources.limits).toEqual({ 'memory': '64Gi', 'rdma/rdma_shared_device_a': '1' });
    expect(worker.resources.requests).toEqual({ 'memory': '64Gi', 'rdma/rdma_shared_device_a': '1' });
    expect(envOf(worker).NCCL_SOCKET_IFNAME).toBe('=eth0');
    expect(worker.securityContext.capabilities).toEqual({ drop: ['ALL'] });
  });

  test('locks memory as root, in a namespace that lets it', () => {
    const { job, worker } = train({ runAsUser: 0, fabric: Fabric.rdma({ resource: 'rdma/hca', count: 8, ipcLock: true }) });
    expect(worker.resources.limits['rdma/hca']).toBe('8');
    expect(worker.securityContext.capabilities).toEqual({ add: ['IPC_LOCK'], drop: ['ALL'] });
    expect(warningsOn(job).map(lineOf)).toEqual([
      'sec/pod-standard | namespace: expected a namespace whose Pod Security Standard is privileged: others refuse these pods,'
      + ' found pods with root, the capability IPC_LOCK | label the namespace with pod-security.kubernetes.io/enforce: privileged, or do without',
    ]);
  });
});

describe('an interconnect is refused for', () => {
  test.each<[string, Props, string]>([
    ['no interfaces', { fabric: Fabric.efa({ interfaces: 0 }) },
      'api/extended-resource | fabric.interfaces: expected a whole number from 1: interfaces cannot be divided, found 0 | use the number of interfaces of one worker, or leave `fabric` out'],
    ['part of a page', { fabric: Fabric.efa({ interfaces: 4, hugepages: Size.mebibytes(5) }) },
      'api/hugepages | fabric.hugepages: expected whole pages of 2Mi, found 5Mi | set `hugepages`, as Size.mebibytes(5120)'],
    ['pages that are no size', { fabric: Fabric.efa({ interfaces: 4, hugepages: '5120Mi' as any }) },
      'props/type | fabric.hugepages: expected a Size, found "5120Mi" | set `hugepages`, as Size.mebibytes(5120)'],
    ['an interface that is none', { fabric: Fabric.efa({ interfaces: 4, socketInterface: 'eth 0' }) },
      `${SOCKET} "eth 0" | use the interface of the pod, or leave it out`],
    ['an interface of no name', { fabric: Fabric.rdma({ resource: 'rdma/hca', socketInterface: '' }) },
      `${SOCKET} "" | use the interface of the pod, or leave it out`],
    ['a resource without a domain', { fabric: Fabric.rdma({ resource: 'hca' }) },
      'api/extended-resource | fabric.resource: expected a name with the domain of the device plugin, as `rdma/rdma_shared_device_a`, found "hca" | take the name from `status.allocatable` of a node'],
    ['no devices', { fabric: Fabric.rdma({ resource: 'rdma/hca', count: 0.5 }) },
      'api/extended-resource | fabric.count: expected a whole number from 1: devices cannot be divided, found 0.5 | use the number of devices of one worker, or leave `fabric` out'],
    ['memory that the default user locks', { fabric: Fabric.rdma({ resource: 'rdma/hca', ipcLock: true }) },
      'train/ipc-lock | fabric.ipcLock: expected `runAsUser: 0`: only root gets a capability that a container adds, found the default user, 1000 | leave `ipcLock` out and lift the limit of locked memory of the container runtime on the nodes'],
    ['memory that another user locks', { runAsUser: 7, fabric: Fabric.rdma({ resource: 'rdma/hca', ipcLock: true }) },
      'train/ipc-lock | fabric.ipcLock: expected `runAsUser: 0`: only root gets a capability that a container adds, found user 7 | leave `ipcLock` out and lift the limit of locked memory of the container runtime on the nodes'],
    ['nodes of another cloud', { fabric: EFA, nodes: NodePool.gke() },
      'train/nodes | nodes: expected nodes of EKS: only they have what Fabric.efa() asks for, found NodePool.gke() | use NodePool.eks(), or another `fabric`'],
    ['more than a node has', { fabric: EFA, nodes: NodePool.eks({ instanceType: 'p5en.48xlarge' }) },
      'train/node-devices | fabric.interfaces: expected at most 16, all that a node of p5en.48xlarge has, found 32 | set it to 16, or take other nodes'],
    ['being none', { fabric: 'efa' as any },
      'props/type | fabric: expected a Fabric, found "efa" | set `fabric`, as Fabric.efa({ interfaces: 32 })'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });
});

test.each(TARGETS.flatMap(target => [
  { target, name: 'EFA', fabric: EFA, user: 1000 },
  { target, name: 'RDMA', fabric: Fabric.rdma({ resource: 'rdma/rdma_shared_device_a' }), user: 1000 },
  { target, name: 'RDMA with locked memory', fabric: Fabric.rdma({ resource: 'rdma/rdma_shared_device_a', ipcLock: true }), user: 0 },
]))('$name is as our own rules want it: $target', ({ target, fabric, user }) => {
  const { manifests } = train({ accelerator: Accelerator.nvidia(8), fabric, runAsUser: user }, { target });
  expect(findingsIn(manifests, { target })).toEqual([]);
});
