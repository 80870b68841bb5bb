import { Chart, Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { DatasetSource, Durability, GcpPersistentDisk, IStorageTier, SharedDataset, SharedDatasetProps, SnapshotClass } from '../../lib';
import { chartIn } from './manifests';

/** A disk that many nodes can read when it is made from a snapshot. */
export const CLOUD_DISK: IStorageTier = { className: 'balanced', backend: GcpPersistentDisk.balanced() };
export const SCRATCH_DISK: IStorageTier = { className: 'scratch', backend: GcpPersistentDisk.balanced(), durability: Durability.SCRATCH };

export const GCS = DatasetSource.gcs('gs://acme-datasets/imagenet', { revision: '2026-01' });

/** The service account that may read buckets. */
export const reader = (chart: Chart) => ServiceAccount.fromServiceAccountName(chart, 'reader', 'dataset-reader');

/** A dataset that is loaded onto a disk, to be published. */
export function staged(chart: Chart, props: Partial<SharedDatasetProps> = {}): SharedDataset {
  return new SharedDataset(chart, 'imagenet', {
    tier: CLOUD_DISK, size: Size.gibibytes(200), source: GCS, loader: { serviceAccount: reader(chart) }, version: 'v1', toBePublished: true, ...props,
  });
}

/** Two charts of one namespace: what loads, and what reads. */
export function loadingAndTraining(): { loading: Chart; training: Chart; classes: SnapshotClass } {
  const loading = chartIn();
  const training = new Chart(loading.node.root, 'training', { namespace: 'ml-training' });
  return { loading, training, classes: new SnapshotClass(loading, 'snapshots', { tier: CLOUD_DISK, name: 'snapshots' }) };
}
