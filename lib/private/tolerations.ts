import type { WorkerToleration } from '../training/pods/worker-toleration';
import type { Toleration } from './wire';

/** A toleration as the API has it. */
export function tolerationOf({ key, value, effect }: WorkerToleration): Toleration {
  return {
    ...(key != null && { key }),
    operator: value == null ? 'Exists' : 'Equal',
    ...(value != null && { value }),
    ...(effect != null && { effect }),
  };
}
