import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { checkIsSize } from '../../private/prop-types';
import { quantityOf } from '../../private/quantity';
import { checkAboveZero } from '../../private/size-checks';
import type { IDataset } from './dataset';
import { Mount, MountedVolume } from '../volumes/mount';
import { PodVolume } from '../volumes/pod-volume';
import type { IStorageTier } from '../tiers/storage-tier';
import { checkIsTier } from '../tiers/tier-types';

/** Options of a copy of a dataset on the node's own disk. */
export interface LocalCopyOptions {
  /**
   * Bytes that the copy may take. The pod asks its node for as many of its disk and is evicted above them; with a `tier`,
   * the size of the volume.
   *
   * @default - the size of the dataset, where its storage holds it to that
   */
  readonly sizeLimit?: Size;

  /**
   * Class of a volume that is made for each pod and deleted with it, for what the disk of the node cannot hold.
   *
   * @default - none: the node's own disk, as an emptyDir
   */
  readonly tier?: IStorageTier;
}

const SOURCE_PATH = '/cdk8s-ml/source';
const MARKER = '.copied';

/**
 * An init container copies, the pod's containers read. It is for data that is read often: each pod copies all of it when it
 * starts, and the GPUs of its node wait meanwhile.
 */
export function localCopy(dataset: IDataset & Construct, path: string, options: LocalCopyOptions): Mount {
  const from = dataset.at(SOURCE_PATH);
  const size = checkedSize(dataset, options);
  const hint = `${dataset.node.id}-copy`;
  const { volume } = options.tier
    ? PodVolume.ephemeral({ tier: options.tier, size }).at(path)._spec
    : PodVolume.scratch({ sizeLimit: size }).at(path)._spec;
  const named: MountedVolume = { ...volume, hint };
  return Mount._of({ volume: named, path, readOnly: true, copy: { from, marker: MARKER } });
}

function checkedSize(dataset: IDataset & Construct, { sizeLimit, tier }: LocalCopyOptions): Size {
  const problems = new ProblemCollector(dataset, dataset.constructor.name);
  // EFS and NFS take any size for a claim: it says nothing of the data
  const known = dataset.tier?.backend._driver.sizeEnforced ? dataset.size : undefined;
  const size = sizeLimit ?? known;
  if (!size) {
    problems.error({
      ruleId: 'props/required',
      path: 'sizeLimit',
      expected: tier ? 'the size of the volume of each pod' : 'a limit: a pod that asks for no disk is placed where it does not fit, and evicted',
      found: dataset.size ? `none, and a size of ${quantityOf(dataset.size)} that holds nobody to it` : 'none',
      fix: 'set `sizeLimit` above what the dataset takes, as Size.gibibytes(200)',
      link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage',
    });
  } else if (checkIsSize('sizeLimit', size, 'Size.gibibytes(200)', problems)) {
    checkAboveZero(size, { path: 'sizeLimit', fix: 'set `sizeLimit`, as Size.gibibytes(200)' }, problems);
  }
  if (tier != null) checkIsTier(tier, problems);
  problems.throwIfAny();
  return size!; // checked
}
