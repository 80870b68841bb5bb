import { Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  Accelerator, CheckpointVolume, CloudIdentity, DistributedTrainingJobProps, Engine, Framework, NodePool, PodVolume, WorkerProbe,
} from '../../lib';
import { errorsOf, lineOf, warningsOn } from '../support/findings';
import { CHECKPOINTS, refused, SHARED, train } from '../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const lines = (props: Props): string[] => errorsOf(refused(props));
const warnings = (props: Props): string[] => warningsOn(train(props).job).map(lineOf);

describe('a probe of the port that only worker 0 listens on', () => {
  const OWN = "probe a port of the script's own, or leave";
  const port = (prop: string, reason: string, found: string, fix: string): string => (
    `train/probe-port | ${prop}.port: expected a port that every worker listens on: ${reason}, found ${found} | ${fix} \`${prop}\` out`
  );

  test.each<[string, Props, string]>([
    ['keeps the others of PyTorch from ready', { readiness: WorkerProbe.tcp(29_500) },
      port('readiness', 'of PyTorch only worker 0 listens on 29500', '29500, with which the others never get ready', OWN)],
    ['stops the others of PyTorch', { liveness: WorkerProbe.tcp(29_500) },
      port('liveness', 'of PyTorch only worker 0 listens on 29500', '29500, with which the others are stopped again and again', OWN)],
    ['may be by HTTP', { readiness: WorkerProbe.http('/', 29_500), framework: Framework.pytorchPlain() },
      port('readiness', 'of plain PyTorch only worker 0 listens on 29500', '29500, with which the others never get ready', OWN)],
    ['may be another', { readiness: WorkerProbe.tcp(1234), framework: Framework.jax({ port: 1234 }) },
      port('readiness', 'of JAX only worker 0 listens on 1234', '1234, with which the others never get ready', OWN)],
    ['is that of the operator', { readiness: WorkerProbe.tcp(29_500), framework: Framework.jax(), engine: Engine.trainJob() },
      port('readiness', 'of JAX only worker 0 listens on 29500', '29500, with which the others never get ready', OWN)],
    ['is of no use by mpirun', { liveness: WorkerProbe.tcp(29_500), framework: Framework.horovod(), engine: Engine.mpiJob() },
      port('liveness', 'mpirun starts the processes by ssh, and at most one of them listens on 29500',
        '29500, with which the others are stopped again and again', 'probe the port of sshd, as WorkerProbe.tcp(2222), or leave')],
  ])('%s', (_, props, line) => {
    expect(lines(props)).toEqual([line]);
  });

  test.each<[string, Props]>([
    ['each task of TensorFlow listens', { readiness: WorkerProbe.tcp(2222), framework: Framework.tensorflow() }],
    ['a worker is alone', { readiness: WorkerProbe.tcp(29_500), workers: 1 }],
    ['it is another port', { readiness: WorkerProbe.tcp(9400) }],
    ['a program asks', { readiness: WorkerProbe.command(['true']) }],
    ['sshd listens in all workers', { readiness: WorkerProbe.tcp(29_500), framework: Framework.mpi(), engine: Engine.mpiJob({ sshPort: 29_500 }) }],
  ])('is taken where %s', (_, props) => {
    expect(lines(props)).toEqual([]);
  });
});

