import type { Construct } from 'constructs';
import type { ProblemSink } from '../../findings/collector';
import { isDnsSubdomain } from '../../private/name-forms';
import type { DriverFacts } from '../drivers/driver-facts';
import { driversThat } from '../drivers/registry';
import { Durability } from '../tiers/durability';
import { checkSameNamespace, homeOf } from '../claims/home';
import { JobClaim } from '../claims/job-claim';
import type { IClaim } from '../claims/storage-claim';
import type { ISnapshotClass } from './snapshot-class';
import { SnapshotDeletionPolicy } from './deletion-policy';
import { SNAPSHOT_CLASS_DOCS, SNAPSHOT_DOCS } from './wire';

/** What a snapshot has settled before the checks. */
export interface SnapshotContext {
  readonly scope: Construct;
  readonly claim: IClaim;
  readonly snapshotClass: ISnapshotClass;
  readonly durability: Durability;
  /** Whether one disk of many is meant. */
  readonly oneOfMany: boolean;
}

/** Holds a name against what snapshots and their classes can have. */
export function checkSnapshotName(path: string, name: string, sink: ProblemSink): void {
  if (isDnsSubdomain(name)) return;
  sink.error({
    ruleId: 'api/name',
    path,
    expected: 'a DNS subdomain: lower case letters, digits, `-` and `.`, at most 253 characters',
    found: JSON.stringify(name),
    fix: 'use a name such as `epoch-30`',
    link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names',
  });
}

/** Holds a claim against the class that is to copy it. */
export function checkSource({ scope, claim, snapshotClass, durability, oneOfMany }: SnapshotContext, sink: ProblemSink): void {
  checkSameNamespace(homeOf(claim), scope, { path: 'claim', what: `the claim ${claim.claimName}`, link: SNAPSHOT_DOCS }, sink);
  if (!claim.tier || !claim.size) {
    sink.error({
      ruleId: 'chain/snapshot-source',
      path: 'claim',
      expected: 'a claim of a known tier and size: the driver must be able to copy it, and what is restored must not be smaller',
      found: `${claim.claimName}, of unknown ${[!claim.tier && 'tier', !claim.size && 'size'].filter(Boolean).join(' and ')}`,
      fix: 'say both with StorageClaim.existing()',
      link: SNAPSHOT_DOCS,
    });
  }
  if (claim.tier) checkClass(claim.tier.backend._driver, snapshotClass, sink);
  if (durability === Durability.PRECIOUS && snapshotClass.deletionPolicy === SnapshotDeletionPolicy.DELETE) {
    sink.error({
      ruleId: 'keep/snapshot-deletes',
      path: 'snapshotClass',
      expected: 'a class with SnapshotDeletionPolicy.RETAIN: precious data must outlive its VolumeSnapshot and its namespace',
      found: `${snapshotClass.className}, which deletes the copy`,
      fix: 'use a class that retains, or say with `durability` that the copy is less than precious',
      link: SNAPSHOT_CLASS_DOCS,
    });
  }
  if (claim instanceof JobClaim && claim.spec.count > 1 && !oneOfMany) {
    sink.error({
      ruleId: 'silent/snapshot-of-one-worker',
      path: 'claim',
      expected: `the claims of all ${claim.spec.count} workers: a checkpoint that they wrote together is in all of them`,
      found: `${claim.claimName} alone`,
      fix: 'use a SnapshotSet, or say `oneOfMany: true` where one disk holds all that is needed',
      link: SNAPSHOT_DOCS,
    });
  }
}

function checkClass(driver: DriverFacts, snapshotClass: ISnapshotClass, sink: ProblemSink): void {
  if (!driver.snapshots) {
    sink.error({
      ruleId: 'chain/snapshot-unsupported',
      path: 'claim',
      expected: 'a claim of a driver that makes snapshots',
      found: driver.provisioner,
      fix: `back the data up with a job, or use a driver that can: ${driversThat(one => one.snapshots)}`,
      link: driver.link,
    });
  } else if (snapshotClass.driver !== driver.provisioner) {
    sink.error({
      ruleId: 'chain/snapshot-driver',
      path: 'snapshotClass',
      expected: `a class of ${driver.provisioner}, whose volume it is: any other makes a snapshot that never gets ready`,
      found: `${snapshotClass.className}, of ${snapshotClass.driver}`,
      fix: 'make a SnapshotClass with the tier of the claim',
      link: SNAPSHOT_CLASS_DOCS,
    });
  }
}
