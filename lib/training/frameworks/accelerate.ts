import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import type { EnvVar } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { workersOnly } from '../roles';
import type { FrameworkSpec, ProcessSpec, WorldSpec } from './framework-spec';
import { preferOneDirectory } from './shared-directory';
import { checkTorchrunProps, DEFAULT_MAX_RESTARTS, processesOf, type PytorchProps, reservedByTorchrun, shutdownTimeout, TORCHRUN_PORT } from './torchrun';

const DOCS = 'https://huggingface.co/docs/accelerate/package_reference/cli#accelerate-launch';
const RANK_VARIABLE = 'NODE_RANK';
const USE_CPU = 'ACCELERATE_USE_CPU';
const PRECISION = 'ACCELERATE_MIXED_PRECISION';

/** Numbers that Accelerate trains with, besides those of 32 bits. */
export enum MixedPrecision {
  /** 32 bits only. */
  NO = 'no',
  /** Half precision. */
  FP16 = 'fp16',
  /** bfloat16. */
  BF16 = 'bf16',
  /** 8 bits, of GPUs and a library that have them. */
  FP8 = 'fp8',
}

/** Options of Hugging Face Accelerate. */
export interface AccelerateProps extends PytorchProps {
  /**
   * Mixed precision.
   *
   * @default - as `configFile` has it, else none
   */
  readonly mixedPrecision?: MixedPrecision;

  /**
   * Configuration of Accelerate, in the image or in a volume, for FSDP, DeepSpeed and the like. Numbers, addresses and ports
   * in it count for nothing: the job knows them. Its `distributed_type` must be one that torchrun starts: `MULTI_GPU`,
   * `FSDP`, `DEEPSPEED`, `MEGATRON_LM`. With `NO` or `MULTI_CPU` each process would train alone, and never hear of SIGTERM.
   *
   * @default - none: data parallel
   */
  readonly configFile?: string;
}

/**
 * `accelerate launch` in every worker, which starts torchrun in its own process: with a static rendezvous at worker 0, since
 * it takes no range of workers that another would be good for.
 */
export function accelerate(props: AccelerateProps): FrameworkSpec {
  return {
    id: 'accelerate',
    name: 'Accelerate',
    factory: 'Framework.accelerate()',
    port: props.port ?? TORCHRUN_PORT,
    checkpointsTogether: true,
    keepsExitCodes: false,
    roles: workersOnly,
    reserved: reservedByAccelerate,
    docs: DOCS,
    check: sink => checkProps(props, sink),
    checkJob: (job, sink) => checkJob(props, job, sink),
    processes: world => processOf(world, props),
  };
}

function processOf(world: WorldSpec, props: AccelerateProps): ProcessSpec {
  const { mixedPrecision } = props;
  const processes = processesOf(world, props);
  // devices it finds itself; but without any it would take each process for one that trains alone
  const device: EnvVar[] = world.devices === 0 ? [{ name: USE_CPU, value: 'true' }] : [];
  const common = { rankVariable: RANK_VARIABLE, args: world.command, processes };
  if (isOne(props, world.role.replicas, processes)) {
    return { ...common, command: ['python', '-u'], env: [...aloneIn(world, props), ...device, ...mixedPrecision ? [{ name: PRECISION, value: mixedPrecision }] : []] };
  }
  return { ...common, command: launcher(world, props, processes), env: [...device, shutdownTimeout(world)] };
}

/**
 * Whether one process trains alone, without a configuration. `accelerate launch` would only run Python, and as process 1 of
 * its container keep SIGTERM to itself.
 */
function isOne({ configFile }: AccelerateProps, workers: number, processes: number): boolean {
  return workers * processes === 1 && configFile === undefined;
}

