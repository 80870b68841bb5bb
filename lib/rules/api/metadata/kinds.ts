/** How the API server wants objects of a kind to be called. */
export type NameForm =
  /** DNS subdomain. */
  | 'subdomain'
  /** DNS label. */
  | 'label'
  /** The name of a Service. */
  | 'service'
  /** What a URL can hold. */
  | 'segment';

export interface KindNames {
  readonly form: NameForm;
  readonly isNamespaced: boolean;
  /** The server makes a name where there is none. */
  readonly isNameOptional: boolean;
  /** A finalizer without a domain must be one that Kubernetes knows. */
  readonly hasStrictFinalizers: boolean;
}

const SUBDOMAIN = 'ConfigMap Endpoints LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret '
  + 'ServiceAccount apps/ControllerRevision apps/DaemonSet apps/Deployment apps/ReplicaSet autoscaling/HorizontalPodAutoscaler '
  + 'batch/CronJob batch/Job coordination.k8s.io/Lease discovery.k8s.io/EndpointSlice networking.k8s.io/Ingress '
  + 'networking.k8s.io/NetworkPolicy resource.k8s.io/ResourceClaim resource.k8s.io/ResourceClaimTemplate storage.k8s.io/CSIStorageCapacity';
const CLUSTER_SUBDOMAIN = 'Node PersistentVolume admissionregistration.k8s.io/MutatingWebhookConfiguration '
  + 'admissionregistration.k8s.io/ValidatingAdmissionPolicy admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding '
  + 'admissionregistration.k8s.io/ValidatingWebhookConfiguration apiextensions.k8s.io/CustomResourceDefinition '
  + 'flowcontrol.apiserver.k8s.io/FlowSchema flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration networking.k8s.io/IngressClass '
  + 'node.k8s.io/RuntimeClass resource.k8s.io/DeviceClass resource.k8s.io/ResourceSlice scheduling.k8s.io/PriorityClass '
  + 'storage.k8s.io/CSIDriver storage.k8s.io/CSINode storage.k8s.io/StorageClass storage.k8s.io/VolumeAttachment '
  + 'storage.k8s.io/VolumeAttributesClass';
const SEGMENT = 'policy/PodDisruptionBudget rbac.authorization.k8s.io/Role rbac.authorization.k8s.io/RoleBinding';
const CLUSTER_SEGMENT = 'rbac.authorization.k8s.io/ClusterRole rbac.authorization.k8s.io/ClusterRoleBinding';

/** Groups of custom resources that are known here. Names of custom resources are DNS subdomains, whatever they are. */
const CUSTOM_GROUPS: ReadonlySet<string> = new Set([
  'jobset.x-k8s.io', 'kubeflow.org', 'kueue.x-k8s.io', 'leaderworkerset.x-k8s.io', 'monitoring.coreos.com', 'snapshot.storage.k8s.io',
  'trainer.kubeflow.org', 'velero.io',
]);
const CUSTOM_CLUSTER_KINDS: ReadonlySet<string> = new Set([
  'AdmissionCheck', 'ClusterQueue', 'ClusterTrainingRuntime', 'Cohort', 'MultiKueueCluster', 'MultiKueueConfig', 'ProvisioningRequestConfig',
  'ResourceFlavor', 'Topology', 'VolumeSnapshotClass', 'VolumeSnapshotContent', 'WorkloadPriorityClass',
]);
/** Kinds that the server looks at by itself, or leaves to what holds for every kind. */
const ANY_FINALIZER = /^(?:admissionregistration|apiextensions|coordination|node)\.k8s\.io\/|^policy\//;
const CUSTOM: KindNames = { form: 'subdomain', isNamespaced: true, isNameOptional: false, hasStrictFinalizers: false };
const CUSTOM_CLUSTER: KindNames = { form: 'subdomain', isNamespaced: false, isNameOptional: false, hasStrictFinalizers: false };

const KINDS = new Map<string, KindNames>([
  ...entries(SUBDOMAIN, 'subdomain', true), ...entries(CLUSTER_SUBDOMAIN, 'subdomain', false),
  ...entries(SEGMENT, 'segment', true), ...entries(CLUSTER_SEGMENT, 'segment', false),
  ...entries('apps/StatefulSet', 'label', true), ...entries('Namespace', 'label', false), ...entries('Service', 'service', true),
]);
KINDS.set('LimitRange', { form: 'subdomain', isNamespaced: true, isNameOptional: true, hasStrictFinalizers: true });

function entries(types: string, form: NameForm, isNamespaced: boolean): [string, KindNames][] {
  return types.split(' ').map(type => [type, { form, isNamespaced, isNameOptional: false, hasStrictFinalizers: !ANY_FINALIZER.test(type) }]);
}

/** What is known of the names of a kind; undefined for a kind of which nothing is. */
export function kindNames(type: string, group: string, kind: string): KindNames | undefined {
  const known = KINDS.get(type);
  if (known !== undefined) return known;
  if (!CUSTOM_GROUPS.has(group)) return undefined;
  return CUSTOM_CLUSTER_KINDS.has(kind) ? CUSTOM_CLUSTER : CUSTOM;
}
