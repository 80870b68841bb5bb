import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ProblemSink } from '../../findings/collector';
import { bytesOf, gibOf, quantityOf } from '../../private/quantity';
import type { DriverFacts } from '../drivers/driver-facts';
import { driversThat } from '../drivers/registry';
import { checkSameNamespace } from './home';
import type { ClaimContent } from './storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';

/** The claim that is to be filled. */
export interface FilledClaim {
  readonly scope: Construct;
  readonly tier: IStorageTier;
  readonly size: Size;
  readonly block: boolean;
}

const CLONE_DOCS = 'https://kubernetes.io/docs/concepts/storage/volume-pvc-datasource/';
const RESTORE_DOCS = 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#restoring-volume-from-snapshot-support';

/** Holds a claim against what it is to be filled from: driver, size, kind of volume. */
export function checkContent(content: ClaimContent, claim: FilledClaim, sink: ProblemSink): void {
  const { kind, home, tier, size, block } = content._from;
  const clone = kind === 'PersistentVolumeClaim';
  const link = clone ? CLONE_DOCS : RESTORE_DOCS;
  const driver = claim.tier.backend._driver;
  checkSameNamespace(home, claim.scope, { path: 'content', what: `the ${clone ? 'claim' : 'snapshot'} ${content._ref.name}`, link }, sink);
  if (tier && tier.backend.provisioner !== driver.provisioner) {
    sink.error({
      ruleId: 'chain/content-driver',
      path: 'tier',
      expected: `a class of ${tier.backend.provisioner}, which made the content: no other driver can read it`,
      found: driver.provisioner,
      fix: `use ${tier.className}, or another tier of the same driver`,
      link,
    });
  }
  if (clone && !driver.cloning) {
    sink.error({
      ruleId: 'chain/clone-unsupported',
      path: 'content',
      expected: 'a driver that can clone a claim',
      found: driver.provisioner,
      fix: `copy the data with a job, or use a driver that can: ${driversThat(({ cloning }) => cloning)}`,
      link: driver.link,
    });
  }
  if (size && bytesOf(claim.size) < bytesOf(size)) {
    sink.error({
      ruleId: 'chain/content-size',
      path: 'size',
      expected: `at least ${quantityOf(size)}, the size of the content`,
      found: quantityOf(claim.size),
      fix: `use Size.gibibytes(${Math.ceil(gibOf(size))}), or leave \`size\` out`,
      link,
    });
  }
  if (block !== undefined && block !== claim.block) {
    sink.error({
      ruleId: 'chain/content-volume-mode',
      path: 'block',
      expected: `${block}, as the content has it`,
      found: String(claim.block),
      fix: `set \`block\` to ${block}`,
      link,
    });
  }
  if (clone) checkCloneKeeps(driver, content, claim, sink);
}

function checkCloneKeeps(driver: DriverFacts, { _from: { tier, size } }: ClaimContent, claim: FilledClaim, sink: ProblemSink): void {
  if (driver.cloneKeeps?.includes('size') && size && bytesOf(claim.size) !== bytesOf(size)) {
    sink.error({
      ruleId: 'chain/clone-size',
      path: 'size',
      expected: `${quantityOf(size)}: ${driver.title} clones to exactly the same size`,
      found: quantityOf(claim.size),
      fix: 'leave `size` out, and grow the clone later',
      link: driver.link,
    });
  }
  if (driver.cloneKeeps?.includes('class') && tier && tier.className !== claim.tier.className) {
    sink.error({
      ruleId: 'chain/clone-class',
      path: 'tier',
      expected: `the class of the source, ${tier.className}: ${driver.title} clones within one`,
      found: claim.tier.className,
      fix: 'use the same tier',
      link: driver.link,
    });
  }
}
