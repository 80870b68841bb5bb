import { Duration, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  Accelerator, DistributedTrainingJob, DistributedTrainingJobProps, EksCapacityType, Engine, Framework, KubernetesVersion, NodePool,
} from '../../../lib';
import { findingsIn } from '../../support/checker';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { GPUS, MINIMUM, refused, train } from '../../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const TARGETS = [KubernetesVersion.V1_27, KubernetesVersion.V1_33, KubernetesVersion.V1_36];
const GPU_TAINT = { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' };
const SKU_TAINT = { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' };
const SHORT = { terminationGracePeriod: Duration.seconds(15) };
const LINKED = 'lower it to what a last checkpoint can count on, and write checkpoints often';

describe.each<[string, NodePool, Record<string, string>, any[]]>([
  ['EKS', NodePool.eks({ instanceType: 'p5.48xlarge', pool: 'training' }),
    { 'node.kubernetes.io/instance-type': 'p5.48xlarge', 'eks.amazonaws.com/nodegroup': 'training' }, []],
  ['spot of EKS', NodePool.eks({ capacityType: EksCapacityType.SPOT }), { 'eks.amazonaws.com/capacityType': 'SPOT' }, []],
  ['a capacity block of EKS', NodePool.eks({ capacityType: EksCapacityType.CAPACITY_BLOCK }), { 'eks.amazonaws.com/capacityType': 'CAPACITY_BLOCK' }, []],
  ['Karpenter', NodePool.eks({ karpenter: true, pool: 'gpu', capacityType: EksCapacityType.CAPACITY_BLOCK }),
    { 'karpenter.sh/nodepool': 'gpu', 'karpenter.sh/capacity-type': 'reserved' }, []],
  ['spot of Karpenter', NodePool.eks({ karpenter: true, capacityType: EksCapacityType.SPOT }), { 'karpenter.sh/capacity-type': 'spot' }, []],
  ['GKE', NodePool.gke({ accelerator: 'nvidia-h100-80gb', machineType: 'a3-highgpu-8g', pool: 'h100' }), {
    'cloud.google.com/gke-accelerator': 'nvidia-h100-80gb', 'node.kubernetes.io/instance-type': 'a3-highgpu-8g', 'cloud.google.com/gke-nodepool': 'h100',
  }, []],
  ['spot of GKE', NodePool.gke({ spot: true }), { 'cloud.google.com/gke-spot': 'true' },
    [{ key: 'cloud.google.com/gke-spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' }]],
  ['AKS', NodePool.aks({ vmSize: 'Standard_ND96isr_H100_v5', pool: 'h100' }),
    { 'node.kubernetes.io/instance-type': 'Standard_ND96isr_H100_v5', 'kubernetes.azure.com/agentpool': 'h100' }, [SKU_TAINT]],
  ['spot of AKS', NodePool.aks({ spot: true }), { 'kubernetes.azure.com/scalesetpriority': 'spot' },
    [SKU_TAINT, { key: 'kubernetes.azure.com/scalesetpriority', operator: 'Equal', value: 'spot', effect: 'NoSchedule' }]],
  ['labels of one\'s own', NodePool.labelled({ labels: { 'acme.com/pool': 'ml' }, tolerations: [{ key: 'acme.com/pool', value: 'ml' }] }),
    { 'acme.com/pool': 'ml' }, [{ key: 'acme.com/pool', operator: 'Equal', value: 'ml' }]],
])('nodes of %s', (_, nodes, labels, tolerations) => {
  test('are known by their labels and taints', () => {
    const { pod } = train({ accelerator: GPUS, nodes, ...SHORT });
    expect(pod.nodeSelector).toEqual(labels);
    expect(pod.tolerations).toEqual([GPU_TAINT, ...tolerations]);
  });

  test.each(TARGETS)('are as our own rules want them: %s', target => {
    expect(findingsIn(train({ accelerator: GPUS, nodes, ...SHORT }, { target }).manifests, { target })).toEqual([]);
  });
});

describe('nodes', () => {
  test('are joined by the labels and the taints of the user', () => {
    const { manifests, pod } = train({
      accelerator: GPUS, nodes: NodePool.gke({ spot: true }), nodeSelector: { team: 'vision' }, tolerations: [{ key: 'team', value: 'vision' }], ...SHORT,
    });
    expect(pod.nodeSelector).toEqual({ 'cloud.google.com/gke-spot': 'true', 'team': 'vision' });
    expect(pod.tolerations.map(({ key }: any) => key)).toEqual(['nvidia.com/gpu', 'cloud.google.com/gke-spot', 'team']);
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('of AKS without GPUs tolerate no taint of GPUs', () => {
    expect(train({ nodes: NodePool.aks({ pool: 'cpu' }) }).pod.tolerations).toBeUndefined();
    expect(train({ nodes: NodePool.aks(), accelerator: Accelerator.amd(8) }).pod.tolerations).toContainEqual(SKU_TAINT);
  });

  test('with TPUs have the labels of both', () => {
    const accelerator = Accelerator.tpu({ type: 'tpu-v5p-slice', topology: '2x2x4' });
    expect(train({ accelerator, nodes: NodePool.gke({ spot: true }), ...SHORT }).pod.nodeSelector).toEqual({
      'cloud.google.com/gke-tpu-accelerator': 'tpu-v5p-slice', 'cloud.google.com/gke-tpu-topology': '2x2x4', 'cloud.google.com/gke-spot': 'true',
    });
  });
});

describe('parameter servers', () => {
  const props = {
    framework: Framework.tensorflowParameterServer({ parameterServers: 2 }), engine: Engine.jobSet(), nodes: NodePool.eks({ instanceType: 'p5.48xlarge' }),
  };
  const selectors = (more: Props): Record<string, any> => {
    const chart = chartIn();
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, ...props, ...more });
    const jobs: any[] = the('JobSet', manifestsOf(chart)).spec.replicatedJobs;
    return Object.fromEntries(jobs.map(({ name, template }) => [name, template.spec.template.spec.nodeSelector]));
  };

  test('do not take the place of accelerators', () => {
    const found = selectors({ accelerator: GPUS });
    expect(found.worker).toEqual({ 'node.kubernetes.io/instance-type': 'p5.48xlarge' });
    expect(found.ps).toBeUndefined();
  });

  test('go with the others where nobody has accelerators', () => {
    expect(selectors({}).ps).toEqual({ 'node.kubernetes.io/instance-type': 'p5.48xlarge' });
  });
});

describe('a grace period that spot nodes do not give', () => {
  test.each<[string, Props, string[]]>([
    ['GKE', { nodes: NodePool.gke({ spot: true }) }, [
      'train/spot-grace | terminationGracePeriod: expected at most 15 s: a Spot VM of GKE that is taken back leaves its pods no more, found 120 s, the default'
      + ` | ${LINKED}; or set \`spotGracePeriod\` of the nodes if their pool gives more`,
    ]],
    ['GKE with more time', { nodes: NodePool.gke({ spot: true, spotGracePeriod: Duration.seconds(120) }) }, []],
    ['AKS', { nodes: NodePool.aks({ spot: true }), terminationGracePeriod: Duration.minutes(1) }, [
      `train/spot-grace | terminationGracePeriod: expected at most 30 s: a Spot node of AKS that is taken back leaves its pods no more, found 60 s | ${LINKED}`,
    ]],
    ['EKS', { nodes: NodePool.eks({ capacityType: EksCapacityType.SPOT }), terminationGracePeriod: Duration.minutes(5) }, [
      `train/spot-grace | terminationGracePeriod: expected at most 120 s: a Spot Instance of EKS that is taken back leaves its pods no more, found 300 s | ${LINKED}`,
    ]],
    ['EKS by default', { nodes: NodePool.eks({ capacityType: EksCapacityType.SPOT }) }, []],
    ['nodes that stay', { nodes: NodePool.gke(), terminationGracePeriod: Duration.minutes(5) }, []],
    ['time of Spot VMs without them', { nodes: NodePool.gke({ spotGracePeriod: Duration.seconds(60) }) }, [
      'train/spot-grace | nodes.spotGracePeriod: expected `spot: true` beside it, found no Spot VMs, for which alone it is | set `spot`, or leave it out',
    ]],
  ])('is told: %s', (_, props, lines) => {
    expect(warningsOn(train(props).job).map(lineOf)).toEqual(lines);
  });
});

describe('nodes are refused for', () => {
  test.each<[string, Props, string[]]>([
    ['a label that the user contradicts', { nodes: NodePool.gke({ accelerator: 'nvidia-l4' }), nodeSelector: { 'cloud.google.com/gke-accelerator': 'nvidia-b200' } }, [
      'chain/node-labels | nodeSelector[\'cloud.google.com/gke-accelerator\']: expected "nvidia-l4", as `nodes` demands it: no node has both, found "nvidia-b200" | leave the label out of `nodeSelector`, or change `nodes`',
    ]],
    ['a topology that the user contradicts', {
      accelerator: Accelerator.tpu({ type: 'tpu-v6e-slice', topology: '4x4' }), nodeSelector: { 'cloud.google.com/gke-tpu-topology': '8x8' },
    }, [
      'chain/node-labels | nodeSelector[\'cloud.google.com/gke-tpu-topology\']: expected "4x4", as `accelerator` demands it: no node has both, found "8x8" | leave the label out of `nodeSelector`, or change `accelerator`',
    ]],
    ['labels that the accelerator contradicts', {
      accelerator: Accelerator.tpu({ type: 'tpu-v6e-slice', topology: '4x4' }), nodes: NodePool.labelled({ labels: { 'cloud.google.com/gke-tpu-topology': '8x8' } }),
    }, [
      'chain/node-labels | nodes: expected "4x4" for cloud.google.com/gke-tpu-topology, as `accelerator` demands it: no node has both, found "8x8" | leave the label out of `nodes`, or change `accelerator`',
    ]],
    ['TPUs elsewhere', { accelerator: Accelerator.tpu({ type: 'tpu-v6e-slice', topology: '4x4' }), nodes: NodePool.eks() }, [
      'train/nodes | nodes: expected nodes of GKE: only they have what Accelerator.tpu() asks for, found NodePool.eks() | use NodePool.gke(), or another `accelerator`',
    ]],
    ['Trainium elsewhere', { accelerator: Accelerator.neuron(16), nodes: NodePool.aks() }, [
      'train/nodes | nodes: expected nodes of EKS: only they have what Accelerator.neuron() asks for, found NodePool.aks() | use NodePool.eks(), or another `accelerator`',
    ]],
    ['TPUs on nodes with GPUs', { accelerator: Accelerator.tpu({ type: 'tpu-v6e-slice', topology: '4x4' }), nodes: NodePool.gke({ accelerator: 'nvidia-l4' }) }, [
      'train/nodes | nodes.accelerator: expected no kind of GPU: the nodes of a slice of TPUs are known by its type and topology, found "nvidia-l4" | leave `accelerator` of the nodes out',
    ]],
    ['more GPUs than a node has', { accelerator: Accelerator.nvidia(16), nodes: NodePool.eks({ instanceType: 'p5.48xlarge' }) }, [
      'train/node-devices | accelerator.count: expected at most 8, all that a node of p5.48xlarge has, found 16 | raise `workers` instead, or take other nodes',
    ]],
    ['more GPUs than a node of GKE has', { accelerator: Accelerator.nvidia(8), nodes: NodePool.gke({ accelerator: 'nvidia-gb200' }) }, [
      'train/node-devices | accelerator.count: expected at most 4, all that a node of nvidia-gb200 has, found 8 | raise `workers` instead, or take other nodes',
    ]],
    ['a label that there cannot be', { nodes: NodePool.eks({ instanceType: 'p5 48xlarge', pool: '' }) }, [
      'api/label | nodes.instanceType: expected the value of a label of nodes, as `p5.48xlarge`, found "p5 48xlarge" | correct it, or leave it out for any',
      'api/label | nodes.pool: expected the value of a label of nodes, as `training`, found "" | correct it, or leave it out for any',
    ]],
    ['a wrong toleration', { nodes: NodePool.labelled({ tolerations: [{ key: 'a', effect: 'Never' }] }) }, [
      'api/toleration | nodes.tolerations[0].effect: expected NoSchedule, PreferNoSchedule, NoExecute, found "Never" | use one of them, or leave it out for all',
    ]],
    ['tolerations that are no list', { nodes: NodePool.labelled({ tolerations: { key: 'a' } as any }) }, [
      'props/type | nodes.tolerations: expected a list of taints, found a plain object | set `tolerations`, as [{ key: \'acme.com/pool\' }]',
    ]],
    ['labels that are no texts', { nodes: NodePool.labelled({ labels: { gpu: true } as any }) }, [
      'props/type | nodes.labels.gpu: expected a text, found true | write it as a text: \'true\'',
    ]],
    ['more time than GKE gives', { nodes: NodePool.gke({ spot: true, spotGracePeriod: Duration.minutes(5) }) }, [
      'train/spot-grace | nodes.spotGracePeriod: expected at most 120 s, the most that GKE gives, found 300 s | set it to what the node pool was set up with',
    ]],
    ['a time that is none', { nodes: NodePool.gke({ spot: true, spotGracePeriod: 60 as any }) }, [
      'props/type | nodes.spotGracePeriod: expected a Duration, found 60 | set `spotGracePeriod`, as Duration.seconds(15)',
    ]],
    ['being none', { nodes: { instanceType: 'p5.48xlarge' } as any }, [
      "props/type | nodes: expected a NodePool, found a plain object | set `nodes`, as NodePool.eks({ instanceType: 'p5.48xlarge' })",
    ]],
  ])('%s', (_, props, lines) => {
    expect(errorsOf(refused(props))).toEqual(lines);
  });
});
