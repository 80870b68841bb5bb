import { Severity } from '../../../findings/finding';
import { titleOf } from '../../bundle/bundle-view';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { infoRule, warningRule } from '../../engine/rule';
import { quoted } from '../../values/quote';
import type { StorageClass } from './model/classes';
import { dataSourceOf } from './model/data-source';
import { isProvisioned, waits, type Need } from './model/needs';
import { both, isNowhere, isOnePlace, placesOfPod } from './model/places';
import type { StorageChain } from './model/storage-chain';

const LINK = 'https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode';
const MODE = Path.ROOT.field('volumeBindingMode');

export const IMMEDIATE_ZONAL = warningRule({
  id: 'chain/immediate-zonal',
  title: 'Volumes of one zone or node are made where their pod can run',
  why: 'With Immediate, the volume is made before its pod is placed, in any zone. A pod that is tied to a zone or a pool of nodes, or that '
    + 'has two such volumes, may then fit nowhere.',
  fix: 'use a class with volumeBindingMode: WaitForFirstConsumer, or one whose allowedTopologies leave one zone',
  link: LINK,
});

export const STATIC_IMMEDIATE = warningRule({
  id: 'chain/no-provisioner-immediate',
  title: 'A class of local volumes waits for the first consumer',
  why: 'With Immediate, a claim takes any volume of the class, whatever node it is on. Its pod can then run on that node only, if it may '
    + 'run there at all.',
  fix: 'set volumeBindingMode: WaitForFirstConsumer',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#local',
});

export const NO_CONSUMER = infoRule({
  id: 'chain/claim-without-consumer',
  title: 'A claim that waits for its first consumer has one',
  why: 'Until a pod uses it, a claim of a class with WaitForFirstConsumer has no volume. What waits for it to be Bound, such as a '
    + 'snapshot, a clone or a deployment tool, waits for ever.',
  fix: 'add the pod that uses it, or do not wait for the claim to be Bound',
  link: LINK,
});

/** Holds the binding modes of classes against the claims that they serve. */
export function checkBindingModes(chain: StorageChain): void {
  for (const one of chain.classes.all) {
    checkStaticClass(chain, one);
    checkZonalClass(one);
  }
  const sources = sourcesOf(chain);
  for (const need of chain.needs.values()) {
    if (need.pods.length === 0 && need.bound.length === 0 && need.wanted > 0 && waits(need)) reportUnused(need, sources);
  }
  for (const pod of chain.bundle.pods) {
    const needs = chain.needsOf(pod);
    if (needs.some(isImmediateZonal)) checkZonal(pod, needs.filter(isImmediateZonal), chain.told);
  }
}

/** File systems over the network are reached from every node: for them the mode makes no difference. */
function checkStaticClass(chain: StorageChain, { subject, name, provisioning, waits: isWaiting }: StorageClass): void {
  if (provisioning !== 'static' || isWaiting !== false) return;
  const tied = chain.volumesOf(name).find(({ places }) => places !== undefined);
  if (!tied) return;
  subject.report(STATIC_IMMEDIATE, MODE, { expected: `WaitForFirstConsumer, because volumes such as ${tied.name} are not reached from every node`, found: 'Immediate' });
}

/** Whether its volumes are made at once, each in any of several places. */
function bindsAnywhere({ driver, waits: isWaiting, provisioning, volumePlaces }: StorageClass): boolean {
  if (!driver || isWaiting !== false || provisioning !== 'dynamic') return false;
  return driver.kind !== 'file' && driver.topologyKeys.length > 0 && !isOnePlace(volumePlaces);
}

function checkZonalClass(one: StorageClass): void {
  if (!bindsAnywhere(one)) return;
  const written: unknown = one.subject.json.volumeBindingMode;
  // a pod that may run anywhere follows its volume
  one.subject.report(IMMEDIATE_ZONAL, MODE, {
    severity: Severity.INFO,
    expected: `WaitForFirstConsumer, because volumes of ${one.driver!.title} are reached from one place only`,
    found: written === undefined ? 'none, which is Immediate' : 'Immediate',
  });
}

function isImmediateZonal(need: Need): boolean {
  const { class: storageClass, bound, volumeName } = need;
  return storageClass !== undefined && bindsAnywhere(storageClass) && isProvisioned(need) && volumeName === '' && bound.length === 0;
}

function checkZonal(pod: PodSubject, zonal: readonly Need[], told: ReadonlySet<Need>): void {
  const tied = placesOfPod(pod.spec);
  if (tied === undefined && zonal.length < 2) return;
  const why = tied ? 'may not run everywhere' : `has ${zonal.length} such volumes`;
  for (const need of zonal) {
    const { claim, class: storageClass } = need;
    // a pod that fits nowhere has its own error
    if (told.has(need) || isNowhere(both(tied, storageClass?.volumePlaces))) continue;
    const { subject, path } = claim.subject.manifest.external ? pod : claim;
    subject.report(IMMEDIATE_ZONAL, path, {
      expected: `a class that waits for the pod of ${titleOf(pod.subject.manifest)}, which ${why}`,
      found: `${quoted(storageClass?.name)}, whose volumes are bound at once, each in any zone`,
    });
  }
}

function sourcesOf({ bundle, needs }: StorageChain): ReadonlySet<unknown> {
  const sources = new Set<unknown>();
  for (const { claim } of needs.values()) {
    const source = dataSourceOf(claim);
    if (source?.kind === 'PersistentVolumeClaim') sources.add(bundle.claim(claim.namespace, source.name));
  }
  for (const { json, manifest } of bundle.all('snapshot.storage.k8s.io/VolumeSnapshot')) {
    const name: string | undefined = json.spec?.source?.persistentVolumeClaimName;
    if (name !== undefined) sources.add(bundle.claim(manifest.namespace, name));
  }
  return sources;
}

function reportUnused({ claim, class: storageClass }: Need, sources: ReadonlySet<unknown>): void {
  const copied = sources.has(claim);
  claim.subject.report(NO_CONSUMER, claim.path.field('storageClassName'), {
    expected: copied ? 'a pod that uses the claim: a copy of it waits until then' : 'a pod that uses the claim',
    found: `none, and ${quoted(storageClass?.name)} waits for one`,
    severity: copied ? Severity.WARNING : Severity.INFO,
  });
}
