import { Size } from 'cdk8s';
import { Cpu, EnvFieldPaths, EnvValue, Secret } from 'cdk8s-plus-27';
import type { Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  CloudIdentity, DatasetStream, DistributedTrainingJobProps, Engine, Fabric, Framework, HorovodProps, MpiImplementation, MpiProps,
} from '../../lib';
import { mpiRoles, mpirunProcesses } from '../../lib/training/frameworks/mpirun';
import { emit } from '../support/engines';
import { errorsOf, lineOf, said, warningsOn } from '../support/findings';
import { envOf } from '../support/manifests';
import { GPUS, refused } from '../support/training';

type Props = Partial<DistributedTrainingJobProps> | ((chart: Chart) => Partial<DistributedTrainingJobProps>);

const OPEN_MPI = Engine.mpiJob();
const HYDRA = [MpiImplementation.INTEL, MpiImplementation.MPICH].map(implementation => Engine.mpiJob({ implementation }));
const TCP = ['--mca', 'pml', 'ob1', '--mca', 'btl', '^openib'];

/** The containers of an MPIJob. */
function containersOf(props: Props): { launcher: any; worker: any } {
  const { Launcher, Worker } = emit(props).workload.spec.mpiReplicaSpecs;
  return { launcher: Launcher.template.spec.containers[0], worker: Worker.template.spec.containers[0] };
}

/** What a container starts. */
function wordsOf({ command = [], args = [] }: any): string[] {
  return [...command, ...args];
}

/** Names that mpirun hands on. */
function exportedBy(container: any): string[] {
  const words = wordsOf(container);
  return words.flatMap((word, i) => words[i - 1] === '-x' ? [word] : []);
}

describe('MPI', () => {
  test('starts all processes from the launcher, in exec form', () => {
    const { launcher } = containersOf({ framework: Framework.mpi(), workers: 4, accelerator: GPUS, command: ['/opt/solve', '--steps=100'] });
    expect(launcher.command).toEqual(['mpirun']);
    expect(launcher.args).toEqual([
      '-np', '32', '--bind-to', 'none', '--map-by', 'slot', '-x', 'PATH', '-x', 'LD_LIBRARY_PATH', '/opt/solve', '--steps=100',
    ]);
  });

  test('starts one process in each worker without accelerators, or as many as it is told', () => {
    expect(wordsOf(containersOf({ framework: Framework.mpi(), workers: 3 }).launcher).slice(0, 3)).toEqual(['mpirun', '-np', '3']);
    const { workload } = emit({ framework: Framework.mpi({ processesPerWorker: 16 }), workers: 3, accelerator: GPUS });
    expect(workload.spec.slotsPerWorker).toBe(16);
    expect(workload.spec.mpiReplicaSpecs.Launcher.template.spec.containers[0].args.slice(0, 2)).toEqual(['-np', '48']);
  });

  test('starts nothing in the workers but sshd', () => {
    for (const engine of [OPEN_MPI, ...HYDRA]) {
      expect(wordsOf(containersOf({ framework: Framework.mpi(), engine }).worker)[0]).toBe('/usr/sbin/sshd');
    }
  });

  test('takes the words of Hydra from Intel MPI and MPICH, which hand on all variables', () => {
    for (const engine of HYDRA) {
      const { launcher } = containersOf({ framework: Framework.mpi({ launcherArguments: ['-ppn', '8'] }), engine, accelerator: GPUS, env: { A: '1' } });
      expect(launcher.args).toEqual(['mpirun', '-np', '32', '-genvall', '-ppn', '8', 'train.py', '--epochs=90']);
      expect(Object.keys(envOf(launcher))).toEqual(['NVIDIA_VISIBLE_DEVICES', 'A']);
    }
  });

  test('finds the workers with Open MPI 5 too, which ignores what the operator sets for Open MPI 4', () => {
    const { launcher, worker } = containersOf({ framework: Framework.mpi(), accelerator: GPUS });
    expect(envOf(launcher)).toMatchObject({
      PRTE_MCA_prte_default_hostfile: '/etc/mpi/hostfile',
      PRTE_MCA_prte_set_default_slots: '8',
      PRTE_MCA_prte_keep_fqdn_hostnames: 'false',
      PRTE_MCA_plm_ssh_args: '-o ConnectionAttempts=10',
    });
    expect(Object.keys(envOf(worker)).filter(name => name.startsWith('PRTE_'))).toEqual([]);
  });

  test('puts more arguments of mpirun before the program', () => {
    const launcherArguments = ['--mca', 'btl_tcp_if_include', 'eth0'];
    expect(wordsOf(containersOf({ framework: Framework.mpi({ launcherArguments }) }).launcher).slice(-5)).toEqual([...launcherArguments, 'train.py', '--epochs=90']);
  });

  test('gives the launcher what it is told to', () => {
    const framework = Framework.mpi({ launcherMemory: Size.gibibytes(4), launcherCpu: Cpu.units(2) });
    expect(containersOf({ framework }).launcher.resources).toEqual({ limits: { memory: '4Gi' }, requests: { cpu: '2', memory: '4Gi' } });
  });
});

