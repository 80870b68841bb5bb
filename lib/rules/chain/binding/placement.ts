import { titleOf } from '../../bundle/bundle-view';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { quoted } from '../../values/quote';
import { keepsApart } from '../usage/placement';
import { isProvisioned, waits, type Need } from './model/needs';
import { besidesNodeOf, both, either, isNowhere, meet, type Places, placesOfPod, placesText } from './model/places';
import type { StorageChain } from './model/storage-chain';
import type { Volume } from './model/volumes';
import { noFit, NO_VOLUME, ofClass, TOO_FEW_VOLUMES, tooFew } from './static-volumes';

export const TOPOLOGY = errorRule({
  id: 'chain/topology',
  title: 'A pod may run where its volumes are',
  why: 'A volume of one zone or node can be mounted only there. A pod that must be elsewhere, or that has two volumes in two places, is '
    + 'never placed.',
  fix: 'let the pod and its volumes be in one place: nodeSelector and node affinity of the pod, nodeAffinity of the volume, allowedTopologies of the class',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#allowed-topologies',
});

export const NODE_NAME = errorRule({
  id: 'chain/node-name',
  title: 'A pod with a claim that waits for its first consumer has no nodeName',
  why: 'The scheduler decides on the volume when it places the pod. With nodeName it never sees the pod, and the claim stays Pending.',
  fix: 'use nodeSelector with kubernetes.io/hostname in place of nodeName',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode',
});

/** Pods of one claim that its volumes are held against. */
const MOST_COMPARED = 32;
const NONE: readonly never[] = [];

/** What one pod has, while volumes are found for it. */
interface Placing {
  readonly pod: PodSubject;
  /** Where the pod, and what it has already, can be. */
  readonly places: Places;
}

/** Reports claims that wait for a scheduler which never sees their pods. */
export function checkNodeNames(chain: StorageChain): void {
  for (const need of chain.needs.values()) {
    const { claim, pods, bound, wanted, class: storageClass } = need;
    if (pods.length === 0 || !waits(need) || bound.length >= wanted || chain.told.has(need)) continue;
    if (pods.some(({ spec }) => spec.nodeName === undefined || spec.nodeName === '')) continue;
    chain.told.add(need);
    const [pod] = pods;
    const made = claim.subject === pod.subject;
    const external = claim.subject.manifest.external;
    const detail = {
      expected: `a pod that the scheduler places: ${quoted(storageClass?.name)} waits for it`,
      found: `${made || external ? '' : `${titleOf(pod.subject.manifest)} with `}nodeName ${quoted(pod.spec.nodeName)}`,
    };
    if (made || external) pod.subject.report(NODE_NAME, pod.path.field('nodeName'), detail);
    else claim.subject.report(NODE_NAME, claim.path.field('storageClassName'), detail);
  }
}

/** Holds every pod against the places of its volumes, and binds the claims that wait for it. */
export function placePods(chain: StorageChain): void {
  for (const pod of chain.bundle.pods) {
    const needs = chain.needsOf(pod);
    const { nodeSelector, affinity } = pod.spec;
    if (needs.length > 0 || (nodeSelector !== undefined && affinity !== undefined)) placePod(chain, pod, needs);
  }
}

function placePod(chain: StorageChain, pod: PodSubject, needs: readonly Need[]): void {
  let places = placesOfPod(pod.spec);
  if (isNowhere(places)) {
    pod.subject.report(TOPOLOGY, pod.path, { expected: 'a node that can answer both nodeSelector and the required node affinity', found: 'none that ever could' });
    return;
  }
  for (const need of needs) {
    const of = placesOf(chain, need);
    const rest = both(places, of);
    if (isNowhere(rest)) {
      if (isSure(chain, need, places)) reportElsewhere(chain, pod, need, places, of);
      return;
    }
    places = rest;
  }
  if (pod.spec.nodeName !== undefined) return;
  const waiting = needs.filter(need => waits(need) && need.class?.provisioning === 'static' && need.bound.length < need.wanted && !chain.told.has(need));
  if (waiting.length > 0) bindForPod(chain, { pod, places }, waiting);
}

/** Where the volume of a claim is or will be; undefined for anywhere. */
function placesOf(chain: StorageChain, need: Need): Places {
  if (need.bound.length > 0) {
    const [first] = need.bound;
    return need.bound.length === 1 ? first.boundPlaces : need.bound.reduce<Places>((all, { boundPlaces }) => either(all, boundPlaces), []);
  }
  const storageClass = need.class;
  if (!storageClass || !isProvisioned(need) || need.volumeName !== '') return undefined;
  const made = waits(need) ? storageClass.places : storageClass.volumePlaces;
  if (made === undefined || !waits(need)) return made;
  // a volume made by hand goes before one that would be made
  let all: Places = made;
  for (const volume of chain.pool.smallest(need, undefined)) all = either(all, volume.places);
  return all;
}

