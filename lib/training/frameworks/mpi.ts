import type { FrameworkSpec } from './framework-spec';
import { checkMpirunJob, checkMpirunProps, MPI_DOCS, reservedByMpi, SSH_PORT } from './mpirun-checks';
import { mpiRoles, mpirunProcesses, type MpirunProps } from './mpirun';

/** Options of programs that use MPI. */
export interface MpiProps extends MpirunProps {
  /**
   * More arguments of mpirun: `['--mca', 'btl_tcp_if_include', 'eth0']`.
   *
   * @default - none
   */
  readonly launcherArguments?: string[];
}

/** A program that mpirun starts as it is: `command` begins with it. */
export function mpi(props: MpiProps): FrameworkSpec {
  return {
    id: 'mpi',
    name: 'MPI',
    factory: 'Framework.mpi()',
    port: SSH_PORT,
    checkpointsTogether: false,
    keepsExitCodes: true,
    runsPrograms: true,
    roles: workers => mpiRoles(workers, props),
    reserved: reservedByMpi,
    docs: MPI_DOCS,
    check: sink => checkMpirunProps(props, sink),
    checkJob: (job, sink) => checkMpirunJob(props, job, sink),
    processes: world => mpirunProcesses(world, { ...props, program: [], launcherArguments: () => props.launcherArguments ?? [] }),
  };
}
