import { Severity } from '../../findings/finding';
import type { BundleView } from '../bundle/bundle-view';
import type { Path } from '../engine/path';
import { errorRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { addressOf, firstHostOf, hostIn, HostNames, isHostOf, isOwnHost, serviceOf, type Host } from './hosts';
import { launchFlag } from './launcher';
import { groupSize, groupsOf, LWS } from './lws';
import { commandPath, envOf, factsOf, pathOf, type ContainerFacts, type PodFacts } from './pod-facts';

const DNS_DOCS = 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-hostname-and-subdomain-fields';

export const WORLD_SIZE = errorRule({
  id: 'train/world-size',
  title: 'The group is as large as the pods that there are',
  why: 'Processes wait at the rendezvous until as many have come as they were told. With fewer pods they wait until it times out, and pods beyond the number find no place.',
  fix: 'make the number of nodes that of the pods',
  link: 'https://docs.pytorch.org/docs/stable/elastic/run.html',
});

export const MASTER_ADDRESS = errorRule({
  id: 'train/master-address',
  title: 'The address of rank 0 is that of a pod',
  why: 'A pod has the name <pod>.<service> in DNS, by the Service that its StatefulSet or its subdomain names. Any other name is not resolved, and the rendezvous never begins.',
  fix: 'write <set>-0.<serviceName> for a StatefulSet, <job>-0.<subdomain> for an Indexed Job, $(LWS_LEADER_ADDRESS) for a LeaderWorkerSet',
  link: DNS_DOCS,
});

/** A pod that meets others at an address. */
interface Member {
  readonly facts: PodFacts;
  readonly container: ContainerFacts;
  readonly address: { readonly text: string; readonly path: () => Path } | undefined;
}

/** Holds the numbers and the addresses of a rendezvous against the pods of the bundle. */
export function checkGroups(view: BundleView): void {
  const names = new HostNames(view);
  const meeting = new Map<string, Member[]>();
  for (const pod of view.pods) {
    const facts = factsOf(pod);
    const container = facts.trainer;
    if (!container || facts.isWired) continue;
    const member: Member = { facts, container, address: addressOf(facts, container) };
    if (!member.address || pod.kind === LWS) {
      const size = groupSize(pod);
      if (size !== undefined && (groupsOf(pod) === 1 || countsInGroup(container))) checkSize(member, size);
    }
    if (!member.address) continue;
    if (pod.kind === LWS) {
      checkGroupAddress(view, member, names);
      continue;
    }
    if (!isOwnHost(pod, member.address.text)) checkAddress(view, facts, member.address.text, member.address.path, names);
    const others = meeting.get(member.address.text);
    if (others) others.push(member); else meeting.set(member.address.text, [member]);
  }
  for (const members of meeting.values()) checkSizes(members);
}

/** All groups of a LeaderWorkerSet are told the same text: only what the controller fills in is another one in each. */
function checkGroupAddress(view: BundleView, { facts, container, address }: Member, names: HostNames): void {
  const { pod } = facts;
  const { text, path } = address!;
  const groups = groupsOf(pod);
  const host = groups > 1 && countsInGroup(container) ? hostIn(text, pod) : undefined;
  if (host?.pod !== undefined && isHostOf(pod, host.pod)) {
    pod.subject.report(MASTER_ADDRESS, path(), {
      expected: `the leader of each of ${groups} groups`, found: `${quoted(text)}, which is a pod of one of them`,
      fix: 'write $(LWS_LEADER_ADDRESS), which the controller sets',
    });
  } else if (!isOwnHost(pod, text)) {
    checkAddress(view, facts, text, path, names);
  }
}

/** Whether processes are told of their group, and not of the pods of all groups. */
function countsInGroup({ json }: ContainerFacts): boolean {
  const text = JSON.stringify([json.env, json.command, json.args]);
  return /worker-index|LWS_(WORKER_INDEX|LEADER_ADDRESS)/.test(text) && !/(group|pod)-index|LWS_GROUP_INDEX/.test(text);
}

/** Those that meet at one name, which is another one in each namespace. */
function checkSizes(members: readonly Member[]): void {
  if (members.length === 1) {
    const { copies } = members[0].facts.pod;
    if (copies !== undefined) checkSize(members[0], copies);
    return;
  }
  const sizes = new Map<string, number>();
  for (const { facts: { pod: { subject, copies } } } of members) {
    sizes.set(subject.manifest.namespace, (sizes.get(subject.manifest.namespace) ?? 0) + (copies ?? NaN));
  }
  for (const member of members) {
    const size = sizes.get(member.facts.pod.subject.manifest.namespace)!;
    if (!Number.isNaN(size)) checkSize(member, size);
  }
}

function checkSize({ facts, container, address }: Member, size: number): void {
  const { launch } = container;
  if (launch?.kind === 'torchrun') {
    checkNodes(facts, container, size, { env: 'PET_NNODES', flag: ['nnodes'] });
  } else if (launch?.kind === 'accelerate') {
    checkNodes(facts, container, size, { flag: ['num-machines'] });
    checkEvenly(facts, container, size);
  } else if (!launch && address) {
    for (const name of ['WORLD_SIZE', 'JAX_NUM_PROCESSES']) checkProcesses(facts, container, size, name);
  }
}

/** accelerate starts an equal part of all processes on each node; that it has a device for each is a rule of its own. */
function checkEvenly(facts: PodFacts, container: ContainerFacts, size: number): void {
  const text = launchFlag(container.launch!, 'num-processes');
  if (text === undefined || !/^\d+$/.test(text) || (Number(text) > 0 && Number(text) % size === 0)) return;
  reportSize(facts, commandPath(facts, container), '--num-processes', `a multiple of ${size}`, text);
}

/** A number of nodes, or `min:max`. */
function checkNodes(
  facts: PodFacts, container: ContainerFacts, size: number, { env, flag }: { env?: string; flag: readonly string[] },
): void {
  const byFlag = launchFlag(container.launch!, ...flag);
  const byEnv = env === undefined || byFlag !== undefined ? undefined : envOf(container, env);
  const text: unknown = byFlag ?? byEnv?.entry.value;
  if (typeof text !== 'string') return;
  const range = /^(\d+)(?::(\d+))?$/.exec(text);
  if (!range) return;
  const least = Number(range[1]);
  if (range[2] === undefined ? least === size : least <= size) return;
  const path = byEnv ? pathOf(facts, container).field('env').index(byEnv.at).field('value') : commandPath(facts, container);
  reportSize(facts, path, env ?? `--${flag[0]}`, `${size}`, text);
}

/** One process in each pod, or one for each accelerator where the script starts them itself. */
function checkProcesses(facts: PodFacts, container: ContainerFacts, size: number, name: string): void {
  const found = envOf(container, name);
  const text: unknown = found?.entry.value;
  if (!found || typeof text !== 'string' || !/^\d+$/.test(text) || container.ranks !== container.accelerators) return;
  const count = Number(text);
  const all = size * Math.max(1, container.ranks);
  if (count === size || count === all) return;
  const path = pathOf(facts, container).field('env').index(found.at).field('value');
  reportSize(facts, path, name, all === size ? `${size}` : `${size}, or ${all} with a process for each accelerator`, text);
}

function reportSize({ pod }: PodFacts, path: Path, what: string, expected: string, found: string): void {
  pod.subject.report(WORLD_SIZE, path, {
    expected: `${expected} for ${what}, of the pods that ${pod.kind} ${pod.subject.manifest.name} and its group make`, found: quoted(found),
  });
}

function checkAddress(
  view: BundleView, facts: PodFacts, text: string, path: () => Path, names: HostNames,
): void {
  const { pod } = facts;
  const { namespace } = pod.subject.manifest;
  const host = hostIn(text, pod);
  if (!host) return;
  if (host.namespace !== undefined && namespace !== '' && host.namespace !== namespace && host.service === serviceOf(pod)) {
    pod.subject.report(MASTER_ADDRESS, path(), { expected: `a host in the namespace ${namespace} of the pods`, found: quoted(text) });
    return;
  }
  if (host.pod === undefined) checkServiceHost(view, facts, host, text, path);
  else checkPodHost(facts, host, host.pod, text, path, names);
}

/** `<pod>.<service>`. */
function checkPodHost(
  { pod }: PodFacts, host: Host, name: string, text: string, path: () => Path, names: HostNames,
): void {
  const { namespace } = pod.subject.manifest;
  const own = serviceOf(pod);
  if ((own === host.service && isHostOf(pod, name)) || names.has(namespace, host.service, name)) return;
  if (isHostOf(pod, name) && own !== host.service) {
    pod.subject.report(MASTER_ADDRESS, path(), {
      expected: own === undefined ? `the pods to be in a subdomain ${quoted(host.service)}` : `${name}.${own}`,
      found: own === undefined ? `${quoted(text)}, and no subdomain` : quoted(text),
      fix: own === undefined ? `set subdomain: ${host.service} in the pod template, and make a headless Service of that name` : undefined,
    });
    return;
  }
  const first = names.firstOf(namespace, host.service);
  if (first) {
    pod.subject.report(MASTER_ADDRESS, path(), { expected: `the name of a pod of Service ${host.service}, such as ${firstHostOf(first)}`, found: quoted(text) });
    return;
  }
  pod.subject.unresolved(MASTER_ADDRESS, path(), { expected: `pods that Service ${host.service} gives names`, found: `none in the bundle for ${quoted(text)}` });
}

/** `<service>`: the name of any of its pods. */
function checkServiceHost(view: BundleView, { pod }: PodFacts, host: Host, text: string, path: () => Path): void {
  const { namespace } = pod.subject.manifest;
  const size = groupSize(pod);
  if (isHostOf(pod, host.service) && !view.find('Service', host.namespace ?? namespace, host.service)) {
    const service = serviceOf(pod);
    pod.subject.report(MASTER_ADDRESS, path(), {
      expected: `the Service behind the name of the pod: ${host.service}.${service ?? '<service>'}`, found: quoted(text),
    });
  } else if (host.service === serviceOf(pod) && size !== undefined && size > 1) {
    pod.subject.report(MASTER_ADDRESS, path(), {
      severity: Severity.WARNING,
      expected: `the name of one pod, ${firstHostOf(pod)}.${host.service}`, found: `${quoted(text)}, which is any of ${size} pods`,
    });
  } else if (!(pod.kind === LWS && host.service === serviceOf(pod)) && !view.find('Service', host.namespace ?? namespace, host.service)) {
    pod.subject.unresolved(MASTER_ADDRESS, path(), { expected: `a Service ${host.service}`, found: 'none in the bundle, and none declared' });
  }
}
