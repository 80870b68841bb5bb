import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { clusterObject } from '../../private/cluster-object';
import { isDnsSubdomain } from '../../private/name-forms';
import { nameFor } from '../../private/names';
import { checkIsSize } from '../../private/prop-types';
import { quantityOf } from '../../private/quantity';
import { checkAboveZero } from '../../private/size-checks';
import { checkEssentials } from './claim-checks';
import type { IStorageTier } from '../tiers/storage-tier';

/** A disk of a node. */
export interface LocalDisk {
  /** Name of the node: its label `kubernetes.io/hostname`. */
  readonly node: string;

  /** Absolute path where the disk is mounted on the node, or its device for a raw one. */
  readonly path: string;

  /**
   * Size of the disk.
   *
   * @default - `size` of all disks
   */
  readonly size?: Size;
}

/** Options of `LocalDisks`. */
export interface LocalDisksProps {
  /** A tier of `LocalVolumes.preProvisioned()`: claims of it get one of the disks. */
  readonly tier: IStorageTier;

  /** The disks. */
  readonly disks: LocalDisk[];

  /** Size of each disk. A claim gets a whole disk that is at least as large. */
  readonly size: Size;

  /**
   * Whether the disks are raw devices.
   *
   * @default false
   */
  readonly block?: boolean;
}

/**
 * Disks of nodes as PersistentVolumes that say which node they are on, so that the scheduler puts a pod where its disk is.
 * Unlike a hostPath they have a size, are given to one claim, and are allowed by every Pod Security Standard.
 *
 * @example
 *
 * const nvme = new StorageTier(chart, 'nvme', { backend: LocalVolumes.preProvisioned(), durability: Durability.SCRATCH });
 * new LocalDisks(chart, 'disks', { tier: nvme, size: Size.gibibytes(3500), disks: [{ node: 'gpu-1', path: '/mnt/disks/nvme0' }] });
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#local
 */
export class LocalDisks extends Construct {
  /** Names of the PersistentVolumes, in the order of the disks. */
  public readonly volumeNames: string[];

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: LocalDisksProps) {
    super(scope, id);
    checkEssentials(this, 'LocalDisks', { tier: props.tier, size: props.size, sizeRequired: true });
    checkDisks(this, props);
    this.volumeNames = props.disks.map(disk => {
      const place = new Construct(this, `${disk.node}:${disk.path.replace(/\//g, ':')}`);
      const name = nameFor(place);
      clusterObject(place, 'Resource', {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name },
        spec: {
          accessModes: ['ReadWriteOnce'],
          capacity: { storage: quantityOf(disk.size ?? props.size) },
          local: { path: disk.path },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [disk.node] }] }],
            },
          },
          // nobody wipes a disk that was not made by a provisioner: with Delete the volume would fail when released
          persistentVolumeReclaimPolicy: 'Retain',
          storageClassName: props.tier.className,
          volumeMode: props.block ? 'Block' : 'Filesystem',
        },
      });
      return name;
    });
  }
}

function checkDisks(scope: Construct, { tier, disks, size }: LocalDisksProps): void {
  const problems = new ProblemCollector(scope, 'LocalDisks');
  const driver = tier.backend._driver;
  if (driver.provisioner !== 'kubernetes.io/no-provisioner') {
    problems.error({
      ruleId: 'chain/local-class',
      path: 'tier',
      expected: 'a tier of LocalVolumes.preProvisioned(), whose volumes are made by hand',
      found: driver.provisioner,
      fix: 'use such a tier: this driver makes its own volumes',
      link: driver.link,
    });
  }
  if (disks.length === 0) {
    problems.error({
      ruleId: 'props/required', path: 'disks', expected: 'one disk or more', found: 'none', fix: "name them, as [{ node: 'gpu-1', path: '/mnt/disks/nvme0' }]",
    });
  }
  const seen = new Set<string>();
  disks.forEach((disk, i) => {
    const path = `disks[${i}]`;
    if (!isDnsSubdomain(disk.node)) {
      problems.error({
        ruleId: 'api/name', path: `${path}.node`, expected: 'the name of a node', found: JSON.stringify(disk.node), fix: 'take it from `kubectl get nodes`',
      });
    }
    if (!disk.path.startsWith('/') || disk.path.split('/').includes('..')) {
      problems.error({
        ruleId: 'api/local-path', path: `${path}.path`, expected: 'an absolute path without `..`', found: JSON.stringify(disk.path), fix: 'name where the disk is mounted, as /mnt/disks/nvme0',
      });
    }
    if (seen.has(`${disk.node}:${disk.path}`)) {
      problems.error({
        ruleId: 'chain/same-disk', path, expected: 'each disk once', found: `${disk.path} of ${disk.node} again`, fix: 'remove one: two volumes would share the disk',
      });
    }
    seen.add(`${disk.node}:${disk.path}`);
    if (disk.size != null && !checkIsSize(`${path}.size`, disk.size, 'Size.gibibytes(3500)', problems)) return;
    checkAboveZero(disk.size ?? size, { path: disk.size ? `${path}.size` : 'size', fix: 'set the size of the disk' }, problems);
  });
  problems.throwIfAny();
}
