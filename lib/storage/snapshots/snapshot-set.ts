import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { DNS_LABEL_MAX, isDnsLabel } from '../../private/name-forms';
import { nameFor } from '../../private/names';
import type { Durability } from '../tiers/durability';
import type { IClaim } from '../claims/storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';
import { guideToTake } from './guides';
import { speaksForSnapshots, warnOfNewClaims } from './new-claims';
import { ISnapshot, Snapshot } from './snapshot';
import type { ISnapshotClass } from './snapshot-class';
import { SNAPSHOT_DOCS } from './wire';

/** Label with the name of the set that a snapshot is of. */
export const SET_LABEL = 'snapshot-set';
const WORKER_LABEL = 'worker';
const ROOM_FOR_INDEX = '-99999'.length;

/** Snapshots of the disks of workers that train together, in the order of the workers. */
export interface ISnapshotSet {
  /** Name of the set: `<name>-<worker>` are the names of the snapshots. */
  readonly setName: string;

  /** A snapshot for each worker, worker 0 first. */
  readonly snapshots: ISnapshot[];
}

/** Options of a `SnapshotSet`. */
export interface SnapshotSetProps {
  /** The claims of all workers: `checkpoints` of a job. */
  readonly claims: IClaim[];

  /** Class of the snapshots, of the driver of the claims. */
  readonly snapshotClass: ISnapshotClass;

  /**
   * Says that no worker writes while the snapshots are taken: the job is scaled to 0, or waits between two steps. Without it
   * synth warns, since each disk is copied at a moment of its own.
   *
   * @default false
   */
  readonly quiesced?: boolean;

  /**
   * What the loss of the copies would mean. Copies of precious data are refused to a class that deletes them.
   *
   * @default - that of the claims
   */
  readonly durability?: Durability;

  /**
   * More labels for each snapshot, besides `snapshot-set` and `worker`.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Name of the set. Snapshots are taken once: the next epoch needs another name, or another construct id.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/** Snapshots of a set that are in the namespace already. */
export interface ExistingSnapshotSetProps {
  /** Name of the set. */
  readonly setName: string;

  /** Number of snapshots. */
  readonly workers: number;

  /** A tier of the driver that holds the copies. */
  readonly tier: IStorageTier;

  /** Size of the claim of each worker. */
  readonly size: Size;
}

/**
 * One moment of a job: a snapshot of the disk of every worker, with one label to find them by. They are taken when they are
 * applied: put the set into the app when the moment has come, in a chart of its own. Applied together with the job it would
 * be of empty disks; synth warns of that.
 *
 * @example
 *
 * const branches = new Chart(app, 'branches', { namespace: 'ml-training' }); // applied after epoch 30
 * const epoch30 = new SnapshotSet(branches, 'epoch-30', { claims: train.checkpoints, snapshotClass: snapshots, quiesced: true });
 */
export class SnapshotSet extends Construct implements ISnapshotSet {
  /** Snapshots of a set that are in the namespace already, for when the job that they are of is gone: nothing is emitted. */
  public static existing(scope: Construct, id: string, props: ExistingSnapshotSetProps): ISnapshotSet {
    return new ExistingSnapshotSet(scope, id, props);
  }

  public readonly setName: string;
  public readonly snapshots: ISnapshot[];

  private readonly claims: readonly IClaim[];

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: SnapshotSetProps) {
    super(scope, id);
    this.setName = props.name ?? nameFor(this, DNS_LABEL_MAX - ROOM_FOR_INDEX);
    this.claims = [...props.claims];
    this.check(props);
    this.snapshots = props.claims.map((claim, worker) => new Snapshot(this, String(worker), {
      claim,
      snapshotClass: props.snapshotClass,
      durability: props.durability,
      labels: { ...props.labels, [SET_LABEL]: this.setName, [WORKER_LABEL]: String(worker) },
      oneOfMany: true,
      name: `${this.setName}-${worker}`,
    }));
  }

  /** How to take the snapshots so that they fit together: steps and commands, as Markdown. */
  public get instructions(): string {
    return guideToTake({ setName: this.setName, claims: this.claims, namespace: Chart.of(this).namespace });
  }

  private check({ claims, quiesced, labels = {} }: SnapshotSetProps): void {
    const problems = new ProblemCollector(this, 'SnapshotSet');
    if (claims.length === 0) {
      problems.error({
        ruleId: 'props/required', path: 'claims', expected: 'the claims of the workers', found: 'none',
        fix: 'pass `checkpoints` of a job that has some',
      });
    }
    if (!isDnsLabel(this.setName) || this.setName.length > DNS_LABEL_MAX - ROOM_FOR_INDEX) {
      problems.error({
        ruleId: 'api/name', path: 'name', expected: `lower case letters, digits and \`-\`, at most ${DNS_LABEL_MAX - ROOM_FOR_INDEX} characters`,
        found: JSON.stringify(this.setName), fix: 'use a name such as `epoch-30`',
      });
    }
    for (const label of [SET_LABEL, WORKER_LABEL].filter(one => labels[one] !== undefined)) {
      problems.error({
        ruleId: 'props/reserved-label', path: `labels['${label}']`, expected: 'a label of your own: the set is found by this one',
        found: JSON.stringify(labels[label]), fix: 'use another key',
      });
    }
    const others = claims.map(({ claimName }) => claimName).filter((name, i, names) => names.indexOf(name) !== i);
    if (others.length > 0) {
      problems.error({
        ruleId: 'props/repeated', path: 'claims', expected: 'every claim once', found: `${others.join(', ')} again`, fix: 'leave out what repeats',
      });
    }
    if (claims.length > 1 && !quiesced) {
      problems.warn({
        ruleId: 'silent/snapshots-while-writing',
        path: 'quiesced',
        expected: 'workers that do not write: each disk is copied at a moment of its own, and together they may be of two steps',
        found: 'nothing said',
        fix: 'take the snapshots as `instructions` tells, and say `quiesced: true`',
        link: SNAPSHOT_DOCS,
      });
    }
    problems.throwIfAny();
    warnOfNewClaims(this, claims, 'claims', problems);
    speaksForSnapshots(this);
  }
}

class ExistingSnapshotSet extends Construct implements ISnapshotSet {
  public readonly setName: string;
  public readonly snapshots: ISnapshot[];

  constructor(scope: Construct, id: string, { setName, workers, tier, size }: ExistingSnapshotSetProps) {
    super(scope, id);
    this.setName = setName;
    const problems = new ProblemCollector(this, 'SnapshotSet');
    if (!Number.isInteger(workers) || workers < 1) {
      problems.error({
        ruleId: 'train/workers', path: 'workers', expected: 'a whole number from 1', found: String(workers), fix: 'set `workers` to the number of snapshots',
      });
    }
    problems.throwIfAny();
    this.snapshots = Array.from({ length: workers }, (_, worker) =>
      Snapshot.existing(this, String(worker), { snapshotName: `${setName}-${worker}`, tier, size }));
  }
}
