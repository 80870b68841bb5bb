import { Duration, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Engine, Framework, JobScheduling, MpiImplementation, MpiJobProps, PodVolume } from '../../../lib';
import { rulesIn } from '../../support/checker';
import { emit, TARGETS } from '../../support/engines';
import { errorsOf, said, warningsOn } from '../../support/findings';
import { chartIn, envOf, named } from '../../support/manifests';
import { CHECKPOINTS, GPUS, refused } from '../../support/training';

const framework = Framework.mpi();
const engine = Engine.mpiJob();
const STANDARD_DROP = { allowPrivilegeEscalation: false, capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } };

describe.each(TARGETS)('an MPIJob for %s', target => {
  const { manifests } = emit({ framework: Framework.horovod(), engine, accelerator: GPUS, checkpoints: CHECKPOINTS.shared() }, { target });

  test('is all that is emitted, besides the claim', () => {
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(['MPIJob', 'PersistentVolumeClaim']);
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('passes every rule', () => {
    expect(rulesIn(manifests, { target })).toEqual([]);
  });
});

describe.each(Object.values(MpiImplementation))('an MPIJob of %s', implementation => {
  const { manifests, workload } = emit({ framework, engine: Engine.mpiJob({ implementation }), workers: 2, accelerator: GPUS });

  test('is what it was', () => {
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('passes every rule and names the implementation', () => {
    expect(rulesIn(manifests)).toEqual([]);
    expect(workload.spec.mpiImplementation).toBe(implementation);
  });
});

describe('the MPIJob', () => {
  const { manifests, workload, job } = emit({ framework, engine, workers: 8, accelerator: GPUS });
  const { Launcher, Worker } = workload.spec.mpiReplicaSpecs;
  const [launcher] = Launcher.template.spec.containers;
  const [worker] = Worker.template.spec.containers;

  test('is one launcher and the workers', () => {
    expect(workload).toMatchObject({ apiVersion: 'kubeflow.org/v2beta1', kind: 'MPIJob' });
    expect([Launcher.replicas, Worker.replicas]).toEqual([1, 8]);
    expect(workload.spec.slotsPerWorker).toBe(8);
  });

  test('has its Service, the list of the workers and the keys from the operator', () => {
    expect(manifests.map(({ kind }) => kind)).toEqual(['MPIJob']);
    expect(job.serviceName).toBe('train');
    expect(job.masterAddress).toBe('train-worker-0.train');
    expect(workload.spec.sshAuthMountPath).toBe('/home/mpiuser/.ssh');
  });

  test('makes the launcher when sshd listens in all workers', () => {
    expect(workload.spec.launcherCreationPolicy).toBe('WaitForWorkersReady');
    expect(worker.startupProbe).toEqual({ tcpSocket: { port: 2222 }, periodSeconds: 2, failureThreshold: 60 });
    expect(worker.ports).toEqual([{ name: 'ssh', containerPort: 2222 }]);
    expect(launcher).not.toHaveProperty('startupProbe');
    expect(launcher).not.toHaveProperty('ports');
  });

  test('runs sshd without root, and without what the restricted standard refuses', () => {
    expect([worker.command, worker.args]).toEqual([['/usr/sbin/sshd', '-De', '-f', '/home/mpiuser/.sshd_config'], undefined]);
    expect(worker.securityContext).toEqual(STANDARD_DROP);
    expect(launcher.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    expect(Worker.template.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(warningsOn(job)).toEqual([]);
  });

  test('gives accelerators and memory to workers, and to the launcher its own', () => {
    expect(worker.resources.limits).toEqual({ memory: '64Gi', 'nvidia.com/gpu': '8' });
    expect(launcher.resources).toEqual({ limits: { memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } });
    expect(Launcher.template.spec).not.toHaveProperty('volumes');
  });

  test('counts incidents: the launcher fails once in each', () => {
    const limit = (restarts?: number): number => emit({ framework, engine, workers: 8, restarts }).workload.spec.runPolicy.backoffLimit;
    expect([limit(), limit(7), limit(0)]).toEqual([3, 7, 0]);
  });

  test('makes a new launcher for each attempt, and starts sshd again where it is', () => {
    expect([Launcher.restartPolicy, Worker.restartPolicy]).toEqual(['Never', 'OnFailure']);
    expect(Launcher.template.spec).not.toHaveProperty('restartPolicy');
    expect(Worker.template.spec).not.toHaveProperty('restartPolicy');
  });

  test('deletes the workers when the launcher has ended', () => {
    expect(workload.spec.runPolicy).toEqual({ cleanPodPolicy: 'Running', backoffLimit: 3, schedulingPolicy: { minAvailable: 8 } });
    const { runPolicy } = emit({ framework, engine, deadline: Duration.hours(2), ttlAfterFinished: Duration.hours(1) }).workload.spec;
    expect(runPolicy).toMatchObject({ activeDeadlineSeconds: 7200, ttlSecondsAfterFinished: 3600 });
  });

  test('gives each worker a directory of its own by the label that the operator sets', () => {
    const { Worker: { template } } = emit({ framework, engine, checkpoints: CHECKPOINTS.shared() }).workload.spec.mpiReplicaSpecs;
    const [container] = template.spec.containers;
    expect(envOf(container).CDK8S_ML_INDEX).toEqual({ fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['training.kubeflow.org/replica-index']" } });
    expect(named('checkpoints', container.volumeMounts as any[]).subPathExpr).toBe('rank-$(CDK8S_ML_INDEX)');
  });

  test('keeps the launcher off the nodes of the workers unless it is sent there', () => {
    const nodes = { pool: 'gpu' };
    const specs = emit({ framework, engine, nodeSelector: nodes }).workload.spec.mpiReplicaSpecs;
    expect(specs.Worker.template.spec.nodeSelector).toEqual(nodes);
    expect(specs.Launcher.template.spec.nodeSelector).toBeUndefined();
    const sent = emit({ framework: Framework.mpi({ launcherNodeSelector: { pool: 'cpu' } }), engine, nodeSelector: nodes });
    expect(sent.workload.spec.mpiReplicaSpecs.Launcher.template.spec.nodeSelector).toEqual({ pool: 'cpu' });
  });

  test('tells an operator that makes groups of pods not to wait for the launcher', () => {
    const scheduling = JobScheduling.volcano({ queue: 'research' });
    const { runPolicy, mpiReplicaSpecs } = emit({ framework, engine, workers: 8, scheduling }).workload.spec;
    expect(runPolicy.schedulingPolicy).toMatchObject({ minAvailable: 8, queue: 'research' });
    expect(mpiReplicaSpecs.Worker.template.spec.schedulerName).toBe('volcano');
  });

  test('tells it so without a gang of its own: an operator that was started with a gang scheduler makes a group of every MPIJob', () => {
    expect(emit({ framework, engine, workers: 8 }).workload.spec.runPolicy.schedulingPolicy).toEqual({ minAvailable: 8 });
  });

  test('takes what the image calls its home, its configuration and its port', () => {
    const { spec } = emit({ framework, engine: Engine.mpiJob({ sshAuthMountPath: '/home/user/.ssh', sshPort: 2022 }) }).workload;
    const [container] = spec.mpiReplicaSpecs.Worker.template.spec.containers;
    expect(spec.sshAuthMountPath).toBe('/home/user/.ssh');
    expect(container.command).toContain('/home/user/.sshd_config');
    expect([container.ports[0].containerPort, container.startupProbe.tcpSocket.port]).toEqual([2022, 2022]);
    const configured = emit({ framework, engine: Engine.mpiJob({ sshdConfig: '/etc/ssh/sshd_mpi' }) }).workload;
    expect(configured.spec.mpiReplicaSpecs.Worker.template.spec.containers[0].command).toContain('/etc/ssh/sshd_mpi');
  });

  test('is what MPI runs on when nothing is said', () => {
    expect(emit({ framework }).workload.kind).toBe('MPIJob');
  });

  test('leaves the entrypoint of images of Intel MPI and MPICH where it is', () => {
    const specs = emit({ framework, engine: Engine.mpiJob({ implementation: MpiImplementation.MPICH }) }).workload.spec.mpiReplicaSpecs;
    for (const { template: { spec: { containers: [container] } } } of [specs.Launcher, specs.Worker]) expect(container).not.toHaveProperty('command');
    expect(specs.Worker.template.spec.containers[0].args).toEqual(['/usr/sbin/sshd', '-De', '-f', '/home/mpiuser/.sshd_config']);
  });
});

describe('a name of an MPIJob', () => {
  test.each([[4, 54], [11, 53], [100_001, 49]])('leaves room for what the operator puts behind it (%i workers: %i)', (workers, most) => {
    expect(errorsOf(refused({ framework, engine, workers, name: 'a'.repeat(most) }))).toEqual([]);
    expect(errorsOf(refused({ framework, engine, workers, name: 'a'.repeat(most + 1) }))).toEqual([
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most ${most} characters: MPIJob puts more behind it, up to 63, found "${'a'.repeat(most + 1)}" (${most + 1}) | use a name such as \`resnet-50\`, or leave it out`,
    ]);
  });
});

describe('an MPIJob is refused for', () => {
  const ROOT = 'train/mpi-root | runAsUser: expected a user other than root: sshd of root needs capabilities that these pods do not have, and closes every connection, found 0 | leave `runAsUser` out and use an image with a user 1000, as those made from mpioperator/openmpi';

  test('root', () => {
    expect(errorsOf(refused({ framework, engine, runAsUser: 0 }))).toEqual([ROOT]);
  });

  test('a claim for each worker', () => {
    expect(errorsOf(refused({ framework, engine, checkpoints: CHECKPOINTS.perWorker() }))).toEqual([
      'train/engine-cannot | checkpoints: expected one claim for all workers: no engine of MPI has a claim for each worker, found Engine.mpiJob() | use another framework, or one claim for all with CheckpointVolume.shared()',
    ]);
  });

  test('a framework that it cannot run', () => {
    expect(errorsOf(refused({ framework: Framework.pytorch(), engine }))).toHaveLength(1);
    expect(errorsOf(refused({ framework, engine: Engine.jobSet() }))).toEqual([
      'train/engine-cannot | engine: expected an engine that runs MPI: Engine.mpiJob(), found Engine.jobSet() | use Engine.mpiJob(), or another framework',
    ]);
  });

  test.each([
    ['/home/mpiuser', '/home/mpiuser/.ssh'], ['/home/mpiuser/.ssh', '/home/mpiuser/.ssh'], ['/home/mpiuser/', '/home/mpiuser/.ssh'], ['/etc', '/etc/mpi'],
  ])('a volume at %s', (path, hidden) => {
    expect(errorsOf(refused({ framework, engine, volumes: [PodVolume.scratch().at(path)] }))).toContain(
      `train/mpi-mount | volumes[0].path: expected a path that leaves \`${hidden}\` alone: MPI finds its workers and keys there, found ${path} | mount it elsewhere`);
  });

  test('a volume over the configuration of sshd, or checkpoints', () => {
    const elsewhere = Engine.mpiJob({ sshdConfig: '/opt/ssh/config' });
    const lines = errorsOf(refused({ framework, engine: elsewhere, volumes: [PodVolume.scratch().at('/opt')] }));
    expect(lines).toEqual(['train/mpi-mount | volumes[0].path: expected a path that leaves `/opt/ssh/config` alone: MPI finds its workers and keys there, found /opt | mount it elsewhere']);
    expect(errorsOf(refused({ framework, engine, volumes: [PodVolume.scratch().at('/home/mpiuser/cache')] }))).toEqual([]);
  });

  test.each<[MpiJobProps, string]>([
    [{ implementation: 'OpenMPI5' as any },
      'train/engine-option | implementation: expected OpenMPI, Intel, MPICH, found "OpenMPI5" | use a MpiImplementation, or leave it out for Open MPI'],
    [{ sshAuthMountPath: 'ssh' },
      'train/engine-option | sshAuthMountPath: expected an absolute path below `/`, without spaces, `:` and `..`, found "ssh" | set `sshAuthMountPath` to a path of the image, or leave it out'],
    [{ sshAuthMountPath: 7 as any },
      'train/engine-option | sshAuthMountPath: expected an absolute path below `/`, without spaces, `:` and `..`, found 7 | set `sshAuthMountPath` to a path of the image, or leave it out'],
    [{ sshdConfig: '/etc/../x' },
      'train/engine-option | sshdConfig: expected an absolute path below `/`, without spaces, `:` and `..`, found "/etc/../x" | set `sshdConfig` to a path of the image, or leave it out'],
    [{ sshPort: 0 },
      'train/engine-option | sshPort: expected a whole number from 1 to 65535, found 0 | set `sshPort` to the port of sshd in the image, or leave it out'],
  ])('options that are none: %j', (props, line) => {
    expect(said(sink => Engine.mpiJob(props)._spec.check!(sink)).errors).toEqual([line]);
  });
});

describe('an MPIJob is warned of', () => {
  test('a grace period that its workers cannot use', () => {
    const { job } = emit({ framework, engine, terminationGracePeriod: Duration.minutes(5) });
    expect(warningsOn(job).map(({ ruleId, path, found }) => [ruleId, path, found])).toEqual([
      ['train/mpi-grace', 'terminationGracePeriod', 'one that leaves them no time for a last checkpoint'],
    ]);
  });

  test('nothing else', () => {
    expect(warningsOn(emit({ framework, engine }).job)).toEqual([]);
    expect(chartIn().node.children).toEqual([]);
  });
});
