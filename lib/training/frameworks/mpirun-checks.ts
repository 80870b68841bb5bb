import type { EnvValue } from 'cdk8s-plus-27';
import type { ProblemSink } from '../../findings/collector';
import { under } from '../../findings/collector';
import { described } from '../../private/described';
import { checkLabels } from '../../private/labels';
import { checkIsSize, checkTexts, reportType, textsIn } from '../../private/prop-types';
import { checkAboveZero } from '../../private/size-checks';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { MpiImplementation } from '../engines/mpi-launch';
import type { MpiProps } from './mpi';
import { checkWholeNumber } from './options';
import { reservedHostname } from './torchrun';

export const MPI_DOCS = 'https://github.com/kubeflow/mpi-operator#readme';
export const SSH_PORT = 2222;

const EXPORT_DOCS = 'https://docs.open-mpi.org/en/main/man-openmpi/man1/mpirun.1.html#exported-environment-variables';
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SET_BY_OPERATOR = [
  'K_MPI_JOB_ROLE',
  'OMPI_MCA_orte_default_hostfile', 'OMPI_MCA_orte_keep_fqdn_hostnames', 'OMPI_MCA_orte_set_default_slots', 'OMPI_MCA_plm_rsh_args',
  'I_MPI_HYDRA_HOST_FILE', 'I_MPI_HYDRA_BOOTSTRAP_EXEC_EXTRA_ARGS', 'I_MPI_PERHOST', 'HYDRA_HOST_FILE', 'HYDRA_LAUNCH_EXTRA_ARGS',
];
const SET_BY_LIBRARY = [
  'PRTE_MCA_prte_default_hostfile', 'PRTE_MCA_prte_keep_fqdn_hostnames', 'PRTE_MCA_prte_set_default_slots', 'PRTE_MCA_plm_ssh_args',
];
const SET_BY_MPIRUN = /^(OMPI_COMM_WORLD_|OMPI_UNIVERSE_|PMIX_|PMI_|MPI_LOCAL)/;
/** Variables that clouds add to pods by the scheme of the data. */
const IDENTITY_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  s3: ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
  abfss: ['AZURE_AUTHORITY_HOST', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE', 'AZURE_TENANT_ID'],
};

export function reservedByMpi(variable: string): string | undefined {
  if (SET_BY_OPERATOR.includes(variable)) return 'the MPI Operator sets it';
  if (SET_BY_LIBRARY.includes(variable)) return 'the job sets it, so that Open MPI 5 finds the workers';
  if (SET_BY_MPIRUN.test(variable)) return 'mpirun sets it for each process';
  return reservedHostname(variable);
}

/** Holds the options of mpirun and its launcher. */
export function checkMpirunProps(props: MpiProps, sink: ProblemSink): void {
  const { launcherMemory, launcherCpu, launcherNodeSelector, launcherArguments, exportedVariables } = props;
  checkWholeNumber({ path: 'processesPerWorker', value: props.processesPerWorker, min: 1, max: 1024, link: MPI_DOCS }, sink);
  if (launcherMemory != null && checkIsSize('launcherMemory', launcherMemory, 'Size.gibibytes(1)', sink)) {
    checkAboveZero(launcherMemory, { path: 'launcherMemory', fix: 'set `launcherMemory`, as Size.gibibytes(1)' }, sink);
  }
  if (launcherCpu != null && !(typeof launcherCpu === 'object' && 'amount' in launcherCpu)) {
    reportType(launcherCpu, { path: 'launcherCpu', expected: 'a Cpu', example: 'Cpu.millis(500)' }, sink);
  }
  if (launcherNodeSelector != null) {
    const path = 'launcherNodeSelector';
    checkLabels(path, textsIn(path, launcherNodeSelector, "{ 'node.kubernetes.io/instance-type': 'm7i.large' }", sink), sink);
  }
  if (launcherArguments != null) checkTexts('launcherArguments', launcherArguments, "['--mca', 'btl_tcp_if_include', 'eth0']", sink);
  if (exportedVariables == null || !checkTexts('exportedVariables', exportedVariables, "['AWS_ROLE_ARN']", sink)) return;
  exportedVariables.forEach((name, i) => {
    if (VARIABLE.test(name)) return;
    sink.error({
      ruleId: 'api/env-name', path: `exportedVariables[${i}]`, expected: 'the name of a variable: letters, digits and `_`, no digit first',
      found: described(name), fix: 'name the variable only: its value is that of the launcher',
    });
  });
}

