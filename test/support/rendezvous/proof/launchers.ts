import { hostsIn } from './hosts';
import { optionsOf, type Reading, type Seat, wholeNumber } from './seat';

const DEFAULT_PORT = '29500';
const ACCELERATE_SWITCHES = ['multi_gpu', 'cpu', 'use_cpu', 'use_deepspeed', 'use_fsdp', 'tpu', 'm', 'module', 'no_python', 'same_network', 'debug', 'quiet', 'q'];
const DEEPSPEED_SWITCHES = ['no_ssh', 'module', 'no_python', 'no_local_rank', 'save_pid', 'enable_each_rank_log', 'force_multi', 'elastic_training', 'no_ssh_check'];
const DEEPSPEED_HOSTS = '/job/hostfile';

/**
 * `accelerate launch`, which starts torchrun's own machinery by its flags.
 *
 * @see https://github.com/huggingface/accelerate/blob/main/src/accelerate/commands/launch.py
 */
export function readAccelerate(words: readonly string[], reading: Reading): Seat | undefined {
  const { pod } = reading;
  const { options, rest } = optionsOf(words, ACCELERATE_SWITCHES);
  const machines = wholeNumber(options.get('num_machines') ?? '1', '--num_machines', reading);
  const total = wholeNumber(options.get('num_processes'), '--num_processes', reading);
  if (machines === undefined || total === undefined) return undefined;
  const base = { pod, launcher: 'accelerate', processes: Math.floor(total / machines), world: total, command: rest };
  if (machines === 1) return { ...base, rank: 0 };
  if (total % machines > 0) reading.say(`${pod.name}: --num_processes is ${total}, which is no multiple of the ${machines} machines`);
  const machine = wholeNumber(options.get('machine_rank'), '--machine_rank', reading);
  const port = wholeNumber(options.get('main_process_port') ?? DEFAULT_PORT, '--main_process_port', reading);
  if (machine === undefined || port === undefined) return undefined;
  return { ...base, rank: machine * base.processes, dials: { host: options.get('main_process_ip') ?? '127.0.0.1', port } };
}

/**
 * `deepspeed`, started in every pod with `--no_ssh`; without the list of hosts it trains with what the pod has.
 *
 * @see https://github.com/deepspeedai/DeepSpeed/blob/master/deepspeed/launcher/runner.py
 */
export function readDeepspeed(words: readonly string[], reading: Reading): Seat | undefined {
  const { pod, say } = reading;
  const { options, rest } = optionsOf(words, DEEPSPEED_SWITCHES);
  const path = options.get('hostfile') ?? options.get('H') ?? DEEPSPEED_HOSTS;
  const own = Number(options.get('num_gpus') ?? 1);
  const hostfile = pod.files[path];
  if (hostfile === undefined) return { pod, launcher: 'deepspeed', rank: 0, processes: own, world: own, ignored: [path], command: rest };
  const hosts = hostsIn(hostfile);
  const node = wholeNumber(options.get('node_rank'), '--node_rank', reading);
  const port = wholeNumber(options.get('master_port') ?? DEFAULT_PORT, '--master_port', reading);
  if (node === undefined || port === undefined) return undefined;
  if (!hosts[node]) say(`${pod.name}: --node_rank is ${node}, and ${path} has ${hosts.length} hosts`);
  const before = hosts.slice(0, node).reduce((sum, { slots }) => sum + slots, 0);
  return {
    pod, launcher: 'deepspeed', rank: before, processes: hosts[node]?.slots ?? 0, world: hosts.reduce((sum, { slots }) => sum + slots, 0),
    dials: { host: options.get('master_addr') ?? hosts[0].host, port }, command: rest,
  };
}
