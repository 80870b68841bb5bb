import { Size } from 'cdk8s';
import { Severity } from '../../../findings/finding';
import type { Problem, ProblemSink } from '../../../findings/collector';
import { conditionsFor, modesFor } from '../../../storage/claims/access';
import type { DriverFacts, VolumeTypeFacts } from '../../../storage/drivers/driver-facts';
import { checkSize, type Performance } from '../../../storage/drivers/limits';
import { driversThat } from '../../../storage/drivers/registry';
import { Path } from '../../engine/path';
import { errorRule, warningRule, type Detail } from '../../engine/rule';
import { quoted } from '../../values/quote';
import { driverOf, type StorageClass } from './model/classes';
import { dataSourceOf } from './model/data-source';
import type { Need } from './model/needs';
import type { StorageChain } from './model/storage-chain';
import { performanceOf, volumeTypeOf } from './model/volume-types';
import type { Volume } from './model/volumes';

const KIB = 1024;
const MODES_LINK = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes';

export const ACCESS_MODE = errorRule({
  id: 'chain/access-mode',
  title: 'The driver of a claim gives all of its access modes',
  why: 'Every mode that a claim lists is asked of the driver. One that it does not give, such as ReadWriteMany of a disk with a file '
    + 'system, makes it refuse the claim, which stays Pending.',
  fix: 'list a mode that the driver gives, or use a class of another driver',
  link: MODES_LINK,
});

export const SHARED_DEVICE = warningRule({
  id: 'chain/shared-device',
  title: 'A raw device is not shared by several nodes',
  why: 'A block device that many nodes write to holds no ordinary file system: without software that coordinates the writers, they '
    + 'destroy what is on it.',
  fix: 'use a shared file system, or see to it that the software on the device is made for that',
  link: MODES_LINK,
});

export const CLAIM_SIZE = errorRule({
  id: 'chain/claim-size',
  title: 'The size of a claim is one that its type of volume comes in',
  why: 'Types of volumes have a smallest and a largest size, and what they give depends on the size. The provider refuses others, or '
    + 'makes a larger volume than was asked for.',
  fix: 'ask for a size within the limits, or use a class with another type of volume',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#parameters',
});

export const SELECTOR = errorRule({
  id: 'chain/selector-dynamic',
  title: 'A claim with a selector is for a volume that was made by hand',
  why: 'Drivers cannot make a volume to a selector: the provisioner refuses the claim, which stays Pending unless a volume with such '
    + 'labels is there.',
  fix: 'leave the selector out, or add a PersistentVolume of the class with such labels',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#selector',
});

/** Holds the claims that a driver makes volumes for against what it can. */
export function checkDrivers(chain: StorageChain): void {
  for (const need of chain.needs.values()) {
    const storageClass = need.class;
    if (storageClass?.provisioning !== 'dynamic' || need.volumeName !== '' || need.bound.length >= need.wanted) continue;
    if (need.selector) reportSelector(need, storageClass);
    if (!storageClass.driver) continue;
    checkModes(need, storageClass, storageClass.driver);
    checkClaimSize(need, storageClass);
  }
  for (const volume of chain.volumes) checkVolume(volume);
}

function reportSelector({ claim, selector }: Need, { name, driver }: StorageClass): void {
  claim.subject.unresolved(SELECTOR, claim.path.field('selector'), {
    expected: `no selector, because the volumes of class ${quoted(name)} are made when they are asked for`, found: quoted(selector),
    severity: driver ? Severity.ERROR : Severity.WARNING,
  });
}

function checkModes({ claim, modes, volumeMode }: Need, storageClass: StorageClass, driver: DriverFacts): void {
  const always: readonly string[] = volumeMode === 'Block' ? driver.blockModes : driver.filesystemModes;
  // most claims ask for what the driver gives under any condition
  if (volumeMode !== 'Block' && modes.every(mode => always.includes(mode))) return;
  const { parameters } = storageClass;
  const given: readonly string[] = modesFor(driver, { volumeMode, parameters: parameters ?? {}, source: dataSourceOf(claim)?.kind });
  if (volumeMode === 'Block' && modes.length > 0 && hasNoDevices(driver)) {
    claim.subject.report(ACCESS_MODE, claim.path.field('volumeMode'), withoutDevices(driver));
    return;
  }
  for (let i = 0; i < modes.length; i++) {
    const mode = modes[i];
    const isShared = volumeMode === 'Block' && mode === 'ReadWriteMany';
    if (given.includes(mode) && !isShared) continue;
    const path = claim.path.field('accessModes').index(i);
    if (given.includes(mode)) {
      reportShared(claim, path, driver);
      continue;
    }
    const conditions = conditionsFor(driver, mode as never, volumeMode);
    const detail = modeDetail(mode, volumeMode, given, conditions, driver);
    // parameters that nobody declared may be those that it takes
    if (parameters === undefined && conditions.length > 0) claim.subject.unresolved(ACCESS_MODE, path, detail);
    else claim.subject.report(ACCESS_MODE, path, detail);
  }
}

