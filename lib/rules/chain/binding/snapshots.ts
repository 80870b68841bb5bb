import { Severity } from '../../../findings/finding';
import { driversThat } from '../../../storage/drivers/registry';
import type { BundleView } from '../../bundle/bundle-view';
import type { Claim } from '../../bundle/claims';
import type { Json, Manifest } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule, infoRule, warningRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import { driverOf } from './model/classes';
import { dataSourceOf } from './model/data-source';
import { claimOfSnapshot, contentOfSnapshot, driverNameOf, SNAPSHOT_GROUP } from './model/snapshots';
import type { StorageChain } from './model/storage-chain';

const DOCS = 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/';
const CLASS_DOCS = 'https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/';
const SNAPSHOT = `${SNAPSHOT_GROUP}/VolumeSnapshot`;
const CONTENT = `${SNAPSHOT_GROUP}/VolumeSnapshotContent`;
const CLASS = `${SNAPSHOT_GROUP}/VolumeSnapshotClass`;
const DEFAULT = 'snapshot.storage.kubernetes.io/is-default-class';
const SPEC = Path.ROOT.field('spec');
const SOURCE_CLAIM = SPEC.fields('source', 'persistentVolumeClaimName');
const SOURCE_CONTENT = SPEC.fields('source', 'volumeSnapshotContentName');
const CLASS_NAME = SPEC.field('volumeSnapshotClassName');

export const SNAPSHOT_SOURCE = errorRule({
  id: 'chain/snapshot-source',
  title: 'The claim of a snapshot exists, in its namespace',
  why: 'A VolumeSnapshot copies a claim of its own namespace. Where there is none of the name, it never gets ready.',
  fix: 'correct the name of the claim, or take the snapshot in the namespace of the claim',
  link: DOCS,
});

export const SNAPSHOT_CONTENT = errorRule({
  id: 'chain/snapshot-content',
  title: 'A snapshot made by hand and its content name each other',
  why: 'A VolumeSnapshot of a VolumeSnapshotContent gets ready only where the content exists, names it back with its namespace, and holds a '
    + 'snapshotHandle.',
  fix: 'make the names in volumeSnapshotContentName and volumeSnapshotRef answer each other',
  link: `${DOCS}#static`,
});

export const SNAPSHOT_CLASS = errorRule({
  id: 'chain/snapshot-class',
  title: 'The class of a snapshot exists',
  why: 'A VolumeSnapshot of a class that does not exist never gets ready.',
  fix: 'correct volumeSnapshotClassName, add the VolumeSnapshotClass, or declare it as existing outside',
  link: CLASS_DOCS,
});

export const SNAPSHOT_DRIVER = errorRule({
  id: 'chain/snapshot-driver',
  title: 'A snapshot has a class of the driver whose volume it copies',
  why: 'No driver copies volumes of another: with a class of another driver, a VolumeSnapshot never gets ready.',
  fix: 'name a VolumeSnapshotClass whose driver is the provisioner of the claim',
  link: CLASS_DOCS,
});

export const SNAPSHOT_DEFAULT = errorRule({
  id: 'chain/snapshot-default',
  title: 'A snapshot names its class, or its driver has one default class',
  why: 'A VolumeSnapshot without a class gets the default class of its driver. With none, or with two, it fails.',
  fix: 'name the class in volumeSnapshotClassName',
  link: CLASS_DOCS,
});

export const SNAPSHOT_UNSUPPORTED = errorRule({
  id: 'chain/snapshot-unsupported',
  title: 'The driver of a snapshot can make one',
  why: 'A VolumeSnapshot of a driver without snapshots never gets ready, so that there is no copy when it is needed.',
  fix: 'back the data up with a job, or use a driver that makes snapshots',
  link: DOCS,
});

export const SNAPSHOT_OF_NEW_CLAIM = warningRule({
  id: 'chain/snapshot-of-new-claim',
  title: 'A snapshot is not applied together with the claim that it copies',
  why: 'A snapshot is taken once, as soon as its claim has a volume: applied together with a new claim, it is a copy of an empty volume.',
  fix: 'keep the snapshot apart, and apply it when there is something to keep',
  link: DOCS,
});

