import type { DriverFacts } from '../../../storage/drivers/driver-facts';
import { driversThat } from '../../../storage/drivers/registry';
import { errorRule, warningRule } from '../../engine/rule';
import { quoted } from '../../values/quote';
import { driverOf } from './model/classes';
import { type DataSource, dataSourceOf } from './model/data-source';
import type { Need } from './model/needs';
import { type Content, contentOf, contentOfClaim, driverNameOf, SNAPSHOT_GROUP } from './model/snapshots';
import type { StorageChain } from './model/storage-chain';

const CLONE_DOCS = 'https://kubernetes.io/docs/concepts/storage/volume-pvc-datasource/';
const RESTORE_DOCS = 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#restoring-volume-from-snapshot-support';

export const DATA_SOURCE = warningRule({
  id: 'chain/data-source',
  title: 'What a claim is filled from exists, in its namespace',
  why: 'A claim with a data source stays Pending until the snapshot or the claim of that name is in its namespace, and ready.',
  fix: 'correct the name, add the source, or declare it as existing outside',
  link: RESTORE_DOCS,
});

export const CONTENT_DRIVER = errorRule({
  id: 'chain/content-driver',
  title: 'A claim is filled by the driver that made the content',
  why: 'No driver reads the snapshots or clones the volumes of another: the claim stays Pending.',
  fix: 'use a class of the driver that made the content',
  link: RESTORE_DOCS,
});

export const CONTENT_SIZE = errorRule({
  id: 'chain/content-size',
  title: 'A claim is at least as large as what it is filled from',
  why: 'The provisioner refuses to restore or clone into a smaller volume: the claim stays Pending.',
  fix: 'ask for at least the size of the content',
  link: RESTORE_DOCS,
});

export const CONTENT_VOLUME_MODE = errorRule({
  id: 'chain/content-volume-mode',
  title: 'A claim has the volumeMode of what it is filled from',
  why: 'The provisioner refuses to read a raw device as a file system, or the other way round: the claim stays Pending.',
  fix: 'use the volumeMode of the content',
  link: RESTORE_DOCS,
});

export const CLONE_UNSUPPORTED = errorRule({
  id: 'chain/clone-unsupported',
  title: 'The driver of a cloned claim can clone',
  why: 'A claim that is to be a clone stays Pending where its driver cannot make one.',
  fix: 'copy the data with a job, or use a driver that can clone',
  link: CLONE_DOCS,
});

export const CLONE_SIZE = errorRule({
  id: 'chain/clone-size',
  title: 'A clone has the size of its source, where the driver cannot grow it on the way',
  why: 'Some drivers clone to exactly the same size only: the claim stays Pending.',
  fix: 'ask for the size of the source, and let the clone grow later',
  link: CLONE_DOCS,
});

export const CLONE_CLASS = errorRule({
  id: 'chain/clone-class',
  title: 'A clone has a class, and that of its source where the driver clones within one',
  why: 'A clone is made by the driver of its class. Without one nothing makes it, and some drivers stay within the class of the source.',
  fix: 'name the class of the source in storageClassName',
  link: CLONE_DOCS,
});

/** A claim and what it is to be filled from. */
interface Filling {
  readonly need: Need;
  readonly source: DataSource;
  readonly content: Content;
  /** Of the claim; undefined where it is not known. */
  readonly driver: string | undefined;
  readonly facts: DriverFacts | undefined;
}

/** Holds claims against the snapshots and claims that they are to be filled from. */
export function checkDataSources(chain: StorageChain): void {
  for (const need of chain.needs.values()) {
    const source = dataSourceOf(need.claim);
    // one that names its volume was filled long ago
    if (source && need.volumeName === '' && !need.claim.subject.manifest.external) checkSource(chain, need, source);
  }
}

function checkSource(chain: StorageChain, need: Need, source: DataSource): void {
  const { bundle } = chain;
  const { namespace, subject } = need.claim;
  const isClone = source.kind === 'PersistentVolumeClaim';
  const snapshot = isClone ? undefined : bundle.find(`${SNAPSHOT_GROUP}/VolumeSnapshot`, namespace, source.name);
  const claim = isClone ? bundle.claim(namespace, source.name) : undefined;
  const content = snapshot ? contentOf(chain, snapshot) : claim ? contentOfClaim(chain, claim) : undefined;
  if (!content) {
    subject.unresolved(DATA_SOURCE, source.path.field('name'), { expected: `a ${source.kind} that exists in the same namespace`, found: quoted(source.name) });
    return;
  }
  const driver = driverNameOf(need);
  const filling: Filling = { need, source, content, driver, facts: driver === undefined ? undefined : driverOf(driver) };
  checkDriver(filling);
  checkSizeAndMode(filling);
  if (isClone) checkClone(filling);
}

function checkDriver({ need, source, content, driver }: Filling): void {
  const { claim, className, class: storageClass } = need;
  const path = claim.path.field('storageClassName');
  if (className === '' || storageClass?.provisioning === 'static') {
    const rule = source.kind === 'PersistentVolumeClaim' ? CLONE_CLASS : CONTENT_DRIVER;
    claim.subject.report(rule, path, { expected: `a class whose driver fills the volume from ${content.title}`, found: quoted(claim.spec.storageClassName) });
  } else if (driver !== undefined && content.driver !== undefined && driver !== content.driver) {
    claim.subject.report(CONTENT_DRIVER, path, { expected: `a class of ${content.driver}, which made the content of ${content.title}`, found: `${quoted(className)}, of ${driver}` });
  }
}

function checkSizeAndMode({ need, content }: Filling): void {
  const { claim, request, volumeMode } = need;
  if (content.size !== undefined && request < content.size) {
    claim.subject.report(CONTENT_SIZE, claim.path.fields('resources', 'requests').key('storage'), {
      expected: `at least ${content.sizeText}, the size of ${content.title}`, found: quoted(claim.spec.resources?.requests?.storage),
    });
  }
  if (content.volumeMode !== undefined && content.volumeMode !== volumeMode && !content.modeMayChange) {
    claim.subject.report(CONTENT_VOLUME_MODE, claim.path.field('volumeMode'), { expected: `${content.volumeMode}, as ${content.title} has it`, found: volumeMode });
  }
}

function checkClone({ need, source, content, driver, facts }: Filling): void {
  const { claim, className, request } = need;
  if (!facts || driver !== content.driver) return;
  if (!facts.cloning) {
    claim.subject.report(CLONE_UNSUPPORTED, source.path, {
      expected: 'a driver that can clone', found: facts.provisioner, fix: `copy the data with a job, or use a driver that can: ${driversThat(({ cloning }) => cloning)}`,
    });
    return;
  }
  if (facts.cloneKeeps?.includes('size') && content.size !== undefined && request > content.size) {
    claim.subject.report(CLONE_SIZE, claim.path.fields('resources', 'requests').key('storage'), {
      expected: `${content.sizeText}: ${facts.title} clones to exactly the same size`, found: quoted(claim.spec.resources?.requests?.storage),
    });
  }
  if (facts.cloneKeeps?.includes('class') && content.className !== undefined && content.className !== className) {
    claim.subject.report(CLONE_CLASS, claim.path.field('storageClassName'), {
      expected: `${quoted(content.className)}, the class of ${content.title}: ${facts.title} clones within one`, found: quoted(className),
    });
  }
}
