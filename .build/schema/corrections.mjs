// What the types of cdk8s-plus do not say about Kubernetes' own kinds. Compared with the OpenAPI of Kubernetes 1.36.2.

/** Kinds with a table, by the name of their props. */
export const KINDS = [
  'Pod', 'PodTemplate', 'Service', 'ConfigMap', 'Secret', 'ServiceAccount', 'Namespace', 'PersistentVolumeClaim', 'PersistentVolume',
  'ResourceQuota', 'LimitRange', 'ReplicationController', 'Endpoints', 'Node',
  'StatefulSet', 'Deployment', 'DaemonSet', 'ReplicaSet',
  'Job', 'CronJob',
  'StorageClass', 'CsiDriver', 'VolumeAttributesClass', 'VolumeAttributesClassV1Beta1',
  'PodDisruptionBudget',
  'NetworkPolicy', 'Ingress', 'IngressClass',
  'PriorityClass',
  'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding',
  'HorizontalPodAutoscaler', 'HorizontalPodAutoscalerV2',
  'RuntimeClass',
  ...['', 'V1Beta2', 'V1Beta1'].flatMap(version => [`DeviceClass${version}`, `ResourceClaim${version}`, `ResourceClaimTemplate${version}`]),
];

/** Numbers are int32, but for these. */
export const INT64 = [
  'CronJobSpec.startingDeadlineSeconds', 'JobSpec.activeDeadlineSeconds', 'ObjectMeta.deletionGracePeriodSeconds', 'ObjectMeta.generation',
  'PodSecurityContext.fsGroup', 'PodSecurityContext.runAsGroup', 'PodSecurityContext.runAsUser', 'PodSecurityContext.supplementalGroups',
  'PodSpec.activeDeadlineSeconds', 'PodSpec.terminationGracePeriodSeconds', 'Probe.terminationGracePeriodSeconds',
  'SecurityContext.runAsGroup', 'SecurityContext.runAsUser', 'ServiceAccountTokenProjection.expirationSeconds', 'SleepAction.seconds',
  'Toleration.tolerationSeconds', 'TokenRequest.expirationSeconds', 'CsiDriverSpec.nodeAllocatableUpdatePeriodSeconds',
  ...['', 'V1Beta1', 'V1Beta2'].flatMap(version => [`DeviceSubRequest${version}.count`, `DeviceToleration${version}.tolerationSeconds`]),
  'ExactDeviceRequest.count', 'ExactDeviceRequestV1Beta2.count', 'DeviceRequestV1Beta1.count',
];

/** Text of these is base64. */
export const BYTES = ['KubeConfigMapProps.binaryData', 'KubeSecretProps.data'];

/** Kinds with a `status`: the types leave it out, and the server takes it on a create and drops it. */
export const WITH_STATUS = [
  'Pod', 'Node', 'Service', 'Namespace', 'PersistentVolumeClaim', 'PersistentVolume', 'ResourceQuota', 'ReplicationController',
  'StatefulSet', 'Deployment', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'PodDisruptionBudget', 'Ingress',
  'HorizontalPodAutoscaler', 'HorizontalPodAutoscalerV2', 'ResourceClaim', 'ResourceClaimV1Beta1', 'ResourceClaimV1Beta2',
];

