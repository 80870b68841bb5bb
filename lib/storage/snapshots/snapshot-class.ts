import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { clusterObject } from '../../private/cluster-object';
import { checkLabels } from '../../private/labels';
import { nameFor } from '../../private/names';
import { checkOneOf } from '../drivers/checks';
import { driversThat } from '../drivers/registry';
import type { IStorageTier } from '../tiers/storage-tier';
import { SnapshotDeletionPolicy } from './deletion-policy';
import { checkSnapshotName } from './snapshot-checks';
import { checkSnapshotParameters, snapshotParametersOf } from './snapshot-parameters';
import { SNAPSHOT_API, SNAPSHOT_CLASS_DOCS, SnapshotClassBody } from './wire';

/** A class of snapshots. */
export interface ISnapshotClass {
  /** Name of the VolumeSnapshotClass. */
  readonly className: string;

  /** The storage driver that makes its snapshots; it takes only its own volumes. */
  readonly driver: string;

  /** What happens to a copy when its VolumeSnapshot is deleted; undefined where it is not known. */
  readonly deletionPolicy?: SnapshotDeletionPolicy;
}

/** Options of a `SnapshotClass`. */
export interface SnapshotClassProps {
  /** A tier with the volumes to copy: its driver makes the snapshots. */
  readonly tier: IStorageTier;

  /**
   * What happens to a copy when its VolumeSnapshot is deleted. With DELETE no snapshot of precious data may use the class.
   *
   * @default SnapshotDeletionPolicy.RETAIN
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;

  /**
   * Parameters as the driver has them, all of them texts. Some of a snapshot's properties are no parameters: whether it is
   * encrypted follows its volume.
   *
   * @default - those that the driver demands, where there is no choice or the tier has them
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Whether snapshots that name no class get this one. A driver can have one such class only: with two, such snapshots fail.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Labels, by which backup tools choose a class.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Name of the VolumeSnapshotClass. Classes belong to the whole cluster: two charts need two names.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/** A snapshot class that exists in the cluster. */
export interface ExistingSnapshotClassProps {
  /** Name of the VolumeSnapshotClass in the cluster. */
  readonly className: string;

  /** A tier of its driver. */
  readonly tier: IStorageTier;

  /**
   * What happens to a copy when its VolumeSnapshot is deleted: what snapshots of precious data are checked against.
   *
   * @default - not known, and not checked
   */
  readonly deletionPolicy?: SnapshotDeletionPolicy;
}

/**
 * A class of snapshots: a VolumeSnapshotClass of a tier's driver. The cluster needs the snapshot controller and its custom
 * resource definitions, which not every distribution brings.
 *
 * @example
 *
 * const snapshots = new SnapshotClass(chart, 'snapshots', { tier: fast });
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/
 */
export class SnapshotClass extends Construct implements ISnapshotClass {
  /**
   * A VolumeSnapshotClass that is in the cluster already: nothing is emitted.
   *
   * @throws ValidationError if the name is none that a class can have, or the driver of the tier makes no snapshots
   */
  public static existing(scope: Construct, id: string, props: ExistingSnapshotClassProps): ISnapshotClass {
    return new ExistingSnapshotClass(scope, id, props);
  }

  public readonly className: string;
  public readonly driver: string;
  public readonly deletionPolicy?: SnapshotDeletionPolicy;

  private readonly isDefault: boolean;

  /**
   * @throws ValidationError naming every prop that the driver or the API would refuse
   */
  constructor(scope: Construct, id: string, props: SnapshotClassProps) {
    super(scope, id);
    const deletionPolicy = props.deletionPolicy ?? SnapshotDeletionPolicy.RETAIN;
    this.className = props.name ?? nameFor(this);
    this.driver = props.tier.backend.provisioner;
    this.deletionPolicy = deletionPolicy;
    this.isDefault = props.isDefault ?? false;
    const parameters = snapshotParametersOf(props.tier, props.parameters);
    this.check(props, parameters);

    const body: SnapshotClassBody = {
      driver: this.driver,
      deletionPolicy,
      ...(Object.keys(parameters).length > 0 && { parameters }),
    };
    clusterObject(this, 'Resource', {
      apiVersion: SNAPSHOT_API,
      kind: 'VolumeSnapshotClass',
      metadata: {
        name: this.className,
        annotations: this.isDefault ? { 'snapshot.storage.kubernetes.io/is-default-class': 'true' } : undefined,
        labels: props.labels,
      },
      ...body,
    });
  }

  private check(props: SnapshotClassProps, parameters: Record<string, string>): void {
    const problems = new ProblemCollector(this, 'SnapshotClass');
    checkDriver(props.tier, problems);
    if (props.tier.backend._driver.snapshots) checkSnapshotParameters(props.tier.backend._driver, parameters, problems);
    checkOneOf('deletionPolicy', props.deletionPolicy, SnapshotDeletionPolicy, SNAPSHOT_CLASS_DOCS, problems);
    checkSnapshotName('name', this.className, problems);
    checkLabels('labels', props.labels, problems);
    const other = this.isDefault ? this.otherDefault() : undefined;
    if (other) {
      problems.error({
        ruleId: 'chain/snapshot-default',
        path: 'isDefault',
        expected: `one default class for ${this.driver}: with two, snapshots that name no class fail`,
        found: `${other.className} (${other.node.path}) as well`,
        fix: 'leave `isDefault` out of one of them',
        link: SNAPSHOT_CLASS_DOCS,
      });
    }
    problems.throwIfAny();
  }

  private otherDefault(): SnapshotClass | undefined {
    return this.node.root.node.findAll()
      .find((one): one is SnapshotClass => one instanceof SnapshotClass && one !== this && one.isDefault && one.driver === this.driver);
  }
}

class ExistingSnapshotClass extends Construct implements ISnapshotClass {
  public readonly className: string;
  public readonly driver: string;
  public readonly deletionPolicy?: SnapshotDeletionPolicy;

  constructor(scope: Construct, id: string, props: ExistingSnapshotClassProps) {
    super(scope, id);
    this.className = props.className;
    this.driver = props.tier.backend.provisioner;
    this.deletionPolicy = props.deletionPolicy;
    const problems = new ProblemCollector(this, 'SnapshotClass');
    checkDriver(props.tier, problems);
    checkSnapshotName('className', props.className, problems);
    problems.throwIfAny();
  }
}

function checkDriver({ backend }: IStorageTier, problems: ProblemCollector): void {
  const driver = backend._driver;
  if (driver.snapshots) return;
  problems.error({
    ruleId: 'chain/snapshot-unsupported',
    path: 'tier',
    expected: 'a driver that makes snapshots',
    found: driver.provisioner,
    fix: `back the data up with a job, or use a driver that can: ${driversThat(one => one.snapshots)}`,
    link: driver.link,
  });
}
