import type { BundleView } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';

/** What the controller of a kind makes besides pods: names of objects of a type. */
interface Maker {
  /** Of the kind that makes it. */
  readonly type: string;
  readonly makes: string;
  readonly names: (json: Json) => readonly unknown[];
}

const own = (json: Json): readonly unknown[] => [json.metadata?.name];

const MAKERS: readonly Maker[] = [
  { type: 'external-secrets.io/ExternalSecret', makes: 'Secret', names: json => [json.spec?.target?.name ?? json.metadata?.name] },
  { type: 'bitnami.com/SealedSecret', makes: 'Secret', names: own },
  { type: 'cert-manager.io/Certificate', makes: 'Secret', names: json => [json.spec?.secretName] },
  { type: 'secrets.hashicorp.com/VaultStaticSecret', makes: 'Secret', names: json => [json.spec?.destination?.name] },
  { type: 'secrets.hashicorp.com/VaultDynamicSecret', makes: 'Secret', names: json => [json.spec?.destination?.name] },
  { type: 'secrets-store.csi.x-k8s.io/SecretProviderClass', makes: 'Secret', names: json => listed(json.spec?.secretObjects, 'secretName') },
  { type: 'objectbucket.io/ObjectBucketClaim', makes: 'Secret', names: own },
  { type: 'objectbucket.io/ObjectBucketClaim', makes: 'ConfigMap', names: own },
  { type: 'cdi.kubevirt.io/DataVolume', makes: 'PersistentVolumeClaim', names: own },
  { type: 'data.fluid.io/Dataset', makes: 'PersistentVolumeClaim', names: own },
];

/** What every namespace has from the start. */
const BUILT_IN = new Map<string, ReadonlySet<string>>([
  ['ServiceAccount', new Set(['default'])],
  ['ConfigMap', new Set(['kube-root-ca.crt'])],
  ['scheduling.k8s.io/PriorityClass', new Set(['system-node-critical', 'system-cluster-critical'])],
  ['Namespace', new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])],
]);

const made = new WeakMap<BundleView, ReadonlySet<string>>();

/** Whether an object that is not in the bundle comes to be in the cluster: Kubernetes makes it, or the controller of one that is. */
export function isMade(view: BundleView, type: string, namespace: string, name: string): boolean {
  if (BUILT_IN.get(type)?.has(name)) return true;
  let known = made.get(view);
  if (!known) {
    known = madeIn(view);
    made.set(view, known);
  }
  return known.has(keyOf(type, namespace, name));
}

function madeIn(view: BundleView): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { type, makes, names } of MAKERS) {
    for (const { json, manifest } of view.all(type)) {
      for (const name of names(json)) if (typeof name === 'string') keys.add(keyOf(makes, manifest.namespace, name));
    }
  }
  for (const claim of view.claims) {
    const pod = claim.origin === 'ephemeral' ? claim.madeFor : undefined;
    if (pod?.kind === 'Pod') keys.add(keyOf('PersistentVolumeClaim', claim.namespace, `${pod.subject.manifest.name}-${claim.name}`));
  }
  return keys;
}

/** A field of each entry of what should be a list. */
function listed(list: unknown, field: string): readonly unknown[] {
  return Array.isArray(list) ? list.map(entry => entry?.[field]) : [];
}

function keyOf(type: string, namespace: string, name: string): string {
  return `${type} ${namespace}/${name}`;
}
