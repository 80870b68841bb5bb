import { KubernetesVersion } from '../../kubernetes-version';
import { under } from '../../findings/collector';
import { WORKLOAD_NAME_MAX } from '../../private/names';
import { hasReached } from '../../private/target';
import type { Role } from '../roles';
import type { ClaimTemplates, EngineSpec, RoleWorkload, WorkloadObject, WorkloadRequest } from './engine-spec';
import { checkStatefulSetGroup, checkStatefulSetProps } from './stateful-set-checks';
import { PodManagement, StatefulSetProps, StatefulSetUpdate } from './stateful-set-options';

const POD_INDEX = "metadata.labels['apps.kubernetes.io/pod-index']";

const API = { apiVersion: 'apps/v1', kind: 'StatefulSet' };

/** Unless told otherwise, all workers start at once (the first would wait for its peers for ever) and change together, by hand. */
export function statefulSet(props: StatefulSetProps = {}): EngineSpec {
  return {
    ...API,
    id: 'statefulSet',
    name: 'StatefulSet',
    factory: 'Engine.statefulSet()',
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
    objects: request => request.roles.map((of, i) => setOf(request, of, i, props)),
    check: sink => checkStatefulSetProps(props, sink),
    checkJob: (job, sink) => checkStatefulSetGroup(props, job, under('engine', sink)),
  };
}

/** A set for each role; the only one is called as the job. */
function setName(job: string, roles: readonly Role[], { name }: Role): string {
  return roles.length > 1 ? `${job}-${name}` : job;
}

function setOf(
  request: WorkloadRequest, { role, selector, template, claims }: RoleWorkload, index: number, props: StatefulSetProps,
): WorkloadObject {
  return {
    id: index === 0 ? 'Resource' : `Resource-${role.name}`,
    props: {
      ...API,
      metadata: {
        name: setName(request.name, request.roles.map(of => of.role), role),
        labels: { ...request.labels, ...selector },
        ...(request.annotations && { annotations: request.annotations }),
      },
      spec: {
        serviceName: request.serviceName,
        replicas: role.replicas,
        podManagementPolicy: props.podManagement ?? PodManagement.PARALLEL,
        updateStrategy: (props.update ?? StatefulSetUpdate.onDelete())._strategy,
        ...(props.revisionHistoryLimit != null && { revisionHistoryLimit: props.revisionHistoryLimit }),
        selector: { matchLabels: selector },
        template,
        ...claims && claimsOf(claims),
      },
    },
  };
}

/** As StatefulSets have it, and what makes some. */
export function claimsOf(claims: ClaimTemplates): Record<string, unknown> {
  return {
    persistentVolumeClaimRetentionPolicy: { whenDeleted: claims.whenDeleted, whenScaled: claims.whenScaled },
    // kind and version are what the API server writes back; without them GitOps tools see a difference for ever
    volumeClaimTemplates: [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: claims.name }, spec: claims.spec }],
  };
}
