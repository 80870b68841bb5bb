import { Severity } from '../../../findings/finding';
import { titleOf, type BundleView } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule, type Detail } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import { dialsOf } from './dials';
import { meansController } from './label-index';
import { CONFIG_MAP, JOB, JOB_SET, madeBy, MAKERS, partsOf, POD, SECRET, SERVICE, STATEFUL_SET, type Made } from './makes';

export const NAME_TAKEN = errorRule({
  id: 'chain/derived-name',
  title: 'A name that a controller gives is nobody else\'s',
  why: 'A StatefulSet cannot make the pod train-0 where there is one already, and a TrainJob no JobSet train: the controller tries for ever, '
    + 'or takes what is another\'s for its own. Two StatefulSets whose claims have the same names share them.',
  fix: 'give one of the two another name',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-identity',
});

export const NAME = Path.ROOT.fields('metadata', 'name');

/** What is made of others comes first: one finding for two objects is enough, and names the cause. */
const TYPES = [JOB_SET, STATEFUL_SET, JOB, SERVICE, POD, CONFIG_MAP, SECRET];
const LEADER = 'LWS_LEADER_ADDRESS';

/** Pairs that were told of. */
class Told {
  private readonly pairs = new Set<string>();

  public add(a: Subject, b: Subject): boolean {
    const pair = `${Math.min(a.index, b.index)} ${Math.max(a.index, b.index)}`;
    if (this.pairs.has(pair)) return false;
    this.pairs.add(pair);
    return true;
  }
}

/** Judges the names of what controllers make against those of the bundle, and against each other. */
export function checkMadeNames(view: BundleView): void {
  const made = new Map<string, Made[]>(TYPES.map(type => [type, []]));
  for (const type of MAKERS) {
    for (const owner of view.all(type)) {
      // the same object once more is told elsewhere, and what another controller has made is its own
      if (view.find(type, owner.manifest.namespace, owner.manifest.name) !== owner || isOwned(owner)) continue;
      for (const one of madeBy(owner, view)) {
        if (one.takes && isThere(view, one)) checkTaken(view, one, one.takes.labels);
        else made.get(one.type)!.push(one);
      }
    }
  }
  const told = new Told();
  const indices = TYPES.map(type => new MadeIndex(made.get(type)!));
  TYPES.forEach((type, i) => checkObjects(view, type, indices[i], told));
  for (const { rivals } of indices) {
    for (const [one, other] of rivals) if (told.add(one.owner, other.owner)) reportRival(one, other);
  }
}

/** Of one type. */
class MadeIndex {
  /** Names that two controllers give, with the one that was first. */
  public readonly rivals: (readonly [Made, Made])[] = [];
  private readonly byStem = new Map<string, Made[]>();

  constructor(all: readonly Made[]) {
    for (const one of all) this.add(one);
  }

  public get isEmpty(): boolean {
    return this.byStem.size === 0;
  }

  public find(namespace: string, parts: Pick<Made, 'stem' | 'from' | 'to'>): Made | undefined {
    return this.byStem.get(`${namespace} ${parts.stem}`)?.find(one => overlap(one, parts));
  }

  private add(one: Made): void {
    const { namespace } = one.owner.manifest;
    const first = this.find(namespace, one);
    if (first) {
      if (first.owner !== one.owner) this.rivals.push([one, first]);
      return;
    }
    const key = `${namespace} ${one.stem}`;
    const others = this.byStem.get(key);
    if (others) others.push(one); else this.byStem.set(key, [one]);
  }
}

function overlap(a: Pick<Made, 'from' | 'to'>, b: Pick<Made, 'from' | 'to'>): boolean {
  return Math.max(a.from, b.from) < Math.min(a.to, b.to);
}

function isOwned({ json }: Subject): boolean {
  const owners: unknown = json.metadata?.ownerReferences;
  return Array.isArray(owners) && owners.some((owner: Json | null) => owner?.controller === true);
}

