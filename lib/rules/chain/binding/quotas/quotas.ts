import { Severity } from '../../../../findings/finding';
import type { Claim } from '../../../bundle/claims';
import type { Json, Manifest } from '../../../engine/manifest';
import { Path } from '../../../engine/path';
import type { PodSubject } from '../../../engine/pods';
import { errorRule, type Rule } from '../../../engine/rule';
import type { Subject } from '../../../engine/subject';
import { quoted } from '../../../values/quote';
import type { Need } from '../model/needs';
import type { StorageChain } from '../model/storage-chain';
import { add, type Amounts, amountsOf, byNamespace, makesPods, type PodResources, resourcesOf } from './pod-resources';
import { countsClaim, countsPod } from './quota-scopes';

const DOCS = 'https://kubernetes.io/docs/concepts/policy/resource-quotas/';
const NONE: readonly never[] = [];
const SPEC = Path.ROOT.field('spec');
const OF_CLASS = '.storageclass.storage.k8s.io/';
/** Resources of which every container must say how much it needs, where a quota counts them: by field and name. */
const DEMANDED: ReadonlyMap<string, readonly ['requests' | 'limits', string]> = new Map([
  ['cpu', ['requests', 'cpu']], ['requests.cpu', ['requests', 'cpu']], ['limits.cpu', ['limits', 'cpu']],
  ['memory', ['requests', 'memory']], ['requests.memory', ['requests', 'memory']], ['limits.memory', ['limits', 'memory']],
]);
/** Pods of these come to an end, and make room for those that wait. */
const ENDING: ReadonlySet<string> = new Set(['Job', 'CronJob', 'JobSet', 'MPIJob', 'PyTorchJob']);
const COUNT_PATHS: ReadonlyMap<string, Path> = new Map([
  ...['StatefulSet', 'Deployment', 'ReplicaSet', 'ReplicationController', 'LeaderWorkerSet'].map((kind): [string, Path] => [kind, SPEC.field('replicas')]),
  ['Job', SPEC.field('parallelism')],
]);

export const QUOTA_STORAGE = errorRule({
  id: 'chain/quota-storage',
  title: 'The claims of a namespace are within its ResourceQuota',
  why: 'The API server refuses every claim that goes beyond the quota. A StatefulSet then stays without the pods whose claims are missing.',
  fix: 'ask for less, run fewer replicas, or raise the quota',
  link: `${DOCS}#storage-resource-quota`,
});

export const QUOTA_PODS = errorRule({
  id: 'chain/quota-pods',
  title: 'The pods of a namespace are within its ResourceQuota',
  why: 'The API server refuses every pod that goes beyond the quota: distributed training waits for ever for the ranks that are missing.',
  fix: 'run fewer pods, ask for less, or raise the quota',
  link: `${DOCS}#compute-resource-quota`,
});

export const QUOTA_DEMANDS = errorRule({
  id: 'chain/quota-demands-resources',
  title: 'Containers say what they need of resources that a ResourceQuota counts',
  why: 'Where a quota counts cpu or memory, the API server refuses every pod with a container that does not say how much of it it asks for.',
  fix: 'set the resource in every container, or add a LimitRange with a default',
  link: `${DOCS}#compute-resource-quota`,
});

/** A quota, and how much of it is used up. */
interface Account {
  readonly quota: Json;
  readonly hard: Amounts;
  /** By what stays. */
  readonly used: Amounts;
  /** By what comes to an end. */
  readonly lent: Amounts;
}

/** Things of one kind that are charged one by one, until there is no room. */
interface Charge {
  readonly rule: Rule;
  readonly subject: Subject;
  /** Of one. */
  readonly usage: Amounts;
  readonly copies: number;
  /** Where the number of them stands. */
  readonly countPath: Path;
  /** Where a single one is too much. */
  readonly onePath: (resource: string) => Path;
  /** It waits for room that others leave. */
  readonly ends: boolean;
  readonly counts: (quota: Json) => boolean;
}

