import type { Json } from '../../../engine/manifest';
import { warningRule } from '../../../engine/rule';
import { valueOf } from '../../../values/quantity';
import type { StorageChain } from '../model/storage-chain';
import { makesPods, resourcesOf } from './pod-resources';

const NONE: readonly never[] = [];
const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

export const KUEUE_QUOTA = warningRule({
  id: 'chain/kueue-quota',
  title: 'A flavor of the ClusterQueue has room for the pods of a job',
  why: 'Kueue admits a job when all pods of a kind fit into one flavor of its queue. A job that is larger than every flavor is never admitted.',
  fix: 'run fewer pods, ask for less, or raise nominalQuota',
  link: 'https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/',
});

/** Holds the pods of queued jobs against the quotas of their queues. */
export function checkKueue({ bundle }: StorageChain): void {
  if (bundle.all('kueue.x-k8s.io/ClusterQueue').length === 0) return;
  for (const pod of bundle.pods) {
    const { json, namespace } = pod.subject.manifest;
    const queue: string | undefined = json.metadata?.labels?.[QUEUE_LABEL];
    if (queue === undefined || !makesPods(pod)) continue;
    const clusterQueue: string | undefined = bundle.find('kueue.x-k8s.io/LocalQueue', namespace, queue)?.json.spec?.clusterQueue;
    const spec: Json | undefined = clusterQueue === undefined ? undefined : bundle.find('kueue.x-k8s.io/ClusterQueue', '', clusterQueue)?.json.spec;
    // queues of a cohort lend each other what they do not use
    if (!spec || spec.cohort !== undefined || spec.cohortName !== undefined) continue;
    const copies = pod.copies ?? 1;
    for (const [resource, each] of resourcesOf(pod, NONE).requests) {
      const most = mostOf(spec, resource);
      if (each * copies <= most) continue;
      pod.subject.report(KUEUE_QUOTA, pod.path.field('containers'), {
        expected: most < 0 ? `no ${resource}, for which the ClusterQueue ${clusterQueue} has no quota` : `at most ${most} of ${resource}, as the largest flavor of the ClusterQueue ${clusterQueue} has`,
        found: copies === 1 ? String(each) : `${copies} times ${each}`,
      });
    }
  }
}

/** What the largest flavor has of a resource; negative where no group covers it. */
function mostOf(spec: Json, resource: string): number {
  let most = -1;
  for (const { coveredResources = NONE, flavors } of listOf(spec.resourceGroups)) {
    if (!coveredResources.includes(resource)) continue;
    for (const flavor of listOf(flavors)) {
      const quota = listOf(flavor.resources).find(({ name }) => name === resource);
      most = Math.max(most, valueOf(quota?.nominalQuota) ?? 0);
    }
  }
  return most;
}

/** Definitions of kinds say less than the types of Kubernetes itself: there may be gaps in a list. */
function listOf(value: readonly (Json | undefined)[] = NONE): readonly Json[] {
  return value.filter(one => one !== undefined);
}
