import { Chart, Duration, JsonPatch, Size } from 'cdk8s';
import {
  ConfigMap, Cpu, EnvFieldPaths, EnvValue, PersistentVolumeClaim, ResourceFieldPaths, Secret, ServiceAccount,
} from 'cdk8s-plus-27';
import {
  Accelerator, CheckpointUpload, CheckpointVolume, ClaimRetention, CloudIdentity, DatasetSource, DatasetStream, DistributedTrainingJob,
  DistributedTrainingJobProps, EksCapacityType, Engine, Fabric, Framework, JobScheduling, KubernetesVersion, KueueTopology,
  MpiImplementation, NodePool, Placement, PodVolume, SharedDataset, StorageClaim, SuccessPolicy, WorkerContainer, WorkerProbe,
} from '../../lib';
import type { EngineId } from '../../lib/training/engines/engine-spec';
import { type Capability, CAPABILITIES } from '../../lib/training/pairs';
import { targetOf } from '../../lib/private/target';
import type { Entry } from './catalogue';
import { ENGINES_WITH_OPTIONS, FRAMEWORKS_WITH_OPTIONS } from './every-option';
import { EVERY_PAIR, type Pair } from './rendezvous/catalogue';
import { CHECKPOINTS, MINIMUM, SHARED } from './training';

type Props = Partial<DistributedTrainingJobProps>;

const SIZE = Size.tebibytes(2);
const MPI: readonly EngineId[] = ['mpiJob'];
/** Their Jobs say when they have succeeded. */
const BY_JOB: readonly EngineId[] = ['indexedJob', 'jobSet', 'trainJob'];
/** What a framework is on when the engine is what matters. */
const PAIR_OF_ENGINE: Readonly<Record<EngineId, Pair>> = {
  statefulSet: pairOf('torchrun', 'statefulSet'), indexedJob: pairOf('pytorchPlain', 'indexedJob'), jobSet: pairOf('jax', 'jobSet'),
  leaderWorkerSet: pairOf('torchrun', 'leaderWorkerSet'), trainJob: pairOf('torchrun', 'trainJob'), mpiJob: pairOf('mpi', 'mpiJob'),
  pytorchJob: pairOf('torchrun', 'pytorchJob'),
};

function pairOf(framework: Pair['framework'], engine: EngineId): Pair {
  return EVERY_PAIR.find(pair => pair.framework === framework && pair.engine === engine)!;
}

function job(chart: Chart, id: string, { framework, engine }: Pair, props: Props): DistributedTrainingJob {
  return new DistributedTrainingJob(chart, id, {
    ...MINIMUM, engine: Engine[engine](), framework: FRAMEWORKS_WITH_OPTIONS[framework](engine), accelerator: Accelerator.amd(4), ...props,
  });
}

const BESIDE: WorkerContainer = {
  name: 'fetch', image: 'busybox:1.37', command: ['sh', '-c', 'true'], args: ['--verbose', '007'], env: { LEVEL: 'info' }, memory: Size.mebibytes(64),
  cpu: Cpu.millis(100),
};

/** All that an engine can carry of the end of a job. */
function endOf({ framework, engine }: Pair, target: KubernetesVersion): Props {
  const can = (capability: Capability): boolean => CAPABILITIES[engine].includes(capability);
  const hasRoles = framework === 'tensorflowParameterServer';
  const success = can('firstDecides') && (hasRoles || !BY_JOB.includes(engine) || target >= KubernetesVersion.V1_31);
  return {
    ...can('restarts') && { restarts: 5 },
    ...can('deadline') && { deadline: Duration.days(7) },
    ...can('ttlAfterFinished') && { ttlAfterFinished: Duration.days(1) },
    ...can('failOnExitCodes') && FRAMEWORKS_WITH_OPTIONS[framework](engine)._spec.keepsExitCodes && { failOnExitCodes: [42, 3] },
    ...success && !(framework === 'torchrunElastic' && engine === 'pytorchJob') && { success: SuccessPolicy.firstWorker() },
  };
}