describe('variables reach processes that are started by ssh', () => {
  test('the user’s own, with the values of the launcher', () => {
    const { launcher, worker } = containersOf(chart => ({
      framework: Framework.mpi(),
      env: { OMP_NUM_THREADS: '4' },
      envValues: { TOKEN: EnvValue.fromSecretValue({ secret: Secret.fromSecretName(chart, 'hub', 'hub'), key: 'token' }) },
    }));
    expect(exportedBy(launcher)).toEqual(['PATH', 'LD_LIBRARY_PATH', 'TOKEN', 'OMP_NUM_THREADS']);
    for (const container of [launcher, worker]) {
      expect(envOf(container)).toMatchObject({ OMP_NUM_THREADS: '4', TOKEN: { secretKeyRef: { name: 'hub', key: 'token' } } });
    }
  });

  test('each name once, and each value once', () => {
    const { launcher } = containersOf({ framework: Framework.mpi({ exportedVariables: ['PATH', 'A'] }), env: { PATH: '/bin', A: '1', LD_LIBRARY_PATH: '/lib' } });
    expect(exportedBy(launcher)).toEqual(['PATH', 'LD_LIBRARY_PATH', 'A']);
    const names: string[] = launcher.env.map(({ name }: any) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  test('those of streams, of the interconnect and of the identity', () => {
    const { launcher, worker } = containersOf({
      framework: Framework.mpi(),
      accelerator: GPUS,
      fabric: Fabric.efa({ interfaces: 4 }),
      streams: [DatasetStream.s3('s3://acme/laion', { region: 'us-east-1' })],
      identity: CloudIdentity.awsIrsa('arn:aws:iam::123456789012:role/trainer'),
    });
    const shared = ['DATASET_URI', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'FI_PROVIDER'];
    expect(exportedBy(launcher)).toEqual(expect.arrayContaining([...shared, 'AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE']));
    for (const name of shared) expect(envOf(launcher)[name]).toBe(envOf(worker)[name]);
  });

  test('those of a Secret, by the keys that are named', () => {
    const { launcher, worker } = containersOf(chart => ({
      framework: Framework.mpi({ exportedVariables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] }),
      streams: [DatasetStream.s3('s3://acme/laion', { credentials: Secret.fromSecretName(chart, 'keys', 'keys') })],
    }));
    expect(exportedBy(launcher)).toEqual(expect.arrayContaining(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']));
    expect(launcher.envFrom).toEqual([{ secretRef: { name: 'keys' } }]);
    expect(worker.envFrom).toEqual(launcher.envFrom);
  });

  test('but not what is for the container runtime, and nothing that is another pod’s', () => {
    const { launcher } = containersOf({ framework: Framework.mpi(), accelerator: GPUS, env: { NVIDIA_DRIVER_CAPABILITIES: 'compute,utility' } });
    expect(exportedBy(launcher)).toEqual(['PATH', 'LD_LIBRARY_PATH']);
  });
});

describe('Horovod', () => {
  test('is started as its documentation has it, without horovodrun', () => {
    const { launcher, worker } = containersOf({ framework: Framework.horovod(), workers: 2, accelerator: GPUS });
    expect(wordsOf(launcher)).toEqual([
      'mpirun', '-np', '16', '--bind-to', 'none', '--map-by', 'slot', '-x', 'PATH', '-x', 'LD_LIBRARY_PATH', ...TCP, 'python', 'train.py', '--epochs=90',
    ]);
    // the lesson's way: a job of its own in every pod
    expect([...wordsOf(launcher), ...wordsOf(worker)].join(' ')).not.toMatch(/horovodrun|\bsh -c/);
    expect(wordsOf(worker)).not.toContain('train.py');
  });

  test('takes other arguments in the place of those', () => {
    const words = wordsOf(containersOf({ framework: Framework.horovod({ launcherArguments: ['--mca', 'pml', 'ucx'] }) }).launcher);
    expect(words.slice(words.indexOf('--mca'))).toEqual(['--mca', 'pml', 'ucx', 'python', 'train.py', '--epochs=90']);
  });

  test('has no arguments of Open MPI with another', () => {
    for (const engine of HYDRA) {
      expect(containersOf({ framework: Framework.horovod(), engine }).launcher.args).toEqual(['mpirun', '-np', '4', '-genvall', 'python', 'train.py', '--epochs=90']);
    }
  });

  test('is warned of idle devices, and refused without enough of them', () => {
    const expected = '8, one process for each device of a worker: each takes that of its local rank';
    const { job } = emit({ framework: Framework.horovod({ processesPerWorker: 4 }), accelerator: GPUS });
    expect(warningsOn(job).map(lineOf)).toEqual([`train/processes | framework.processesPerWorker: expected ${expected}, found 4 | leave \`processesPerWorker\` out`]);
    expect(errorsOf(refused({ framework: Framework.horovod({ processesPerWorker: 9 }), accelerator: GPUS }))).toEqual([
      `train/processes | framework.processesPerWorker: expected ${expected}, found 9 | leave \`processesPerWorker\` out`,
    ]);
    expect(warningsOn(emit({ framework: Framework.horovod({ processesPerWorker: 4 }) }).job)).toEqual([]);
  });
});

describe('MPI is refused for', () => {
  test.each<[string, Props, string]>([
    ['a field of a pod', { envValues: { POD_IP: EnvValue.fromFieldRef(EnvFieldPaths.POD_IP) } },
      'train/mpi-field | envValues.POD_IP: expected a value that is the same in all pods: processes that are started by ssh have the variables of the launcher, found a field of the pod, which would be that of the launcher | find it out in the script, as with socket.gethostname()'],
    ['a colon, which begins another program', { command: ['solve', ':', 'other'] },
      'train/command | command[1]: expected no `:` on its own: mpirun starts another program behind it, found ":" | pass it to the script in another way'],
    ['a launcher of its own', { command: ['mpirun', 'solve'] },
      "train/command | command: expected the program first: MPI's launcher is put before it, found [\"mpirun\",\"solve\"] | start with the script, or with '-m' and a module, and give each argument a text of its own"],
    ['a launcher in every pod', { framework: Framework.horovod(), command: ['horovodrun', '-np', '4', 'python', 'train.py'] },
      "train/command | command: expected the training script first: Horovod's launcher is put before it, found [\"horovodrun\",\"-np\",\"4\",\"python\",\"train.py\"] | start with the script, or with '-m' and a module, and give each argument a text of its own"],
    ['keys of a Secret that mpirun is not told', chart => ({ streams: [DatasetStream.s3('s3://acme/x', { credentials: Secret.fromSecretName(chart, 'k', 'k') })] }),
      "train/mpi-exports | streams[0].credentials: expected the keys of the Secret in `exportedVariables` of the framework: Open MPI hands variables on by their names, found none there | set them, as `exportedVariables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']`"],
    ['a list of workers of its own', { env: { OMPI_MCA_orte_default_hostfile: '/hosts' } },
      'train/reserved-env | env.OMPI_MCA_orte_default_hostfile: expected no `OMPI_MCA_orte_default_hostfile`: the MPI Operator sets it, found a value for OMPI_MCA_orte_default_hostfile | leave `OMPI_MCA_orte_default_hostfile` out'],
    ['a list of workers of Open MPI 5', { env: { PRTE_MCA_prte_default_hostfile: '/hosts' } },
      'train/reserved-env | env.PRTE_MCA_prte_default_hostfile: expected no `PRTE_MCA_prte_default_hostfile`: the job sets it, so that Open MPI 5 finds the workers, found a value for PRTE_MCA_prte_default_hostfile | leave `PRTE_MCA_prte_default_hostfile` out'],
    ['a rank', { env: { OMPI_COMM_WORLD_RANK: '0' } },
      'train/reserved-env | env.OMPI_COMM_WORLD_RANK: expected no `OMPI_COMM_WORLD_RANK`: mpirun sets it for each process, found a value for OMPI_COMM_WORLD_RANK | leave `OMPI_COMM_WORLD_RANK` out'],
    ['a rank of Horovod', { framework: Framework.horovod(), env: { HOROVOD_RANK: '0' } },
      'train/reserved-env | env.HOROVOD_RANK: expected no `HOROVOD_RANK`: Horovod takes the place of each process from MPI, found a value for HOROVOD_RANK | leave `HOROVOD_RANK` out'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(() => emit(typeof props === 'function' ? chart => ({ framework: Framework.mpi(), ...props(chart) }) : { framework: Framework.mpi(), ...props })))
      .toEqual([line]);
  });

  test.each(['OMPI_MCA_btl_tcp_if_include', 'I_MPI_FABRICS', 'HOROVOD_FUSION_THRESHOLD', 'NCCL_DEBUG', 'PRTE_MCA_rmaps_default_mapping_policy'])(
    'nothing that is the user’s to set: %s', name => {
      expect(errorsOf(refused({ framework: Framework.horovod(), env: { [name]: '1' } }))).toEqual([]);
    });

  test('a program of Python, which it may start with', () => {
    expect(errorsOf(refused({ framework: Framework.mpi(), command: ['python', 'train.py'] }))).toEqual([]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ processesPerWorker: 0 }, 'train/framework-option | processesPerWorker: expected a whole number from 1 to 1024, found 0 | set `processesPerWorker` within the range, or leave it out'],
    [{ launcherMemory: Size.gibibytes(0) }, 'api/quantity | launcherMemory: expected a size above 0, found 0 | set `launcherMemory`, as Size.gibibytes(1)'],
    [{ launcherMemory: '1Gi' }, 'props/type | launcherMemory: expected a Size, found "1Gi" | set `launcherMemory`, as Size.gibibytes(1)'],
    [{ launcherCpu: 2 }, 'props/type | launcherCpu: expected a Cpu, found 2 | set `launcherCpu`, as Cpu.millis(500)'],
    [{ launcherArguments: '--mca' }, "props/type | launcherArguments: expected a list of texts, found \"--mca\" | set `launcherArguments`, as ['--mca', 'btl_tcp_if_include', 'eth0']"],
    [{ launcherNodeSelector: { pool: 1 } }, "props/type | launcherNodeSelector.pool: expected a text, found 1 | write it as a text: '1'"],
    [{ exportedVariables: ['A=1'] }, 'api/env-name | exportedVariables[0]: expected the name of a variable: letters, digits and `_`, no digit first, found "A=1" | name the variable only: its value is that of the launcher'],
    [{ exportedVariables: 'A' }, "props/type | exportedVariables: expected a list of texts, found \"A\" | set `exportedVariables`, as ['AWS_ROLE_ARN']"],
  ])('options of another type or range: %j', (props, line) => {
    expect(said(sink => Framework.mpi(props as MpiProps)._spec.check(sink)).errors).toEqual([line]);
    expect(said(sink => Framework.horovod(props as HorovodProps)._spec.check(sink)).errors).toEqual([line]);
  });
});

describe('MPI is warned of', () => {
  test('an account whose variables mpirun is not told', () => {
    const { job } = emit(chart => ({
      framework: Framework.mpi(),
      serviceAccount: { apiGroup: '', name: 'trainer', node: chart.node } as any,
      streams: [DatasetStream.s3('s3://acme/x'), DatasetStream.gcs('gs://acme/x', { name: 'OTHER' })],
    }));
    expect(warningsOn(job).map(lineOf)).toEqual([
      "train/mpi-exports | streams[0]: expected what the cloud adds for the service account in `exportedVariables` of the framework: processes that are started by ssh do not have it, found none there | set `exportedVariables: ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE']`, or use `identity` in place of `serviceAccount`",
    ]);
  });

  test('names that need not be told', () => {
    const { job } = emit({ framework: Framework.mpi({ exportedVariables: ['A'] }), engine: HYDRA[0] });
    expect(warningsOn(job).map(lineOf)).toEqual([
      'train/mpi-exports | framework.exportedVariables: expected none: Intel hands on all variables of the launcher, found A | leave `exportedVariables` out',
    ]);
  });
});

describe('what other frameworks take of it', () => {
  test('roles and processes, with a program and arguments of their own', () => {
    const roles = mpiRoles(2, {});
    const world = {
      jobName: 'train', roles, role: roles[0], wiring: 'operator' as const, devices: 4, gracePeriodSeconds: 120, command: ['ds.py'], mpi: OPEN_MPI._spec.mpi,
      variables: () => [{ name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }], addedVariables: [],
      placeOf: () => { throw new Error('not asked'); },
    };
    const options = { program: ['python', '-u'], launcherArguments: () => ['--tag-output'] };
    const { args, env } = mpirunProcesses(world, options);
    expect(args).toEqual(['-np', '8', '--bind-to', 'none', '--map-by', 'slot', '-x', 'PATH', '-x', 'LD_LIBRARY_PATH', '--tag-output', 'python', '-u', 'ds.py']);
    expect(env.map(({ name }) => name)).not.toContain('POD');
    expect(mpirunProcesses({ ...world, role: roles[1] }, options)).toMatchObject({ processes: 4, command: ['/usr/sbin/sshd', '-De', '-f', '/home/mpiuser/.sshd_config'] });
  });
});
