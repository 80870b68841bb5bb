import { createHash } from 'node:crypto';
import { type Controller, copyOf, namespaceOf, podFrom, revisionOf, type Wire, withContainers } from '../objects';
import { since } from '../since';

const KEY = 'leaderworkerset.sigs.k8s.io/';

/**
 * A leader for each group and its workers: StatefulSets, of which the workers' begin at 1, and what the webhook adds to pods.
 *
 * @see https://github.com/kubernetes-sigs/lws/tree/main/pkg/controllers
 * @see https://github.com/kubernetes-sigs/lws/blob/main/pkg/webhooks/pod_webhook.go
 */
export const leaderWorkerSet: Controller = (set, { target }) => {
  const { metadata: { name }, spec } = set;
  const isUnique = spec.networkConfig?.subdomainPolicy === 'UniquePerReplica';
  return Array.from({ length: spec.replicas ?? 1 }, (_, group) => {
    const leader = `${name}-${group}`;
    const subdomain = isUnique ? leader : name as string;
    const { size = 1, leaderTemplate, workerTemplate } = spec.leaderWorkerTemplate;
    const serviceSelector = { [`${KEY}name`]: name, ...isUnique && { [`${KEY}group-index`]: String(group) } };
    return [
      ...group === 0 || isUnique ? [serviceOf(subdomain, serviceSelector)] : [],
      ...Array.from({ length: size as number }, (_, index) => podOf(set, {
        group, index, subdomain,
        template: index === 0 ? leaderTemplate ?? workerTemplate : workerTemplate,
        // the ordinal of a leader is its group
        ordinal: since(28, target) ? String(index === 0 ? group : index) : undefined,
      })),
    ];
  }).flat();
};

interface Place {
  readonly group: number;
  readonly index: number;
  readonly subdomain: string;
  readonly template: Wire;
  readonly ordinal?: string;
}

function podOf(set: Wire, { group, index, subdomain, template, ordinal }: Place): Wire {
  const { metadata, spec: { leaderWorkerTemplate: { size = 1, volumeClaimTemplates = [] } } } = set;
  const leader = `${metadata.name}-${group}`;
  const name = index === 0 ? leader : `${leader}-${index}`;
  const claims = (volumeClaimTemplates as Wire[]).map(claim => ({ name: claim.metadata.name, persistentVolumeClaim: { claimName: `${claim.metadata.name}-${name}` } }));
  const others = ((template.spec.volumes ?? []) as Wire[]).filter(volume => !claims.some(claim => claim.name === volume.name));
  const pod = podFrom(template, name, {
    labels: {
      [`${KEY}name`]: metadata.name,
      [`${KEY}group-index`]: String(group),
      [`${KEY}group-key`]: createHash('sha1').update(`${namespaceOf(set)}/${leader}`).digest('hex'),
      [`${KEY}worker-index`]: String(index),
      // the set of the leaders is called as the whole, that of the others as their leader
      'controller-revision-hash': revisionOf(index === 0 ? metadata.name as string : leader),
      'statefulset.kubernetes.io/pod-name': name,
      ...ordinal !== undefined && { 'apps.kubernetes.io/pod-index': ordinal },
    },
    annotations: { [`${KEY}size`]: String(size), ...index > 0 && { [`${KEY}leader-name`]: leader } },
    spec: { hostname: name, subdomain, volumes: [...claims, ...others] },
  });
  const told = [
    { name: 'LWS_LEADER_ADDRESS', value: `${leader}.${subdomain}.${namespaceOf(set)}` },
    { name: 'LWS_GROUP_SIZE', value: String(size) },
    { name: 'LWS_WORKER_INDEX', value: String(index) },
  ];
  return { ...pod, spec: withContainers(pod.spec, container => inFront(copyOf(container), told)) };
}

/** Before the container's own variables, which may so refer to them, and instead of those of their names. */
function inFront(container: Wire, told: readonly { name: string }[]): Wire {
  const names = new Set(told.map(({ name }) => name));
  const own: Wire[] = [];
  for (const variable of (container.env ?? []) as Wire[]) {
    if (names.has(variable.name as string)) continue;
    names.add(variable.name as string);
    own.push(variable);
  }
  return { ...container, env: [...told, ...own] };
}

function serviceOf(name: string, selector: Record<string, string>): Wire {
  return {
    apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { clusterIP: 'None', selector, publishNotReadyAddresses: true },
  };
}