/** Holds the claims and pods of every namespace against its quotas, in the order in which they are made. */
export function checkQuotas(chain: StorageChain): void {
  const { bundle } = chain;
  const quotas = byNamespace(bundle, 'ResourceQuota');
  if (quotas.size === 0) return;
  const accounts = new Map<string, Account[]>();
  for (const [namespace, ofNamespace] of quotas) accounts.set(namespace, ofNamespace.map(accountOf));
  const ranges = byNamespace(bundle, 'LimitRange');
  const claimsOf = byManifest(bundle.claims);
  const podsOf = byManifest(bundle.pods);
  const late: [Charge, readonly Account[]][] = [];
  // what is there already was charged before
  const manifests = bundle.subjects.map(({ manifest }) => manifest);
  for (const manifest of [...manifests.filter(({ external }) => external), ...manifests.filter(({ external }) => !external)]) {
    const ofNamespace = accounts.get(manifest.namespace);
    if (!ofNamespace) continue;
    for (const claim of claimsOf.get(manifest) ?? NONE) {
      if (claim.madeFor === undefined || makesPods(claim.madeFor)) charge(claimCharge(claim, chain.needs.get(claim)), ofNamespace);
    }
    for (const pod of podsOf.get(manifest) ?? NONE) {
      if (!makesPods(pod)) continue;
      const resources = resourcesOf(pod, ranges.get(manifest.namespace) ?? NONE);
      checkDemands(pod, resources, ofNamespace);
      const one = podCharge(pod, resources);
      if (one.ends) late.push([one, ofNamespace]); else charge(one, ofNamespace);
    }
  }
  for (const [one, ofNamespace] of late) charge(one, ofNamespace);
}

function accountOf(quota: Json): Account {
  const { spec, status } = quota;
  return { quota, hard: amountsOf(spec?.hard), used: amountsOf(status?.used), lent: new Map() };
}

/** Pods of templates report to a subject of their own: the manifest is what they have in common. */
function byManifest<T extends { readonly subject: Subject }>(all: readonly T[]): ReadonlyMap<Manifest, readonly T[]> {
  const groups = new Map<Manifest, T[]>();
  for (const one of all) {
    const known = groups.get(one.subject.manifest);
    if (known) known.push(one); else groups.set(one.subject.manifest, [one]);
  }
  return groups;
}

function claimCharge(claim: Claim, need: Need | undefined): Charge {
  const { subject, spec, path, origin, madeFor } = claim;
  const storage = Math.ceil(amountsOf(spec.resources?.requests).get('storage') ?? 0);
  const usage: Amounts = new Map([['persistentvolumeclaims', 1], ['count/persistentvolumeclaims', 1], ['requests.storage', storage]]);
  const className: string | undefined = need ? need.className : spec.storageClassName;
  if (className !== undefined && className !== '') {
    usage.set(`${className}${OF_CLASS}persistentvolumeclaims`, 1);
    usage.set(`${className}${OF_CLASS}requests.storage`, storage);
  }
  return {
    rule: QUOTA_STORAGE, subject, usage,
    copies: origin === 'ephemeral' ? claim.copies ?? 1 : need?.wanted ?? claim.copies ?? 1,
    countPath: madeFor ? COUNT_PATHS.get(madeFor.kind) ?? path : path,
    onePath: resource => resource.endsWith('requests.storage') ? path.fields('resources', 'requests').key('storage') : path,
    ends: madeFor !== undefined && ENDING.has(madeFor.kind),
    counts: quota => countsClaim(quota, claim),
  };
}

function podCharge(pod: PodSubject, resources: PodResources): Charge {
  const { subject, kind, copies, controller, path } = pod;
  return {
    rule: QUOTA_PODS, subject,
    usage: usageOf(resources),
    copies: controller.suspend === true && kind !== 'CronJob' ? 1 : copies ?? 1,
    countPath: COUNT_PATHS.get(kind) ?? path,
    onePath: () => path.field('containers'),
    ends: ENDING.has(kind),
    counts: quota => countsPod(quota, pod, resources),
  };
}

