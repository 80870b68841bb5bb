import type { PodConcern } from '../pods/pod-part';

/** The nodes that were asked for. What has no accelerators need not take the place of what has. */
export const chosenNodes: PodConcern = ({ nodes, accelerator }, { role }) => {
  if (!nodes || (!role.accelerated && (accelerator || role.nodeSelector))) return {};
  return { nodeSelector: nodes._pool.labels, tolerations: nodes._pool.tolerationsFor(accelerator?._spec) };
};
