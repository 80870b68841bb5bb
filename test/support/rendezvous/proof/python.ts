import { addressOf, type Reading, type Seat, wholeNumber } from './seat';

/** A script that `torch.distributed` starts by `env://`: one process in the pod. */
export function readEnvironment(command: readonly string[], reading: Reading): Seat | undefined {
  const { pod } = reading;
  const { RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT } = pod.container.env;
  const rank = wholeNumber(RANK, 'RANK', reading);
  const world = wholeNumber(WORLD_SIZE, 'WORLD_SIZE', reading);
  const port = wholeNumber(MASTER_PORT, 'MASTER_PORT', reading);
  if (MASTER_ADDR === undefined) reading.say(`${pod.name}: MASTER_ADDR is not set`);
  if (rank === undefined || world === undefined || port === undefined || MASTER_ADDR === undefined) return undefined;
  return { pod, launcher: 'torch.distributed', rank, world, processes: 1, dials: { host: MASTER_ADDR, port }, command };
}

/** A script that hands these variables on to `jax.distributed.initialize`: one process in the pod. */
export function readJax(command: readonly string[], reading: Reading): Seat | undefined {
  const { pod } = reading;
  const { JAX_PROCESS_ID, JAX_NUM_PROCESSES, JAX_COORDINATOR_ADDRESS } = pod.container.env;
  const rank = wholeNumber(JAX_PROCESS_ID, 'JAX_PROCESS_ID', reading);
  const world = wholeNumber(JAX_NUM_PROCESSES, 'JAX_NUM_PROCESSES', reading);
  const dials = addressOf(JAX_COORDINATOR_ADDRESS, 'JAX_COORDINATOR_ADDRESS', reading);
  if (rank === undefined || world === undefined || !dials) return undefined;
  return { pod, launcher: 'jax.distributed', rank, world, processes: 1, dials, command };
}
