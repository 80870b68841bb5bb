import type { KubernetesVersion } from '../../../lib';
import { admit } from './api-server';
import { deployment } from './controllers/deployment';
import { job } from './controllers/job';
import { jobSet } from './controllers/job-set';
import { leaderWorkerSet } from './controllers/leader-worker-set';
import { mpiJob } from './controllers/mpi-job';
import { pytorchJob } from './controllers/pytorch-job';
import { statefulSet } from './controllers/stateful-set';
import { trainJob } from './controllers/train-job';
import { type Controller, madeBy, type Wire } from './objects';

const CONTROLLERS: Readonly<Partial<Record<string, Controller>>> = {
  'apps/v1 Deployment': deployment,
  'apps/v1 StatefulSet': statefulSet,
  'batch/v1 Job': job,
  'jobset.x-k8s.io/v1alpha2 JobSet': jobSet,
  'kubeflow.org/v1 PyTorchJob': pytorchJob,
  'kubeflow.org/v2beta1 MPIJob': mpiJob,
  'leaderworkerset.x-k8s.io/v1 LeaderWorkerSet': leaderWorkerSet,
  'trainer.kubeflow.org/v1alpha1 TrainJob': trainJob,
};

/** All objects of the cluster once every controller has done its work. */
export function reconcile(manifests: readonly Wire[], target: KubernetesVersion): Wire[] {
  const objects = [...manifests];
  // what a controller makes is reconciled in its turn
  for (const object of objects) {
    const controller = CONTROLLERS[`${object.apiVersion} ${object.kind}`];
    for (const made of controller?.(object, { objects, target }) ?? []) {
      const owned = madeBy(object, made);
      admit(owned, objects);
      objects.push(owned);
    }
  }
  return objects;
}
