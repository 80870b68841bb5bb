/** What happens to the copy when its VolumeSnapshot is deleted, by hand or with its namespace. */
export enum SnapshotDeletionPolicy {
  /** The copy stays in the storage system until somebody deletes it there. */
  RETAIN = 'Retain',
  /** The copy is deleted. */
  DELETE = 'Delete',
}
