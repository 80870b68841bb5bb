import type { PodConcern } from '../pods/pod-part';

/** The interconnect of the pods that train. */
export const interconnect: PodConcern = ({ fabric }, { role }) => {
  if (!fabric || !role.accelerated) return {};
  const { resources, capabilities, env } = fabric._fabric;
  return { resources, capabilities, env };
};
