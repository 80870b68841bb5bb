import { type Controller, copyOf, podFrom, type Wire } from '../objects';

const KEY = 'training.kubeflow.org/';
const DEFAULT_PORT = 23_456;

/**
 * A pod and a Service for each replica, as release 1.9 of the Training Operator makes them.
 *
 * @see https://github.com/kubeflow/trainer/tree/release-1.9/pkg/controller.v1/pytorch
 */
export const pytorchJob: Controller = job => {
  const replicas = Object.entries(job.spec.pytorchReplicaSpecs as Record<string, Wire>);
  const total = replicas.reduce((sum, [, { replicas: count = 1 }]) => sum + (count as number), 0);
  return replicas.flatMap(([type, spec]) => Array.from({ length: spec.replicas ?? 1 }, (_, index) => {
    const role = type.toLowerCase();
    const name = `${job.metadata.name}-${role}-${index}`;
    const labels = {
      [`${KEY}job-name`]: job.metadata.name,
      [`${KEY}operator-name`]: 'pytorchjob-controller',
      [`${KEY}replica-index`]: String(index),
      [`${KEY}replica-type`]: role,
    };
    const env = told(job, total, role === 'worker' && 'Master' in job.spec.pytorchReplicaSpecs ? index + 1 : index);
    const pod = podFrom(spec.template, name, { labels: { ...labels, ...role === 'master' && { [`${KEY}job-role`]: 'master' } } });
    // only the containers that run on, in whatever they are told already
    pod.spec.containers = pod.spec.containers.map((container: Wire) => ({ ...container, env: [...container.env ?? [], ...copyOf(env)] }));
    return [pod, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { clusterIP: 'None', selector: labels } }];
  })).flat();
};

/** Behind the container's own variables. */
function told({ metadata: { name }, spec }: Wire, total: number, rank: number): Wire[] {
  const { Master: master } = spec.pytorchReplicaSpecs;
  const processes = String(spec.nprocPerNode ?? 'auto');
  const port = String(portOf(master));
  const address = `${name}-master-0`;
  const worldSize = total * (/^\d+$/.test(processes) ? Number(processes) : 1);
  return [
    { name: 'PYTHONUNBUFFERED', value: '1' },
    ...master ? [
      { name: 'MASTER_PORT', value: port },
      { name: 'PET_MASTER_PORT', value: port },
      { name: 'MASTER_ADDR', value: address },
      { name: 'PET_MASTER_ADDR', value: address },
      { name: 'WORLD_SIZE', value: String(worldSize) },
      { name: 'RANK', value: String(rank) },
      { name: 'PET_NPROC_PER_NODE', value: processes },
      { name: 'PET_NODE_RANK', value: String(rank) },
    ] : [],
    ...spec.elasticPolicy ? elastic(name as string, spec) : [{ name: 'PET_NNODES', value: String(total) }],
  ];
}

function elastic(name: string, { elasticPolicy: policy, pytorchReplicaSpecs: { Worker: worker } }: Wire): Wire[] {
  const { minReplicas, maxReplicas, rdzvHost = `${name}-worker-0`, rdzvPort = portOf(worker), rdzvBackend = 'c10d' } = policy;
  const nodes = minReplicas === undefined && maxReplicas === undefined ? worker.replicas : `${minReplicas}:${maxReplicas}`;
  const conf = ((policy.rdzvConf ?? []) as Wire[]).map(({ key, value }) => `${key}=${value}`).join(',');
  const optional: Record<string, unknown> = {
    PET_MAX_RESTARTS: policy.maxRestarts,
    PET_NPROC_PER_NODE: policy.nProcPerNode,
    PET_RDZV_ID: policy.rdzvId,
    PET_RDZV_CONF: conf || undefined,
    PET_STANDALONE: policy.standalone ? '' : undefined,
  };
  return [
    { name: 'PET_RDZV_ENDPOINT', value: `${rdzvHost}:${rdzvPort}` },
    { name: 'PET_RDZV_BACKEND', value: rdzvBackend },
    { name: 'PET_NNODES', value: String(nodes) },
    ...Object.entries(optional).filter(([, value]) => value !== undefined).map(([of, value]) => ({ name: of, value: String(value) })),
  ];
}

/** The port of the container that the operator knows by its name; the webhook adds one where there is none. */
function portOf(replica: Wire): number {
  const container = ((replica?.template.spec.containers ?? []) as Wire[]).find(({ name }) => name === 'pytorch');
  return ((container?.ports ?? []) as Wire[]).find(({ name }) => name === 'pytorchjob-port')?.containerPort ?? DEFAULT_PORT;
}