/** Volumes that were chosen for a claim might have been others, which all of its pods reach. */
function isSure(chain: StorageChain, need: Need, places: Places): boolean {
  if (need.prebound || need.bound.length === 0) return true;
  const { pods, bound: [{ capacity }] } = need;
  const others = pods.length > MOST_COMPARED ? NONE : pods.map(({ spec }) => placesOfPod(spec));
  for (const volume of chain.pool.smallest(need, places)) {
    if (volume.capacity === capacity && others.every(other => meet(volume.places, other))) return false;
  }
  return true;
}

function reportElsewhere(chain: StorageChain, pod: PodSubject, need: Need, places: Places, of: Places): void {
  const { bound, class: storageClass, prebound } = need;
  const where = bound.length > 0 ? `the PersistentVolume ${bound[0].name}` : `volumes of class ${quoted(storageClass?.name)}`;
  const detail = {
    expected: `a place for the pod and for ${where}, at ${placesText(of)}`,
    found: `${nameOf(pod)} at ${placesText(places)}`,
  };
  const path = pathOf(chain, pod, need);
  // of volumes outside the bundle another one may be chosen
  if (prebound || bound.length === 0) pod.subject.report(TOPOLOGY, path, detail);
  else pod.subject.unresolved(TOPOLOGY, path, detail);
}

function nameOf({ kind }: PodSubject): string {
  return kind === 'Pod' ? 'the pod, with its other volumes,' : `the pods of the ${kind}, with their other volumes,`;
}

/** Where the pod names the claim; the claim's own path where it is made for the pod. */
function pathOf({ bundle }: StorageChain, pod: PodSubject, need: Need): Path {
  const use = bundle.claimUses(pod).find(({ claimName }) => bundle.claim(pod.subject.manifest.namespace, claimName) === need.claim);
  if (use) return use.path;
  return need.claim.subject === pod.subject ? need.claim.path : pod.path;
}

/** Finds volumes for one pod after the other, as the scheduler does: all claims of a pod on one node. */
function bindForPod(chain: StorageChain, placing: Placing, waiting: readonly Need[]): void {
  const { pod, places } = placing;
  const copies = Math.max(1, ...waiting.map(({ wanted }) => wanted));
  const apart = copies > 1 && keepsApart(pod);
  let rest = places;
  for (let copy = 0; copy < copies; copy++) {
    const open = waiting.filter(({ bound, wanted }) => bound.length < wanted);
    if (open.length === 0) return;
    const found = together(chain, open, rest, []);
    if (!found) {
      if (!chain.pool.exhausted) reportUnplaced(chain, placing, open);
      return;
    }
    open.forEach((need, i) => {
      chain.take(found[i], need);
      // what the pods share holds the next one as well
      if (need.wanted === 1 && pod.copies !== 1) rest = both(rest, found[i].places);
      else if (apart) rest = both(rest, besidesNodeOf(found[i].places));
    });
  }
}

/** A volume for each of the needs, from `at` on, that can all be reached from one node. */
function together(chain: StorageChain, needs: readonly Need[], places: Places, chosen: readonly Volume[]): readonly Volume[] | undefined {
  const need = needs[chosen.length];
  if (!need) return chosen;
  for (const volume of chain.pool.smallest(need, places)) {
    if (chosen.includes(volume)) continue;
    const found = together(chain, needs, both(places, volume.places), [...chosen, volume]);
    if (found) return found;
  }
  return undefined;
}

function reportUnplaced(chain: StorageChain, { pod, places }: Placing, open: readonly Need[]): void {
  for (const need of open) chain.told.add(need);
  const few = open.find(({ bound }) => bound.length > 0);
  if (few) {
    pod.subject.unresolved(TOO_FEW_VOLUMES, pathOf(chain, pod, few), tooFew(few, few.wanted));
    return;
  }
  const without = open.find(need => isNone(chain.pool.smallest(need, undefined)));
  if (without) {
    pod.subject.unresolved(NO_VOLUME, pathOf(chain, pod, without), {
      expected: `a free PersistentVolume ${ofClass(without.className ?? '')} that fits the claim ${quoted(without.claim.name)}`, found: noFit(chain, without),
    });
    return;
  }
  const [need] = open.filter(one => isNone(chain.pool.smallest(one, places))).concat(open);
  const [near] = chain.pool.smallest(need, undefined);
  pod.subject.unresolved(TOPOLOGY, pathOf(chain, pod, need), {
    expected: `a free PersistentVolume ${ofClass(need.className ?? '')} where the pod may run, at ${placesText(places)}`,
    found: near && !meet(near.places, places) ? `${near.name} at ${placesText(near.places)}` : 'no node that has one for each of its claims',
  });
}

function isNone(volumes: Generator<Volume>): boolean {
  return volumes.next().done === true;
}
