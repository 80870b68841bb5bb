import fc from 'fast-check';
import type { EngineId } from '../../../lib/training/engines/engine-spec';
import { PAIRS } from '../../../lib/training/pairs';
import type { FrameworkId } from '../../../lib/training/frameworks/framework-spec';
import { dnsName, key, label, labels, maybe, memoryMiB, millis, objectName, oneOf, port, text, value, variable } from './texts';
import type {
  AcceleratorRequest, CheckpointRequest, ContainerRequest, DatasetRequest, EndRequest, EnvRequest, FabricRequest,
  FrameworkRequest, JobRequest, NodesRequest, PlacementRequest, ProbeRequest, SchedulingRequest, TolerationRequest, VolumeRequest,
} from './types';

export const frameworkIds = Object.keys(PAIRS) as FrameworkId[];

const engineOptions = {
  podManagement: maybe(oneOf('Parallel', 'OrderedReady')),
  update: maybe(fc.oneof(fc.constant('OnDelete' as const), fc.record({ partition: maybe(fc.nat(9)) }))),
  revisionHistoryLimit: maybe(fc.nat(20)),
  implementation: maybe(oneOf('OpenMPI', 'Intel', 'MPICH')),
  sshAuthMountPath: maybe(oneOf('/home/user/.ssh', '/root/.ssh')),
  sshdConfig: maybe(oneOf('/opt/sshd', '/etc/007')),
  sshPort: maybe(port),
};

/** A framework, and an engine that runs it if one is asked for. */
export const pair: fc.Arbitrary<Pick<JobRequest, 'framework' | 'engine'>> = maybe(oneOf(...frameworkIds)).chain(id => fc.record({
  framework: id === undefined ? fc.constant(undefined) : frameworkOf(id),
  engine: maybe(fc.record({ id: oneOf(...Object.keys(PAIRS[id ?? 'torchrun']) as EngineId[]), ...engineOptions })),
}));

function frameworkOf(id: FrameworkId): fc.Arbitrary<FrameworkRequest> {
  return fc.record({
    id: fc.constant(id),
    processesPerWorker: maybe(fc.integer({ min: 1, max: 16 })),
    port: maybe(port),
    maxRestarts: maybe(fc.nat(10)),
    minWorkers: fc.integer({ min: 1, max: 12 }),
    joinSeconds: maybe(fc.integer({ min: 1, max: 100_000 })),
    interpreter: maybe(oneOf('python3', '/opt/venv/bin/python', 'pypy')),
    mixedPrecision: maybe(oneOf('no', 'fp16', 'bf16', 'fp8')),
    configFile: maybe(oneOf('/workspace/fsdp.yaml', "/a b/it's; \"one\".yaml", '/007')),
    exportedVariables: maybe(fc.uniqueArray(oneOf('AWS_ROLE_ARN', 'y', '_1'), { maxLength: 3 })),
    launcherMemoryMiB: maybe(memoryMiB),
    launcherCpuMillis: maybe(millis),
    launcherNodeSelector: maybe(labels),
    launcherArguments: maybe(fc.array(text.filter(one => one !== ':'), { maxLength: 3 })),
    parameterServers: fc.integer({ min: 1, max: 5 }),
    serverMemoryMiB: maybe(memoryMiB),
    serverCpuMillis: maybe(millis),
    chiefMemoryMiB: maybe(memoryMiB),
    chiefCpuMillis: maybe(millis),
    serverNodeSelector: maybe(labels),
    evaluator: maybe(fc.boolean()),
  });
}

export const accelerator: fc.Arbitrary<AcceleratorRequest> = fc.record({
  kind: oneOf('nvidia', 'mig', 'amd', 'gaudi', 'neuron', 'neuronCore', 'tpu', 'dra', 'plugin'),
  count: fc.integer({ min: 1, max: 8 }),
  selectors: maybe(fc.array(oneOf("device.attributes['gpu.nvidia.com'].type == 'gpu'", 'true'), { maxLength: 2 })),
});

const socketInterface = maybe(oneOf('eth', '=eth0', '^docker,lo'));
export const fabric: fc.Arbitrary<FabricRequest> = fc.oneof(
  fc.record({ kind: fc.constant('efa' as const), count: fc.integer({ min: 1, max: 16 }), hugepagesMiB: maybe(oneOf(0, 2, 10_240)), socketInterface }),
  fc.record({ kind: fc.constant('rdma' as const), count: maybe(fc.integer({ min: 1, max: 8 })), ipcLock: maybe(fc.boolean()), socketInterface }),
);

