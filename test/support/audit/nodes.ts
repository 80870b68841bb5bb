import { DEVICE_CLASS, PLUGIN, RDMA, SLICE } from '../requests/options';
import type { AcceleratorRequest, FabricRequest, JobRequest, NodesRequest } from '../requests/types';
import { type Audit, type Step, withoutUndefined } from './audit';
import { wireOf } from './pods';
import type { Emitted, Template } from './templates';

/** Resource of each kind of device, and the taint of the nodes that have it. */
const DEVICES: Readonly<Partial<Record<AcceleratorRequest['kind'], { readonly resource?: string; readonly taint?: string }>>> = {
  nvidia: { resource: 'nvidia.com/gpu', taint: 'nvidia.com/gpu' },
  mig: { resource: 'nvidia.com/mig-1g.10gb.me', taint: 'nvidia.com/gpu' },
  amd: { resource: 'amd.com/gpu', taint: 'amd.com/gpu' },
  gaudi: { resource: 'habana.ai/gaudi', taint: 'habana.ai/gaudi' },
  neuron: { resource: 'aws.amazon.com/neuron', taint: 'aws.amazon.com/neuron' },
  neuronCore: { resource: 'aws.amazon.com/neuroncore', taint: 'aws.amazon.com/neuron' },
  tpu: { resource: 'google.com/tpu', taint: 'google.com/tpu' },
  plugin: { resource: PLUGIN, taint: PLUGIN },
  dra: { taint: 'nvidia.com/gpu' },
};

/** The devices, the network between them, and the nodes that have both. */
export function auditNodes(of: Audit, job: JobRequest, { name, templates }: Emitted): void {
  const { accelerator, fabric, nodes, framework } = job;
  for (const template of templates) {
    const { trains, name: role } = template.role;
    if (accelerator && trains) auditDevices(of, accelerator, template);
    if (fabric && trains) auditFabric(of, fabric, template);
    const isElsewhere = role === 'launcher' || accelerator !== undefined || (framework?.serverNodeSelector !== undefined && (role === 'ps' || role === 'chief'));
    if (nodes && (trains || !isElsewhere)) auditPool(of, nodes, accelerator, template);
  }
  if (accelerator?.kind !== 'dra') return;
  const claims = of.manifest('ResourceClaimTemplate', new RegExp(`^${name}-devices-`));
  const request: Step[] = ['spec', 'spec', 'devices', 'requests', 0, 'exactly'];
  of.expect(claims, [...request, 'deviceClassName'], DEVICE_CLASS);
  of.expect(claims, [...request, 'count'], accelerator.count);
  const selectors = accelerator.selectors?.map(expression => ({ cel: { expression } }));
  of.expect(claims, [...request, 'selectors'], selectors?.length ? selectors : undefined);
  for (const { root, pod, role } of templates) {
    if (role.trains) of.expect(root, [...pod, 'resourceClaims', 0, 'resourceClaimTemplateName'], of.nameOf(claims));
  }
}

function auditDevices(of: Audit, { kind, count }: AcceleratorRequest, { root, pod, container }: Template): void {
  const { resource, taint } = DEVICES[kind]!;
  for (const side of resource ? ['requests', 'limits'] : []) {
    of.expect(root, [...container, 'resources', side, resource!], String(kind === 'tpu' ? SLICE.count : count));
  }
  if (!resource) {
    of.expect(root, [...container, 'resources', 'claims', 0, 'name'], 'devices');
    of.expect(root, [...pod, 'resourceClaims', 0, 'name'], 'devices');
  }
  of.expectEntry(root, [...pod, 'tolerations'], { key: taint, operator: 'Exists', effect: 'NoSchedule' });
  if (kind !== 'tpu') return;
  of.expect(root, [...pod, 'nodeSelector', 'cloud.google.com/gke-tpu-accelerator'], SLICE.type);
  of.expect(root, [...pod, 'nodeSelector', 'cloud.google.com/gke-tpu-topology'], SLICE.topology);
}

