import { ApiObject, Chart } from 'cdk8s';
import type { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { JobClaim } from '../claims/job-claim';
import { IClaim, StorageClaim } from '../claims/storage-claim';
import { guideToRestore } from './guides';
import { ISnapshotSet, SnapshotSet } from './snapshot-set';
import { SNAPSHOT_DOCS } from './wire';

/** Options of a `SnapshotRestore`. */
export interface SnapshotRestoreProps {
  /** The snapshots, one for each worker. */
  readonly snapshots: ISnapshotSet;

  /**
   * The claims to make of them: `checkpoints` of the job that goes on from there, a new one or the one that the snapshots
   * are of. Their names, sizes and class are those that the job's StatefulSet looks for.
   */
  readonly into: IClaim[];
}

/**
 * The disks of a job, filled from snapshots: a claim for each worker under the name that its StatefulSet looks for. A
 * StatefulSet takes a claim that is there and makes only those that are not, so the claims are put before it.
 *
 * The template of a StatefulSet cannot change, so no job can be pointed at other claims: the claims take the names instead.
 *
 * @example
 *
 * new SnapshotRestore(chart, 'from-epoch-30', { snapshots: epoch30, into: branch.checkpoints });
 */
export class SnapshotRestore extends Construct {
  /** The claims, worker 0 first. */
  public readonly claims: StorageClaim[];

  private readonly set: ISnapshotSet;
  private readonly into: readonly IClaim[];

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: SnapshotRestoreProps) {
    super(scope, id);
    const { snapshots: set, into } = props;
    this.set = set;
    this.into = [...into];
    this.check(props);
    if (set instanceof SnapshotSet) this.node.addDependency(set);
    this.claims = into.map((claim, worker) => new StorageClaim(this, String(worker), {
      name: claim.claimName,
      tier: claim.tier!, // checked
      size: claim.size, // checked
      accessMode: modeOf(claim),
      block: claim.block,
      durability: claim.durability,
      content: set.snapshots[worker].content,
    }));
    for (const owner of new Set(into.filter(claim => claim instanceof JobClaim).map(({ owner }) => owner))) {
      // a set that comes first would make empty claims of the same names
      ApiObject.of(owner).addDependency(this);
    }
  }

  /** How to restore: steps and commands, as Markdown. */
  public get instructions(): string {
    return guideToRestore({ setName: this.set.setName, claims: this.into, namespace: Chart.of(this).namespace });
  }

  private check({ snapshots: set, into }: SnapshotRestoreProps): void {
    const problems = new ProblemCollector(this, 'SnapshotRestore');
    if (set.snapshots.length !== into.length) {
      problems.error({
        ruleId: 'chain/restore-count',
        path: 'into',
        expected: `${set.snapshots.length} claims, one for each snapshot of ${set.setName}: a checkpoint of many workers is in all of them`,
        found: String(into.length),
        fix: 'give the job as many workers, or fill single claims with `content` of single snapshots',
        link: SNAPSHOT_DOCS,
      });
    }
    const made = into.find(claim => claim instanceof StorageClaim || (claim instanceof JobClaim && claim.spec.maker !== 'template'));
    if (made) {
      problems.error({
        ruleId: 'chain/restore-into',
        path: 'into',
        expected: 'claims that a StatefulSet makes from its template, or that are not in the app',
        found: `${made.claimName}, which is made ${makerOf(made)}`,
        fix: isGrown(made)
          ? 'give the new job the grown size as `size`, and leave `grownTo` out'
          : 'fill a StorageClaim with `content` of a snapshot, and hand it to the job with CheckpointVolume.onClaim()',
        link: SNAPSHOT_DOCS,
      });
    }
    const unknown = into.find(({ tier, size }) => !tier || !size);
    if (unknown && unknown !== made) {
      problems.error({
        ruleId: 'chain/restore-into',
        path: 'into',
        expected: 'claims of a known tier and size',
        found: `${unknown.claimName}, of unknown ${[!unknown.tier && 'tier', !unknown.size && 'size'].filter(Boolean).join(' and ')}`,
        fix: 'say both with StorageClaim.existing()',
      });
    }
    problems.throwIfAny();
  }
}

function modeOf(claim: IClaim): PersistentVolumeAccessMode | undefined {
  return claim instanceof JobClaim ? claim.spec.mode as PersistentVolumeAccessMode | undefined : undefined;
}

function isGrown(claim: IClaim): boolean {
  return claim instanceof JobClaim && claim.spec.maker === 'expansion';
}

function makerOf(claim: IClaim): string {
  if (!(claim instanceof JobClaim)) return 'by its own construct';
  return { template: 'from a template', job: 'by its job', expansion: 'by its job, grown', user: 'elsewhere' }[claim.spec.maker];
}