export const SNAPSHOT_WHILE_WRITING = infoRule({
  id: 'silent/snapshots-while-writing',
  title: 'A snapshot is taken while nobody writes',
  why: 'A snapshot is a copy as after a power cut: a file that is being written may be incomplete in it, and several volumes are copied at '
    + 'moments of their own.',
  fix: 'stop the writers, or freeze the file system, before the snapshot is applied',
  link: DOCS,
});

/** The default classes of each driver. */
type Defaults = ReadonlyMap<string, readonly Subject[]>;

/** Holds snapshots, their classes and their contents against each other and against the claims that they copy. */
export function checkSnapshots(chain: StorageChain): void {
  const { bundle } = chain;
  const defaults: Defaults = checkClasses(bundle);
  const named = new Set<Subject>();
  for (const subject of bundle.all(SNAPSHOT)) {
    if (subject.manifest.external) continue;
    const { source }: Json = subject.json.spec ?? {};
    if (source?.volumeSnapshotContentName !== undefined) checkContentOf(bundle, subject, source.volumeSnapshotContentName, named);
    if (source?.persistentVolumeClaimName !== undefined) checkClaimOf(chain, subject, source.persistentVolumeClaimName, defaults);
  }
  for (const subject of bundle.all(CONTENT)) if (!subject.manifest.external) checkContent(bundle, subject, named.has(subject));
}

function checkClasses(bundle: BundleView): Defaults {
  const defaults = new Map<string, Subject[]>();
  for (const subject of bundle.all(CLASS)) {
    const { driver = '', metadata } = subject.json;
    if (driverOf(driver)?.snapshots === false) {
      subject.report(SNAPSHOT_UNSUPPORTED, Path.ROOT.field('driver'), { expected: 'a driver that makes snapshots', found: driver, fix: otherDrivers() });
    }
    if (metadata?.annotations?.[DEFAULT] !== 'true') continue;
    const known = defaults.get(driver);
    if (known) known.push(subject); else defaults.set(driver, [subject]);
    if (!known) continue;
    subject.report(SNAPSHOT_DEFAULT, Path.ROOT.fields('metadata', 'annotations').key(DEFAULT), {
      expected: `one default class of ${driver}`, found: `${known[0].manifest.name} as well`, fix: 'leave the annotation to one of them', severity: Severity.WARNING,
    });
  }
  return defaults;
}

function otherDrivers(): string {
  return `back the data up with a job, or use a driver that can: ${driversThat(one => one.snapshots)}`;
}

function checkClaimOf(chain: StorageChain, subject: Subject, name: string, defaults: Defaults): void {
  const { bundle } = chain;
  const claim = claimOfSnapshot(bundle, subject.manifest);
  if (!claim) {
    subject.unresolved(SNAPSHOT_SOURCE, SOURCE_CLAIM, { expected: 'a claim that exists in the same namespace', found: quoted(name) });
  }
  const need = claim && chain.needs.get(claim);
  const driver = need && driverNameOf(need);
  if (driver !== undefined && driverOf(driver)?.snapshots === false) {
    const found = `${quoted(name)}, of ${driver}`;
    subject.report(SNAPSHOT_UNSUPPORTED, SOURCE_CLAIM, { expected: 'a claim of a driver that makes snapshots', found, fix: otherDrivers() });
  } else checkClassOf(bundle, subject, driver, defaults);
  if (claim) checkTime(chain, subject, claim, name);
}

function checkClassOf(bundle: BundleView, subject: Subject, driver: string | undefined, defaults: Defaults): void {
  const className: string | undefined = subject.json.spec?.volumeSnapshotClassName;
  if (className === undefined) {
    if (driver !== undefined) checkDefault(subject, driver, defaults.get(driver) ?? []);
    return;
  }
  const snapshotClass = bundle.find(CLASS, '', className);
  if (!snapshotClass) {
    subject.unresolved(SNAPSHOT_CLASS, CLASS_NAME, { expected: 'the name of a VolumeSnapshotClass that exists', found: quoted(className) });
    return;
  }
  const ofClass: string | undefined = snapshotClass.json.driver;
  if (driver === undefined || ofClass === undefined || ofClass === driver) return;
  subject.report(SNAPSHOT_DRIVER, CLASS_NAME, { expected: `a class of ${driver}, whose volume is copied`, found: `${quoted(className)}, of ${ofClass}` });
}

