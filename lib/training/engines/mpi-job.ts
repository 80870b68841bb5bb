import { posix } from 'node:path';
import { DNS_LABEL_MAX } from '../../private/name-forms';
import type { Role } from '../roles';
import type { EngineSpec, RoleWorkload, WorkloadRequest } from './engine-spec';
import { checkMpiJobProps, checkMpiPods } from './mpi-job-checks';
import { MpiImplementation, type MpiLaunch } from './mpi-launch';

/** Options of an MPIJob. Without any, they are those of images made from `mpioperator/openmpi`. */
export interface MpiJobProps {
  /**
   * The MPI in the image. Images of Intel MPI and MPICH must have the operator's entrypoint, or none: it waits for the names
   * of the workers and sets the variables of Intel MPI, so nothing is put in its place.
   *
   * @default MpiImplementation.OPEN_MPI
   */
  readonly implementation?: MpiImplementation;

  /**
   * Directory of the ssh keys that the operator makes: `.ssh` in the home that the image gives to the job's `runAsUser`.
   *
   * @default '/home/mpiuser/.ssh'
   */
  readonly sshAuthMountPath?: string;

  /**
   * Configuration of sshd, in the image, for a user other than root.
   *
   * @default - `.sshd_config` beside `sshAuthMountPath`
   * @see https://github.com/kubeflow/mpi-operator/blob/master/build/base/sshd_config
   */
  readonly sshdConfig?: string;

  /**
   * Port that the configurations of sshd and ssh in the image name.
   *
   * @default 2222
   */
  readonly sshPort?: number;
}

/** Home of the user 1000 in the operator's own images. */
const SSH_AUTH_MOUNT_PATH = '/home/mpiuser/.ssh';
const SSH_PORT = 2222;
const REPLICA_INDEX = "metadata.labels['training.kubeflow.org/replica-index']";

/**
 * A launcher that starts processes in the workers by ssh. Its end is that of the job; where it fails, a new one starts all
 * processes again in the same workers.
 */
export function mpiJob(props: MpiJobProps): EngineSpec {
  const sshAuthMountPath = props.sshAuthMountPath ?? SSH_AUTH_MOUNT_PATH;
  const mpi: MpiLaunch = {
    implementation: props.implementation ?? MpiImplementation.OPEN_MPI,
    sshdConfig: props.sshdConfig ?? posix.join(posix.dirname(String(sshAuthMountPath)), '.sshd_config'),
    sshPort: props.sshPort ?? SSH_PORT,
  };
  const engine: EngineSpec = {
    id: 'mpiJob',
    name: 'MPIJob',
    factory: 'Engine.mpiJob()',
    apiVersion: 'kubeflow.org/v2beta1',
    kind: 'MPIJob',
    restartPolicy: 'OnFailure',
    mpi,
    makesService: true,
    makesPodGroup: 'byFlag',
    // hostnames of the pods, and the name of the launcher's Job, which its pods have in a label
    maxNameLength: roles => DNS_LABEL_MAX - Math.max(...roles.map(role => hostname('', role, role.replicas - 1).length)),
    place: ({ name }, role) => ({
      address: index => `${hostname(name, role, index)}.${name}`,
      // the launcher is made by a Job, which puts a suffix behind the name of its pod, but not behind its hostname
      podName: role.name === 'launcher' ? undefined : index => hostname(name, role, index),
      index: { kind: 'field', path: REPLICA_INDEX },
    }),
    objects: request => [{
      id: 'Resource',
      props: {
        apiVersion: engine.apiVersion,
        kind: engine.kind,
        metadata: { name: request.name, labels: request.labels, ...(request.annotations && { annotations: request.annotations }) },
        spec: specOf(request, mpi, sshAuthMountPath),
      },
    }],
    check: sink => checkMpiJobProps(props, sink),
    checkJob: (job, sink) => checkMpiPods(job, { sshAuthMountPath, sshdConfig: mpi.sshdConfig }, sink),
  };
  return engine;
}

function hostname(job: string, { name }: Role, index: number): string {
  return name === 'launcher' ? `${job}-launcher` : `${job}-${name}-${index}`;
}

function specOf(request: WorkloadRequest, { implementation }: MpiLaunch, sshAuthMountPath: string): Record<string, unknown> {
  const of = (name: string): RoleWorkload => request.roles.find(({ role }) => role.name === name)!; // every framework of MPI has both
  const [launcher, worker] = [of('launcher'), of('worker')];
  return {
    // workers without a listening sshd, or without a name yet, would cost the launcher one of its restarts
    launcherCreationPolicy: 'WaitForWorkersReady',
    mpiImplementation: implementation,
    slotsPerWorker: request.processesPerWorker,
    sshAuthMountPath,
    runPolicy: {
      cleanPodPolicy: 'Running',
      // a launcher fails once an incident, however many workers one takes down
      backoffLimit: request.restarts,
      ...(request.deadlineSeconds !== undefined && { activeDeadlineSeconds: request.deadlineSeconds }),
      ...(request.ttlSecondsAfterFinished !== undefined && { ttlSecondsAfterFinished: request.ttlSecondsAfterFinished }),
      schedulingPolicy: schedulingPolicy(request, worker),
    },
    mpiReplicaSpecs: {
      // a new pod for each attempt: the log of a failed one stays
      Launcher: { replicas: launcher.role.replicas, restartPolicy: 'Never', template: templateOf(launcher) },
      // a worker whose container is killed must listen again for the next attempt: the operator makes none for a failed pod
      Worker: { replicas: worker.role.replicas, restartPolicy: 'OnFailure', template: templateOf(worker) },
    },
  };
}

/**
 * For operators that make groups of pods of all MPIJobs, because they were started with `--gang-scheduling`. By themselves they
 * count the launcher too: it is made when the workers are ready, so a gang that waits for it never starts.
 *
 * @see https://github.com/kubeflow/mpi-operator/issues/608
 */
function schedulingPolicy({ gang }: WorkloadRequest, { role }: RoleWorkload): Record<string, unknown> {
  return {
    minAvailable: role.replicas,
    ...(gang?.queue !== undefined && { queue: gang.queue }),
    ...(gang?.timeoutSeconds !== undefined && { scheduleTimeoutSeconds: gang.timeoutSeconds }),
  };
}

/** The operator puts the restart policy of the role in place of the template's, and warns of one that is there. */
function templateOf({ template }: RoleWorkload): Record<string, unknown> {
  return { ...template, spec: { ...template.spec, restartPolicy: undefined } };
}