/** The minor that first knows a field which 1.27 did not know; a type is as old as its oldest use. */
export const SINCE = {
  'JobSpec.backoffLimitPerIndex': 28, 'JobSpec.maxFailedIndexes': 28, 'JobSpec.podReplacementPolicy': 28,
  'JobSpec.managedBy': 30, 'JobSpec.successPolicy': 30,
  'PersistentVolumeSpec.volumeAttributesClassName': 29, 'PersistentVolumeClaimSpec.volumeAttributesClassName': 29,
  'PodSpec.resources': 32, 'PodSpec.hostnameOverride': 34, 'PodSpec.schedulingGroup': 36,
  'ServiceSpec.trafficDistribution': 30,
  'CsiDriverSpec.nodeAllocatableUpdatePeriodSeconds': 33, 'CsiDriverSpec.serviceAccountTokenInSecrets': 35,
  'CsiDriverSpec.preventPodSchedulingIfMissing': 36,
  'Container.restartPolicy': 28, 'Container.restartPolicyRules': 34, 'EphemeralContainer.restartPolicy': 28,
  'EphemeralContainer.restartPolicyRules': 34,
  'PodResourceClaim.resourceClaimName': 31, 'PodResourceClaim.resourceClaimTemplateName': 31, 'ResourceClaim.request': 31,
  'PodSecurityContext.appArmorProfile': 30, 'SecurityContext.appArmorProfile': 30, 'PodSecurityContext.seLinuxChangePolicy': 32,
  'PodSecurityContext.supplementalGroupsPolicy': 31,
  'Volume.image': 31, 'VolumeMount.recursiveReadOnly': 30, 'Lifecycle.stopSignal': 33, 'LifecycleHandler.sleep': 29,
  'HpaScalingRulesV2.tolerance': 33,
  'PodAffinityTerm.matchLabelKeys': 29, 'PodAffinityTerm.mismatchLabelKeys': 29,
  'EnvVarSource.fileKeyRef': 34, 'VolumeProjection.clusterTrustBundle': 29, 'VolumeProjection.podCertificate': 34,
  'PodCertificateProjection.userAnnotations': 35,
  'DeviceRequestV1Beta1.firstAvailable': 33, 'DeviceRequestV1Beta1.tolerations': 33,
  ...Object.fromEntries([
    ...['V1Beta1', 'V1Beta2'].flatMap(version => [
      `DeviceClassSpec${version}.extendedResourceName`, `DeviceConstraint${version}.distinctAttribute`, `DeviceSubRequest${version}.capacity`,
    ]),
    'DeviceRequestV1Beta1.capacity', 'ExactDeviceRequestV1Beta2.capacity',
  ].map(path => [path, 34])),
};

/** Fields that are newer than the types, or older: `until` is the last minor that knows them. */
export const ADDED = {
  PodSpec: { schedulingGroup: { type: 'PodSchedulingGroup' }, workloadRef: { type: 'WorkloadReference', since: 35, until: 35 } },
  PodSchedulingGroup: { podGroupName: { type: 'string' } },
  WorkloadReference: { name: { type: 'string' }, podGroup: { type: 'string' }, podGroupReplicaKey: { type: 'string' } },
  PodCertificateProjection: { userAnnotations: { type: '{string' } },
  CsiDriverSpec: { preventPodSchedulingIfMissing: { type: 'boolean' }, serviceAccountTokenInSecrets: { type: 'boolean' } },
  PodResourceClaim: { source: { type: 'ClaimSource', until: 30 } },
  // written down by `kubectl get`, and in claim templates by many tools
  KubePersistentVolumeClaimProps: { status: { type: 'PersistentVolumeClaimStatus' } },
  PersistentVolumeClaimStatus: {
    accessModes: { type: '[string' }, allocatedResourceStatuses: { type: '{string', since: 28 }, allocatedResources: { type: '{Quantity' },
    capacity: { type: '{Quantity' }, conditions: { type: '[PersistentVolumeClaimCondition' }, phase: { type: 'string' },
    currentVolumeAttributesClassName: { type: 'string', since: 29 }, modifyVolumeStatus: { type: 'ModifyVolumeStatus', since: 29 },
    resizeStatus: { type: 'string', until: 27 },
  },
  PersistentVolumeClaimCondition: {
    lastProbeTime: { type: 'Date' }, lastTransitionTime: { type: 'Date' }, message: { type: 'string' }, reason: { type: 'string' },
    status: { type: 'string' }, type: { type: 'string' },
  },
  ModifyVolumeStatus: { status: { type: 'string' }, targetVolumeAttributesClassName: { type: 'string' } },
  ClaimSource: { resourceClaimName: { type: 'string' }, resourceClaimTemplateName: { type: 'string' } },
};
