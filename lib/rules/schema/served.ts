import { oneOf, quoted } from '../values/quote';
import { meantBy } from './suggest';

/** `group version kind…`; before the kinds, the minors that serve them where not all do. `-` is the core group. */
const SERVED = `
- v1 Binding ComponentStatus ConfigMap Endpoints Event LimitRange List Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate
- v1 ReplicationController ResourceQuota Secret Service ServiceAccount
admissionregistration.k8s.io v1 MutatingWebhookConfiguration ValidatingWebhookConfiguration
admissionregistration.k8s.io v1 30- ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
admissionregistration.k8s.io v1 36- MutatingAdmissionPolicy MutatingAdmissionPolicyBinding
admissionregistration.k8s.io v1alpha1 -31 ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
admissionregistration.k8s.io v1alpha1 32-37 MutatingAdmissionPolicy MutatingAdmissionPolicyBinding
admissionregistration.k8s.io v1beta1 -21 MutatingWebhookConfiguration ValidatingWebhookConfiguration
admissionregistration.k8s.io v1beta1 28-33 ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
admissionregistration.k8s.io v1beta1 34-39 MutatingAdmissionPolicy MutatingAdmissionPolicyBinding
apiextensions.k8s.io v1 CustomResourceDefinition
apiextensions.k8s.io v1beta1 -21 CustomResourceDefinition
apiregistration.k8s.io v1 APIService
apiregistration.k8s.io v1beta1 -21 APIService
apps v1 ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet
apps v1beta1 -15 ControllerRevision Deployment StatefulSet
apps v1beta2 -15 ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet
authentication.k8s.io v1 TokenRequest TokenReview
authentication.k8s.io v1 28- SelfSubjectReview
authentication.k8s.io v1alpha1 -31 SelfSubjectReview
authentication.k8s.io v1beta1 -32 SelfSubjectReview
authentication.k8s.io v1beta1 -21 TokenReview
authorization.k8s.io v1 LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview
authorization.k8s.io v1beta1 -21 LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview
autoscaling v1 HorizontalPodAutoscaler Scale
autoscaling v2 HorizontalPodAutoscaler
autoscaling v2beta1 -24 HorizontalPodAutoscaler
autoscaling v2beta2 -25 HorizontalPodAutoscaler
batch v1 CronJob Job
batch v1beta1 -24 CronJob
certificates.k8s.io v1 CertificateSigningRequest
certificates.k8s.io v1alpha1 ClusterTrustBundle PodCertificateRequest
certificates.k8s.io v1beta1 33- ClusterTrustBundle
certificates.k8s.io v1beta1 35- PodCertificateRequest
certificates.k8s.io v1beta1 -21 CertificateSigningRequest
coordination.k8s.io v1 Lease
coordination.k8s.io v1beta1 -21 Lease
coordination.k8s.io v1alpha1 LeaseCandidate
coordination.k8s.io v1alpha2 LeaseCandidate
coordination.k8s.io v1beta1 33- LeaseCandidate
discovery.k8s.io v1 EndpointSlice
discovery.k8s.io v1beta1 -24 EndpointSlice
events.k8s.io v1 Event
events.k8s.io v1beta1 -24 Event
extensions v1beta1 -15 DaemonSet Deployment NetworkPolicy ReplicaSet
extensions v1beta1 -21 Ingress
flowcontrol.apiserver.k8s.io v1 29- FlowSchema PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io v1beta1 -25 FlowSchema PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io v1beta2 -28 FlowSchema PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io v1beta3 -31 FlowSchema PriorityLevelConfiguration
networking.k8s.io v1 Ingress IngressClass NetworkPolicy
networking.k8s.io v1 33- IPAddress ServiceCIDR
networking.k8s.io v1alpha1 ClusterCIDR IPAddress ServiceCIDR
networking.k8s.io v1beta1 -21 Ingress IngressClass
networking.k8s.io v1beta1 31-36 IPAddress ServiceCIDR
node.k8s.io v1 RuntimeClass
node.k8s.io v1alpha1 -24 RuntimeClass
node.k8s.io v1beta1 -24 RuntimeClass
policy v1 Eviction PodDisruptionBudget
policy v1beta1 -24 Eviction PodDisruptionBudget
policy v1beta1 -24 PodSecurityPolicy
rbac.authorization.k8s.io v1 ClusterRole ClusterRoleBinding Role RoleBinding
rbac.authorization.k8s.io v1alpha1 -21 ClusterRole ClusterRoleBinding Role RoleBinding
rbac.authorization.k8s.io v1beta1 -21 ClusterRole ClusterRoleBinding Role RoleBinding
resource.k8s.io v1 34- DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice
resource.k8s.io v1alpha2 -30 PodSchedulingContext ResourceClaim ResourceClaimParameters ResourceClaimTemplate ResourceClass
resource.k8s.io v1alpha2 -30 ResourceClassParameters ResourceSlice
resource.k8s.io v1alpha3 31-33 DeviceClass PodSchedulingContext ResourceClaim ResourceClaimTemplate ResourceSlice
resource.k8s.io v1alpha3 33-38 DeviceTaintRule
resource.k8s.io v1alpha3 36- ResourcePoolStatusRequest
resource.k8s.io v1beta1 32-37 DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice
resource.k8s.io v1beta2 33-38 DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice
resource.k8s.io v1beta2 36- DeviceTaintRule
scheduling.k8s.io v1 PriorityClass
scheduling.k8s.io v1alpha1 -21 PriorityClass
scheduling.k8s.io v1alpha1 35-35 Workload
scheduling.k8s.io v1alpha2 36- PodGroup Workload
scheduling.k8s.io v1beta1 -21 PriorityClass
storage.k8s.io v1 CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment
storage.k8s.io v1 34- VolumeAttributesClass
storage.k8s.io v1alpha1 -23 CSIStorageCapacity VolumeAttachment
storage.k8s.io v1alpha1 29-34 VolumeAttributesClass
storage.k8s.io v1beta1 -21 CSIDriver CSINode StorageClass VolumeAttachment
storage.k8s.io v1beta1 -26 CSIStorageCapacity
storage.k8s.io v1beta1 31-36 VolumeAttributesClass
storagemigration.k8s.io v1alpha1 30-34 StorageVersionMigration
storagemigration.k8s.io v1beta1 35- StorageVersionMigration
`;
const LIST = 'List';
/** What came after kinds that were taken away. */
const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['PodSecurityPolicy', 'Kubernetes has no PodSecurityPolicy since 1.25: use Pod Security Admission, the label pod-security.kubernetes.io/enforce of namespaces'],
]);
const KUBECONFIG = 'Config';
const MINORS = /^\d*-\d*$/;

