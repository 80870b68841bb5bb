import { Severity } from '../../findings/finding';
import type { BundleView } from '../bundle/bundle-view';
import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import { errorRule, warningRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { HOME, serviceOf } from './hosts';
import { commandPath, factsOf, pathOf, type ContainerFacts, type PodFacts } from './pod-facts';

export const CLUSTER_DOMAIN = warningRule({
  id: 'train/cluster-domain',
  title: 'Pods of a group name each other without namespace and cluster domain',
  why: 'The namespace may be another one where the manifests are applied next, and the domain of a cluster is not always cluster.local. Then no name is resolved.',
  fix: 'write <pod>.<service>: pods of the same namespace find each other by it',
  link: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#namespaces-of-services',
});

export const PEER_UNKNOWN = errorRule({
  id: 'train/peer-unknown',
  title: 'The peers that a process is told of exist',
  why: 'A cluster specification that names pods of a Service which nobody makes leaves the processes waiting for peers that never come.',
  fix: 'add the Service and the workload of the peers, or declare the Service as external',
  link: 'https://www.tensorflow.org/guide/distributed_training#setting_up_the_tf_config_environment_variable',
});

const NONE: readonly any[] = [];
const IN_CLUSTER = /([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.svc\b(\.cluster\.local)?/g;

/** Holds the names by which processes reach each other, where they are written out in variables and commands. */
export function checkPeers(view: BundleView): void {
  for (const pod of view.pods) {
    if (!HOME.has(pod.kind)) continue;
    const facts = factsOf(pod);
    for (const container of facts.containers) {
      const env: readonly Json[] = container.json.env ?? NONE;
      for (let i = 0; i < env.length; i++) {
        const value: unknown = env[i].value;
        if (typeof value === 'string' && value.includes('.svc')) checkVariable(view, facts, container, value, i);
      }
      checkWords(view, facts, container, container.json.command ?? NONE);
      checkWords(view, facts, container, container.json.args ?? NONE);
    }
  }
}

function checkVariable(view: BundleView, facts: PodFacts, container: ContainerFacts, value: string, at: number): void {
  checkText(view, facts, value, () => pathOf(facts, container).field('env').index(at).field('value'), container);
}

function checkWords(view: BundleView, facts: PodFacts, container: ContainerFacts, words: readonly string[]): void {
  for (const word of words) if (word.includes('.svc')) checkText(view, facts, word, () => commandPath(facts, container), container);
}

function checkText(view: BundleView, facts: PodFacts, text: string, path: () => Path, container: ContainerFacts): void {
  const { pod } = facts;
  const own = serviceOf(pod);
  const seen = new Set<string>();
  for (const [host, service, namespace, domain] of text.matchAll(IN_CLUSTER)) {
    if (seen.has(service)) continue;
    seen.add(service);
    if (service === own) checkOwn(facts, host, namespace, domain, path());
    else if (container.trains || container.serves) checkPeer(view, facts, service, namespace, path());
  }
}

function checkOwn({ pod: { subject } }: PodFacts, host: string, namespace: string, domain: string | undefined, path: Path): void {
  const home = subject.manifest.namespace;
  if (home !== '' && domain === undefined) return;
  subject.report(CLUSTER_DOMAIN, path, {
    severity: home === namespace ? Severity.INFO : undefined,
    expected: 'the name of the Service alone', found: `${quoted(host)}${home === '' ? ', in an object without a namespace' : ''}`,
  });
}

function checkPeer(view: BundleView, { pod: { subject } }: PodFacts, service: string, namespace: string, path: Path): void {
  const home = subject.manifest.namespace;
  if (view.find('Service', namespace, service) || view.find('Service', home, service)) return;
  subject.unresolved(PEER_UNKNOWN, path, { expected: `a Service ${service} and its pods`, found: 'none in the bundle, and none declared' });
}