function hasNoDevices({ blockModes, conditionalModes = [] }: DriverFacts): boolean {
  return blockModes.length === 0 && !conditionalModes.some(({ volumeMode }) => volumeMode === 'Block');
}

/** Not the mode of access is wrong then. */
function withoutDevices(driver: DriverFacts): Detail {
  return {
    expected: `Filesystem: ${driver.provisioner} has no raw devices`, found: '"Block"',
    fix: 'leave volumeMode out, or use a driver that has raw devices',
  };
}

function reportShared({ subject }: Need['claim'], path: Path, driver: DriverFacts): void {
  if (driver.kind === 'file') return;
  subject.report(SHARED_DEVICE, path, { expected: 'a device that one node writes to', found: 'ReadWriteMany with volumeMode Block' });
}

function modeDetail(
  mode: string, volumeMode: string, given: readonly string[], conditions: readonly string[], driver: DriverFacts,
): Detail {
  const what = volumeMode === 'Block' ? 'a raw device' : 'a file system';
  const modesOf = (one: DriverFacts): readonly string[] => volumeMode === 'Block' ? one.blockModes : one.filesystemModes;
  const others = driversThat(one => one.dynamicProvisioning && modesOf(one).includes(mode));
  return {
    expected: `a mode that ${driver.provisioner} gives ${what}: ${given.join(', ')}`,
    found: quoted(mode),
    fix: conditions.length > 0
      ? `use one of them, or see to it: ${mode} needs ${conditions.join(', or ')}`
      : `use one of them${others === '' ? '' : `, or a driver that gives it: ${others}`}`,
  };
}

/** The facts tell sizes as the constructors do; here they are those of a claim. */
function checkClaimSize({ claim, request }: Need, storageClass: StorageClass): void {
  const type = volumeTypeOf(storageClass);
  if (!type || request <= 0) return;
  const asked = performanceOf(storageClass);
  const fine = lastFine.get(type);
  if (fine !== undefined && isSame(fine, request, asked)) return;
  let isFine = true;
  const add = ({ expected }: Problem, severity: Severity): void => {
    isFine = false;
    claim.subject.report(CLAIM_SIZE, claim.path.fields('resources', 'requests').key('storage'), { expected, found: quoted(claim.spec.resources?.requests?.storage), severity });
  };
  const sink: ProblemSink = { error: problem => add(problem, Severity.ERROR), warn: problem => add(problem, Severity.WARNING) };
  checkSize(type, asked, Size.kibibytes(Math.ceil(request / KIB)), sink);
  if (isFine && asked.iopsPerGiB === undefined) lastFine.set(type, { request, asked });
}

/** What was asked of a type and is fine: claims of a bundle mostly ask for the same again. */
interface Fine {
  readonly request: number;
  readonly asked: Performance;
}

const lastFine = new Map<VolumeTypeFacts, Fine>();

function isSame(fine: Fine, request: number, { iops, throughput, iopsPerGiB }: Performance): boolean {
  return fine.request === request && fine.asked.iops === iops && fine.asked.throughput === throughput && iopsPerGiB === undefined;
}

/** A volume made by hand offers what its driver can attach. */
function checkVolume({ subject, modes, volumeMode }: Volume): void {
  const driver = driverOf(subject.json.spec?.csi?.driver ?? '');
  if (!driver || driver.kind === 'file') return;
  if (volumeMode === 'Block' && modes.length > 0 && hasNoDevices(driver)) {
    subject.report(ACCESS_MODE, Path.ROOT.fields('spec', 'volumeMode'), withoutDevices(driver));
    return;
  }
  const always: readonly string[] = volumeMode === 'Block' ? driver.blockModes : driver.filesystemModes;
  for (let i = 0; i < modes.length; i++) {
    const mode = modes[i];
    if (always.includes(mode) || conditionsFor(driver, mode as never, volumeMode as never).length > 0) continue;
    subject.report(ACCESS_MODE, Path.ROOT.fields('spec', 'accessModes').index(i), modeDetail(mode, volumeMode, always, [], driver));
  }
}
