import { App, Chart, Duration, Size } from 'cdk8s';
import {
  ConfigMap, Cpu, EnvFieldPaths, EnvValue, PersistentVolumeClaim, ResourceFieldPaths, Secret, ServiceAccount,
} from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  Accelerator, AwsEfs, CheckpointVolume, ClaimRetention, DatasetSource, DistributedTrainingJob, Engine, Framework, Mount, Nfs, PodVolume,
  SharedDataset, SharedDatasetProps,
} from '../../lib';
import type { CheckpointRequest, DatasetRequest, EnvRequest, Request, VolumeRequest } from './random-request';
import { DISK, SHARED } from './training';

/** Builds what is asked for in an app. */
export function buildRequest(app: App, { job, datasets }: Request): void {
  const chart = new Chart(app, 'vision', { namespace: 'ml-training' });
  const existing = new Construct(chart, 'existing');
  const mounts = datasets.map((dataset, i) => datasetOf(chart, existing, dataset).at(`/data/${i}`));
  new DistributedTrainingJob(chart, 'train', {
    name: job.name,
    engine: job.engine && (job.engine === 'Job' ? Engine.indexedJob() : Engine.statefulSet()),
    image: job.image,
    command: [...job.command],
    workers: job.workers,
    memory: Size.mebibytes(job.memoryMiB),
    sharedMemory: given(job.sharedMemoryMiB, size => Size.mebibytes(size)),
    cpu: given(job.cpuMillis, millis => Cpu.millis(millis)),
    accelerator: given(job.accelerator, ({ name, count }) => Accelerator.extendedResource(name, count)),
    framework: given(job.pytorch, props => Framework.pytorch(props)),
    env: job.env,
    envValues: given(job.envValues, values => Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, envValueOf(existing, name, value)]))),
    nodeSelector: job.nodeSelector,
    podLabels: job.podLabels,
    podAnnotations: job.podAnnotations,
    tolerations: given(job.tolerations, list => [...list]),
    serviceAccount: given(job.serviceAccount, name => ServiceAccount.fromServiceAccountName(existing, 'account', name)),
    runAsUser: job.runAsUser,
    runAsGroup: job.runAsGroup,
    terminationGracePeriod: given(job.graceSeconds, seconds => Duration.seconds(seconds)),
    restarts: job.ending.restarts,
    deadline: given(job.ending.deadlineSeconds, seconds => Duration.seconds(seconds)),
    ttlAfterFinished: given(job.ending.ttlSeconds, seconds => Duration.seconds(seconds)),
    checkpoints: given(job.checkpoints, request => checkpointsOf(existing, request)),
    volumes: job.volumes.map((volume, i) => mountOf(existing, volume, i)),
    datasets: mounts,
  });
}

/** The source of a request that is mounted as it is. */
export const WIRE_SOURCE = { csi: { driver: 'inline.example.com', volumeAttributes: { share: '1' } } };

/** What a request loads its dataset from. */
export const SOURCES = {
  s3: 's3://acme/a', gcs: 'gs://acme/a', http: 'https://example.com/a.tar', hub: 'acme/a',
};

/** Where a request's file systems are. */
export const FILE_SYSTEMS = { efs: 'fs-0123456789abcdef0', nfs: { server: '10.0.0.5', path: '/export/a b' } };

function given<T, R>(value: T | undefined, make: (value: T) => R): R | undefined {
  return value === undefined ? undefined : make(value);
}

function envValueOf(scope: Construct, id: string, request: EnvRequest): EnvValue {
  switch (request.kind) {
    case 'secret':
      return EnvValue.fromSecretValue({ secret: Secret.fromSecretName(scope, `env-${id}`, request.name), key: request.key }, request);
    case 'configMap':
      return EnvValue.fromConfigMap(ConfigMap.fromConfigMapName(scope, `env-${id}`, request.name), request.key, request);
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

function mountOf(scope: Construct, { kind, name, sizeMiB, readOnly, subPath }: VolumeRequest, i: number): Mount {
  const volumes = {
    claim: () => PodVolume.fromClaimName(name),
    configMap: () => PodVolume.fromConfigMap(ConfigMap.fromConfigMapName(scope, `volume-${i}`, name)),
    secret: () => PodVolume.fromSecret(Secret.fromSecretName(scope, `volume-${i}`, name)),
    scratch: () => PodVolume.scratch({ sizeLimit: given(sizeMiB, size => Size.mebibytes(size)) }),
    wire: () => PodVolume.fromWire(WIRE_SOURCE),
  };
  return volumes[kind]().at(`/volumes/${i}`, { readOnly, subPath });
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

