import { KubernetesVersion } from '../../kubernetes-version';
import { WORKLOAD_NAME_MAX } from '../../private/names';
import { hasReached } from '../../private/target';
import type { EngineSpec, WorkloadRequest } from '../engine';

/** All workers start at once (the first would wait for its peers for ever) and change together, by hand. */
export const statefulSet: EngineSpec = {
  name: 'StatefulSet',
  factory: 'Engine.statefulSet()',
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  gives: ['perWorkerClaims'],
  restartPolicy: 'Always',
  maxNameLength: () => WORKLOAD_NAME_MAX,
  rankFieldPath: target => hasReached(target, KubernetesVersion.V1_28) ? "metadata.labels['apps.kubernetes.io/pod-index']" : undefined,
  spec: request => ({
    serviceName: request.serviceName,
    replicas: request.workers,
    podManagementPolicy: 'Parallel',
    updateStrategy: { type: 'OnDelete' },
    selector: { matchLabels: request.selector },
    template: request.template,
    ...claimsOf(request),
  }),
};

function claimsOf({ claims }: WorkloadRequest): Record<string, unknown> {
  if (!claims) return {};
  return {
    persistentVolumeClaimRetentionPolicy: { whenDeleted: claims.whenDeleted, whenScaled: claims.whenScaled },
    // kind and version are what the API server writes back; without them GitOps tools see a difference for ever
    volumeClaimTemplates: [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: claims.name }, spec: claims.spec }],
  };
}
