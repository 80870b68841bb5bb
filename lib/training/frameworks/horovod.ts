import type { ProblemSink } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { MpiImplementation } from '../engines/mpi-launch';
import type { FrameworkSpec } from './framework-spec';
import { checkMpirunJob, checkMpirunProps, reservedByMpi, SSH_PORT } from './mpirun-checks';
import { mpiRoles, mpirunProcesses, type MpirunProps } from './mpirun';

const HOROVOD_DOCS = 'https://horovod.readthedocs.io/en/stable/mpi_include.html';
/** Messages of the ring over TCP: of RDMA in Open MPI, Horovod needs none, and some of it hangs. */
const TCP = ['--mca', 'pml', 'ob1', '--mca', 'btl', '^openib'];
const SET_BY_HOROVOD = /^HOROVOD_((LOCAL_|CROSS_)?(RANK|SIZE)|GLOO_RENDEZVOUS_\w+|CONTROLLER|HOSTNAME)$/;

/** Options of Horovod. */
export interface HorovodProps extends MpirunProps {
  /**
   * Arguments of mpirun besides those for processes and variables.
   *
   * @default - of Open MPI `['--mca', 'pml', 'ob1', '--mca', 'btl', '^openib']`, as Horovod's documentation has them; else none
   */
  readonly launcherArguments?: string[];
}

/** Processes that mpirun starts and that take their place from MPI. `horovodrun` in a worker would start a job of its own. */
export function horovod(props: HorovodProps): FrameworkSpec {
  return {
    id: 'horovod',
    name: 'Horovod',
    factory: 'Framework.horovod()',
    port: SSH_PORT,
    checkpointsTogether: false,
    keepsExitCodes: true,
    roles: workers => mpiRoles(workers, props),
    reserved: variable => SET_BY_HOROVOD.test(variable) ? 'Horovod takes the place of each process from MPI' : reservedByMpi(variable),
    docs: HOROVOD_DOCS,
    check: sink => checkMpirunProps(props, sink),
    checkJob: (job, sink) => {
      checkMpirunJob(props, job, sink);
      checkDevices(props, job, sink);
    },
    processes: world => mpirunProcesses(world, {
      ...props,
      program: ['python'],
      launcherArguments: implementation => props.launcherArguments ?? (implementation === MpiImplementation.OPEN_MPI ? TCP : []),
    }),
  };
}

/** Each process takes the device of its own number on the node. */
function checkDevices({ processesPerWorker }: HorovodProps, job: Partial<DistributedTrainingJobProps>, sink: ProblemSink): void {
  const devices = job.accelerator?.count;
  if (processesPerWorker === undefined || devices === undefined || !(processesPerWorker >= 1) || processesPerWorker === devices) return;
  const say = {
    ruleId: 'train/processes',
    path: 'framework.processesPerWorker',
    expected: `${devices}, one process for each device of a worker: each takes that of its local rank`,
    found: String(processesPerWorker),
    fix: 'leave `processesPerWorker` out',
    link: HOROVOD_DOCS,
  };
  if (processesPerWorker > devices) sink.error(say);
  else sink.warn(say);
}