export const toleration: fc.Arbitrary<TolerationRequest> = fc.record({
  key, value: maybe(label), effect: maybe(oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
});
const pool = maybe(value);
export const nodes: fc.Arbitrary<NodesRequest> = fc.oneof(
  fc.record({
    cloud: fc.constant('eks' as const), instanceType: maybe(oneOf('p5.48xlarge', '007')), capacityType: maybe(oneOf('ON_DEMAND', 'SPOT', 'CAPACITY_BLOCK')),
    pool, karpenter: maybe(fc.boolean()),
  }),
  fc.record({
    cloud: fc.constant('gke' as const), accelerator: maybe(oneOf('nvidia-h100-80gb', '1e3')), machineType: maybe(value), pool, spot: maybe(fc.boolean()),
  }),
  fc.record({ cloud: fc.constant('aks' as const), vmSize: maybe(oneOf('Standard_ND96isr_H100_v5', 'null')), pool, spot: maybe(fc.boolean()) }),
  fc.record({ cloud: fc.constant('labelled' as const), labels: maybe(labels), tolerations: maybe(fc.array(toleration, { maxLength: 2 })) }),
);

export const placement: fc.Arbitrary<PlacementRequest> = fc.record({
  kind: oneOf('packed', 'packed', 'anywhere', 'exclusive'),
  topologyKey: maybe(oneOf('topology.k8s.aws/network-node-layer-2', 'cloud.google.com/gke-nodepool', '7')),
  required: maybe(fc.boolean()),
  oneWorkerPerNode: maybe(fc.boolean()),
});

export const scheduling: fc.Arbitrary<SchedulingRequest> = fc.oneof(
  fc.record({
    kind: fc.constant('kueue' as const), queue: objectName, priorityClass: maybe(objectName),
    topology: maybe(fc.record({ kind: oneOf('required', 'preferred', 'unconstrained'), level: oneOf('cloud.provider.com/topology-rack', '7') })),
  }),
  fc.record({ kind: fc.constant('volcano' as const), queue: maybe(objectName) }),
  fc.record({
    kind: fc.constant('coscheduling' as const), schedulerName: maybe(oneOf('gangs', '007')), timeoutSeconds: maybe(fc.integer({ min: 1, max: 7200 })),
  }),
);

export const ending: fc.Arbitrary<EndRequest> = fc.record({
  restarts: maybe(fc.nat(10)),
  deadlineSeconds: maybe(fc.integer({ min: 1, max: 1e6 })),
  ttlSeconds: maybe(fc.nat(1e6)),
  success: maybe(oneOf('all', 'first')),
  failOnExitCodes: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 4 })),
});

export const probe: fc.Arbitrary<ProbeRequest> = fc.record({
  kind: oneOf('command', 'tcp', 'http'),
  delaySeconds: maybe(fc.integer({ min: 1, max: 7200 })),
  periodSeconds: maybe(fc.integer({ min: 1, max: 600 })),
  timeoutSeconds: maybe(fc.integer({ min: 1, max: 60 })),
  failures: maybe(fc.integer({ min: 1, max: 100 })),
});

const envValue: fc.Arbitrary<EnvRequest> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('secret' as const, 'configMap' as const), name: objectName, key: objectName, optional: maybe(fc.boolean()),
  }),
  fc.record({ kind: fc.constant('label' as const), key }),
  fc.record({ kind: fc.constant('memory' as const), divisor: maybe(fc.constantFrom('1', '1Mi', '1k')) }),
);
export const env = fc.dictionary(variable.map(name => `P_${name}`), text, { maxKeys: 5 });
export const envValues = fc.dictionary(variable, envValue, { maxKeys: 4 });

const sizeGiB = fc.constantFrom(1, 100, 500, 1024, 1536, 2048);

export const checkpoints: fc.Arbitrary<CheckpointRequest> = fc.oneof(
  fc.record({
    kind: fc.constant('perWorker' as const),
    name: maybe(dnsName.filter(name => name !== 'shared-memory')),
    sizeGiB,
    whenDeleted: maybe(fc.constantFrom('Retain', 'Delete')),
    whenScaled: maybe(fc.constantFrom('Retain', 'Delete')),
  }),
  fc.record({ kind: fc.constant('shared' as const), sizeGiB, directoryPerWorker: maybe(fc.boolean()) }),
  fc.record({ kind: fc.constant('existing' as const), claim: objectName, directoryPerWorker: maybe(fc.boolean()) }),
);

export const volume: fc.Arbitrary<VolumeRequest> = fc.record({
  kind: fc.constantFrom('claim', 'configMap', 'secret', 'scratch', 'wire'),
  name: objectName,
  sizeMiB: maybe(fc.integer({ min: 1, max: 5000 })),
  readOnly: maybe(fc.boolean()),
  subPath: maybe(fc.constantFrom('a', 'a/b c', '007', 'true', '$(HOME)')),
});

export const containers: fc.Arbitrary<ContainerRequest[]> = fc.array(fc.record({
  name: fc.constant(''),
  image: oneOf('busybox:1.37', 'ghcr.io/acme/monitor:2.1'),
  command: fc.tuple(oneOf('sh', '007'), fc.array(text, { maxLength: 2 })).map(([first, rest]) => [first, ...rest]),
  args: maybe(fc.array(text, { minLength: 1, maxLength: 2 })),
  env: maybe(env),
  envValues: maybe(envValues),
  memoryMiB: fc.integer({ min: 16, max: 10_000 }),
  cpuMillis: maybe(millis),
  mounts: fc.array(volume, { maxLength: 2 }),
}), { maxLength: 2 });

export const dataset: fc.Arbitrary<DatasetRequest> = fc.record({
  id: fc.constantFrom('imagenet', '7b', 'llama_3.1', 'ÄÖ', 'checkpoints', 'x'.repeat(80)),
  place: fc.constantFrom('tier', 'efs', 'nfs', 'volume', 'claim'),
  sizeGiB,
  mountOptions: maybe(fc.constantFrom(['hard'], ['hard', 'nconnect=16', 'y'])),
  source: maybe(fc.record({
    kind: fc.constantFrom('s3', 'gcs', 'http', 'hub'),
    include: fc.array(text, { maxLength: 3 }),
    revision: fc.constantFrom('1', '2026-11-20', '1e3', 'true'),
    loader: fc.record({
      image: fc.constantFrom('ghcr.io/acme/loader:1', 'loader:1.0'),
      cpuMillis: maybe(fc.integer({ min: 1, max: 64000 })),
      memoryMiB: maybe(fc.integer({ min: 64, max: 100_000 })),
      retries: maybe(fc.nat(10)),
      runAsUser: maybe(fc.nat(70_000)),
      credentials: objectName,
    }),
  })),
});
