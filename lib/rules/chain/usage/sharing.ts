import { Severity } from '../../../findings/finding';
import { titleOf } from '../../bundle/bundle-view';
import type { PodSubject } from '../../engine/pods';
import { errorRule, warningRule, type Rule } from '../../engine/rule';
import { modesOf, type HeldClaim, type Holder, type Reach } from './holders';
import { areOrdered, isFinite } from './order';
import { isDrawn, keepsApart, nodeOf } from './placement';

const MODES_DOCS = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes';

export const ONE_POD_CLAIM = errorRule({
  id: 'chain/one-pod-claim',
  title: 'A ReadWriteOncePod claim is used by one pod',
  why: 'The scheduler places one pod. Every other one waits until that pod is gone.',
  fix: 'use a claim for each pod (`volumeClaimTemplates`), or one with ReadWriteMany or ReadOnlyMany of a driver that gives it',
  link: MODES_DOCS,
});
export const ONE_NODE_CLAIM = warningRule({
  id: 'chain/one-node-claim',
  title: 'A ReadWriteOnce claim is used on one node',
  why: 'A disk is attached to one node. Pods that the scheduler places on other nodes wait in ContainerCreating (Multi-Attach error) '
    + 'as long as the first one runs.',
  fix: 'use a claim for each pod (`volumeClaimTemplates`), one with ReadWriteMany or ReadOnlyMany of a driver that gives it, or keep the '
    + 'pods on one node by pod affinity',
  link: MODES_DOCS,
});

export const SHARING_RULES: readonly Rule[] = [ONE_POD_CLAIM, ONE_NODE_CLAIM];

/** Others that one holder is held against: more would not change what there is to do. */
const COMPARED = 32;

/** Judges the pods of one claim against its access mode. */
export function checkSharing({ claim, name, holders }: HeldClaim, reach: () => Reach): void {
  if (holders.length < 2 && holders.every(({ copies }) => copies === 1)) return;
  const modes = modesOf(claim);
  const distinct = holders.length < 2 ? holders : distinctOf(holders);
  if (modes.includes('ReadWriteOncePod')) checkOnePod(name, distinct);
  else if (modes.includes('ReadWriteOnce') && !modes.some(mode => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany')) {
    const how = reach();
    // nothing holds a second node back where volumes come over the network
    if (how !== 'file' && how !== 'object') checkOneNode(name, distinct, how === 'local');
  }
}

/** Each pod once, however many of its volumes are the claim. */
function distinctOf(holders: readonly Holder[]): readonly Holder[] {
  const byPod = new Map(holders.map(holder => [holder.pod, holder]));
  return byPod.size === holders.length ? holders : [...byPod.values()];
}

function checkOnePod(claim: string, holders: readonly Holder[]): void {
  for (const holder of holders) {
    const { pod, copies } = holder;
    if (copies === undefined ? nodeOf(pod) === undefined : copies > 1) {
      report(ONE_POD_CLAIM, holder, `one pod: claim ${claim} is ReadWriteOncePod`, `${manyOf(holder)} of ${titleOf(pod.subject.manifest)}`);
      continue;
    }
    const other = otherOf(holder, holders);
    if (!other) continue;
    const mayFollow = isRepeated(pod, other.pod);
    report(ONE_POD_CLAIM, holder, `one pod: claim ${claim} is ReadWriteOncePod`, usesToo(holder, other), mayFollow ? Severity.WARNING : undefined);
  }
}

/** Runs of a CronJob and of something that ends get their turn one after the other. */
function isRepeated(a: PodSubject, b: PodSubject): boolean {
  return (a.kind === 'CronJob' && isFinite(b)) || (b.kind === 'CronJob' && isFinite(a));
}

function checkOneNode(claim: string, holders: readonly Holder[], isLocal: boolean): void {
  const expected = `pods of one node: claim ${claim} is ReadWriteOnce`;
  for (let i = 0; i < holders.length; i++) {
    const holder = holders[i];
    const { pod, copies } = holder;
    if ((copies === undefined || copies > 1) && nodeOf(pod) === undefined && !isDrawn(pod)) {
      const isCertain = copies === undefined || keepsApart(pod);
      // pods follow a disk of a node there, where they may
      if (isLocal && !isCertain) continue;
      report(ONE_NODE_CLAIM, holder, expected, `${manyOf(holder)} of ${titleOf(pod.subject.manifest)}`, isCertain ? Severity.ERROR : undefined);
      continue;
    }
    if (isLocal) continue;
    const other = i === 0 ? undefined : otherOf(holder, holders.slice(0, Math.min(i, COMPARED)), areTogether);
    if (!other) continue;
    const isCertain = nodeOf(pod) !== undefined && nodeOf(other.pod) !== undefined;
    report(ONE_NODE_CLAIM, holder, expected, usesToo(holder, other), isCertain ? Severity.ERROR : undefined);
  }
}

function areTogether(a: PodSubject, b: PodSubject): boolean {
  const node = nodeOf(a);
  return isDrawn(a) || isDrawn(b) || (node !== undefined && node === nodeOf(b));
}

/** Another holder at the same time. */
function otherOf(holder: Holder, others: readonly Holder[], unless?: (a: PodSubject, b: PodSubject) => boolean): Holder | undefined {
  for (let i = 0; i < others.length && i <= COMPARED; i++) {
    const other = others[i];
    if (other.pod !== holder.pod && !areOrdered(holder.pod, other.pod) && !unless?.(holder.pod, other.pod)) return other;
  }
  return undefined;
}

function manyOf({ copies }: Holder): string {
  return copies === undefined ? 'one pod on each node' : `${copies} pods`;
}

function usesToo(holder: Holder, other: Holder): string {
  const mine = holder.pod.subject.manifest;
  const others = other.pod.subject.manifest;
  return mine === others ? `${holder.pod.role} and ${other.pod.role} of ${titleOf(mine)} at once` : `${titleOf(others)}, which uses it too`;
}

function report(rule: Rule, holder: Holder, expected: string, found: string, severity?: Severity): void {
  holder.pod.subject.report(rule, holder.path, { expected, found, severity });
}