/** Every option of a job that goes with a framework on an engine. */
const everything: Entry = chart => {
  const target = targetOf(chart);
  const claim = PersistentVolumeClaim.fromClaimName(chart, 'claim', 'registry');
  const secret = Secret.fromSecretName(chart, 'secret', 'keys');
  const map = ConfigMap.fromConfigMapName(chart, 'map', 'hyper');
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer');
  const loaded = new SharedDataset(chart, 'loaded', { tier: SHARED, size: SIZE, source: DatasetSource.http([{ url: 'https://example.com/a' }]) });
  const spool = PodVolume.scratch({ sizeLimit: Size.gibibytes(10) });
  for (const pair of EVERY_PAIR) {
    const isMpi = MPI.includes(pair.engine);
    job(chart, pair.name, pair, {
      ...endOf(pair, target),
      engine: ENGINES_WITH_OPTIONS[pair.engine](),
      fabric: Fabric.rdma({ resource: 'rdma/rdma_shared_device_a', count: 2, socketInterface: '=eth0' }),
      nodes: NodePool.labelled({ labels: { 'acme.com/pool': 'ml' }, tolerations: [{ key: 'acme.com/pool', value: 'ml' }] }),
      cpu: Cpu.millis(1500),
      sharedMemory: Size.gibibytes(10),
      datasets: [loaded.at('/data'), loaded.at('/again')],
      streams: [DatasetStream.s3('s3://acme/stream', { region: 'eu-west-1', endpointUrl: 'https://minio', credentials: secret })],
      checkpoints: CHECKPOINTS.shared(),
      volumes: [
        PodVolume.fromClaim(claim).at('/registry', { subPath: 'models' }), PodVolume.fromConfigMap(map).at('/hyper'), PodVolume.fromSecret(secret).at('/keys'),
        spool.at('/spool'), PodVolume.hostPath('/mnt', { acceptNodeLocalAndUnrestricted: true }).at('/mnt'),
      ],
      env: { EMPTY: '', NUMBER: '007' },
      envValues: {
        SECRET: EnvValue.fromSecretValue({ secret, key: 'a' }, { optional: true }),
        MAP: EnvValue.fromConfigMap(map, 'a'),
        ...!isMpi && {
          FIELD: EnvValue.fromFieldRef(EnvFieldPaths.POD_ANNOTATION, { key: 'a' }),
          RESOURCE: EnvValue.fromResource(ResourceFieldPaths.MEMORY_LIMIT, { divisor: '1Mi' }),
        },
      },
      nodeSelector: { 'node.kubernetes.io/instance-type': 'p5.48xlarge' },
      tolerations: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }, {}],
      placement: Placement.packed({ topologyKey: 'topology.k8s.aws/network-node-layer-2', required: true, oneWorkerPerNode: true }),
      priorityClass: 'research',
      disruptable: true,
      serviceAccount,
      imagePullSecrets: [secret],
      initContainers: [{ ...BESIDE, envValues: { KEY: EnvValue.fromSecretValue({ secret, key: 'b' }) }, mounts: [spool.at('/spool'), loaded.at('/in')] }],
      ...target >= KubernetesVersion.V1_29 && { sidecars: [{ ...BESIDE, name: 'monitor', mounts: [spool.at('/spool')] }] },
      liveness: WorkerProbe.command(['cat', '/tmp/alive'], {
        initialDelay: Duration.minutes(15), period: Duration.minutes(1), timeout: Duration.seconds(5), failures: 7,
      }),
      readiness: isMpi ? WorkerProbe.tcp(2022) : WorkerProbe.http('/ready', 9400),
      runAsUser: isMpi ? 2000 : 0,
      runAsGroup: 0,
      terminationGracePeriod: Duration.minutes(10),
      podLabels: { team: 'vision' },
      podAnnotations: { note: 'two words' },
      patches: [JsonPatch.add('/metadata/labels/patched', 'yes')],
    });
  }
};

/** Where checkpoints go, on every engine. */
const checkpoints: Entry = chart => {
  for (const pair of Object.values(PAIR_OF_ENGINE)) {
    const of = (id: string, volume: CheckpointVolume): DistributedTrainingJob => job(chart, `${id} ${pair.engine}`, pair, { checkpoints: volume });
    if (CAPABILITIES[pair.engine].includes('perWorkerClaims')) of('each', CHECKPOINTS.perWorker());
    of('shared', CHECKPOINTS.shared());
    of('whole', CheckpointVolume.shared({ tier: SHARED, size: SIZE, path: '/c', directoryPerWorker: false }));
    of('existing', CheckpointVolume.existing({ claim: PersistentVolumeClaim.fromClaimName(chart, `${pair.engine} claim`, 'a'), path: '/c' }));
  }
  new DistributedTrainingJob(chart, 'deleted', {
    ...MINIMUM,
    checkpoints: CheckpointVolume.perWorker({
      tier: SHARED, size: SIZE, path: '/c', name: 'ckpt', whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.DELETE,
    }),
  });
  if (targetOf(chart) >= KubernetesVersion.V1_29) copiedCheckpoints(chart);
};

