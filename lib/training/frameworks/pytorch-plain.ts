import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import type { EnvVar } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { workersOnly } from '../roles';
import type { FrameworkSpec, ProcessSpec, WorldSpec } from './framework-spec';
import { checkWholeNumber, MAX_PORT } from './options';
import { reservedHostname, TORCHRUN_PORT } from './torchrun';

const DOCS = 'https://docs.pytorch.org/docs/stable/distributed.html#environment-variable-initialization';
const RANK = 'RANK';
const SET_BY_JOB = [RANK, 'LOCAL_RANK', 'WORLD_SIZE', 'LOCAL_WORLD_SIZE', 'MASTER_ADDR', 'MASTER_PORT'];

/** Options of PyTorch without a launcher. */
export interface PytorchPlainProps {
  /**
   * Program that runs the script.
   *
   * @default 'python'
   */
  readonly interpreter?: string;

  /**
   * TCP port at worker 0 that the processes meet on.
   *
   * @default 29500
   */
  readonly port?: number;
}

/** One process in each pod, which is told its place as `torch.distributed.init_process_group()` reads it from the environment. */
export function pytorchPlain(props: PytorchPlainProps): FrameworkSpec {
  const port = props.port ?? TORCHRUN_PORT;
  return {
    id: 'pytorchPlain',
    name: 'plain PyTorch',
    factory: 'Framework.pytorchPlain()',
    port,
    checkpointsTogether: false,
    keepsExitCodes: true,
    roles: workersOnly,
    reserved: variable => SET_BY_JOB.includes(variable) ? 'the job sets it for the one process of each worker' : reservedHostname(variable),
    docs: DOCS,
    check: sink => checkProps(props, sink),
    checkJob: checkDevices,
    processes: world => processOf(world, props, port),
  };
}

function processOf({ wiring, role, placeOf, command }: WorldSpec, { interpreter = 'python' }: PytorchPlainProps, port: number): ProcessSpec {
  const isOperator = wiring === 'operator';
  const world: EnvVar[] = isOperator ? [] : [
    { name: 'WORLD_SIZE', value: String(role.replicas) },
    { name: 'MASTER_ADDR', value: placeOf('worker').address(0) },
    { name: 'MASTER_PORT', value: String(port) },
  ];
  return {
    rankVariable: RANK,
    // unbuffered, as torchrun starts it: what a killed process has logged would be lost
    command: [interpreter, '-u'],
    args: command,
    env: [...world, { name: 'LOCAL_RANK', value: '0' }, { name: 'LOCAL_WORLD_SIZE', value: '1' }],
    processes: 1,
  };
}

function checkProps({ interpreter, port }: PytorchPlainProps, sink: ProblemSink): void {
  checkWholeNumber({ path: 'port', value: port, min: 1, max: MAX_PORT, link: DOCS }, sink);
  if (interpreter === undefined || (typeof interpreter === 'string' && /^\S+$/.test(interpreter))) return;
  sink.error({
    ruleId: 'train/framework-option',
    path: 'interpreter',
    expected: 'one program, without arguments',
    found: described(interpreter),
    fix: 'name it, as `python3`, or leave `interpreter` out',
    link: DOCS,
  });
}

function checkDevices({ accelerator }: Partial<DistributedTrainingJobProps>, sink: ProblemSink): void {
  const devices = accelerator?._spec.processes ?? 0;
  if (!(devices > 1)) return;
  sink.warn({
    ruleId: 'train/idle-devices',
    path: 'framework',
    expected: 'a process for each accelerator: most scripts use one',
    found: `one process and ${devices} accelerators in each worker`,
    fix: 'use Framework.pytorch(), which starts as many processes, or ask for one accelerator and more `workers`',
    link: DOCS,
  });
}