function checkDefault(subject: Subject, driver: string, defaults: readonly Subject[]): void {
  if (defaults.length === 1) return;
  const expected = `the name of a class, or one default class of ${driver}`;
  if (defaults.length === 0) subject.unresolved(SNAPSHOT_DEFAULT, SPEC, { expected, found: 'none' });
  else subject.report(SNAPSHOT_DEFAULT, SPEC, { expected, found: `the default classes ${defaults.map(({ manifest }) => manifest.name).join(', ')}` });
}

function checkTime({ bundle, needs }: StorageChain, subject: Subject, claim: Claim, name: string): void {
  const starts = dataSourceOf(claim) === undefined && !claim.spec.volumeName && !needs.get(claim)?.bound.length;
  if (starts && !claim.subject.manifest.external && areTogether(subject.manifest, claim.subject.manifest)) {
    subject.report(SNAPSHOT_OF_NEW_CLAIM, SOURCE_CLAIM, { expected: 'a claim that has been written to', found: `${quoted(name)}, which is made together with the snapshot` });
    return;
  }
  const writer = bundle.usesOf(claim).find(({ readOnly }) => !readOnly)?.pod ?? claim.madeFor;
  if (!writer || writer.controller.suspend === true || writer.copies === 0) return;
  subject.report(SNAPSHOT_WHILE_WRITING, SOURCE_CLAIM, {
    expected: 'a claim that nobody writes to', found: `${quoted(name)}, which ${writer.kind} ${writer.subject.manifest.name} mounts`,
  });
}

/** Charts, and files, are applied one by one: what is in two of them need not be applied together. */
function areTogether(one: Manifest, other: Manifest): boolean {
  const [chart, ofOther] = [one, other].map(({ origin }) => origin.constructPath?.split('/')[0]);
  return chart === ofOther && one.origin.file === other.origin.file;
}

function checkContentOf(bundle: BundleView, subject: Subject, name: string, named: Set<Subject>): void {
  const content = contentOfSnapshot(bundle, subject.manifest);
  if (!content) {
    subject.unresolved(SNAPSHOT_CONTENT, SOURCE_CONTENT, { expected: 'the name of a VolumeSnapshotContent that exists', found: quoted(name) });
    return;
  }
  named.add(content);
  const { volumeSnapshotRef, source }: Json = content.json.spec ?? {};
  const { name: ofName = '', namespace: ofNamespace = '' }: Json = volumeSnapshotRef ?? {};
  const { namespace } = subject.manifest;
  if (volumeSnapshotRef && (ofName !== subject.manifest.name || (namespace !== '' && ofNamespace !== namespace))) {
    subject.report(SNAPSHOT_CONTENT, SOURCE_CONTENT, {
      expected: 'a content whose volumeSnapshotRef is this snapshot', found: `${quoted(name)}, of ${quoted(`${ofNamespace}/${ofName}`)}`,
    });
  }
  if (source && source.snapshotHandle === undefined) {
    content.report(SNAPSHOT_CONTENT, SPEC.field('source'), { expected: 'a snapshotHandle, for a snapshot that is there already', found: 'none' });
  }
}

/** What a snapshot that names the content has told is not told again. */
function checkContent(bundle: BundleView, subject: Subject, isNamed: boolean): void {
  const { driver = '', volumeSnapshotRef }: Json = subject.json.spec ?? {};
  if (driverOf(driver)?.snapshots === false) {
    subject.report(SNAPSHOT_UNSUPPORTED, SPEC.field('driver'), { expected: 'a driver that makes snapshots', found: driver, fix: otherDrivers() });
  }
  if (isNamed || !volumeSnapshotRef?.name) return;
  const { namespace = '', name } = volumeSnapshotRef;
  if (bundle.find(SNAPSHOT, namespace, name) || bundle.find(SNAPSHOT, '', name)) return;
  subject.unresolved(SNAPSHOT_CONTENT, SPEC.field('volumeSnapshotRef'), {
    expected: 'a VolumeSnapshot that exists', found: quoted(`${namespace}/${name}`), severity: Severity.WARNING,
  });
}
