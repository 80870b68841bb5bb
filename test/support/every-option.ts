import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Engine, Framework, MixedPrecision, MpiImplementation, PodManagement, StatefulSetUpdate } from '../../lib';
import type { EngineId } from '../../lib/training/engines/engine-spec';
import type { FrameworkId } from '../../lib/training/frameworks/framework-spec';

/** Each engine with all of its options. */
export const ENGINES_WITH_OPTIONS: Readonly<Record<EngineId, () => Engine>> = {
  statefulSet: () => Engine.statefulSet({
    podManagement: PodManagement.ORDERED_READY, update: StatefulSetUpdate.rolling({ partition: 2 }), revisionHistoryLimit: 3,
  }),
  indexedJob: () => Engine.indexedJob(),
  jobSet: () => Engine.jobSet(),
  leaderWorkerSet: () => Engine.leaderWorkerSet(),
  trainJob: () => Engine.trainJob(),
  mpiJob: () => Engine.mpiJob({
    implementation: MpiImplementation.OPEN_MPI, sshAuthMountPath: '/home/user/.ssh', sshdConfig: '/opt/sshd/config', sshPort: 2022,
  }),
  pytorchJob: () => Engine.pytorchJob(),
};

const TORCHRUN = { processesPerWorker: 4, port: 12345, maxRestarts: 2 };
/** The operator has a port of its own. */
const TORCHRUN_OF_OPERATOR = { processesPerWorker: 4, maxRestarts: 2 };
const MPIRUN = {
  processesPerWorker: 4,
  exportedVariables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  launcherMemory: Size.gibibytes(3),
  launcherCpu: Cpu.millis(750),
  launcherNodeSelector: { pool: 'cpu' },
};
const LAUNCHER_ARGUMENTS = ['--mca', 'btl_tcp_if_include', 'eth0'];

/** Each framework with all of its options that go with an engine. */
export const FRAMEWORKS_WITH_OPTIONS: Readonly<Record<FrameworkId, (engine: EngineId) => Framework>> = {
  torchrun: engine => Framework.pytorch(engine === 'trainJob' ? TORCHRUN_OF_OPERATOR : TORCHRUN),
  torchrunElastic: () => Framework.pytorchElastic({ ...TORCHRUN, minWorkers: 2, joinTimeout: Duration.hours(1) }),
  pytorchPlain: () => Framework.pytorchPlain({ interpreter: 'python3.12', port: 12345 }),
  deepspeed: engine => Framework.deepspeed(engine === 'mpiJob' ? MPIRUN : engine === 'trainJob' ? TORCHRUN_OF_OPERATOR : TORCHRUN),
  accelerate: () => Framework.accelerate({ ...TORCHRUN, mixedPrecision: MixedPrecision.BF16, configFile: '/workspace/fsdp.yaml' }),
  horovod: () => Framework.horovod({ ...MPIRUN, launcherArguments: LAUNCHER_ARGUMENTS }),
  mpi: () => Framework.mpi({ ...MPIRUN, launcherArguments: LAUNCHER_ARGUMENTS }),
  tensorflow: () => Framework.tensorflow({ port: 12345 }),
  tensorflowParameterServer: () => Framework.tensorflowParameterServer({
    parameterServers: 2,
    serverMemory: Size.gibibytes(16),
    serverCpu: Cpu.units(8),
    chiefMemory: Size.gibibytes(32),
    chiefCpu: Cpu.units(4),
    serverNodeSelector: { pool: 'memory' },
    evaluator: true,
    port: 12345,
  }),
  jax: engine => Framework.jax(engine === 'trainJob' ? {} : { port: 12345 }),
};