/** For scripts that use `torch.distributed` beside Accelerate, which itself sees by the missing LOCAL_RANK that it is alone. */
function aloneIn({ placeOf }: WorldSpec, { port = TORCHRUN_PORT }: AccelerateProps): EnvVar[] {
  return [
    { name: 'RANK', value: '0' },
    { name: 'WORLD_SIZE', value: '1' },
    { name: 'MASTER_ADDR', value: placeOf('worker').address(0) },
    { name: 'MASTER_PORT', value: String(port) },
  ];
}

function launcher({ role, placeOf }: WorldSpec, props: AccelerateProps, processes: number): string[] {
  const { configFile, mixedPrecision, maxRestarts = DEFAULT_MAX_RESTARTS, port = TORCHRUN_PORT } = props;
  return [
    'accelerate', 'launch',
    // despite its name it stands for torchrun, with any device; DeepSpeed's own launcher would need ssh
    ...configFile === undefined ? ['--multi_gpu'] : ['--config_file', configFile, '--deepspeed_multinode_launcher', 'standard'],
    ...mixedPrecision ? ['--mixed_precision', mixedPrecision] : [],
    '--num_machines', String(role.replicas),
    '--num_processes', String(role.replicas * processes),
    '--machine_rank', `$(${RANK_VARIABLE})`,
    '--main_process_ip', placeOf('worker').address(0),
    '--main_process_port', String(port),
    '--max_restarts', String(maxRestarts),
  ];
}

function reservedByAccelerate(variable: string): string | undefined {
  if (variable === RANK_VARIABLE) return 'the job sets it to the index of the worker';
  if (variable === USE_CPU) return 'the job sets it where workers have no accelerators';
  if (variable === PRECISION) return 'accelerate launch sets it: use `mixedPrecision` of the framework';
  if (variable.startsWith('ACCELERATE_DYNAMO_')) return 'accelerate launch sets it: use `configFile` of the framework';
  return reservedByTorchrun(variable);
}

function checkProps(props: AccelerateProps, sink: ProblemSink): void {
  checkTorchrunProps(props, sink);
  const { mixedPrecision, configFile } = props;
  const known: readonly string[] = Object.values(MixedPrecision);
  if (mixedPrecision !== undefined && !known.includes(mixedPrecision)) {
    sink.error({
      ruleId: 'train/framework-option', path: 'mixedPrecision', expected: known.join(', '), found: described(mixedPrecision),
      fix: 'use a MixedPrecision, or leave it out', link: DOCS,
    });
  }
  if (configFile !== undefined && !(typeof configFile === 'string' && /^\/[^$]+$/.test(configFile))) {
    sink.error({
      ruleId: 'train/framework-option', path: 'configFile', expected: 'an absolute path in the workers, without `$`', found: described(configFile),
      fix: 'name the file as the workers see it, as `/workspace/accelerate.yaml`', link: DOCS,
    });
  }
}

function checkJob(props: AccelerateProps, job: Partial<DistributedTrainingJobProps>, sink: ProblemSink): void {
  const { workers, accelerator } = job;
  const processes = props.processesPerWorker ?? Math.max(1, accelerator?._spec.processes ?? 0);
  if (props.maxRestarts !== undefined && isOne(props, workers ?? 0, processes)) {
    sink.warn({
      ruleId: 'train/framework-option', path: 'framework.maxRestarts', expected: 'none: nobody starts a process again that trains alone',
      found: described(props.maxRestarts), fix: 'leave `maxRestarts` out, and count on `restarts` of the job', link: DOCS,
    });
  }
  if (accelerator?._spec.resourceName === 'google.com/tpu') {
    sink.error({
      ruleId: 'train/framework-option', path: 'accelerator', expected: 'devices that torchrun starts processes for', found: accelerator._spec.factory,
      fix: 'use Framework.pytorchPlain(), with a script that starts the processes of a host by torch_xla', link: DOCS,
    });
  }
  preferOneDirectory(job, 'one directory for all workers: rank 0 writes what all of them read', sink,
    'give Accelerator a ProjectConfiguration with `save_on_each_node=True`');
}
