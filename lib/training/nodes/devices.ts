import { INIT_ENV } from '../../private/pod-copies';
import type { PodConcern } from '../pods/pod-part';

/** The accelerators of the pods that train; the others must not take any, even where an image asks for all. */
export const devices: PodConcern = ({ accelerator }, { role }) => {
  if (!accelerator) return {};
  if (!role.accelerated) return { env: INIT_ENV };
  return { resources: { [accelerator.resourceName]: String(accelerator.count) }, tolerations: [accelerator._toleration] };
};