/** What one pod is charged. */
function usageOf({ requests, limits }: PodResources): Amounts {
  const usage: Amounts = new Map([['pods', 1], ['count/pods', 1]]);
  for (const [name, amount] of requests) {
    const isNative = name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || name.startsWith('hugepages-');
    if (isNative) usage.set(name, amount);
    usage.set(`requests.${name}`, amount);
  }
  for (const [name, amount] of limits) usage.set(`limits.${name}`, amount);
  return usage;
}

/** Charges as many as there is room for, and reports the first resource that the rest goes beyond. */
function charge(one: Charge, accounts: readonly Account[]): void {
  const counting = accounts.filter(({ quota }) => one.counts(quota));
  let copies = one.copies;
  for (const account of counting) copies = Math.min(copies, roomIn(account, one));
  for (const { used, lent } of counting) {
    for (const [resource, each] of one.usage) if (each > 0) add(one.ends ? lent : used, resource, each * copies);
  }
}

/** What stays leaves no room, ever; what comes to an end leaves it to the next. */
function roomIn(account: Account, one: Charge): number {
  for (const [resource, hard] of account.hard) {
    const each = one.usage.get(resource) ?? 0;
    if (each <= 0) continue;
    const used = account.used.get(resource) ?? 0;
    const room = Math.max(0, Math.floor((hard - used) / each));
    const lent = one.ends ? account.lent.get(resource) ?? 0 : 0;
    if (room < one.copies) reportExceeded(one, account, resource, each, used, Severity.ERROR);
    else if (used + lent + each * one.copies > hard) reportExceeded(one, account, resource, each, used + lent, Severity.WARNING);
    else continue;
    return room;
  }
  return one.copies;
}

function reportExceeded(
  { rule, subject, copies, countPath, onePath }: Charge, { quota, hard }: Account, resource: string, each: number, used: number,
  severity: Severity,
): void {
  const asked = copies === 1 ? amountText(each) : `${copies} times ${amountText(each)}`;
  subject.report(rule, each > (hard.get(resource) ?? 0) || copies === 1 ? onePath(resource) : countPath, {
    expected: `at most ${quota.spec?.hard?.[resource]} of ${resource}, as the ResourceQuota ${quoted(quota.metadata?.name)} has it`,
    found: used === 0 ? asked : `${asked}, with ${amountText(used)} used by others`,
    severity,
  });
}

/** Reports containers that leave out what a quota counts. */
function checkDemands(pod: PodSubject, resources: PodResources, accounts: readonly Account[]): void {
  if (resources.ofItself) return;
  const told = new Set<string>();
  for (const { quota, hard } of accounts) {
    if (!countsPod(quota, pod, resources)) continue;
    for (const name of hard.keys()) {
      const [kind, resource] = DEMANDED.get(name) ?? [];
      if (kind === undefined || resource === undefined || told.has(`${kind} ${resource}`)) continue;
      told.add(`${kind} ${resource}`);
      for (const container of resources.containers) {
        if (container[kind].has(resource)) continue;
        pod.subject.report(QUOTA_DEMANDS, pod.path.field(container.field).index(container.index).fields('resources', kind).key(resource), {
          expected: `an amount, for the ResourceQuota ${quoted(quota.metadata?.name)} counts ${name}`, found: 'none',
        });
      }
    }
  }
}

/** Bytes read better with a suffix; small numbers are counts. */
function amountText(amount: number): string {
  for (const [suffix, unit] of [['Ti', 2 ** 40], ['Gi', 2 ** 30], ['Mi', 2 ** 20]] as const) {
    if (amount >= unit && amount % (unit / 1024) === 0) return `${Number((amount / unit).toFixed(3))}${suffix}`;
  }
  return String(amount);
}
