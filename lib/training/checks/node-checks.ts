import { ProblemSink, under } from '../../findings/collector';
import type { KubernetesVersion } from '../../kubernetes-version';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { ACCELERATED_MACHINES, CLOUDS, GKE_ACCELERATOR_LABEL, INSTANCE_TYPE_LABEL, NODES } from '../nodes/clouds';
import { gracePeriodSecondsOf } from '../pods/worker-pod';
import { podsThat } from '../roles';
import type { JobContext } from './job-checks';

const NODE_SELECTOR_DOCS = 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodeselector';
const NODES_RULE = 'train/nodes';

/** Checks of the devices, the interconnect and the nodes of the workers, and of each against the others. */
export function checkNodes(
  props: DistributedTrainingJobProps, { engine, framework }: JobContext, target: KubernetesVersion, sink: ProblemSink,
): void {
  const { accelerator, fabric, nodes, workers } = props;
  accelerator?._check(under('accelerator', sink));
  fabric?._fabric.check(under('fabric', sink));
  nodes?._pool.check(under('nodes', sink));
  if (workers >= 1) {
    accelerator?._spec.checkJob?.({ pods: podsThat(framework._spec.roles(workers, engine._spec.id), 'accelerated'), target }, sink);
  }
  checkMemoryLock(props, sink);
  checkCloud(props, sink);
  checkNodeDevices(props, sink);
  checkNodeLabels(props, sink);
  checkSpotGrace(props, sink);
  checkDevicesAsked(props, sink);
}

/** A capability that is added reaches only root: Kubernetes has no ambient capabilities. */
function checkMemoryLock({ fabric, runAsUser }: DistributedTrainingJobProps, sink: ProblemSink): void {
  if (!fabric?._fabric.capabilities.includes('IPC_LOCK') || runAsUser === 0) return;
  sink.error({
    ruleId: 'train/ipc-lock', path: 'fabric.ipcLock', expected: '`runAsUser: 0`: only root gets a capability that a container adds',
    found: runAsUser === undefined ? 'the default user, 1000' : `user ${runAsUser}`,
    fix: 'leave `ipcLock` out and lift the limit of locked memory of the container runtime on the nodes',
    link: 'https://github.com/kubernetes/kubernetes/issues/56374',
  });
}

/** What only one cloud has, the nodes of another do not. */
function checkCloud({ accelerator, fabric, nodes }: DistributedTrainingJobProps, sink: ProblemSink): void {
  const found = nodes?._pool;
  for (const [prop, spec] of [['accelerator', accelerator?._spec], ['fabric', fabric?._fabric]] as const) {
    if (!spec?.cloud || !found?.cloud || spec.cloud === found.cloud) continue;
    sink.error({
      ruleId: NODES_RULE, path: 'nodes', expected: `nodes of ${CLOUDS[spec.cloud].name}: only they have what ${spec.factory} asks for`, found: found.factory,
      fix: `use NodePool.${spec.cloud}(), or another \`${prop}\``,
    });
  }
  if (accelerator?._spec.resourceName === 'google.com/tpu' && found?.hasGpus) {
    sink.error({
      ruleId: NODES_RULE, path: 'nodes.accelerator', expected: 'no kind of GPU: the nodes of a slice of TPUs are known by its type and topology',
      found: JSON.stringify(found.labels['cloud.google.com/gke-accelerator']), fix: 'leave `accelerator` of the nodes out',
    });
  }
}

/** A pod that asks for more than any node has waits for ever. */
function checkNodeDevices({ accelerator, fabric, nodes }: DistributedTrainingJobProps, sink: ProblemSink): void {
  for (const kind of Object.values(nodes?._pool.labels ?? {})) {
    const facts = NODES.get(kind);
    if (!facts) continue;
    const { resourceName, count = 0 } = accelerator?._spec ?? {};
    const fix = 'raise `workers` instead, or take other nodes';
    if (resourceName === facts.resourceName && count > facts.devices) {
      sink.error({
        ruleId: 'train/node-devices', path: 'accelerator.count', expected: `at most ${facts.devices}, all that a node of ${kind} has`, found: String(count), fix,
      });
    }
    const interfaces = fabric?._fabric.interfaces ?? 0;
    if (facts.interfaces !== undefined && interfaces > facts.interfaces) {
      sink.error({
        ruleId: 'train/node-devices', path: 'fabric.interfaces', expected: `at most ${facts.interfaces}, all that a node of ${kind} has`,
        found: String(interfaces), fix: `set it to ${facts.interfaces}, or take other nodes`,
      });
    }
  }
}

/** No node has two values of one label. */
function checkNodeLabels({ accelerator, nodes, nodeSelector = {} }: DistributedTrainingJobProps, sink: ProblemSink): void {
  const seen = new Map<string, { readonly value: string; readonly prop: string }>();
  for (const [prop, labels] of [['accelerator', accelerator?._spec.nodeLabels], ['nodes', nodes?._pool.labels], ['nodeSelector', nodeSelector]] as const) {
    for (const [key, value] of Object.entries(labels ?? {})) {
      const before = seen.get(key);
      if (before && before.value !== value) {
        sink.error({
          ruleId: 'chain/node-labels', path: prop === 'nodeSelector' ? `nodeSelector['${key}']` : prop,
          expected: `${JSON.stringify(before.value)}${prop === 'nodeSelector' ? '' : ` for ${key}`}, as \`${before.prop}\` demands it: no node has both`,
          found: JSON.stringify(value), fix: `leave the label out of \`${prop}\`, or change \`${before.prop}\``, link: NODE_SELECTOR_DOCS,
        });
      }
      if (!before) seen.set(key, { value, prop });
    }
  }
}

/** Pods see no device that they do not ask for, and are kept from nodes whose taint they do not tolerate. */
function checkDevicesAsked({ accelerator, nodes }: DistributedTrainingJobProps, sink: ProblemSink): void {
  const { labels = {}, factory } = nodes?._pool ?? {};
  const kind = labels[GKE_ACCELERATOR_LABEL] ?? labels[INSTANCE_TYPE_LABEL];
  if (accelerator || kind === undefined || !(GKE_ACCELERATOR_LABEL in labels || ACCELERATED_MACHINES.test(kind))) return;
  sink.warn({
    ruleId: 'train/no-accelerator',
    path: 'accelerator',
    expected: `the devices of the nodes, as Accelerator.nvidia(8): without, pods get none of them, and do not tolerate the taint of such nodes`,
    found: `none with ${factory} of ${kind}`,
    fix: 'set `accelerator`, or take other nodes',
    link: 'https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/',
  });
}

/** What a cloud takes back it stops in its own time. */
function checkSpotGrace(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  const { cloud, spot } = props.nodes?._pool ?? {};
  if (!cloud || !spot) return;
  const facts = CLOUDS[cloud];
  const given = props.terminationGracePeriod;
  const seconds = given?.toSeconds({ integral: false }) ?? gracePeriodSecondsOf(props);
  if (seconds <= spot.seconds) return;
  sink.warn({
    ruleId: 'train/spot-grace',
    path: 'terminationGracePeriod',
    expected: `at most ${spot.seconds} s: a ${facts.spot.name} of ${facts.name} that is taken back leaves its pods no more`,
    found: `${seconds} s${given ? '' : ', the default'}`,
    fix: `lower it to what a last checkpoint can count on, and write checkpoints often${spot.more ? `; or ${spot.more}` : ''}`,
    link: facts.spot.link,
  });
}
