import { KubernetesVersion } from '../../kubernetes-version';
import { WORKLOAD_NAME_MAX } from '../../private/names';
import { hasReached } from '../../private/target';
import type { Role } from '../roles';
import type { ClaimTemplates, EngineSpec, RoleWorkload, WorkloadObject, WorkloadRequest } from './engine-spec';

const POD_INDEX = "metadata.labels['apps.kubernetes.io/pod-index']";

/** All workers start at once (the first would wait for its peers for ever) and change together, by hand. */
export const statefulSet: EngineSpec = {
  id: 'statefulSet',
  name: 'StatefulSet',
  factory: 'Engine.statefulSet()',
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  restartPolicy: 'Always',
  maxNameLength: roles => WORKLOAD_NAME_MAX - Math.max(...roles.map(role => setName('', roles, role).length)),
  place: ({ name, roles, target }, role) => {
    const podName = (index: number): string => `${setName(name, roles, role)}-${index}`;
    return {
      podName,
      address: index => `${podName(index)}.${name}`,
      index: hasReached(target, KubernetesVersion.V1_28) ? { kind: 'field', path: POD_INDEX } : { kind: 'hostname' },
    };
  },
  objects: request => request.roles.map((of, i) => setOf(request, of, i)),
};

/** A set for each role; the only one is called as the job. */
function setName(job: string, roles: readonly Role[], { name }: Role): string {
  return roles.length > 1 ? `${job}-${name}` : job;
}

function setOf(request: WorkloadRequest, { role, selector, template, claims }: RoleWorkload, index: number): WorkloadObject {
  return {
    id: index === 0 ? 'Resource' : `Resource-${role.name}`,
    props: {
      apiVersion: statefulSet.apiVersion,
      kind: statefulSet.kind,
      metadata: {
        name: setName(request.name, request.roles.map(of => of.role), role),
        labels: { ...request.labels, ...selector },
        ...(request.annotations && { annotations: request.annotations }),
      },
      spec: {
        serviceName: request.serviceName,
        replicas: role.replicas,
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'OnDelete' },
        selector: { matchLabels: selector },
        template,
        ...claims && claimsOf(claims),
      },
    },
  };
}

function claimsOf(claims: ClaimTemplates): Record<string, unknown> {
  return {
    persistentVolumeClaimRetentionPolicy: { whenDeleted: claims.whenDeleted, whenScaled: claims.whenScaled },
    // kind and version are what the API server writes back; without them GitOps tools see a difference for ever
    volumeClaimTemplates: [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: claims.name }, spec: claims.spec }],
  };
}
