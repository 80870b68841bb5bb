import { ApiObject, Chart, Size } from 'cdk8s';
import { PersistentVolumeClaim } from 'cdk8s-plus-27';
import {
  Accelerator, AwsEbs, AwsEfs, CheckpointVolume, DistributedTrainingJob, DistributedTrainingJobProps, Engine, IStorageTier,
} from '../../lib';
import { chartIn, Manifest, manifestsOf, Surroundings, the } from './manifests';

/** Classes that exist: no test needs their StorageClass. */
export const DISK: IStorageTier = { className: 'disk', backend: AwsEbs.gp3() };
export const SHARED: IStorageTier = { className: 'shared', backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) };

/** All that a job needs. */
export const MINIMUM: DistributedTrainingJobProps = {
  image: 'ghcr.io/acme/train:1.4.2',
  command: ['train.py', '--epochs=90'],
  workers: 4,
  memory: Size.gibibytes(64),
};

export const ENGINES = [Engine.statefulSet(), Engine.indexedJob()];

/** Each way to store checkpoints. */
export const CHECKPOINTS = {
  perWorker: (): CheckpointVolume => CheckpointVolume.perWorker({ tier: DISK, size: Size.gibibytes(500), path: '/checkpoints' }),
  shared: (): CheckpointVolume => CheckpointVolume.shared({ tier: SHARED, size: Size.gibibytes(500), path: '/checkpoints' }),
  existing: (chart: Chart): CheckpointVolume => CheckpointVolume.existing({
    claim: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'team-checkpoints'), path: '/checkpoints',
  }),
};

/** A job with what it emits. */
export interface Trained {
  readonly job: DistributedTrainingJob;
  readonly manifests: readonly Manifest[];
  readonly workload: Manifest;
  readonly service: Manifest;
  /** The pod's spec, and its only container. */
  readonly pod: any;
  readonly worker: any;
}

type Props = Partial<DistributedTrainingJobProps>;

/** Emits a job called `train` with the minimum and `props`. */
export function train(props: Props | ((chart: Chart) => Props) = {}, surroundings: Surroundings = {}): Trained {
  const chart = chartIn(surroundings);
  const job = new DistributedTrainingJob(chart, 'train', { ...MINIMUM, name: 'train', ...typeof props === 'function' ? props(chart) : props });
  const manifests = manifestsOf(chart);
  const { kind, name } = ApiObject.of(job);
  const workload = the(kind, manifests.filter(({ metadata }) => metadata.name === name));
  const pod = workload.spec.template.spec;
  return { job, manifests, workload, service: the('Service', manifests), pod, worker: pod.containers[0] };
}

/** A job that is to be refused. */
export function refused(props: Props): () => DistributedTrainingJob {
  return () => new DistributedTrainingJob(chartIn(), 'train', { ...MINIMUM, ...props });
}

/** GPUs as most tests want them. */
export const GPUS = Accelerator.nvidia(8);
