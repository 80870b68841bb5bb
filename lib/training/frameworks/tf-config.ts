import type { ProblemSink } from '../../findings/collector';
import { WORKLOAD_NAME_MAX } from '../../private/names';
import type { EnvVar } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { Role } from '../roles';
import type { ProcessSpec, WorldSpec } from './framework-spec';
import { reservedHostname } from './torchrun';

export const TF_PORT = 2222;

const TASK_INDEX = 'TASK_INDEX';
/** Linux starts no process with a longer variable. */
const MAX_VARIABLE_BYTES = 128 * 1024;
/** What an address has besides the name of the job, which is in it twice. */
const ADDRESS_BYTES = '"-evaluator-0-99999.:65535",'.length;

/** Python with `TF_CONFIG`: the addresses of all tasks that make up the cluster, and which of them this one is. */
export function tfProcess(world: WorldSpec, port: number, env: readonly EnvVar[] = []): ProcessSpec {
  const own: EnvVar[] = world.wiring === 'operator' ? [] : [{ name: 'TF_CONFIG', value: tfConfig(world, port) }];
  return { rankVariable: TASK_INDEX, command: ['python'], args: world.command, env: [...own, ...env], processes: 1 };
}

/** The index is put in by Kubernetes, so that it stands in no quotes; nothing else has a `$`. */
function tfConfig({ role, roles, placeOf }: WorldSpec, port: number): string {
  const cluster = Object.fromEntries(roles.filter(isInCluster).map(({ name, replicas }) => {
    const { address } = placeOf(name);
    return [name, Array.from({ length: replicas }, (_, i) => `${address(i)}:${port}`)];
  }));
  return `{"cluster":${JSON.stringify(cluster)},"task":{"type":"${role.name}","index":$(${TASK_INDEX})}}`;
}

/** The evaluator works beside the cluster, and TensorFlow refuses one that is in it. */
function isInCluster({ name }: Role): boolean {
  return name !== 'evaluator';
}

export function reservedByTfConfig(variable: string): string | undefined {
  if (variable === 'TF_CONFIG') return 'the job sets it to the addresses of all tasks and the place of each';
  if (variable === TASK_INDEX) return 'the job sets it to the index of the task';
  return reservedHostname(variable);
}

/** Holds the number of tasks to what one variable can name. */
export function checkTaskCount({ name, workers }: Partial<DistributedTrainingJobProps>, others: number, sink: ProblemSink): void {
  const nameLength = typeof name === 'string' ? name.length : WORKLOAD_NAME_MAX;
  const most = Math.floor(MAX_VARIABLE_BYTES / (2 * nameLength + ADDRESS_BYTES)) - others;
  if (!(workers! > most)) return;
  sink.error({
    ruleId: 'train/workers',
    path: 'workers',
    expected: `at most ${most}: TF_CONFIG names every task, and Linux starts no process with a variable over 128 KiB`,
    found: String(workers),
    fix: 'use fewer workers with more devices each, or a shorter `name`',
  });
}