function checkObjects(view: BundleView, type: string, index: MadeIndex, told: Told): void {
  if (index.isEmpty) return;
  for (const subject of view.all(type)) {
    const { namespace, name, external, kind } = subject.manifest;
    if (external || name === '' || isOwned(subject)) continue;
    const one = index.find(namespace, partsOf(name));
    if (!one || one.owner === subject || !told.add(one.owner, subject)) continue;
    one.owner.report(NAME_TAKEN, NAME, {
      expected: `${pluralOf(type)} of ${titleOf(one.owner.manifest)} to be the only ones of their names`, found: `${kind} ${name} of its own`,
    });
  }
}

function reportRival(one: Made, other: Made): void {
  const index = Math.max(one.from, other.from);
  const name = index < 0 ? one.stem : `${one.stem}-${index}`;
  one.owner.report(NAME_TAKEN, NAME, {
    severity: one.takes && other.takes ? severityOf(one.owner, name) : undefined,
    expected: `${kindOf(one.type)} ${name} to be of ${titleOf(one.owner.manifest)} alone`,
    found: `${titleOf(other.owner.manifest)}, whose controller makes one of the same name`,
  });
}

function isThere(view: BundleView, one: Made): boolean {
  const { namespace } = one.owner.manifest;
  if (one.from < 0) return view.find(one.type, namespace, one.stem) !== undefined;
  for (let i = one.from; i < one.to; i++) if (view.find(one.type, namespace, `${one.stem}-${i}`)) return true;
  return false;
}

/** A Service that stands in for the controller's own, which then makes none, has to give the pods their names. */
function checkTaken(view: BundleView, { owner, type, stem, from, to }: Made, labels: readonly Json[] | undefined): void {
  const { namespace } = owner.manifest;
  const names = from < 0 ? [stem] : Array.from({ length: to - from }, (_, i) => `${stem}-${from + i}`);
  for (const name of names) {
    const service = view.find(type, namespace, name);
    if (!service || service.manifest.external || isOwned(service)) continue;
    const wrong = wrongWith(service.json.spec ?? {}, labels);
    if (wrong === undefined) continue;
    const detail: Detail = {
      severity: severityOf(owner, name),
      expected: `a headless Service ${name} that selects the pods of ${titleOf(owner.manifest)}, whose controller makes none where there is one`,
      found: `Service ${name} ${wrong}`,
      fix: owner.manifest.kind === 'JobSet' ? 'give one of the two another name, or the JobSet a network.subdomain of its own' : undefined,
    };
    // a runtime that is not in the bundle may give its pods any labels
    if (labels === undefined && service.json.spec?.clusterIP === 'None') owner.unresolved(NAME_TAKEN, NAME, detail);
    else owner.report(NAME_TAKEN, NAME, detail);
    return;
  }
}

function wrongWith({ clusterIP, selector }: Json, labels: readonly Json[] | undefined): string | undefined {
  if (clusterIP !== 'None') return 'with an address of its own';
  if (selector === undefined) return undefined;
  const keys = Object.keys(selector as Json);
  const candidates: readonly Json[] = labels ?? [{}];
  // labels that only the controller knows
  const known = keys.filter(key => !meansController({ matchLabels: { [key]: '' } }) || candidates.some(own => key in own));
  return candidates.some(own => known.every(key => own[key] === selector[key])) ? undefined : `with selector ${quoted(selector)}`;
}

/** Pods that nobody asks for by name are not missed. */
function severityOf({ manifest, pods, json }: Subject, service: string): Severity | undefined {
  if (manifest.kind === 'TrainJob') return undefined;
  const asks = pods.some(pod => dialsOf(pod, service) !== undefined)
    || (manifest.kind === 'LeaderWorkerSet' && JSON.stringify(json.spec ?? {}).includes(LEADER));
  return asks ? undefined : Severity.WARNING;
}

function kindOf(type: string): string {
  return type.slice(type.indexOf('/') + 1);
}

function pluralOf(type: string): string {
  if (type === POD) return 'pods';
  if (type === JOB) return 'jobs';
  return `${kindOf(type)}s`;
}
