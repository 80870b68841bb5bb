import { type Controller, copyOf, namespaceOf, type Wire } from '../objects';

const KEY = 'trainer.kubeflow.org/';
const TRAINER = 'node';
const INDEX = "metadata.annotations['batch.kubernetes.io/job-completion-index']";
const PORT = 29_500;

/**
 * The JobSet of its runtime, which must be among the objects, with what the job says and what the runtime's plugin tells the
 * processes.
 *
 * @see https://github.com/kubeflow/trainer/tree/master/pkg/runtime/framework/plugins
 */
export const trainJob: Controller = (job, { objects }) => {
  const { name: wanted, kind = 'ClusterTrainingRuntime' } = job.spec.runtimeRef;
  const runtime = objects.find(object => object.kind === kind && object.metadata.name === wanted
    && (kind !== 'TrainingRuntime' || namespaceOf(object) === namespaceOf(job)));
  if (!runtime) throw new Error(`TrainJob/${job.metadata.name}: ${kind}/${wanted} is not there`);
  const { mlPolicy = {}, template } = copyOf(runtime.spec);
  const nodes = (job.spec.trainer?.numNodes ?? mlPolicy.numNodes ?? 1) as number;
  const replicatedJobs = (template.spec.replicatedJobs as Wire[])
    .map(of => patched(of, job))
    .map(of => of.template.metadata?.labels?.[`${KEY}trainjob-ancestor-step`] === 'trainer' ? trainerOf(of, job, mlPolicy, nodes) : of);
  return [{
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: { name: job.metadata.name, labels: template.metadata?.labels, annotations: template.metadata?.annotations },
    spec: { ...template.spec, replicatedJobs },
  }];
};

/** What `runtimePatches` say of the pods of one replicated job. */
function patched(of: Wire, { spec }: Wire): Wire {
  const patches = ((spec.runtimePatches ?? []) as Wire[])
    .flatMap(({ trainingRuntimeSpec }) => (trainingRuntimeSpec?.template?.spec?.replicatedJobs ?? []) as Wire[])
    .filter(({ name }) => name === of.name)
    .map(({ template }) => template?.spec?.template ?? {});
  return patches.reduce((job: Wire, patch) => ({
    ...job,
    template: { ...job.template, spec: { ...job.template.spec, template: merged(job.template.spec.template, patch) } },
  }), of);
}

/** A strategic merge, as far as these patches go: maps are merged, lists by the names of what is in them, and others replaced. */
function merged(base: Wire, patch: Wire): Wire {
  if (hasNames(patch) && hasNames(base)) return mergedByName(base as Wire[], patch as Wire[]);
  if (!isMap(base) || !isMap(patch)) return patch;
  const changed = Object.entries(patch).map(([key, value]) => [key, key in base ? merged(base[key], value) : value]);
  return { ...base, ...Object.fromEntries(changed) };
}

function mergedByName(base: readonly Wire[], patch: readonly Wire[]): Wire[] {
  const kept = base.map(entry => patch.filter(({ name }) => name === entry.name).reduce(merged, entry));
  return [...kept, ...patch.filter(({ name }) => !base.some(entry => entry.name === name))];
}

function hasNames(list: Wire): boolean {
  return Array.isArray(list) && list.every(entry => entry?.name !== undefined);
}

function isMap(value: Wire): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function trainerOf(of: Wire, job: Wire, mlPolicy: Wire, nodes: number): Wire {
  const { template } = of.template.spec;
  const containers = (template.spec.containers as Wire[])
    .map(container => container.name === TRAINER ? nodeOf(container, job, mlPolicy, nodes) : container);
  const pods = { ...template, spec: { ...template.spec, containers } };
  return {
    ...of,
    replicas: 1,
    template: { ...of.template, spec: { ...of.template.spec, parallelism: nodes, completions: nodes, template: pods } },
  };
}

function nodeOf(container: Wire, { metadata: { name }, spec: { trainer } }: Wire, mlPolicy: Wire, nodes: number): Wire {
  const own = trainer ?? {};
  const resources = own.resourcesPerNode ?? container.resources;
  const told = [
    ...trainer && mlPolicy.torch ? torch(name as string, nodes, processesOf(own.numProcPerNode as string | undefined, resources)) : [],
    ...mlPolicy.jax ? jax(name as string, nodes) : [],
  ];
  return {
    ...container,
    ...own.image && { image: own.image },
    ...own.command && { command: own.command },
    ...own.args && { args: own.args },
    resources,
    env: upserted(upserted(container.env ?? [], own.env ?? []), told),
  };
}

/** A variable that is there keeps its place; others come last. */
function upserted(env: readonly Wire[], more: readonly Wire[]): Wire[] {
  const kept = env.map(variable => more.find(({ name }) => name === variable.name) ?? variable);
  return [...kept, ...more.filter(({ name }) => !env.some(variable => variable.name === name))];
}

function processesOf(asked: string | number | undefined, resources: Wire = {}): string {
  if (asked !== undefined && asked !== 'auto') return String(asked);
  const amounts = { ...resources.requests, ...resources.limits } as Record<string, unknown>;
  const gpu = Object.keys(amounts).find(of => of.toLowerCase().includes('gpu'));
  if (gpu) return asked === undefined ? String(amounts[gpu]) : 'auto';
  return String(Math.max(1, Math.ceil(Number(amounts.cpu ?? 1))));
}

function torch(name: string, nodes: number, processes: string): Wire[] {
  return [
    { name: 'PET_NNODES', value: String(nodes) },
    { name: 'PET_NPROC_PER_NODE', value: processes },
    { name: 'PET_NODE_RANK', valueFrom: { fieldRef: { fieldPath: INDEX } } },
    { name: 'PET_MASTER_ADDR', value: `${name}-${TRAINER}-0-0.${name}` },
    { name: 'PET_MASTER_PORT', value: String(PORT) },
  ];
}

function jax(name: string, nodes: number): Wire[] {
  return [
    { name: 'JAX_NUM_PROCESSES', value: String(nodes) },
    { name: 'JAX_PROCESS_ID', valueFrom: { fieldRef: { fieldPath: INDEX } } },
    { name: 'JAX_COORDINATOR_ADDRESS', value: `${name}-${TRAINER}-0-0.${name}:${PORT}` },
    { name: 'JAX_COORDINATOR_PORT', value: String(PORT) },
  ];
}
