import type { Plan } from '../requests/plan';
import type { FrameworkRequest, JobRequest } from '../requests/types';
import type { Audit, Step } from './audit';
import type { Emitted, Template } from './templates';

/** What the processes of a framework are told of its options. */
export function auditFramework(of: Audit, job: JobRequest, plan: Plan, emitted: Emitted): void {
  const options: FrameworkRequest = job.framework ?? { id: 'torchrun' };
  for (const template of emitted.templates) {
    if (plan.engine === 'mpiJob') {
      if (template.role.name === 'launcher') auditMpirun(of, options, job, plan, template);
    } else {
      of.expect(template.root, [...template.container, 'ports', 0, 'containerPort'], options.port);
      auditProcesses(of, options, job, plan, template);
    }
  }
}

const listsOf = ({ start: { path } }: Template): Step[][] => ['command', 'args'].map(list => [...path, list]);

function auditProcesses(of: Audit, options: FrameworkRequest, job: JobRequest, plan: Plan, template: Template): void {
  const { root, container, start } = template;
  const { framework, engine, isOperators, processes } = plan;
  const { port, maxRestarts } = options;
  const variable = (name: string, value: string | number | undefined): void => (
    of.expect(root, [...container, 'env', { name }, 'value'], value === undefined ? undefined : String(value))
  );
  const words = (...all: readonly unknown[]): void => {
    if (!all.includes(undefined)) of.expectWords(start.root, listsOf(template), all.map(String));
  };
  // before 1.28 a shell sets what holds the index of a pod
  const config = (name: string, text: string | undefined): void => {
    if (text === undefined) return;
    const env: Step[] = [...container, 'env', { name }, 'value'];
    if (root && of.find(root, env)) of.expectTexts(root, env, text);
    else of.expectTexts(root, [...container, 'command', 2], `export ${name}=`, text);
  };
  switch (framework) {
    case 'torchrun': case 'deepspeed':
      variable('PET_MAX_RESTARTS', maxRestarts);
      if (!isOperators) {
        variable('PET_NPROC_PER_NODE', processes);
        variable('PET_MASTER_PORT', port);
        variable('PET_NNODES', job.workers);
      } else if (engine === 'trainJob') of.expect(start.root, [...start.path, 'numProcPerNode'], processes);
      else of.expect(root, ['spec', 'nprocPerNode'], String(processes));
      break;
    case 'torchrunElastic':
      variable('PET_MAX_RESTARTS', maxRestarts);
      variable('PET_NPROC_PER_NODE', processes);
      variable('PET_RDZV_CONF', options.joinSeconds === undefined ? undefined : `join_timeout=${options.joinSeconds}`);
      if (!isOperators) {
        variable('PET_NNODES', `${options.minWorkers}:${job.workers}`);
        if (port !== undefined) of.expectTexts(root, [...container, 'env', { name: 'PET_RDZV_ENDPOINT' }, 'value'], `:${port}`);
      } else {
        of.expect(root, ['spec', 'elasticPolicy', 'minReplicas'], options.minWorkers);
        of.expect(root, ['spec', 'elasticPolicy', 'maxReplicas'], job.workers);
        of.expect(root, ['spec', 'elasticPolicy', 'rdzvPort'], port);
      }
      break;
    case 'pytorchPlain':
      words(options.interpreter, '-u');
      if (!isOperators) variable('MASTER_PORT', port);
      break;
    case 'accelerate':
      if (job.workers * processes === 1 && options.configFile === undefined) {
        variable('MASTER_PORT', port);
        variable('ACCELERATE_MIXED_PRECISION', options.mixedPrecision);
        break;
      }
      words('--num_machines', job.workers);
      words('--num_processes', job.workers * processes);
      words('--main_process_port', port);
      words('--max_restarts', maxRestarts);
      words('--mixed_precision', options.mixedPrecision);
      words('--config_file', options.configFile);
      break;
    case 'tensorflow': case 'tensorflowParameterServer':
      config('TF_CONFIG', port === undefined ? undefined : `:${port}"`);
      break;
    case 'jax':
      if (port !== undefined) of.expectTexts(root, [...container, 'env', { name: 'JAX_COORDINATOR_ADDRESS' }, 'value'], `:${port}`);
      break;
  }
}

function auditMpirun(of: Audit, options: FrameworkRequest, job: JobRequest, { processes }: Plan, template: Template): void {
  const words = (...all: readonly string[]): void => of.expectWords(template.start.root, listsOf(template), all);
  words('-np', String(job.workers * processes));
  if (options.launcherArguments?.length) words(...options.launcherArguments);
  const isOpenMpi = (job.engine?.implementation ?? 'OpenMPI') === 'OpenMPI';
  for (const name of isOpenMpi ? [...options.exportedVariables ?? [], ...Object.keys({ ...job.env, ...job.envValues })] : []) words('-x', name);
}
