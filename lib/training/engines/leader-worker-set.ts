import type { ProblemSink } from '../../findings/collector';
import { DNS_LABEL_MAX } from '../../private/name-forms';
import { ClaimRetention } from '../../storage/claims/checkpoint-volume';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { retentionOf } from '../pods/claims';
import type { EngineSpec, WorkloadRequest } from './engine-spec';
import { claimsOf } from './stateful-set';

/** The leader has it from its set, the others from the webhook that sees each pod before it is made. */
const WORKER_INDEX = "metadata.labels['leaderworkerset.sigs.k8s.io/worker-index']";
/** `-<hash>`, which a StatefulSet puts behind its name in a label of its pods. */
const REVISION = '-0123456789';
/** There is one group. */
const GROUP = '-0';

/**
 * One group of pods: a StatefulSet of the leader, which is worker 0, and one of the others. When one pod fails, the
 * leader is deleted with the others' set, and all are made again under the same names.
 */
export const leaderWorkerSet: EngineSpec = {
  id: 'leaderWorkerSet',
  name: 'LeaderWorkerSet',
  factory: 'Engine.leaderWorkerSet()',
  apiVersion: 'leaderworkerset.x-k8s.io/v1',
  kind: 'LeaderWorkerSet',
  restartPolicy: 'Always',
  makesService: true,
  // the set of the others is called as the leader
  maxNameLength: ([{ replicas }]) => DNS_LABEL_MAX - `${replicas > 1 ? GROUP : ''}${REVISION}`.length,
  place: ({ name }) => {
    const leader = `${name}${GROUP}`;
    const podName = (index: number): string => index === 0 ? leader : `${leader}-${index}`;
    return { podName, address: index => `${podName(index)}.${name}`, index: { kind: 'field', path: WORKER_INDEX } };
  },
  objects: request => [{
    id: 'Resource',
    props: {
      apiVersion: leaderWorkerSet.apiVersion,
      kind: leaderWorkerSet.kind,
      metadata: { name: request.name, labels: request.labels, ...(request.annotations && { annotations: request.annotations }) },
      spec: specOf(request),
    },
  }],
  checkJob: checkRetention,
};

function specOf({ roles: [{ role, template, claims }] }: WorkloadRequest): Record<string, unknown> {
  return {
    replicas: 1,
    // the leader gets ready only when all have met
    startupPolicy: 'LeaderCreated',
    leaderWorkerTemplate: {
      size: role.replicas,
      restartPolicy: 'RecreateGroupOnPodRestart',
      workerTemplate: template,
      ...claims && claimsOf(claims),
    },
  };
}

/** A restart deletes the set of the others, and what a StatefulSet does to its claims then is meant for its end. */
function checkRetention({ checkpoints }: Partial<DistributedTrainingJobProps>, sink: ProblemSink): void {
  const props = checkpoints?._perWorker;
  if (!props || (props.whenDeleted ?? retentionOf(props)) === ClaimRetention.RETAIN) return;
  sink.error({
    ruleId: 'train/engine-cannot',
    path: 'checkpoints.whenDeleted',
    expected: 'ClaimRetention.RETAIN: each restart of the group deletes the StatefulSet of its workers, and would delete their claims',
    found: props.whenDeleted === undefined ? `${retentionOf(props)}, as \`durability\` has it` : `${props.whenDeleted}`,
    fix: 'say `whenDeleted: ClaimRetention.RETAIN`, and delete the claims by hand',
    link: 'https://github.com/kubernetes-sigs/lws/blob/v0.8.0/pkg/controllers/pod_controller.go',
  });
}