interface Version {
  readonly apiVersion: string;
  readonly since: number;
  readonly until: number;
}

/** Versions by kind, by group. */
let groups: Map<string, Map<string, Version[]>> | undefined;

function read(): Map<string, Map<string, Version[]>> {
  const read = new Map<string, Map<string, Version[]>>();
  for (const line of SERVED.trim().split('\n')) {
    const [name, version, ...rest] = line.split(' ');
    const [since, until] = MINORS.test(rest[0]) ? rest.shift()!.split('-') : ['', ''];
    const group = name === '-' ? '' : name;
    const kinds = read.get(group) ?? new Map<string, Version[]>();
    read.set(group, kinds);
    const served = { apiVersion: group === '' ? version : `${group}/${version}`, since: Number(since), until: until === '' ? Infinity : Number(until) };
    for (const kind of rest) kinds.set(kind, [...kinds.get(kind) ?? [], served]);
  }
  return read;
}

/** Every kind that Kubernetes serves or served. */
export function servedKinds(): string[] {
  groups ??= read();
  return [...new Set([...groups.values()].flatMap(kinds => [...kinds.keys()]))];
}

/** Why a release does not know a kind under an apiVersion. */
export interface Unserved {
  /** The field that is to be changed. */
  readonly field: 'apiVersion' | 'kind';
  readonly expected: string;
  readonly found: string;
  readonly fix?: string;
}

