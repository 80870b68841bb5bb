import type { ProblemSink } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { workersOnly } from '../roles';
import type { FrameworkSpec } from './framework-spec';
import { checkMpirunJob, checkMpirunProps, reservedByMpi } from './mpirun-checks';
import { mpiRoles, mpirunProcesses, type MpirunProps } from './mpirun';
import { preferOneDirectory } from './shared-directory';
import { checkTorchrunProps, torchrun, TORCHRUN_DOCS } from './torchrun';

const DOCS = 'https://deepspeed.readthedocs.io/en/latest/initialize.html#distributed-initialization';
const OF_TORCHRUN = ['port', 'maxRestarts'] as const;
const OF_MPIRUN = ['exportedVariables', 'launcherMemory', 'launcherCpu', 'launcherNodeSelector'] as const;

/** Options of DeepSpeed. Those of mpirun and its launcher are for `Engine.mpiJob()` only. */
export interface DeepspeedProps extends MpirunProps {
  /**
   * TCP port of torchrun's rendezvous at worker 0. Not with `Engine.mpiJob()`.
   *
   * @default 29500
   */
  readonly port?: number;

  /**
   * How often torchrun starts the processes of a worker again in place before the worker fails: see `maxRestarts` of
   * `PytorchProps`. Not with `Engine.mpiJob()`.
   *
   * @default 0
   */
  readonly maxRestarts?: number;
}

/**
 * torchrun in every worker, or mpirun in the launcher of an MPIJob: DeepSpeed takes its place from the variables of the
 * first, and asks MPI where they are not there. Its own launcher needs ssh and a list of hosts.
 */
export function deepspeed(props: DeepspeedProps): FrameworkSpec {
  const byTorchrun = torchrun({ id: 'deepspeed', name: 'DeepSpeed', factory: 'Framework.deepspeed()', checkpointsTogether: true }, props);
  return {
    ...byTorchrun,
    roles: (workers, engine) => engine === 'mpiJob' ? mpiRoles(workers, props) : workersOnly(workers),
    reserved: variable => byTorchrun.reserved(variable) ?? reservedByMpi(variable),
    check: sink => {
      checkTorchrunProps({ port: props.port, maxRestarts: props.maxRestarts }, sink);
      checkMpirunProps(props, sink);
    },
    checkJob: (job, sink) => checkJob(props, job, sink),
    processes: world => world.mpi
      ? mpirunProcesses(world, { ...props, program: ['python'], launcherArguments: () => [] })
      : byTorchrun.processes(world),
  };
}

function checkJob(props: DeepspeedProps, job: Partial<DistributedTrainingJobProps>, sink: ProblemSink): void {
  const isMpi = job.engine?._spec.id === 'mpiJob';
  if (isMpi) checkMpirunJob(props, job, sink);
  checkOptions(props, isMpi, sink);
  preferOneDirectory(job, 'one directory for all workers: each rank writes its own part of a checkpoint, and rank 0 which is the latest', sink,
    'say `"checkpoint": { "use_node_local_storage": true }` in the configuration of DeepSpeed');
}

/** What the launcher of the other way takes is of no effect. */
function checkOptions(props: DeepspeedProps, isMpi: boolean, sink: ProblemSink): void {
  for (const option of isMpi ? OF_TORCHRUN : OF_MPIRUN) {
    if (props[option] == null) continue;
    sink.error({
      ruleId: 'train/framework-option',
      path: `framework.${option}`,
      expected: `no \`${option}\`: ${isMpi ? 'mpirun starts the processes with Engine.mpiJob()' : 'torchrun starts the processes, and there is no launcher'}`,
      found: 'one',
      fix: `leave \`${option}\` out, or use ${isMpi ? 'another engine' : 'Engine.mpiJob()'}`,
      link: isMpi ? DOCS : TORCHRUN_DOCS,
    });
  }
}
