import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import type { EnvVar } from '../../private/wire';
import { HOSTFILE, MpiImplementation, type MpiLaunch } from '../engines/mpi-launch';
import { INDEX_VARIABLE } from '../pods/own-index';
import type { Role } from '../roles';
import type { ProcessSpec, WorldSpec } from './framework-spec';
import { processesOf } from './torchrun';

/** Options of processes that mpirun starts. */
export interface MpirunProps {
  /**
   * Processes that are started in each worker.
   *
   * @default - one for each accelerator of a worker; 1 without
   */
  readonly processesPerWorker?: number;

  /**
   * Variables of the launcher's image and of what a cloud adds to its pod that the processes get too. Those of the job, of its
   * `identity`, `PATH` and `LD_LIBRARY_PATH` they always get; of a Secret in `credentials` of a stream, mpirun must be told the
   * keys. Only for Open MPI: the others hand on all that the launcher has.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * Memory of the launcher.
   *
   * @default Size.gibibytes(1)
   */
  readonly launcherMemory?: Size;

  /**
   * CPU that the launcher is sure to get.
   *
   * @default Cpu.millis(500)
   */
  readonly launcherCpu?: Cpu;

  /**
   * Labels of the nodes of the launcher, which needs no accelerator and so none of their nodes.
   *
   * @default - any node
   */
  readonly launcherNodeSelector?: { [name: string]: string };
}

/** What mpirun is to start, and how. */
export interface MpirunOptions extends Pick<MpirunProps, 'processesPerWorker' | 'exportedVariables'> {
  /** What stands before the user's command: the interpreter. */
  readonly program: readonly string[];
  /** More arguments of mpirun. */
  readonly launcherArguments: (implementation: MpiImplementation) => readonly string[];
}

type LauncherProps = Pick<MpirunProps, 'launcherMemory' | 'launcherCpu' | 'launcherNodeSelector'>;

/** Retries of the operator's own settings for Open MPI 4. */
const SSH_ARGUMENTS = '-o ConnectionAttempts=10';
/** Of the image, which an ssh session does not have. */
const IMAGE_VARIABLES = ['PATH', 'LD_LIBRARY_PATH'];
/** For container runtimes, not for processes; the operator empties them in the launcher. */
const RUNTIME_VARIABLES = ['NVIDIA_VISIBLE_DEVICES', 'NVIDIA_DRIVER_CAPABILITIES'];

/** A launcher, and the workers that it starts processes in. */
export function mpiRoles(workers: number, { launcherMemory, launcherCpu, launcherNodeSelector }: LauncherProps): Role[] {
  return [
    {
      name: 'launcher', replicas: 1, accelerated: false, readsData: false, mountsCheckpoints: false, ends: true, launches: true,
      memory: launcherMemory ?? Size.gibibytes(1), cpu: launcherCpu ?? Cpu.millis(500), nodeSelector: launcherNodeSelector ?? {},
    },
    // sshd runs until the operator deletes its pod
    { name: 'worker', replicas: workers, accelerated: true, readsData: true, mountsCheckpoints: true, ends: false },
  ];
}

/** mpirun in the launcher, sshd in the workers. */
export function mpirunProcesses(world: WorldSpec, options: MpirunOptions): ProcessSpec {
  const mpi = world.mpi!; // an engine without is refused
  return world.role.name === 'launcher' ? launcher(world, mpi, options) : sshd(mpi, processesOf(world, options));
}

function launcher(world: WorldSpec, mpi: MpiLaunch, options: MpirunOptions): ProcessSpec {
  const perWorker = processesOf(world, options);
  const workers = world.roles.find(({ name }) => name === 'worker')!.replicas;
  const handedOn = world.variables().filter(isSameEverywhere);
  const args = [
    '-np', String(workers * perWorker),
    ...mpi.implementation === MpiImplementation.OPEN_MPI
      // binding would hold all threads of a process to one core; nothing but what is named reaches a process on another node
      ? ['--bind-to', 'none', '--map-by', 'slot', ...exported(handedOn, world, options).flatMap(name => ['-x', name])]
      : ['-genvall'],
    ...options.launcherArguments(mpi.implementation),
    ...options.program,
    ...world.command,
  ];
  return {
    rankVariable: INDEX_VARIABLE,
    ...started(mpi, ['mpirun'], args),
    env: [...mpi.implementation === MpiImplementation.OPEN_MPI ? openMpi5(perWorker) : [], ...handedOn],
    processes: 0,
    pod: { container: { ports: undefined } },
  };
}

/**
 * Open MPI 5 ignores what the operator sets for Open MPI 4, would start all processes in the launcher's own pod, and the job
 * would be Complete. Short names: with domains, it takes its own host for another one.
 *
 * @see https://github.com/kubeflow/trainer/issues/4028
 */
function openMpi5(processes: number): EnvVar[] {
  return [
    { name: 'PRTE_MCA_prte_default_hostfile', value: HOSTFILE },
    { name: 'PRTE_MCA_prte_set_default_slots', value: String(processes) },
    { name: 'PRTE_MCA_prte_keep_fqdn_hostnames', value: 'false' },
    { name: 'PRTE_MCA_plm_ssh_args', value: SSH_ARGUMENTS },
  ];
}

function exported(variables: readonly EnvVar[], { addedVariables }: WorldSpec, { exportedVariables = [] }: MpirunOptions): string[] {
  const names = variables.map(({ name }) => name).filter(name => !RUNTIME_VARIABLES.includes(name));
  return [...new Set([...IMAGE_VARIABLES, ...names, ...addedVariables, ...exportedVariables])];
}

/** A field of the launcher's pod says nothing of the others. */
function isSameEverywhere({ valueFrom }: EnvVar): boolean {
  return valueFrom?.fieldRef === undefined && valueFrom?.resourceFieldRef === undefined;
}

/**
 * A server that accepts one key, without root. Its pod is ready when it listens, which a probe at the start tells: the
 * launcher is made, and the workers' names are in the DNS, when their pods are ready. One at the start only: each later one
 * would be a broken connection in the log.
 */
function sshd(mpi: MpiLaunch, processes: number): ProcessSpec {
  return {
    rankVariable: INDEX_VARIABLE,
    ...started(mpi, ['/usr/sbin/sshd', '-De', '-f', mpi.sshdConfig], []),
    env: [],
    processes,
    pod: {
      // the file of sshd has it in the operator's images, and without it in the bounding set the kernel refuses to start such a file
      capabilities: ['NET_BIND_SERVICE'],
      container: {
        ports: [{ name: 'ssh', containerPort: mpi.sshPort }],
        startupProbe: { tcpSocket: { port: mpi.sshPort }, periodSeconds: 2, failureThreshold: 60 },
      },
    },
  };
}

/** Images of Intel MPI and MPICH have an entrypoint that must run: it waits for names and sets variables, and then starts its arguments. */
function started({ implementation }: MpiLaunch, command: readonly string[], args: readonly string[]): Pick<ProcessSpec, 'command' | 'args'> {
  return implementation === MpiImplementation.OPEN_MPI ? { command, args } : { command: [], args: [...command, ...args] };
}
