/** Implementations of MPI that the MPI Operator knows. */
export enum MpiImplementation {
  /** Open MPI 4 or 5. */
  OPEN_MPI = 'OpenMPI',
  /** Intel MPI. */
  INTEL = 'Intel',
  /** MPICH. */
  MPICH = 'MPICH',
}

/** How an engine starts processes by MPI, as the launcher and the workers must know it. */
export interface MpiLaunch {
  readonly implementation: MpiImplementation;
  /** Configuration of sshd, in the image. */
  readonly sshdConfig: string;
  /** Port that sshd listens on. */
  readonly sshPort: number;
}

/** Where the operator mounts the list of the workers in the launcher. */
export const MPI_CONFIG_PATH = '/etc/mpi';
export const HOSTFILE = `${MPI_CONFIG_PATH}/hostfile`;
