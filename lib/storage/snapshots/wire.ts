import type { VolumeSnapshotClassProps, VolumeSnapshotContentSpec, VolumeSnapshotSpec } from '../../../imports/snapshot.storage.k8s.io';

export const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';
export const SNAPSHOT_API = `${SNAPSHOT_GROUP}/v1`;

export const SNAPSHOT_DOCS = 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/';
export const SNAPSHOT_CLASS_DOCS = 'https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/';

/** A value of an imported enum as it is written: enums would be values of the import, which is not in the package. */
type Written<T, K extends keyof T> = Omit<T, K> & { readonly [name in K]: `${T[name] & string}` };

export type SnapshotClassBody = Written<Omit<VolumeSnapshotClassProps, 'metadata'>, 'deletionPolicy'>;
export type SnapshotContentSpec = Written<VolumeSnapshotContentSpec, 'deletionPolicy'>;
export type SnapshotSpec = VolumeSnapshotSpec;
