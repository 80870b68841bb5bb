import { App, Chart, Size } from 'cdk8s';
import { ConfigMap, Cpu, EnvFieldPaths, EnvValue, PersistentVolumeClaim, ResourceFieldPaths, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  AwsEfs, CheckpointVolume, ClaimRetention, DatasetSource, DistributedTrainingJob, Mount, Nfs, PodVolume, SharedDataset, SharedDatasetProps,
  SuccessPolicy, WorkerContainer,
} from '../../lib';
import {
  acceleratorOf, engineOf, fabricOf, frameworkOf, given, identityOf, nodesOf, placementOf, probeOf, schedulingOf, seconds,
} from './requests/options';
import { FILE_SYSTEMS, SOURCES, WIRE_SOURCE } from './requests/sources';
import type { CheckpointRequest, ContainerRequest, DatasetRequest, EnvRequest, Request, VolumeRequest } from './requests/types';
import { DISK, SHARED } from './training';

/** Builds what is asked for in an app. */
export function buildRequest(app: App, { job, datasets }: Request): void {
  const chart = new Chart(app, 'vision', { namespace: 'ml-training' });
  const existing = new Construct(chart, 'existing');
  const mounts = datasets.map((dataset, i) => datasetOf(chart, existing, dataset).at(`/data/${i}`));
  new DistributedTrainingJob(chart, 'train', {
    name: job.name,
    engine: given(job.engine, engineOf),
    framework: given(job.framework, frameworkOf),
    image: job.image,
    command: [...job.command],
    workers: job.workers,
    memory: Size.mebibytes(job.memoryMiB),
    sharedMemory: given(job.sharedMemoryMiB, size => Size.mebibytes(size)),
    cpu: given(job.cpuMillis, millis => Cpu.millis(millis)),
    accelerator: given(job.accelerator, acceleratorOf),
    fabric: given(job.fabric, fabricOf),
    nodes: given(job.nodes, nodesOf),
    env: job.env,
    envValues: envValuesOf(existing, 'env', job.envValues),
    nodeSelector: job.nodeSelector,
    podLabels: job.podLabels,
    podAnnotations: job.podAnnotations,
    tolerations: given(job.tolerations, list => [...list]),
    placement: given(job.placement, placementOf),
    priorityClass: job.priorityClass,
    disruptable: job.disruptable,
    serviceAccount: given(job.serviceAccount, name => ServiceAccount.fromServiceAccountName(existing, 'account', name)),
    identity: given(job.identity, identityOf),
    imagePullSecrets: given(job.imagePullSecrets, list => list.map((name, i) => Secret.fromSecretName(existing, `registry-${i}`, name))),
    initContainers: given(job.initContainers, list => list.map(one => containerOf(existing, one))),
    sidecars: given(job.sidecars, list => list.map(one => containerOf(existing, one))),
    liveness: given(job.liveness, probeOf),
    readiness: given(job.readiness, probeOf),
    runAsUser: job.runAsUser,
    runAsGroup: job.runAsGroup,
    terminationGracePeriod: given(job.graceSeconds, seconds),
    restarts: job.ending.restarts,
    deadline: given(job.ending.deadlineSeconds, seconds),
    ttlAfterFinished: given(job.ending.ttlSeconds, seconds),
    success: given(job.ending.success, asked => asked === 'first' ? SuccessPolicy.firstWorker() : SuccessPolicy.allWorkers()),
    failOnExitCodes: given(job.ending.failOnExitCodes, codes => [...codes]),
    scheduling: given(job.scheduling, schedulingOf),
    checkpoints: given(job.checkpoints, request => checkpointsOf(existing, request)),
    volumes: job.volumes.map((volume, i) => mountOf(existing, `volume-${i}`, volume, `/volumes/${i}`)),
    datasets: mounts,
  });
}

function containerOf(scope: Construct, request: ContainerRequest): WorkerContainer {
  const { name, image, command, args, env, memoryMiB, cpuMillis, mounts } = request;
  return {
    name, image, command: [...command], env,
    args: given(args, list => [...list]),
    envValues: envValuesOf(scope, name, request.envValues),
    memory: Size.mebibytes(memoryMiB),
    cpu: given(cpuMillis, millis => Cpu.millis(millis)),
    mounts: mounts.map((volume, i) => mountOf(scope, `${name}-${i}`, volume, `/beside/${i}`)),
  };
}

function envValuesOf(scope: Construct, id: string, values?: Readonly<Record<string, EnvRequest>>): Record<string, EnvValue> | undefined {
  return given(values, of => Object.fromEntries(Object.entries(of).map(([name, value]) => [name, envValueOf(scope, `${id}-${name}`, value)])));
}