/** Checkpoints that are copied while a job runs, on every engine. */
function copiedCheckpoints(chart: Chart): void {
  const credentials = Secret.fromSecretName(chart, 'secret', 'keys');
  const claim = new StorageClaim(chart, 'claim', { tier: SHARED, size: SIZE });
  const upload = CheckpointUpload.s3('s3://acme/checkpoints', { region: 'eu-central-1', interval: Duration.minutes(10), credentials, exclude: ['*.log'] });
  const imagenet = new SharedDataset(chart, 'imagenet', { tier: SHARED, size: SIZE, source: DatasetSource.http([{ url: 'https://example.com/a' }]) });
  for (const pair of Object.values(PAIR_OF_ENGINE)) {
    const of = (id: string, volume: CheckpointVolume): DistributedTrainingJob => (
      job(chart, `${id} ${pair.engine}`, pair, { checkpoints: volume, datasets: [imagenet.at('/data')] })
    );
    if (CAPABILITIES[pair.engine].includes('perWorkerClaims')) of('copied each', CheckpointVolume.perWorker({ tier: SHARED, size: SIZE, path: '/c', upload }));
    of('copied', CheckpointVolume.shared({ tier: SHARED, size: SIZE, path: '/c', upload }));
    of('copied whole', CheckpointVolume.shared({ tier: SHARED, size: SIZE, path: '/c', upload, directoryPerWorker: false }));
    of('copied on', CheckpointVolume.onClaim({ claim, path: '/c', upload }));
  }
}

/** Devices, the network between them, and the nodes of the clouds that have them. */
const nodes: Entry = chart => {
  const dra = { deviceClass: 'gpu.nvidia.com', count: 8, selectors: ["device.attributes['gpu.nvidia.com'].type == 'gpu'"], name: 'gpus' };
  const gpus = Accelerator.nvidia(8);
  const all: Record<string, Props> = {
    nvidia: { accelerator: gpus, nodes: NodePool.eks({ instanceType: 'p5.48xlarge', capacityType: EksCapacityType.SPOT, pool: 'ml' }) },
    karpenter: { accelerator: gpus, nodes: NodePool.eks({ capacityType: EksCapacityType.CAPACITY_BLOCK, pool: 'ml', karpenter: true }) },
    mig: { accelerator: Accelerator.nvidiaMig('1g.10gb+me', 1), nodes: NodePool.gke({ accelerator: 'nvidia-h100-80gb', pool: 'ml' }) },
    amd: { accelerator: Accelerator.amd(8), nodes: NodePool.aks({ vmSize: 'Standard_ND96isr_MI300X_v5', pool: 'ml', spot: true }) },
    gaudi: { accelerator: Accelerator.gaudi(8), nodes: NodePool.labelled({ labels: { pool: 'gaudi' }, tolerations: [{ key: 'gaudi' }] }) },
    neuron: { accelerator: Accelerator.neuron(16, 4), fabric: Fabric.efa({ interfaces: 16 }), nodes: NodePool.eks({ instanceType: 'trn2.48xlarge' }) },
    core: { accelerator: Accelerator.neuronCore(2) },
    efa: { accelerator: gpus, fabric: Fabric.efa({ interfaces: 32, hugepages: Size.mebibytes(0), socketInterface: '^docker,lo' }) },
    rdma: { accelerator: gpus, fabric: Fabric.rdma({ resource: 'rdma/hca', ipcLock: true }), runAsUser: 0 },
    spot: { accelerator: gpus, nodes: NodePool.gke({ machineType: 'a3-highgpu-8g', spot: true, spotGracePeriod: Duration.seconds(60) }) },
    plugin: { accelerator: Accelerator.extendedResource('example.com/npu', 2) },
    none: { nodes: NodePool.gke({ spot: true }) },
    ...targetOf(chart) >= KubernetesVersion.V1_34 && { dra: { accelerator: Accelerator.dra(dra) } },
  };
  for (const [name, props] of Object.entries(all)) {
    const engines = [
      Engine.statefulSet(), Engine.indexedJob(), Engine.jobSet(), Engine.leaderWorkerSet(), Engine.trainJob(), Engine.pytorchJob(),
    ];
    for (const engine of engines) {
      new DistributedTrainingJob(chart, `${name} ${engine.name}`, { ...MINIMUM, engine, ...props });
    }
    if (props.runAsUser !== 0) new DistributedTrainingJob(chart, `${name} MPIJob`, { ...MINIMUM, framework: Framework.mpi(), ...props });
    new DistributedTrainingJob(chart, `${name} servers`, { ...MINIMUM, framework: Framework.tensorflowParameterServer({ parameterServers: 2 }), ...props });
  }
  for (const engine of [Engine.indexedJob(), Engine.jobSet(), Engine.leaderWorkerSet()]) {
    new DistributedTrainingJob(chart, `slice ${engine.name}`, {
      ...MINIMUM, engine, framework: Framework.jax(), workers: 4, nodes: NodePool.gke({ pool: 'slice' }),
      accelerator: Accelerator.tpu({ type: 'tpu-v6e-slice', topology: '4x4', count: 4 }),
    });
  }
};

