import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { checkLabels } from '../../private/labels';
import { checkIsSize, reportType, textsIn } from '../../private/prop-types';
import { bytesOf, isSize, quantityOf, quantityOfBytes } from '../../private/quantity';
import { checkAboveZero } from '../../private/size-checks';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { mountedVolumes } from '../pods/data';
import type { Role } from '../roles';
import type { FrameworkSpec, ProcessSpec, WorldSpec } from './framework-spec';
import { checkWholeNumber, MAX_PORT } from './options';
import { checkOneDirectory } from './shared-directory';
import { checkTaskCount, reservedByTfConfig, tfProcess, TF_PORT } from './tf-config';

const DOCS = 'https://www.tensorflow.org/tutorials/distribute/parameter_server_training';
const MAX_SERVERS = 10_000;
/** Without it a chief waits for ever for a task that is gone. */
const FAIL_FAST = 'GRPC_FAIL_FAST';

/** Options of TensorFlow with parameter servers. */
export interface TensorflowParameterServerProps {
  /** Number of parameter servers: pods without accelerators that hold the model's variables. */
  readonly parameterServers: number;

  /**
   * Memory of each parameter server: its share of the variables and of the optimizer's state.
   *
   * @default - the job's `memory`
   */
  readonly serverMemory?: Size;

  /**
   * CPU that each parameter server is sure to get.
   *
   * @default - none asked for
   */
  readonly serverCpu?: Cpu;

  /**
   * Memory of the chief, which hands out the steps and computes none.
   *
   * @default - the job's `memory`
   */
  readonly chiefMemory?: Size;

  /**
   * CPU that the chief is sure to get.
   *
   * @default - none asked for
   */
  readonly chiefCpu?: Cpu;

  /**
   * Labels of the nodes of the chief and the parameter servers, in the place of the job's `nodeSelector`: they need no
   * node with accelerators.
   *
   * @default - the job's `nodeSelector`
   */
  readonly serverNodeSelector?: { [name: string]: string };

  /**
   * Whether one more pod, made as a worker, evaluates the checkpoints while the others train. Its task type is `evaluator`.
   *
   * @default false
   */
  readonly evaluator?: boolean;

  /**
   * TCP port that every task listens on.
   *
   * @default 2222
   */
  readonly port?: number;
}

/**
 * `ParameterServerStrategy` by `TF_CONFIG`: the chief hands out steps and says when all is done; workers and parameter
 * servers serve until they are stopped.
 */
export function tensorflowParameterServer(props: TensorflowParameterServerProps): FrameworkSpec {
  const port = props.port ?? TF_PORT;
  return {
    id: 'tensorflowParameterServer',
    name: 'TensorFlow with parameter servers',
    factory: 'Framework.tensorflowParameterServer()',
    port,
    checkpointsTogether: true,
    needsSharedCheckpoints: true,
    keepsExitCodes: true,
    roles: workers => rolesOf(props, workers),
    reserved: variable => variable === FAIL_FAST ? 'the job sets it, so that the chief hears of tasks that are gone' : reservedByTfConfig(variable),
    docs: DOCS,
    check: sink => checkProps(props, sink),
    checkJob: (job, sink) => {
      checkTaskCount(job, 1 + props.parameterServers, sink);
      checkOneDirectory(job, 'one directory that the chief and the parameter servers share: each server writes the variables that it holds', sink);
      checkChiefMemory(job, props, sink);
    },
    processes: world => processOf(world, port),
  };
}

/**
 * Variables are read and written where they are, so the parameter servers mount the checkpoints too, and the workers
 * run the same command that names them. The chief traces what reads the data. A worker that is gone is waited for;
 * without the chief or a parameter server all start again from the last checkpoint.
 *
 * @see https://www.tensorflow.org/api_docs/python/tf/train/CheckpointOptions
 */
function rolesOf(props: TensorflowParameterServerProps, workers: number): Role[] {
  const { parameterServers, serverMemory, serverCpu, chiefMemory, chiefCpu, serverNodeSelector: nodeSelector, evaluator } = props;
  const chief = { name: 'chief', replicas: 1, accelerated: false, readsData: true, mountsCheckpoints: true, ends: true } as const;
  const worker = { name: 'worker', replicas: workers, accelerated: true, readsData: true, mountsCheckpoints: true, ends: false } as const;
  const ps = { name: 'ps', replicas: parameterServers, accelerated: false, readsData: false, mountsCheckpoints: true, ends: false } as const;
  return [
    { ...chief, memory: chiefMemory, cpu: chiefCpu, nodeSelector },
    { ...worker, replaceable: true },
    { ...ps, memory: serverMemory, cpu: serverCpu, nodeSelector },
    ...evaluator ? [{ ...worker, name: 'evaluator', replicas: 1, replaceable: true } as const] : [],
  ];
}

function processOf(world: WorldSpec, port: number): ProcessSpec {
  const serves = world.role.name === 'worker' || world.role.name === 'ps';
  return tfProcess(world, port, serves ? [{ name: FAIL_FAST, value: 'use_caller' }] : []);
}

function checkProps(props: TensorflowParameterServerProps, sink: ProblemSink): void {
  const { parameterServers: servers, serverNodeSelector, evaluator } = props;
  if (!Number.isInteger(servers) || servers < 1 || servers > MAX_SERVERS) {
    sink.error({
      ruleId: 'train/framework-option',
      path: 'parameterServers',
      expected: `a whole number from 1 to ${MAX_SERVERS}`,
      found: described(servers),
      fix: 'set `parameterServers` to the number of pods that hold the variables',
      link: DOCS,
    });
  }
  for (const path of ['serverMemory', 'chiefMemory'] as const) {
    const example = 'Size.gibibytes(16)';
    if (props[path] == null || !checkIsSize(path, props[path], example, sink)) continue;
    checkAboveZero(props[path], { path, fix: `set \`${path}\`, as ${example}` }, sink);
  }
  for (const path of ['serverCpu', 'chiefCpu'] as const) {
    const cpu: unknown = props[path];
    if (cpu == null || (typeof cpu === 'object' && 'amount' in cpu)) continue;
    reportType(cpu, { path, expected: 'a Cpu', example: 'Cpu.units(4)' }, sink);
  }
  if (evaluator != null && typeof evaluator !== 'boolean') {
    reportType(evaluator, { path: 'evaluator', expected: 'true or false', example: 'true' }, sink);
  }
  if (serverNodeSelector != null) {
    checkLabels('serverNodeSelector', textsIn('serverNodeSelector', serverNodeSelector, "{ pool: 'cpu' }", sink), sink);
  }
  checkWholeNumber({ path: 'port', value: props.port, min: 1, max: MAX_PORT, link: DOCS }, sink);
}

/** Volumes in memory that the chief mounts are taken from its own memory, which may be less than that of a worker. */
function checkChiefMemory(
  job: Partial<DistributedTrainingJobProps>, { chiefMemory }: TensorflowParameterServerProps, sink: ProblemSink,
): void {
  if (!isSize(chiefMemory)) return;
  const volumes = mountedVolumes(job as DistributedTrainingJobProps).reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, 0);
  if (volumes === 0 || volumes < bytesOf(chiefMemory)) return;
  sink.error({
    ruleId: 'train/memory-volumes',
    path: 'framework.chiefMemory',
    expected: 'more than the volumes in memory take, which the chief mounts too',
    found: `${quantityOfBytes(volumes)} of ${quantityOf(chiefMemory)}`,
    fix: 'raise `chiefMemory`, or lower `sizeLimit` of the volumes',
    link: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  });
}
