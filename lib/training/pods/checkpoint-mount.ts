import type { Volume, VolumeMount } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { FrameworkSpec } from '../frameworks/framework-spec';
import type { Role } from '../roles';
import type { OwnIndex } from './own-index';
import type { PodPart } from './pod-part';

/** What the checkpoints of a role are mounted from. */
export interface CheckpointContext {
  readonly framework: FrameworkSpec;
  readonly role: Role;
  /** All roles of the job. */
  readonly roles: readonly Role[];
  readonly own: OwnIndex;
  /** Name of the claim, where all workers share one. */
  readonly claimName?: string;
}

/** Whether each worker sees only a directory of its own. */
export function hasOwnDirectory({ checkpoints, workers }: DistributedTrainingJobProps, { checkpointsTogether }: FrameworkSpec): boolean {
  return checkpoints?._directoryPerWorker(workers, checkpointsTogether) ?? false;
}

/** The checkpoints, and the container that copies them while the job runs. */
export function checkpointMount(props: DistributedTrainingJobProps, context: CheckpointContext): PodPart {
  const { framework, role, roles, own, claimName } = context;
  const { checkpoints } = props;
  if (!checkpoints || !role.mountsCheckpoints) return {};
  const isOwnClaim = checkpoints._perWorker !== undefined;
  const directory = hasOwnDirectory(props, framework) ? own.directory : undefined;
  const volumes: Volume[] = isOwnClaim ? [] : [{ name: checkpoints._volumeName, persistentVolumeClaim: { claimName } }];
  const mount: VolumeMount = {
    name: checkpoints._volumeName, mountPath: checkpoints.path, ...(directory !== undefined && { subPathExpr: directory }),
  };
  // what all see, one of them copies
  const copies = isOwnClaim || directory !== undefined || role === roles.find(({ mountsCheckpoints }) => mountsCheckpoints);
  const upload = !copies ? undefined : checkpoints._upload?._sidecar({
    mount,
    directory: isOwnClaim ? own.directory : directory,
    turn: own.first,
    rank: own.reference,
    env: [own.variable],
  });
  return {
    ...(directory !== undefined && { env: [own.variable] }),
    volumes,
    volumeMounts: [mount],
    init: upload && [upload],
  };
}
