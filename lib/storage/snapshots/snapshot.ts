import { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { checkLabels } from '../../private/labels';
import { nameFor } from '../../private/names';
import { Durability, keepAnnotations } from '../tiers/durability';
import { ClaimContent, IClaim } from '../claims/storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';
import { ExistingSnapshotProps, KnownSnapshot, StaticSnapshot, StaticSnapshotProps } from './existing-snapshot';
import { warnOfNewClaims } from './new-claims';
import { checkSnapshotName, checkSource } from './snapshot-checks';
import type { ISnapshotClass } from './snapshot-class';
import { snapshotContent } from './snapshot-content';
import { SNAPSHOT_API, SnapshotSpec } from './wire';

/** A copy of a claim at one moment. */
export interface ISnapshot {
  /** Name of the VolumeSnapshot. */
  readonly snapshotName: string;

  /** A tier of the driver that holds the copy. */
  readonly tier: IStorageTier;

  /** Size of the claim that it is a copy of: what is restored from it is at least as large. */
  readonly size: Size;

  /** What a new claim of the same namespace and driver is filled with. */
  readonly content: ClaimContent;
}

/** Options of a `Snapshot`. */
export interface SnapshotProps {
  /** The claim to copy; its tier and size must be known. */
  readonly claim: IClaim;

  /** Class of the snapshot, of the driver of the claim. There is no default: the cluster's may delete what it copied. */
  readonly snapshotClass: ISnapshotClass;

  /**
   * What the loss of the copy would mean. Copies of precious data are refused to a class that deletes them.
   *
   * @default - that of the claim
   */
  readonly durability?: Durability;

  /**
   * Labels: `{ dataset: 'imagenet', version: '2.1' }` to find a version again.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Whether the disk of one worker of many is meant, because it holds all that is needed.
   *
   * @default false
   */
  readonly oneOfMany?: boolean;

  /**
   * Name of the VolumeSnapshot. A snapshot is taken once, when it is applied for the first time: the next one needs
   * another name, or another construct id.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/**
 * A copy of a claim at the moment at which it is applied: a VolumeSnapshot. Pods that write meanwhile are caught as a
 * power cut would catch them.
 *
 * It is taken once. Applied together with its claim it would be of an empty volume, so it is in a chart of its own, which is
 * applied when there is something to keep; synth warns of a claim that the same chart makes empty.
 *
 * @example
 *
 * const kept = new Chart(app, 'kept', { namespace: 'ml-training' }); // applied when imagenet is complete
 * const v2 = new Snapshot(kept, 'imagenet-v2', {
 *   claim: imagenet,
 *   snapshotClass: snapshots,
 *   labels: { dataset: 'imagenet', version: '2' },
 * });
 * new StorageClaim(kept, 'cleaned', { tier: fast, content: v2.content });
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 */
export class Snapshot extends Construct implements ISnapshot {
  /** A VolumeSnapshot that is in the namespace already: nothing is emitted. */
  public static existing(scope: Construct, id: string, props: ExistingSnapshotProps): ISnapshot {
    return new KnownSnapshot(scope, id, props);
  }

  /**
   * A copy that is in the storage system, from another cluster or made by hand: a VolumeSnapshotContent and a
   * VolumeSnapshot that are bound to each other. The copy stays when they are deleted.
   *
   * @throws ValidationError naming every prop that cannot work
   */
  public static fromHandle(scope: Construct, id: string, props: StaticSnapshotProps): ISnapshot {
    return new StaticSnapshot(scope, id, props);
  }

  public readonly snapshotName: string;
  public readonly tier: IStorageTier;
  public readonly size: Size;
  public readonly content: ClaimContent;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: SnapshotProps) {
    super(scope, id);
    const { claim, snapshotClass } = props;
    const durability = props.durability ?? claim.durability;
    this.snapshotName = props.name ?? nameFor(this);
    const problems = new ProblemCollector(this, 'Snapshot');
    checkSource({ scope: this, claim, snapshotClass, durability, oneOfMany: props.oneOfMany ?? false }, problems);
    checkSnapshotName('name', this.snapshotName, problems);
    checkLabels('labels', props.labels, problems);
    problems.throwIfAny();
    warnOfNewClaims(this, [claim], 'claim', problems);

    this.tier = claim.tier!; // checked
    this.size = claim.size!; // checked
    this.content = snapshotContent(this, { name: this.snapshotName, tier: this.tier, size: this.size, block: claim.block });
    const spec: SnapshotSpec = {
      source: { persistentVolumeClaimName: claim.claimName },
      volumeSnapshotClassName: snapshotClass.className,
    };
    new ApiObject(this, 'Resource', {
      apiVersion: SNAPSHOT_API,
      kind: 'VolumeSnapshot',
      metadata: { name: this.snapshotName, annotations: keepAnnotations(durability), labels: props.labels },
      spec,
    });
  }
}
