import type { Plan, RolePlan } from '../requests/plan';
import type { JobRequest } from '../requests/types';
import type { Audit, Place, Step } from './audit';

/** Where the template of the pods of a role stands. */
export interface Template {
  readonly role: RolePlan;
  /** The manifest that holds it. */
  readonly root: Place | undefined;
  /** The spec of what makes its pods: a StatefulSet, a Job, or a part of another. */
  readonly controller: readonly Step[];
  readonly path: readonly Step[];
  readonly pod: readonly Step[];
  readonly container: readonly Step[];
  /** Where the container's image and command are; elsewhere in a TrainJob. */
  readonly start: { readonly root: Place | undefined; readonly path: readonly Step[] };
}

/** Where a job stands in the manifests. */
export interface Emitted {
  readonly name: string;
  /** The object that stands for the job. */
  readonly workload: Place | undefined;
  /** What holds the pods; the workload itself of most engines. */
  readonly holder: Place | undefined;
  readonly templates: readonly Template[];
}

const KINDS = {
  statefulSet: 'StatefulSet', indexedJob: 'Job', jobSet: 'JobSet', leaderWorkerSet: 'LeaderWorkerSet', trainJob: 'TrainJob', mpiJob: 'MPIJob',
  pytorchJob: 'PyTorchJob',
};

/** Finds the objects of a job, and in them the pods of each role. */
export function emittedOf(of: Audit, job: JobRequest, { engine, framework, roles }: Plan): Emitted {
  const named = (suffix: string): string | RegExp => (
    job.name === undefined ? new RegExp(`^vision-train-[0-9a-f]{8}${suffix}$`) : `${job.name}${suffix}`
  );
  const kind = KINDS[engine];
  const isSets = engine === 'statefulSet' && roles.length > 1;
  const workload = of.manifest(kind, named(isSets ? `-${roles[0].name}` : ''));
  const name = of.nameOf(workload).slice(0, isSets ? -roles[0].name.length - 1 : undefined);
  const holder = engine === 'trainJob' ? of.manifest('TrainingRuntime', name) : workload;
  const at = (role: RolePlan, root: Place | undefined, controller: readonly Step[], template: Step = 'template'): Template => {
    const path = [...controller, template];
    const pod = [...path, 'spec'];
    const container = [...pod, 'containers', 0];
    const start = engine === 'trainJob' ? { root: workload, path: ['spec', 'trainer'] } : { root, path: container };
    return { role, root, controller, path, pod, container, start };
  };
  const templates = roles.flatMap((role): Template[] => {
    switch (engine) {
      case 'statefulSet': return [at(role, isSets ? of.manifest(kind, `${name}-${role.name}`) : workload, ['spec'])];
      case 'indexedJob': return [at(role, workload, ['spec'])];
      case 'jobSet': return [at(role, workload, ['spec', 'replicatedJobs', { name: role.name }, 'template', 'spec'])];
      case 'leaderWorkerSet': return [at(role, workload, ['spec', 'leaderWorkerTemplate'], 'workerTemplate')];
      case 'trainJob': return [at(role, holder, ['spec', 'template', 'spec', 'replicatedJobs', { name: 'node' }, 'template', 'spec'])];
      case 'mpiJob': return [at(role, workload, ['spec', 'mpiReplicaSpecs', role.name === 'launcher' ? 'Launcher' : 'Worker'])];
      case 'pytorchJob': {
        const replicas = (part: string): Template => at(role, workload, ['spec', 'pytorchReplicaSpecs', part]);
        if (framework === 'torchrunElastic') return [replicas('Worker')];
        return role.replicas > 1 ? [replicas('Master'), replicas('Worker')] : [replicas('Master')];
      }
    }
  });
  return { name, workload, holder, templates };
}
