export { Accelerator } from './accelerator';
export type { DistributedTrainingJobProps, WorkerToleration } from './distributed-training-job';
export { DistributedTrainingJob } from './distributed-training-job';
export { Engine } from './engine';
export { Framework } from './framework';
export type { PytorchProps } from './frameworks/pytorch';