type Job = Partial<DistributedTrainingJobProps>;

/** Holds a job against what reaches processes that are started by ssh. */
export function checkMpirunJob(props: MpiProps, job: Job, sink: ProblemSink): void {
  checkFields(job, sink);
  checkCommand(job, sink);
  const implementation = job.engine?._spec.mpi?.implementation ?? MpiImplementation.OPEN_MPI;
  if (implementation === MpiImplementation.OPEN_MPI) {
    checkStreams(props, job, sink);
  } else if ((props.exportedVariables ?? []).length > 0) {
    under('framework', sink).warn({
      ruleId: 'train/mpi-exports', path: 'exportedVariables', expected: `none: ${implementation} hands on all variables of the launcher`,
      found: props.exportedVariables!.join(', '), fix: 'leave `exportedVariables` out',
    });
  }
}

/** mpirun hands the launcher's values on, and its fields are not the workers'. */
function checkFields({ envValues = {} }: Job, sink: ProblemSink): void {
  for (const [name, { valueFrom }] of Object.entries<EnvValue>(envValues)) {
    if (!valueFrom?.fieldRef && !valueFrom?.resourceFieldRef) continue;
    sink.error({
      ruleId: 'train/mpi-field',
      path: `envValues.${name}`,
      expected: 'a value that is the same in all pods: processes that are started by ssh have the variables of the launcher',
      found: 'a field of the pod, which would be that of the launcher',
      fix: 'find it out in the script, as with socket.gethostname()',
      link: EXPORT_DOCS,
    });
  }
}

/** To mpirun a colon on its own ends a program and begins another. */
function checkCommand({ command = [] }: Job, sink: ProblemSink): void {
  const at = command.indexOf(':');
  if (at < 0) return;
  sink.error({
    ruleId: 'train/command', path: `command[${at}]`, expected: 'no `:` on its own: mpirun starts another program behind it', found: '":"',
    fix: 'pass it to the script in another way',
  });
}

/** Open MPI hands variables on by their names, which those of a Secret and of a cloud's webhook are not known of. */
function checkStreams({ exportedVariables = [] }: MpiProps, { streams = [], serviceAccount }: Job, sink: ProblemSink): void {
  streams.forEach((stream, i) => {
    if (exportedVariables.length > 0) return;
    if (stream._credentials) {
      sink.error({
        ruleId: 'train/mpi-exports',
        path: `streams[${i}].credentials`,
        expected: 'the keys of the Secret in `exportedVariables` of the framework: Open MPI hands variables on by their names',
        found: 'none there',
        fix: "set them, as `exportedVariables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']`",
        link: EXPORT_DOCS,
      });
    }
    const variables = IDENTITY_VARIABLES[stream.uri.slice(0, stream.uri.indexOf(':'))];
    if (!stream._needsIdentity || !serviceAccount || !variables) return;
    sink.warn({
      ruleId: 'train/mpi-exports',
      path: `streams[${i}]`,
      expected: 'what the cloud adds for the service account in `exportedVariables` of the framework: processes that are started by ssh do not have it',
      found: 'none there',
      fix: `set \`exportedVariables: [${variables.map(name => `'${name}'`).join(', ')}]\`, or use \`identity\` in place of \`serviceAccount\``,
      link: EXPORT_DOCS,
    });
  });
}
