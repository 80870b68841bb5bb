import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { ProblemSink } from '../../findings/collector';
import { JobClaim } from './job-claim';
import type { IClaim } from './storage-claim';

const NAMESPACE_DOCS = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/';

/** The construct that a claim belongs to; undefined for a claim that somebody else's class stands for. */
export function homeOf(claim: IClaim): Construct | undefined {
  if (claim instanceof JobClaim) return claim.owner;
  return Construct.isConstruct(claim) ? claim : undefined;
}

/** The construct of a Secret, an account or a claim of cdk8s-plus that this app makes; undefined for one that is there already. */
export function homeOfResource(resource: unknown): Construct | undefined {
  return Construct.isConstruct(resource) && ApiObject.isApiObject(resource.node.defaultChild) ? resource : undefined;
}

function namespaceOf(construct: Construct): string | undefined {
  const object = construct.node.defaultChild;
  return ApiObject.isApiObject(object) ? object.metadata.namespace : Chart.of(construct).namespace;
}

/** Namespace of what a construct makes, for people. */
export function namespaceFor(construct: Construct): string {
  const namespace = namespaceOf(construct);
  return namespace === undefined ? 'no namespace, so whichever the manifests are applied to' : `namespace ${namespace}`;
}

/** A claim or a snapshot and whoever names it must share a namespace: references have no room for one. */
export function checkSameNamespace(
  home: Construct | undefined, scope: Construct, say: { path: string; what: string; link?: string }, sink: ProblemSink,
): void {
  if (!home || namespaceOf(home) === Chart.of(scope).namespace) return;
  sink.error({
    ruleId: 'chain/namespace',
    path: say.path,
    expected: `${namespaceFor(home)}, where ${say.what} is: objects of two namespaces never meet`,
    found: namespaceFor(scope),
    fix: 'give both charts the same `namespace`',
    link: say.link ?? NAMESPACE_DOCS,
  });
}

/** The same for what a construct names of cdk8s-plus: accounts and Secrets. */
export function checkSameNamespaceAll(resources: Readonly<Record<string, unknown>>, scope: Construct, sink: ProblemSink): void {
  for (const [path, resource] of Object.entries(resources)) {
    const { name } = (resource ?? {}) as { name?: string };
    checkSameNamespace(homeOfResource(resource), scope, { path, what: String(name) }, sink);
  }
}
