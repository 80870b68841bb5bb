import { ApiObject, Chart } from 'cdk8s';
import { DistributedTrainingJob, DistributedTrainingJobProps, KubernetesVersion } from '../../lib';
import { chartIn, Manifest, manifestsOf, Surroundings } from './manifests';
import { MINIMUM } from './training';

/** The targets that every engine is tried for. */
export const TARGETS = [KubernetesVersion.V1_27, KubernetesVersion.V1_30, KubernetesVersion.V1_33, KubernetesVersion.V1_36];

/** A job with what it emits, of an engine that has its pods anywhere. */
export interface Emitted {
  readonly job: DistributedTrainingJob;
  readonly manifests: readonly Manifest[];
  /** The object that stands for the job. */
  readonly workload: Manifest;
}

type Props = Partial<DistributedTrainingJobProps>;

/** Emits a job called `train` with the minimum and `props`. */
export function emit(props: Props | ((chart: Chart) => Props), surroundings: Surroundings = {}): Emitted {
  const chart = chartIn(surroundings);
  const job = new DistributedTrainingJob(chart, 'train', { ...MINIMUM, name: 'train', ...typeof props === 'function' ? props(chart) : props });
  const manifests = manifestsOf(chart);
  const { kind, name } = ApiObject.of(job);
  const workload = manifests.find(manifest => manifest.kind === kind && manifest.metadata.name === name)!;
  return { job, manifests, workload };
}
