import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { ProblemCollector, ProblemSink } from '../../findings/collector';
import { KubernetesVersion } from '../../kubernetes-version';
import { isDnsSubdomain } from '../../private/name-forms';
import { checkIsSize } from '../../private/prop-types';
import { hasReached, targetOf } from '../../private/target';
import { checkAboveZero } from '../../private/size-checks';
import { conditionsFor, modesFor } from './access';
import { canShare } from './claim';
import { checkContent } from './content-checks';
import type { AccessMode, ClaimSource, DriverFacts, VolumeMode } from '../drivers/driver-facts';
import { driversThat } from '../drivers/registry';
import { Durability, keeps } from '../tiers/durability';
import { checkIsTier, isTier } from '../tiers/tier-types';
import type { StorageClaimProps } from './storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';

const ACCESS_DOCS = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes';

/** Holds the size of a claim against its tier. */
export function checkClaimSize(tier: IStorageTier, size: Size, sink: ProblemSink): void {
  if (!checkIsSize('size', size, 'Size.gibibytes(500)', sink)) return;
  if (!checkAboveZero(size, { path: 'size', fix: 'set `size`, as Size.gibibytes(500)' }, sink)) return;
  if (isTier(tier)) tier.backend._checkSize(size, sink);
}

/** What a claim cannot be read without. */
export interface ClaimEssentials {
  readonly tier: IStorageTier;
  /** Undefined where it may be left out. */
  readonly size?: Size;
  readonly sizeRequired: boolean;
}

/** @throws ValidationError if tier or size are of another type, so that no other check can read them */
export function checkEssentials(scope: Construct, constructType: string, { tier, size, sizeRequired }: ClaimEssentials): void {
  const problems = new ProblemCollector(scope, constructType);
  checkIsTier(tier, problems);
  if (size != null || sizeRequired) checkIsSize('size', size, 'Size.gibibytes(500)', problems);
  problems.throwIfAny();
}

/** A tier for a claim that pods on many nodes use must reach it from all of them. */
export function checkCanShare(tier: IStorageTier, why: string, instead: string | undefined, sink: ProblemSink): void {
  const driver = tier.backend._driver;
  if (canShare(tier)) return;
  sink.error({
    ruleId: 'chain/access-mode',
    path: 'tier',
    expected: `a driver that gives many nodes one file system (ReadWriteMany): ${why}`,
    found: `${driver.provisioner}, which gives ${driver.filesystemModes.join(', ')}`,
    fix: `use a driver that does: ${driversThat(one => one.dynamicProvisioning && one.filesystemModes.includes('ReadWriteMany'))}${instead ? `; or ${instead}` : ''}`,
    link: driver.link,
  });
}

/** What a tier does with its volumes must fit what the loss of the data would mean. */
export function checkDurability(tier: IStorageTier, durability: Durability, sink: ProblemSink): void {
  if (tier.durability !== undefined && !keeps(tier.durability, durability)) {
    sink.error({
      ruleId: 'keep/tier-deletes',
      path: 'tier',
      expected: `a tier for ${durability} data: its volumes stay when their claim is deleted`,
      found: `${tier.className}, for ${tier.durability} data, which is deleted with its claim`,
      fix: `use a tier with \`durability: Durability.${durability.toUpperCase()}\`, or say that the data is ${tier.durability}`,
      link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
    });
  } else if (durability === Durability.PRECIOUS && tier.backend._driver.kind === 'local') {
    sink.warn({
      ruleId: 'keep/one-node',
      path: 'tier',
      expected: 'storage that outlives a node, for precious data',
      found: `${tier.backend.provisioner}, on the disk of one node`,
      fix: 'back the data up elsewhere, use a tier on the network, or say that the data can be made again',
      link: tier.backend._driver.link,
    });
  }
}

/** GPUs stand still while a checkpoint is written. */
export function checkFastEnough(tier: IStorageTier, sink: ProblemSink): void {
  if (!tier.backend._hardDisk) return;
  sink.warn({
    ruleId: 'train/slow-checkpoints',
    path: 'tier',
    expected: 'solid-state storage: the accelerators wait while a checkpoint is written',
    found: `${tier.className}, hard disks (${tier.backend.volumeType})`,
    fix: 'use a faster tier, and move old checkpoints to the cheap one',
    link: tier.backend._driver.link,
  });
}

