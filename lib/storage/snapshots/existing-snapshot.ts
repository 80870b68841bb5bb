import { ApiObject, Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { clusterObject } from '../../private/cluster-object';
import { checkLabels } from '../../private/labels';
import { nameFor } from '../../private/names';
import { checkAboveZero } from '../../private/size-checks';
import { Durability, keepAnnotations } from '../tiers/durability';
import type { ClaimContent } from '../claims/storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';
import type { ISnapshot } from './snapshot';
import { checkSnapshotName } from './snapshot-checks';
import { snapshotContent } from './snapshot-content';
import { SNAPSHOT_API, SNAPSHOT_DOCS, SnapshotContentSpec, SnapshotSpec } from './wire';

/** A VolumeSnapshot that is in the namespace already. */
export interface ExistingSnapshotProps {
  /** Name of the VolumeSnapshot. */
  readonly snapshotName: string;

  /** A tier of the driver that holds the copy. */
  readonly tier: IStorageTier;

  /** Size of the claim that it is a copy of; `status.restoreSize` where that is not known any more. */
  readonly size: Size;

  /**
   * Whether it is a copy of a raw device.
   *
   * @default false
   */
  readonly block?: boolean;
}

/** A copy that is in the storage system already. */
export interface StaticSnapshotProps {
  /** The storage system's own name for it: `snap-0123456789abcdef0`. */
  readonly handle: string;

  /** A tier of the driver that holds it. */
  readonly tier: IStorageTier;

  /** Size of the volume that it is a copy of. */
  readonly size: Size;

  /**
   * Whether it is a copy of a raw device.
   *
   * @default false
   */
  readonly block?: boolean;

  /**
   * Labels of the VolumeSnapshot.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Name of the VolumeSnapshot.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;
}

export class KnownSnapshot extends Construct implements ISnapshot {
  public readonly snapshotName: string;
  public readonly tier: IStorageTier;
  public readonly size: Size;
  public readonly content: ClaimContent;

  constructor(scope: Construct, id: string, { snapshotName, tier, size, block }: ExistingSnapshotProps) {
    super(scope, id);
    this.snapshotName = snapshotName;
    this.tier = tier;
    this.size = size;
    const problems = new ProblemCollector(this, 'Snapshot');
    checkSnapshotName('snapshotName', snapshotName, problems);
    checkKnownSize(size, problems);
    problems.throwIfAny();
    this.content = snapshotContent(this, { name: snapshotName, tier, size, block: block ?? false });
  }
}

export class StaticSnapshot extends Construct implements ISnapshot {
  public readonly snapshotName: string;
  public readonly tier: IStorageTier;
  public readonly size: Size;
  public readonly content: ClaimContent;

  constructor(scope: Construct, id: string, props: StaticSnapshotProps) {
    super(scope, id);
    const { tier, size, block = false } = props;
    const { namespace } = Chart.of(this);
    this.snapshotName = props.name ?? nameFor(this);
    this.tier = tier;
    this.size = size;
    this.check(props, namespace);
    this.content = snapshotContent(this, { name: this.snapshotName, tier, size, block });

    // belongs to the whole cluster: its name holds the namespace
    const contentName = `${namespace}-${this.snapshotName}`;
    const content: SnapshotContentSpec = {
      deletionPolicy: 'Retain',
      driver: tier.backend.provisioner,
      source: { snapshotHandle: props.handle },
      sourceVolumeMode: block ? 'Block' : 'Filesystem',
      volumeSnapshotRef: { name: this.snapshotName, namespace },
    };
    const spec: SnapshotSpec = { source: { volumeSnapshotContentName: contentName } };
    const annotations = keepAnnotations(Durability.PRECIOUS);
    clusterObject(this, 'Content', {
      apiVersion: SNAPSHOT_API, kind: 'VolumeSnapshotContent', metadata: { name: contentName, annotations }, spec: content,
    });
    new ApiObject(this, 'Resource', {
      apiVersion: SNAPSHOT_API, kind: 'VolumeSnapshot', metadata: { name: this.snapshotName, annotations, labels: props.labels }, spec,
    });
  }

  private check({ handle, tier, size, labels }: StaticSnapshotProps, namespace: string | undefined): void {
    const problems = new ProblemCollector(this, 'Snapshot');
    checkSnapshotName('name', this.snapshotName, problems);
    checkKnownSize(size, problems);
    checkLabels('labels', labels, problems);
    if (handle.trim() === '') {
      problems.error({
        ruleId: 'props/required', path: 'handle', expected: "the storage system's own name for the copy", found: JSON.stringify(handle), fix: 'set `handle`',
      });
    }
    if (!tier.backend._driver.snapshots) {
      problems.error({
        ruleId: 'chain/snapshot-unsupported', path: 'tier', expected: 'a driver that makes snapshots', found: tier.backend.provisioner,
        fix: 'use a tier of the driver that holds the copy', link: tier.backend._driver.link,
      });
    }
    if (namespace === undefined) {
      problems.error({
        ruleId: 'api/snapshot-ref', path: 'scope', expected: 'a chart with a namespace: the content names the snapshot and its namespace',
        found: 'a chart without', fix: "give the chart a `namespace`, as new Chart(app, 'ml', { namespace: 'ml-training' })", link: SNAPSHOT_DOCS,
      });
    }
    problems.throwIfAny();
  }
}

function checkKnownSize(size: Size, problems: ProblemCollector): void {
  checkAboveZero(size, { path: 'size', fix: 'set `size` to that of the claim that was copied' }, problems);
}