function auditFabric(of: Audit, request: FabricRequest, { root, container }: Template): void {
  const { kind, count = 1, socketInterface } = request;
  for (const side of ['requests', 'limits']) {
    of.expect(root, [...container, 'resources', side, kind === 'efa' ? 'vpc.amazonaws.com/efa' : RDMA], String(count));
    if (kind !== 'efa' || request.hugepagesMiB === 0) continue;
    of.expectMiB(root, [...container, 'resources', side, 'hugepages-2Mi'], request.hugepagesMiB ?? 5120);
  }
  const variable = (name: string, value: string | undefined): void => of.expect(root, [...container, 'env', { name }, 'value'], value);
  variable('NCCL_SOCKET_IFNAME', socketInterface);
  if (kind === 'efa') variable('FI_PROVIDER', 'efa');
  if (kind === 'efa' && request.hugepagesMiB === 0) variable('FI_EFA_USE_HUGE_PAGE', '0');
  if (kind === 'rdma' && request.ipcLock) of.expectEntry(root, [...container, 'securityContext', 'capabilities', 'add'], 'IPC_LOCK');
}

/** Labels and taints of a cloud's nodes, as its documents have them. */
function auditPool(of: Audit, nodes: NodesRequest, accelerator: AcceleratorRequest | undefined, { root, pod }: Template): void {
  const { labels, tolerations } = poolOf(nodes, accelerator);
  for (const [key, value] of Object.entries(withoutUndefined(labels))) of.expect(root, [...pod, 'nodeSelector', key], value);
  for (const toleration of tolerations) of.expectEntry(root, [...pod, 'tolerations'], toleration);
}

interface Pool {
  readonly labels: Record<string, unknown>;
  readonly tolerations: readonly unknown[];
}

function poolOf(nodes: NodesRequest, accelerator: AcceleratorRequest | undefined): Pool {
  const type = 'node.kubernetes.io/instance-type';
  const isTrue = (key: string, value: string): unknown => ({ key, operator: 'Equal', value, effect: 'NoSchedule' });
  switch (nodes.cloud) {
    case 'eks': {
      const capacity = { ON_DEMAND: 'on-demand', SPOT: 'spot', CAPACITY_BLOCK: 'reserved' }[nodes.capacityType ?? ''];
      const own = nodes.karpenter
        ? { 'karpenter.sh/nodepool': nodes.pool, 'karpenter.sh/capacity-type': capacity }
        : { 'eks.amazonaws.com/nodegroup': nodes.pool, 'eks.amazonaws.com/capacityType': nodes.capacityType };
      return { labels: { [type]: nodes.instanceType, ...own }, tolerations: [] };
    }
    case 'gke': return {
      labels: {
        'cloud.google.com/gke-accelerator': nodes.accelerator, [type]: nodes.machineType, 'cloud.google.com/gke-nodepool': nodes.pool,
        'cloud.google.com/gke-spot': nodes.spot ? 'true' : undefined,
      },
      tolerations: nodes.spot ? [isTrue('cloud.google.com/gke-spot', 'true')] : [],
    };
    case 'aks': {
      const hasGpus = ['nvidia', 'mig', 'amd', 'dra'].includes(accelerator?.kind ?? '');
      return {
        labels: { [type]: nodes.vmSize, 'kubernetes.azure.com/agentpool': nodes.pool, 'kubernetes.azure.com/scalesetpriority': nodes.spot ? 'spot' : undefined },
        tolerations: [...hasGpus ? [isTrue('sku', 'gpu')] : [], ...nodes.spot ? [isTrue('kubernetes.azure.com/scalesetpriority', 'spot')] : []],
      };
    }
    case 'labelled': return { labels: nodes.labels ?? {}, tolerations: (nodes.tolerations ?? []).map(wireOf) };
  }
}