describe('what the job or its controllers write', () => {
  const line = (prop: string, key: string, reason: string, fix: string): string => (
    `train/reserved-label | ${prop}['${key}']: expected ${prop === 'podLabels' ? 'a label' : 'an annotation'} of your own: ${reason}, found "x" | ${fix}`
  );
  const identity = CloudIdentity.azureWorkloadIdentity('00000000-1111-2222-3333-444444444444');

  test.each<['podLabels' | 'podAnnotations', string, string, string]>([
    ['podLabels', 'azure.workload.identity/use', '`identity` sets it, so that the pods get their tokens', 'leave it out'],
    ['podLabels', 'app.kubernetes.io/component', 'the job finds its pods by this one', 'use another key, or `name` for the name of the job'],
    ['podAnnotations', 'scheduling.k8s.io/group-name', 'Volcano finds the gang of a pod by this one', 'use `scheduling: JobScheduling.volcano()`'],
    ['podLabels', 'scheduling.x-k8s.io/pod-group', 'the coscheduling plugin finds the gang of a pod by this one',
      'use `scheduling: JobScheduling.coscheduling()`'],
    ['podLabels', 'kueue.x-k8s.io/queue-name', 'Kueue would queue each pod by itself, beside the job',
      'use `scheduling: JobScheduling.kueue({ queue })`: the label belongs to the workload'],
    ['podAnnotations', 'kueue.x-k8s.io/podset-required-topology', 'Kueue places the pods by this one', 'use `topology` of `JobScheduling.kueue()`'],
    ['podLabels', 'batch.kubernetes.io/job-completion-index', 'the controller of Jobs writes it', 'leave it out'],
    ['podAnnotations', 'batch.kubernetes.io/job-completion-index', 'the controller of Jobs writes it', 'leave it out'],
    ['podLabels', 'apps.kubernetes.io/pod-index', 'the controller of StatefulSets writes it', 'leave it out'],
    ['podLabels', 'statefulset.kubernetes.io/pod-name', 'the controller of StatefulSets writes it', 'leave it out'],
    ['podLabels', 'leaderworkerset.sigs.k8s.io/worker-index', 'the controller of LeaderWorkerSets writes it', 'leave it out'],
    ['podLabels', 'training.kubeflow.org/replica-index', 'the operator of the job writes it', 'leave it out'],
    ['podLabels', 'jobset.sigs.k8s.io/job-index', 'the controller of JobSets writes it', 'leave it out'],
    ['podAnnotations', 'alpha.jobset.sigs.k8s.io/exclusive-topology', 'the controller of JobSets keeps places for a job by it',
      'use `placement: Placement.exclusive()`'],
  ])('is not for %s to say: %s', (prop, key, reason, fix) => {
    expect(lines({ identity, [prop]: { [key]: 'x' } })).toEqual([line(prop, key, reason, fix)]);
  });

  test('may be said where an account of your own needs it, and of disruptions always', () => {
    const { workload } = train(chart => ({
      serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer'),
      podLabels: { 'azure.workload.identity/use': 'true' },
      podAnnotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true', 'karpenter.sh/do-not-disrupt': '4h', 'kueue.x-k8s.io/note': 'a' },
    }));
    expect(workload.spec.template.metadata).toMatchObject({
      labels: { 'azure.workload.identity/use': 'true' },
      annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true', 'karpenter.sh/do-not-disrupt': '4h' },
    });
  });
});

describe('nodes with devices, and a job that asks for none', () => {
  test.each<[string, NodePool, string]>([
    ['GKE', NodePool.gke({ accelerator: 'nvidia-h100-80gb' }), 'NodePool.gke() of nvidia-h100-80gb'],
    ['machines of GKE', NodePool.gke({ machineType: 'a3-highgpu-8g' }), 'NodePool.gke() of a3-highgpu-8g'],
    ['EKS', NodePool.eks({ instanceType: 'p5.48xlarge' }), 'NodePool.eks() of p5.48xlarge'],
    ['Trainium', NodePool.eks({ instanceType: 'trn2.48xlarge' }), 'NodePool.eks() of trn2.48xlarge'],
    ['B200', NodePool.eks({ instanceType: 'p6-b200.48xlarge' }), 'NodePool.eks() of p6-b200.48xlarge'],
    ['AKS', NodePool.aks({ vmSize: 'Standard_ND96isr_H100_v5' }), 'NodePool.aks() of Standard_ND96isr_H100_v5'],
  ])('are worth a warning: %s', (_, nodes, found) => {
    expect(warnings({ nodes })).toEqual([
      'train/no-accelerator | accelerator: expected the devices of the nodes, as Accelerator.nvidia(8): without, pods get none of them, and do not tolerate'
      + ` the taint of such nodes, found none with ${found} | set \`accelerator\`, or take other nodes`,
    ]);
  });

  test.each<[string, Props]>([
    ['the job asks', { nodes: NodePool.eks({ instanceType: 'p5.48xlarge' }), accelerator: Accelerator.nvidia(8) }],
    ['they have none in EKS', { nodes: NodePool.eks({ instanceType: 'c7g.16xlarge' }) }],
    ['they have none in GKE', { nodes: NodePool.gke({ machineType: 'c3-standard-88' }) }],
    ['they have none in AKS', { nodes: NodePool.aks({ vmSize: 'Standard_D96s_v5' }) }],
    ['they are known by their pool', { nodes: NodePool.eks({ pool: 'cpu' }) }],
  ])('are worth none where %s', (_, props) => {
    expect(warnings(props)).toEqual([]);
  });
});

