import type { LocalCopyOptions } from './local-copy';
import type { Mount } from '../volumes/mount';
import type { IClaim } from '../claims/storage-claim';

/** A dataset that many pods can read. */
export interface IDataset extends IClaim {
  /** Which version it is; undefined where it has none. */
  readonly version?: string;

  /** Name that all versions of the dataset share. */
  readonly family: string;

  /**
   * The dataset at a path of a pod, read-only.
   *
   * @param path absolute path in the container
   */
  at(path: string): Mount;

  /**
   * A copy of the dataset on the node's own disk, made before the containers of each pod start.
   *
   * @param path absolute path in the container
   */
  copiedTo(path: string, options?: LocalCopyOptions): Mount;
}
