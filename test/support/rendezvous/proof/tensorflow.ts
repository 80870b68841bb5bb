import type { ResolvedPod } from '../pods';
import { find } from './names';
import { addressOf, type Reading, type Seat } from './seat';

type Cluster = Record<string, string[]>;

/** What a pod is told by `TF_CONFIG`. */
export interface Task {
  readonly pod: ResolvedPod;
  readonly cluster: Cluster;
  readonly type: string;
  readonly index: number;
}

/** Roles of a cluster, in the order in which ranks are counted here. */
const ORDER = ['chief', 'master', 'worker', 'ps'];

/** @see https://www.tensorflow.org/guide/distributed_training#setting_up_the_tf_config_environment_variable */
export function readTfConfig({ pod, say }: Reading): Task | undefined {
  const text = pod.container.env.TF_CONFIG;
  let config: any;
  try {
    config = JSON.parse(text);
  } catch {
    say(`${pod.name}: TF_CONFIG is no JSON: ${text}`);
    return undefined;
  }
  const { cluster = {}, task: { type = '?', index } = {} as any } = config;
  if (!/^\d+$/.test(String(index))) {
    say(`${pod.name}: the index of its task in TF_CONFIG is ${JSON.stringify(index)}, which is no whole number`);
    return undefined;
  }
  return { pod, cluster, type, index: Number(index) };
}

/** Holds the tasks of one cluster against each other, and gives each its seat. */
export function seatsOfTasks(tasks: readonly Task[], { pods, say }: Omit<Reading, 'pod'>): Seat[] {
  const [{ cluster, pod: first }] = tasks;
  for (const { pod, cluster: other } of tasks) {
    if (JSON.stringify(other) !== JSON.stringify(cluster)) say(`${pod.name} and ${first.name} are told of different clusters`);
  }
  if ('evaluator' in cluster) say(`${first.name}: TF_CONFIG has the evaluator in its cluster, which TensorFlow refuses`);
  if ('ps' in cluster && cluster.chief?.length !== 1) say(`${first.name}: parameter servers need one chief, and the cluster has ${cluster.chief?.length ?? 0}`);
  const members = [...ORDER.filter(type => type in cluster), ...Object.keys(cluster).filter(type => !ORDER.includes(type) && type !== 'evaluator')]
    .flatMap(type => cluster[type].map((address, index) => ({ type, index, address })));
  return [
    ...members.flatMap(({ type, index, address }, rank) => {
      const holders = tasks.filter(task => task.type === type && task.index === index);
      if (holders.length !== 1) say(`${type} ${index} is ${holders.length === 0 ? 'no pod' : holders.map(({ pod }) => pod.name).join(' and ')}`);
      return holders.map(({ pod }) => {
        checkAddress(address, { pod, pods, say });
        const dials = addressOf(members[0].address, 'address of the first task', { pod, pods, say });
        return { pod, launcher: 'tensorflow', rank, processes: 1, world: members.length, dials, command: pod.container.argv };
      });
    }),
    ...strays(tasks, cluster, say),
  ];
}

function checkAddress(text: string, reading: Reading): void {
  const { pod, pods, say } = reading;
  const address = addressOf(text, 'its address in TF_CONFIG', reading);
  if (!address) return;
  const { found, trouble } = find(address.host, pod, pods);
  if (trouble) say(`${pod.name} is to listen on ${text}, ${trouble}`);
  else if (found !== pod) say(`${pod.name} is to listen on ${text}, which is ${found!.name}`);
}

/** A task outside of the cluster: the evaluator, or nobody's. */
function strays(tasks: readonly Task[], cluster: Cluster, say: (problem: string) => void): Seat[] {
  for (const { pod, type, index } of tasks) {
    if (type !== 'evaluator' && cluster[type]?.[index] === undefined) say(`${pod.name} is ${type} ${index}, which the cluster does not have`);
  }
  return [];
}