/** Who decides when and where pods start, and when a job has succeeded. */
const scheduling: Entry = chart => {
  const all: Record<string, JobScheduling> = {
    queue: JobScheduling.kueue({ queue: 'research', priorityClass: 'high', topology: KueueTopology.required('cloud.provider.com/topology-rack') }),
    preferred: JobScheduling.kueue({ queue: 'research', topology: KueueTopology.preferred('cloud.provider.com/topology-rack') }),
    free: JobScheduling.kueue({ queue: 'research', topology: KueueTopology.unconstrained() }),
    volcano: JobScheduling.volcano({ queue: 'research' }),
    gang: JobScheduling.coscheduling({ schedulerName: 'gangs', timeout: Duration.minutes(5) }),
    usual: JobScheduling.coscheduling(),
  };
  for (const [name, of] of Object.entries(all)) {
    for (const pair of EVERY_PAIR) {
      if (pair.framework === 'tensorflowParameterServer' && pair.engine === 'statefulSet' && of.name === 'Kueue') continue;
      job(chart, `${name} ${pair.name}`, pair, { scheduling: of, priorityClass: 'research' });
    }
  }
  job(chart, 'exclusive', PAIR_OF_ENGINE.jobSet, { placement: Placement.exclusive('cloud.google.com/gke-nodepool') });
  job(chart, 'anywhere', PAIR_OF_ENGINE.jobSet, { placement: Placement.anywhere() });
  for (const engine of BY_JOB) job(chart, `all ${engine}`, PAIR_OF_ENGINE[engine], { success: SuccessPolicy.allWorkers() });
};

/** Who pods are, what is asked of them, and the implementations of MPI. */
const pods: Entry = chart => {
  const identities: Record<string, CloudIdentity> = {
    aws: CloudIdentity.awsIrsa('arn:aws:iam::123456789012:role/trainer'),
    gcp: CloudIdentity.gcpWorkloadIdentity('trainer@acme-ml.iam.gserviceaccount.com'),
    azure: CloudIdentity.azureWorkloadIdentity('00000000-1111-2222-3333-444444444444'),
  };
  const streams = [
    DatasetStream.s3('s3://acme/a', { name: 'A' }), DatasetStream.gcs('gs://acme/a', { name: 'B' }),
    DatasetStream.azureBlob('abfss://a@acme.dfs.core.windows.net/a', { name: 'C' }),
  ];
  for (const pair of Object.values(PAIR_OF_ENGINE)) {
    for (const [name, identity] of Object.entries(identities)) job(chart, `${name} ${pair.engine}`, pair, { identity, streams });
    job(chart, `probed ${pair.engine}`, pair, { liveness: WorkerProbe.tcp(9400), readiness: WorkerProbe.command(['true']) });
  }
  for (const implementation of Object.values(MpiImplementation)) {
    const { framework } = PAIR_OF_ENGINE.mpiJob;
    job(chart, implementation, PAIR_OF_ENGINE.mpiJob, { engine: Engine.mpiJob({ implementation }), framework: FRAMEWORKS_WITH_OPTIONS[framework]('mpiJob') });
  }
};

export const TRAINING_ENTRIES: Readonly<Record<string, Entry>> = { everything, checkpoints, nodes, scheduling, pods };
