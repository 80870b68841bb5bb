import { INIT_ENV } from '../../private/pod-copies';
import type { PodConcern } from '../pods/pod-part';

/** The accelerators of the pods that train; the others must not take any, even where an image asks for all. */
export const devices: PodConcern = ({ accelerator }, { jobName, role }) => {
  if (!accelerator) return {};
  if (!role.accelerated) return { env: INIT_ENV };
  const { resourceName, count, taint, claim } = accelerator._spec;
  return {
    ...(resourceName !== undefined && { resources: { [resourceName]: String(count) } }),
    ...(taint !== undefined && { tolerations: [{ key: taint, operator: 'Exists', effect: 'NoSchedule' }] }),
    ...(claim && { claims: [{ name: claim.name, resourceClaimTemplateName: claim.templateName(jobName) }] }),
  };
};

/** Labels of the nodes that have the accelerators, where the resource alone does not say it. */
export const deviceNodes: PodConcern = ({ accelerator }, { role }) => {
  return role.accelerated ? { nodeSelector: accelerator?._spec.nodeLabels } : {};
};