/** Holds the mode of a claim against what its driver gives claims of this kind. */
export function checkMode(
  tier: IStorageTier, mode: AccessMode, volumeMode: VolumeMode, source: ClaimSource | undefined, sink: ProblemSink,
): void {
  const { backend } = tier;
  const driver = backend._driver;
  const modes = modesFor(driver, { volumeMode, parameters: backend.parameters, source });
  if (modes.includes(mode)) return;
  const others = driversThat(one => one.dynamicProvisioning && modesOf(one, volumeMode).includes(mode));
  if (modes.length === 0) {
    sink.error({
      ruleId: 'chain/access-mode',
      path: 'block',
      expected: `a file system: ${driver.provisioner} has no raw devices`,
      found: 'block: true',
      fix: `leave \`block\` out, or use a driver that has them: ${driversThat(one => one.dynamicProvisioning && one.blockModes.length > 0)}`,
      link: driver.link,
    });
    return;
  }
  const conditions = conditionsFor(driver, mode, volumeMode);
  sink.error({
    ruleId: 'chain/access-mode',
    path: 'accessMode',
    expected: `a mode that ${driver.provisioner} gives ${volumeMode === 'Block' ? 'a raw device' : 'a file system'}: ${modes.join(', ')}`,
    found: mode,
    fix: conditions.length > 0
      ? `use one of them, or see to it: ${mode} needs ${conditions.join(', or ')}`
      : `use one of them${others === '' ? '' : `, or a driver that gives it: ${others}`}`,
    link: driver.link,
  });
}

function modesOf(driver: DriverFacts, volumeMode: VolumeMode): readonly AccessMode[] {
  return volumeMode === 'Filesystem' ? driver.filesystemModes : driver.blockModes;
}

/** What a claim has settled before the checks. */
export interface ClaimContext {
  readonly mode: AccessMode;
  readonly size: Size | undefined;
  readonly durability: Durability;
}

/** @throws ValidationError naming every prop that cannot work */
export function checkStorageClaim(scope: Construct, props: StorageClaimProps, { mode, size, durability }: ClaimContext): void {
  const problems = new ProblemCollector(scope, 'StorageClaim');
  const { tier, content } = props;
  const target = targetOf(scope);
  if (size) {
    checkClaimSize(tier, size, problems);
    if (content) checkContent(content, { scope, tier, size, block: props.block ?? false }, problems);
  } else {
    problems.error({
      ruleId: 'props/required', path: 'size', expected: 'a size: the API demands one of every claim', found: 'none', fix: 'set `size`, as Size.gibibytes(500)',
    });
  }
  checkMode(tier, mode, props.block ? 'Block' : 'Filesystem', content?._from.kind, problems);
  checkDurability(tier, durability, problems);
  if (mode === 'ReadWriteOncePod' && !hasReached(target, KubernetesVersion.V1_29)) {
    problems.error({
      ruleId: 'api/since', path: 'accessMode', expected: 'Kubernetes 1.29 or newer for ReadWriteOncePod', found: `target ${target}`,
      fix: 'use READ_WRITE_ONCE, or raise the `target` of the app', link: ACCESS_DOCS,
    });
  }
  if (props.attributesClass !== undefined) {
    if (!hasReached(target, KubernetesVersion.V1_34)) {
      problems.error({
        ruleId: 'api/since', path: 'attributesClass', expected: 'Kubernetes 1.34 or newer for a VolumeAttributesClass', found: `target ${target}`,
        fix: 'leave `attributesClass` out, or raise the `target` of the app', link: 'https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/',
      });
    }
    if (!tier.backend._driver.attributes) {
      problems.error({
        ruleId: 'chain/attributes-unsupported', path: 'attributesClass', expected: 'a driver whose volumes can change their attributes',
        found: tier.backend.provisioner, fix: 'leave `attributesClass` out', link: tier.backend._driver.link,
      });
    }
  }
  if (props.name !== undefined && !isDnsSubdomain(props.name)) {
    problems.error({
      ruleId: 'api/name', path: 'name', expected: 'lower case letters, digits, `-` and `.`, at most 253 characters', found: JSON.stringify(props.name),
      fix: 'use a name such as `registry`',
    });
  }
  problems.throwIfAny();
}
