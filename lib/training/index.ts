export type { DistributedTrainingJobProps } from './distributed-training-job-props';
export { DistributedTrainingJob } from './distributed-training-job';
export { Engine } from './engine';
export { Framework } from './framework';
export type { PytorchProps } from './frameworks/torchrun';
export { Accelerator } from './nodes/accelerator';
export type { WorkerToleration } from './pods/worker-toleration';
