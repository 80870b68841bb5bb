import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import {
  Accelerator, CloudIdentity, EksCapacityType, Engine, Fabric, Framework, JobScheduling, KueueTopology, MixedPrecision, MpiImplementation,
  NodePool, Placement, PodManagement, StatefulSetUpdate, WorkerProbe,
} from '../../../lib';
import type {
  AcceleratorRequest, EngineRequest, FabricRequest, FrameworkRequest, JobRequest, NodesRequest, PlacementRequest, ProbeRequest,
  SchedulingRequest,
} from './types';

/** Who pods are that ask for an identity. */
export const IDENTITIES = {
  aws: { key: 'eks.amazonaws.com/role-arn', id: 'arn:aws:iam::123456789012:role/trainer' },
  gcp: { key: 'iam.gke.io/gcp-service-account', id: 'trainer@acme-ml.iam.gserviceaccount.com' },
  azure: { key: 'azure.workload.identity/client-id', id: '00000000-1111-2222-3333-444444444444' },
};

/** The class of devices by claim, the type and the topology of TPUs, and the resources of plugins that are asked for by name. */
export const DEVICE_CLASS = 'gpu.nvidia.com';
export const SLICE = { type: 'tpu-v6e-slice', topology: '2x4', count: 4 };
export const RDMA = 'rdma/rdma_shared_device_a';
export const PLUGIN = 'example.com/npu';
export const MIG = '1g.10gb+me';
export const PROBE = { command: ['cat', '/tmp/a b'], port: 9400, path: '/healthz' };

export function given<T, R>(value: T | undefined, make: (value: T) => R): R | undefined {
  return value === undefined ? undefined : make(value);
}

export const seconds = (of: number): Duration => Duration.seconds(of);
const mebibytes = (of: number): Size => Size.mebibytes(of);
const millis = (of: number): Cpu => Cpu.millis(of);

export function engineOf({ id, update, ...options }: EngineRequest): Engine {
  if (id === 'statefulSet') {
    return Engine.statefulSet({
      podManagement: options.podManagement as PodManagement,
      update: given(update, of => of === 'OnDelete' ? StatefulSetUpdate.onDelete() : StatefulSetUpdate.rolling(of)),
      revisionHistoryLimit: options.revisionHistoryLimit,
    });
  }
  if (id !== 'mpiJob') return Engine[id]();
  const { implementation, sshAuthMountPath, sshdConfig, sshPort } = options;
  return Engine.mpiJob({ implementation: implementation as MpiImplementation, sshAuthMountPath, sshdConfig, sshPort });
}

export function frameworkOf(request: FrameworkRequest): Framework {
  const { id, processesPerWorker, port, maxRestarts } = request;
  const launched = { processesPerWorker, port, maxRestarts };
  const mpirun = {
    processesPerWorker,
    exportedVariables: given(request.exportedVariables, list => [...list]),
    launcherMemory: given(request.launcherMemoryMiB, mebibytes),
    launcherCpu: given(request.launcherCpuMillis, millis),
    launcherNodeSelector: request.launcherNodeSelector,
  };
  const launcherArguments = given(request.launcherArguments, list => [...list]);
  switch (id) {
    case 'torchrun': return Framework.pytorch(launched);
    case 'torchrunElastic':
      return Framework.pytorchElastic({ ...launched, minWorkers: request.minWorkers!, joinTimeout: given(request.joinSeconds, seconds) });
    case 'pytorchPlain': return Framework.pytorchPlain({ interpreter: request.interpreter, port });
    case 'deepspeed': return Framework.deepspeed({ ...launched, ...mpirun });
    case 'accelerate':
      return Framework.accelerate({
        ...launched, mixedPrecision: request.mixedPrecision as MixedPrecision, configFile: request.configFile,
      });
    case 'horovod': return Framework.horovod({ ...mpirun, launcherArguments });
    case 'mpi': return Framework.mpi({ ...mpirun, launcherArguments });
    case 'tensorflow': return Framework.tensorflow({ port });
    case 'tensorflowParameterServer': return Framework.tensorflowParameterServer({
      parameterServers: request.parameterServers!,
      serverMemory: given(request.serverMemoryMiB, mebibytes),
      serverCpu: given(request.serverCpuMillis, millis),
      chiefMemory: given(request.chiefMemoryMiB, mebibytes),
      chiefCpu: given(request.chiefCpuMillis, millis),
      serverNodeSelector: request.serverNodeSelector,
      evaluator: request.evaluator,
      port,
    });
    case 'jax': return Framework.jax({ port });
  }
}

