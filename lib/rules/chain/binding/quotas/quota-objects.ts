import type { Json } from '../../../engine/manifest';
import { Path } from '../../../engine/path';
import { errorRule } from '../../../engine/rule';
import type { Subject } from '../../../engine/subject';
import { quoted } from '../../../values/quote';
import type { StorageChain } from '../model/storage-chain';
import { amountsOf, byNamespace } from './pod-resources';

/** What quotas call objects of a type; pods and claims are counted with what they ask for. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['ConfigMap', ['configmaps', 'count/configmaps']],
  ['Secret', ['secrets', 'count/secrets']],
  ['Service', ['services', 'count/services']],
  ['ServiceAccount', ['count/serviceaccounts']],
  ['ReplicationController', ['replicationcontrollers', 'count/replicationcontrollers']],
  // its controller makes a ReplicaSet of it
  ['apps/Deployment', ['count/deployments.apps', 'count/replicasets.apps']],
  ['apps/ReplicaSet', ['count/replicasets.apps']],
  ['apps/StatefulSet', ['count/statefulsets.apps']],
  ['apps/DaemonSet', ['count/daemonsets.apps']],
  ['batch/Job', ['count/jobs.batch']],
  ['batch/CronJob', ['count/cronjobs.batch']],
  ['jobset.x-k8s.io/JobSet', ['count/jobsets.jobset.x-k8s.io']],
  ['snapshot.storage.k8s.io/VolumeSnapshot', ['count/volumesnapshots.snapshot.storage.k8s.io']],
]);
const BALANCERS = 'services.loadbalancers';
const NODE_PORTS = 'services.nodeports';
/** Every namespace has a ConfigMap with the certificate of the API server, and a service account. */
const THERE: ReadonlyMap<string, number> = new Map([['configmaps', 1], ['count/configmaps', 1], ['count/serviceaccounts', 1]]);

export const QUOTA_OBJECTS = errorRule({
  id: 'chain/quota-objects',
  title: 'A namespace has as many objects as its ResourceQuota allows',
  why: 'The API server refuses every object beyond the number that a quota sets for its kind.',
  fix: 'use fewer objects, or raise the quota',
  link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#object-count-quota',
});

/** A quota of a namespace, and how many objects are counted by now. */
interface Count {
  readonly quota: string;
  readonly hard: number;
  found: number;
}

/** Counts the objects of every namespace that has a quota. */
export function checkQuotaObjects({ bundle }: StorageChain): void {
  const counts = new Map<string, Count[]>();
  for (const [namespace, ofNamespace] of byNamespace(bundle, 'ResourceQuota')) {
    for (const { spec, metadata } of ofNamespace) {
      for (const [resource, hard] of amountsOf(spec?.hard)) {
        const key = `${namespace} ${resource}`;
        const count: Count = { quota: quoted(metadata?.name), hard, found: THERE.get(resource) ?? 0 };
        counts.set(key, [...counts.get(key) ?? [], count]);
      }
    }
  }
  if (counts.size === 0) return;
  for (const [type, resources] of NAMES) {
    for (const subject of bundle.all(type)) {
      for (const resource of resources) {
        for (const count of counts.get(`${subject.manifest.namespace} ${resource}`) ?? []) countMore(subject, resource, count, 1);
      }
    }
  }
  for (const subject of bundle.all('Service')) {
    const { balancers, ports } = takenBy(subject.json.spec ?? {});
    for (const count of counts.get(`${subject.manifest.namespace} ${BALANCERS}`) ?? []) countMore(subject, BALANCERS, count, balancers);
    for (const count of counts.get(`${subject.manifest.namespace} ${NODE_PORTS}`) ?? []) countMore(subject, NODE_PORTS, count, ports);
  }
}

/** The load balancers, and ports of nodes, that a Service takes. */
function takenBy({ type, ports = [], allocateLoadBalancerNodePorts }: Json): { readonly balancers: number; readonly ports: number } {
  const isBalancer = type === 'LoadBalancer';
  if (!isBalancer && type !== 'NodePort') return { balancers: 0, ports: 0 };
  const isOwn = ({ nodePort = 0 }: Json): boolean => nodePort > 0 || !isBalancer || allocateLoadBalancerNodePorts !== false;
  return { balancers: isBalancer ? 1 : 0, ports: (ports as readonly Json[]).filter(isOwn).length };
}

function countMore(subject: Subject, resource: string, count: Count, more: number): void {
  count.found += more;
  if (more === 0 || count.found <= count.hard) return;
  subject.report(QUOTA_OBJECTS, Path.ROOT, {
    expected: `at most ${count.hard} of ${resource}, as the ResourceQuota ${count.quota} has it`, found: `this as number ${count.found}`,
  });
}