function envValueOf(scope: Construct, id: string, request: EnvRequest): EnvValue {
  switch (request.kind) {
    case 'secret':
      return EnvValue.fromSecretValue({ secret: Secret.fromSecretName(scope, `of-${id}`, request.name), key: request.key }, request);
    case 'configMap':
      return EnvValue.fromConfigMap(ConfigMap.fromConfigMapName(scope, `of-${id}`, request.name), request.key, request);
    case 'label':
      return EnvValue.fromFieldRef(EnvFieldPaths.POD_LABEL, request);
    case 'memory':
      return EnvValue.fromResource(ResourceFieldPaths.MEMORY_LIMIT, request);
  }
}

function checkpointsOf(scope: Construct, request: CheckpointRequest): CheckpointVolume {
  const path = '/checkpoints';
  switch (request.kind) {
    case 'perWorker':
      return CheckpointVolume.perWorker({
        tier: DISK, size: Size.gibibytes(request.sizeGiB), path, name: request.name,
        whenDeleted: request.whenDeleted as ClaimRetention, whenScaled: request.whenScaled as ClaimRetention,
      });
    case 'shared':
      return CheckpointVolume.shared({
        tier: SHARED, size: Size.gibibytes(request.sizeGiB), path, directoryPerWorker: request.directoryPerWorker,
      });
    case 'existing':
      return CheckpointVolume.existing({
        claim: PersistentVolumeClaim.fromClaimName(scope, 'checkpoints', request.claim), path, directoryPerWorker: request.directoryPerWorker,
      });
  }
}

function mountOf(scope: Construct, id: string, { kind, name, sizeMiB, readOnly, subPath }: VolumeRequest, path: string): Mount {
  const volumes = {
    claim: () => PodVolume.fromClaimName(name),
    configMap: () => PodVolume.fromConfigMap(ConfigMap.fromConfigMapName(scope, id, name)),
    secret: () => PodVolume.fromSecret(Secret.fromSecretName(scope, id, name)),
    scratch: () => PodVolume.scratch({ sizeLimit: given(sizeMiB, size => Size.mebibytes(size)) }),
    wire: () => PodVolume.fromWire(WIRE_SOURCE),
  };
  return volumes[kind]().at(path, { readOnly, subPath });
}

function datasetOf(chart: Chart, scope: Construct, { id, place, sizeGiB, mountOptions, source }: DatasetRequest): SharedDataset {
  const size = Size.gibibytes(sizeGiB);
  const options = { size, mountOptions: given(mountOptions, list => [...list]) };
  const places: Record<DatasetRequest['place'], () => SharedDatasetProps> = {
    tier: () => ({ tier: SHARED, size }),
    efs: () => ({ fileSystem: AwsEfs.existing(FILE_SYSTEMS.efs), ...options }),
    nfs: () => ({ fileSystem: Nfs.existing(FILE_SYSTEMS.nfs.server, FILE_SYSTEMS.nfs.path), ...options }),
    volume: () => ({ volumeName: 'existing-volume', size }),
    claim: () => ({ claim: PersistentVolumeClaim.fromClaimName(scope, `dataset-${id}`, 'existing-claim') }),
  };
  return new SharedDataset(chart, id, { ...places[place](), ...source && loadedFrom(scope, id, source) });
}

function loadedFrom(scope: Construct, id: string, request: NonNullable<DatasetRequest['source']>): Partial<SharedDatasetProps> {
  const { kind, revision, loader } = request;
  const include = [...request.include];
  const sources = {
    s3: () => DatasetSource.s3(SOURCES.s3, { include, revision, region: '007', endpointUrl: 'https://minio:9000' }),
    gcs: () => DatasetSource.gcs(SOURCES.gcs, { exclude: include[0], revision }),
    http: () => DatasetSource.http([{ url: SOURCES.http, path: `1e3/${id}`, sha256: '0'.repeat(64) }], { revision }),
    hub: () => DatasetSource.huggingFace(SOURCES.hub, { revision, include }),
  };
  return {
    source: sources[kind](),
    loader: {
      image: loader.image,
      cpu: given(loader.cpuMillis, millis => Cpu.millis(millis)),
      memory: given(loader.memoryMiB, size => Size.mebibytes(size)),
      retries: loader.retries,
      runAsUser: loader.runAsUser,
      credentials: Secret.fromSecretName(scope, `loader-${id}`, loader.credentials),
    },
  };
}