/**
 * Whether the release serves a kind of Kubernetes' own groups; undefined where it does, or where the group may be that of a custom
 * resource, about which nothing can be said.
 */
export function unserved(apiVersion: string, group: string, kind: string, minor: number): Unserved | undefined {
  groups ??= read();
  const kinds = groups.get(group);
  // what `kubectl get --raw` gives
  if (kind.endsWith(LIST) && kinds?.has(kind.slice(0, -LIST.length))) return undefined;
  if (kinds === undefined) return group.includes('.') ? undefined : strangeGroup(apiVersion, kind, minor);
  const versions = kinds.get(kind);
  if (versions === undefined) return strangeKind(apiVersion, kind, [...kinds.keys()], minor);
  const version = versions.find(one => one.apiVersion === apiVersion && one.since <= minor && minor <= one.until);
  if (version !== undefined) return undefined;
  const served = servedBy(versions, minor);
  const known = versions.find(one => one.apiVersion === apiVersion);
  const home = served[0] ?? homeOf(kind, minor);
  return {
    field: 'apiVersion',
    expected: served.length > 0 ? oneOf(served) : home ?? `a kind of Kubernetes 1.${minor}`,
    found: known === undefined ? `${apiVersion}, which has no ${kind}` : `${apiVersion}, ${spanOf(known, minor)}`,
    fix: home === undefined ? goneFix(kind, minor) : `write apiVersion: ${home}`,
  };
}

/** What to do about a kind that no group has any more, or none has yet. */
function goneFix(kind: string, minor: number): string {
  return REPLACEMENTS.get(kind) ?? `leave it out, or raise the target: Kubernetes 1.${minor} has no ${kind}`;
}

/** What a release serves; versions that have to be switched on only where there is nothing else. */
function servedBy(versions: readonly Version[], minor: number): string[] {
  const served = versions.filter(({ since, until }) => since <= minor && minor <= until).map(({ apiVersion }) => apiVersion);
  const stable = served.filter(apiVersion => !apiVersion.includes('alpha'));
  return stable.length > 0 ? stable : served;
}

function spanOf({ since, until }: Version, minor: number): string {
  return minor < since ? `which serves it since 1.${since}` : `which served it until 1.${until}`;
}

/** Groups of custom resources have a dot. */
function strangeGroup(apiVersion: string, kind: string, minor: number): Unserved {
  const home = homeOf(kind, minor);
  return {
    field: 'apiVersion',
    expected: home ?? 'an apiVersion of Kubernetes or of a custom resource',
    found: quoted(apiVersion),
    fix: home && `write apiVersion: ${home}`,
  };
}

function strangeKind(apiVersion: string, kind: string, kinds: readonly string[], minor: number): Unserved {
  const home = homeOf(kind, minor);
  if (home !== undefined) return { field: 'apiVersion', expected: home, found: `${apiVersion}, which has no ${kind}`, fix: `write apiVersion: ${home}` };
  if (kind === KUBECONFIG && apiVersion === 'v1') {
    return { field: 'kind', expected: 'a kind of v1', found: `${quoted(kind)}, a kubeconfig`, fix: 'leave the file out: kubectl reads a kubeconfig, but no server takes one' };
  }
  const meant = meantBy(kind, kinds);
  const fix = meant === undefined ? `write a kind that ${apiVersion} has, or the apiVersion that has ${kind}` : `did you mean ${meant}?`;
  return { field: 'kind', expected: meant ?? `a kind of ${apiVersion}`, found: quoted(kind), fix };
}

/** The apiVersion under which a release serves a kind that was looked for elsewhere. */
function homeOf(kind: string, minor: number): string | undefined {
  for (const kinds of groups!.values()) {
    const [home] = servedBy(kinds.get(kind) ?? [], minor);
    if (home !== undefined) return home;
  }
  return undefined;
}
