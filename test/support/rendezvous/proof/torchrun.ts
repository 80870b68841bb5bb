import { type Address, addressOf, devicesOf, optionsOf, type Reading, type Seat, wholeNumber } from './seat';

const STATIC_PORT = 29_500;
const C10D_PORT = 29_400;
const SWITCHES = ['standalone', 'm', 'module', 'no_python', 'run_path', 'signals_to_handle'];
/** What a script reads that starts without torchrun. */
const IGNORED = ['MASTER_ADDR', 'MASTER_PORT', 'RANK', 'WORLD_SIZE', 'NODE_RANK'];

/** Its options, each by its flag or by the variable that stands for it. */
type Option = (name: string, otherwise?: string) => string | undefined;

/**
 * torchrun by flags and `PET_*`; it reads nothing else.
 *
 * @see https://github.com/pytorch/pytorch/blob/main/torch/distributed/run.py
 */
export function readTorchrun(words: readonly string[], reading: Reading): Seat | undefined {
  const { pod: { container: { env } } } = reading;
  const { options, rest } = optionsOf(words, SWITCHES);
  const option: Option = (name, otherwise) => options.get(name) ?? env[`PET_${name.toUpperCase()}`] ?? otherwise;
  const nodes = nodesOf(option, reading);
  const processes = processesOf(option('nproc_per_node', '1')!, reading);
  if (!nodes || processes === undefined) return undefined;
  const base = { pod: reading.pod, launcher: 'torchrun', processes, command: rest };
  if (option('standalone') !== undefined || (nodes.max === 1 && option('rdzv_backend', 'static') === 'static')) {
    return { ...base, rank: 0, world: processes, ignored: IGNORED.filter(name => name in env) };
  }
  if (option('rdzv_backend', 'static') === 'static') return readStatic(option, nodes.max, base, reading);
  const dials = addressOf(option('rdzv_endpoint', ''), 'PET_RDZV_ENDPOINT', reading, C10D_PORT);
  return dials && { ...base, world: nodes.max * processes, nodes, dials, group: option('rdzv_id', 'none') };
}

function readStatic(option: Option, nodes: number, base: Pick<Seat, 'pod' | 'launcher' | 'processes' | 'command'>, reading: Reading): Seat | undefined {
  const node = wholeNumber(option('node_rank', '0'), 'PET_NODE_RANK', reading);
  const endpoint = option('rdzv_endpoint');
  const port = endpoint ? undefined : wholeNumber(option('master_port', String(STATIC_PORT)), 'PET_MASTER_PORT', reading);
  const dials: Address | undefined = endpoint
    ? addressOf(endpoint, 'PET_RDZV_ENDPOINT', reading, STATIC_PORT)
    : port === undefined ? undefined : { host: option('master_addr', '127.0.0.1')!, port };
  if (node === undefined || !dials) return undefined;
  return { ...base, rank: node * base.processes, world: nodes * base.processes, dials };
}

function nodesOf(option: Option, { pod, say }: Reading): { min: number; max: number } | undefined {
  const text = option('nnodes', '1')!;
  const [, min, max = min] = /^(\d+)(?::(\d+))?$/.exec(text) ?? [];
  if (min !== undefined) return { min: Number(min), max: Number(max) };
  say(`${pod.name}: PET_NNODES is '${text}', which is no number of nodes`);
  return undefined;
}

function processesOf(text: string, reading: Reading): number | undefined {
  const { pod, say } = reading;
  if (!['auto', 'gpu'].includes(text)) return wholeNumber(text, 'PET_NPROC_PER_NODE', reading);
  const devices = devicesOf(pod);
  if (devices > 0) return devices;
  say(`${pod.name}: PET_NPROC_PER_NODE is '${text}', and without accelerators that is one process for each CPU of the node`);
  return undefined;
}