describe('a command', () => {
  test.each<[string, string[], string]>([
    ['of one text', ['train.py --epochs=3'], "['train.py', '--epochs=3']"],
    ['that begins with one', ['train.py  -v', '--epochs=3'], "['train.py', '-v']"],
    ['of a module in one text', ['-m acme.train'], "['-m', 'acme.train']"],
  ])('%s is to be split', (_, command, split) => {
    expect(lines({ command })).toEqual([
      `train/command | command: expected a text for each argument: no shell takes them apart, found ${JSON.stringify(command)} | split it, as ${split}`,
    ]);
  });

  test.each([[['my script.py', '--epochs=3']], [['-m', 'acme.train']], [['pre-train.py']], [['train.py', '--note', 'a -b']]])('%j is taken', command => {
    expect(lines({ command })).toEqual([]);
  });
});

describe('a path inside of what is mounted read-only', () => {
  const data = PodVolume.scratch();
  const line = (path: string, around: string, prop: string, found: string): string => (
    `train/mount-inside | ${path}: expected a path outside of ${around}: \`${prop}\` is mounted read-only, and no directory can be made in it, found ${found} |`
    + ' mount it elsewhere, unless the data has the directory'
  );

  test('is worth a warning', () => {
    const checkpoints = CHECKPOINTS.shared();
    expect(warnings({ checkpoints, volumes: [data.at('/checkpoints/tmp', { readOnly: true })] })).toEqual([]);
    expect(warnings({ volumes: [data.at('/data/', { readOnly: true }), PodVolume.scratch().at('/data/ckpt')] }))
      .toEqual([line('volumes[1].path', '/data', 'volumes[0]', '/data/ckpt')]);
    expect(warnings({ checkpoints, volumes: [data.at('/checkpoints/a', { readOnly: true }), PodVolume.scratch().at('/checkpoints/a/b')] }))
      .toEqual([line('volumes[1].path', '/checkpoints/a', 'volumes[0]', '/checkpoints/a/b')]);
  });

  test('is worth a warning for checkpoints too', () => {
    const checkpoints = CheckpointVolume.shared({ tier: SHARED, size: Size.gibibytes(500), path: '/data/ckpt' });
    expect(warnings({ checkpoints, volumes: [data.at('/data', { readOnly: true })] })).toEqual([line('checkpoints.path', '/data', 'volumes[0]', '/data/ckpt')]);
  });

  test('is worth none beside it, or in a volume between', () => {
    expect(warnings({ volumes: [data.at('/data', { readOnly: true }), PodVolume.scratch().at('/data2')] })).toEqual([]);
    expect(warnings({ volumes: [data.at('/data'), PodVolume.scratch().at('/data/ckpt')] })).toEqual([]);
  });
});

describe('an engine that cannot', () => {
  test('is said to be chosen for what it was chosen for', () => {
    expect(lines({ framework: Framework.horovod(), checkpoints: CHECKPOINTS.perWorker() })).toEqual([
      'train/engine-cannot | checkpoints: expected one claim for all workers: no engine of Horovod has a claim for each worker, found Engine.mpiJob(), chosen for'
      + ' Horovod | use another framework, or one claim for all with CheckpointVolume.shared()',
    ]);
  });
});