export function acceleratorOf({ kind, count, selectors }: AcceleratorRequest): Accelerator {
  switch (kind) {
    case 'mig': return Accelerator.nvidiaMig(MIG, count);
    case 'tpu': return Accelerator.tpu(SLICE);
    case 'dra': return Accelerator.dra({ deviceClass: DEVICE_CLASS, count, selectors: given(selectors, list => [...list]) });
    case 'plugin': return Accelerator.extendedResource(PLUGIN, count);
    default: return Accelerator[kind](count);
  }
}

export function fabricOf(request: FabricRequest): Fabric {
  const { socketInterface } = request;
  if (request.kind === 'rdma') return Fabric.rdma({ resource: RDMA, count: request.count, ipcLock: request.ipcLock, socketInterface });
  return Fabric.efa({ interfaces: request.count, hugepages: given(request.hugepagesMiB, mebibytes), socketInterface });
}

export function nodesOf(request: NodesRequest): NodePool {
  switch (request.cloud) {
    case 'eks': return NodePool.eks({ ...request, capacityType: request.capacityType as EksCapacityType });
    case 'gke': return NodePool.gke(request);
    case 'aks': return NodePool.aks(request);
    case 'labelled': return NodePool.labelled({ labels: request.labels, tolerations: given(request.tolerations, list => [...list]) });
  }
}

export function placementOf({ kind, topologyKey, required, oneWorkerPerNode }: PlacementRequest): Placement {
  if (kind === 'anywhere') return Placement.anywhere();
  return kind === 'packed' ? Placement.packed({ topologyKey, required, oneWorkerPerNode }) : Placement.exclusive(topologyKey ?? 'rack');
}

export function identityOf(cloud: NonNullable<JobRequest['identity']>): CloudIdentity {
  const { id } = IDENTITIES[cloud];
  if (cloud === 'aws') return CloudIdentity.awsIrsa(id);
  return cloud === 'gcp' ? CloudIdentity.gcpWorkloadIdentity(id) : CloudIdentity.azureWorkloadIdentity(id);
}

export function probeOf({ kind, delaySeconds, periodSeconds, timeoutSeconds, failures }: ProbeRequest): WorkerProbe {
  const props = {
    initialDelay: given(delaySeconds, seconds), period: given(periodSeconds, seconds), timeout: given(timeoutSeconds, seconds), failures,
  };
  if (kind === 'command') return WorkerProbe.command(PROBE.command, props);
  return kind === 'tcp' ? WorkerProbe.tcp(PROBE.port, props) : WorkerProbe.http(PROBE.path, PROBE.port, props);
}

export function schedulingOf(request: SchedulingRequest): JobScheduling {
  switch (request.kind) {
    case 'kueue': {
      const { queue, priorityClass, topology } = request;
      const topologyOf = ({ kind, level }: NonNullable<typeof topology>): KueueTopology => (
        kind === 'unconstrained' ? KueueTopology.unconstrained() : KueueTopology[kind](level)
      );
      return JobScheduling.kueue({ queue, priorityClass, topology: given(topology, topologyOf) });
    }
    case 'volcano': return JobScheduling.volcano({ queue: request.queue });
    case 'coscheduling':
      return JobScheduling.coscheduling({ schedulerName: request.schedulerName, timeout: given(request.timeoutSeconds, seconds) });
  }
}
