import type { WorkerToleration } from '../training/pods/worker-toleration';
import type { Toleration } from './wire';

/** A toleration as the API has it. */
export function tolerationOf({ key, value, effect }: WorkerToleration): Toleration {
  return {
    ...(key !== undefined && { key }),
    operator: value === undefined ? 'Exists' : 'Equal',
    ...(value !== undefined && { value }),
    ...(effect !== undefined && { effect }),
  };
}
