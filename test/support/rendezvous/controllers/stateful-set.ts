import { type Controller, podFrom, revisionOf, type Wire } from '../objects';
import { since } from '../since';

/** @see https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/statefulset/stateful_set_utils.go */
export const statefulSet: Controller = ({ metadata, spec }, { target }) =>
  Array.from({ length: spec.replicas ?? 1 }, (_, i) => {
    const index = (spec.ordinals?.start ?? 0) as number + i;
    const name = `${metadata.name}-${index}`;
    return podFrom(spec.template, name, {
      labels: {
        'controller-revision-hash': revisionOf(metadata.name as string),
        'statefulset.kubernetes.io/pod-name': name,
        ...since(28, target) && { 'apps.kubernetes.io/pod-index': String(index) },
      },
      spec: { hostname: name, subdomain: spec.serviceName, volumes: volumesOf(spec, name) },
    });
  });

/** A claim of a template takes the place of a volume with its name. */
function volumesOf({ template, volumeClaimTemplates = [] }: Wire, pod: string): Wire[] {
  const claims = volumeClaimTemplates.map(({ metadata: { name } }: Wire) => ({ name, persistentVolumeClaim: { claimName: `${name}-${pod}` } })) as Wire[];
  const others = ((template.spec.volumes ?? []) as Wire[]).filter(({ name }) => !claims.some(claim => claim.name === name));
  return [...claims, ...others];
}
