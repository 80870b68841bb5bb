import type { ApiObjectProps } from 'cdk8s';
import type { KubernetesVersion } from '../../kubernetes-version';
import { canShare, claimSpec, singlePodMode } from '../../storage/claims/claim';
import { CheckpointVolume, ClaimRetention, PerWorkerCheckpointProps } from '../../storage/claims/checkpoint-volume';
import { Durability, keepAnnotations } from '../../storage/tiers/durability';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { ClaimTemplates, Place } from '../engines/engine-spec';
import type { RoleName } from '../roles';

/** Names of the claims of the checkpoints: one for all, or one for each worker, called after its pod. */
export function checkpointClaimNames(
  { checkpoints, workers }: DistributedTrainingJobProps, job: string, placeOf: (role: RoleName) => Place,
): string[] {
  if (!checkpoints) return [];
  if (checkpoints._existing) return [checkpoints._existing.claimName];
  if (checkpoints._shared) return [`${job}-${checkpoints._volumeName}`];
  const { podName } = placeOf('worker');
  return Array.from({ length: workers }, (_, worker) => `${checkpoints._volumeName}-${podName!(worker)}`);
}

/** The template of the claim of each worker. */
export function claimTemplatesOf(checkpoints: CheckpointVolume | undefined, target: KubernetesVersion): ClaimTemplates | undefined {
  const props = checkpoints?._perWorker;
  if (!props) return undefined;
  const mode = singlePodMode(props.tier.backend._driver, target);
  const retention = retentionOf(props);
  return {
    name: checkpoints._volumeName,
    spec: claimSpec({ className: props.tier.className, size: props.size, mode }),
    whenDeleted: props.whenDeleted ?? retention,
    whenScaled: props.whenScaled ?? retention,
  };
}

/** What becomes of the claims unless the user says it. */
export function retentionOf({ durability = Durability.PRECIOUS }: PerWorkerCheckpointProps): ClaimRetention {
  return durability === Durability.PRECIOUS ? ClaimRetention.RETAIN : ClaimRetention.DELETE;
}

/** The claim that all workers share, where the job makes one. */
export function sharedClaimOf(props: DistributedTrainingJobProps, name: string, target: KubernetesVersion): ApiObjectProps | undefined {
  const shared = props.checkpoints?._shared;
  if (!shared) return undefined;
  // a single worker needs no file system that many nodes reach
  const mode = canShare(shared.tier) ? 'ReadWriteMany' : singlePodMode(shared.tier.backend._driver, target);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, annotations: keepAnnotations(shared.durability ?? Durability.PRECIOUS) },
    spec: claimSpec({ className: shared.tier.className, size: shared.size, mode }),
  };
}
