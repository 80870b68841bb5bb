// Made by .build/schema.mjs.
/* eslint max-lines: off */

/** `apiVersion kind type` */
export const CORE_KINDS = String.raw`
apps/v1 DaemonSet DaemonSetObject
apps/v1 Deployment DeploymentObject
apps/v1 ReplicaSet ReplicaSetObject
apps/v1 StatefulSet StatefulSetObject
autoscaling/v1 HorizontalPodAutoscaler HorizontalPodAutoscalerObject
autoscaling/v2 HorizontalPodAutoscaler HorizontalPodAutoscalerV2Object
batch/v1 CronJob CronJobObject
batch/v1 Job JobObject
networking.k8s.io/v1 Ingress IngressObject
networking.k8s.io/v1 IngressClass IngressClassObject
networking.k8s.io/v1 NetworkPolicy NetworkPolicyObject
node.k8s.io/v1 RuntimeClass RuntimeClassObject
policy/v1 PodDisruptionBudget PodDisruptionBudgetObject
rbac.authorization.k8s.io/v1 ClusterRole ClusterRoleObject
rbac.authorization.k8s.io/v1 ClusterRoleBinding ClusterRoleBindingObject
rbac.authorization.k8s.io/v1 Role RoleObject
rbac.authorization.k8s.io/v1 RoleBinding RoleBindingObject
resource.k8s.io/v1 DeviceClass DeviceClassObject
resource.k8s.io/v1 ResourceClaim ResourceClaimObject
resource.k8s.io/v1 ResourceClaimTemplate ResourceClaimTemplateObject
resource.k8s.io/v1beta1 DeviceClass DeviceClassV1Beta1Object
resource.k8s.io/v1beta1 ResourceClaim ResourceClaimV1Beta1Object
resource.k8s.io/v1beta1 ResourceClaimTemplate ResourceClaimTemplateV1Beta1Object
resource.k8s.io/v1beta2 DeviceClass DeviceClassV1Beta2Object
resource.k8s.io/v1beta2 ResourceClaim ResourceClaimV1Beta2Object
resource.k8s.io/v1beta2 ResourceClaimTemplate ResourceClaimTemplateV1Beta2Object
scheduling.k8s.io/v1 PriorityClass PriorityClassObject
storage.k8s.io/v1 CSIDriver CsiDriverObject
storage.k8s.io/v1 StorageClass StorageClassObject
storage.k8s.io/v1 VolumeAttributesClass VolumeAttributesClassObject
storage.k8s.io/v1beta1 VolumeAttributesClass VolumeAttributesClassV1Beta1Object
v1 ConfigMap ConfigMapObject
v1 Endpoints EndpointsObject
v1 LimitRange LimitRangeObject
v1 Namespace NamespaceObject
v1 Node NodeObject
v1 PersistentVolume PersistentVolumeObject
v1 PersistentVolumeClaim PersistentVolumeClaimObject
v1 Pod PodObject
v1 PodTemplate PodTemplateObject
v1 ReplicationController ReplicationControllerObject
v1 ResourceQuota ResourceQuotaObject
v1 Secret SecretObject
v1 Service ServiceObject
v1 ServiceAccount ServiceAccountObject
`;

/**
 * `type field:code …`. A code is the name of a type, or s string, b boolean, i int32, l int64, q quantity, x number or string,
 * y base64, t time, o object, a anything; after `[` in a list, after `{` in a map. `>34` since 1.34, `<30` until 1.30.
 */
export const CORE_TYPES = String.raw`
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
AggregationRule clusterRoleSelectors:[LabelSelector
AppArmorProfile localhostProfile:s type:s
AwsElasticBlockStoreVolumeSource fsType:s partition:i readOnly:b volumeID:s
AzureDiskVolumeSource cachingMode:s diskName:s diskURI:s fsType:s kind:s readOnly:b
AzureFilePersistentVolumeSource readOnly:b secretName:s secretNamespace:s shareName:s
AzureFileVolumeSource readOnly:b secretName:s shareName:s
Capabilities add:[s drop:[s
CapacityRequirements requests:{q
CapacityRequirementsV1Beta1 requests:{q
CapacityRequirementsV1Beta2 requests:{q
CelDeviceSelector expression:s
CelDeviceSelectorV1Beta1 expression:s
CelDeviceSelectorV1Beta2 expression:s
CephFsPersistentVolumeSource monitors:[s path:s readOnly:b secretFile:s secretRef:SecretReference user:s
CephFsVolumeSource monitors:[s path:s readOnly:b secretFile:s secretRef:LocalObjectReference user:s
CinderPersistentVolumeSource fsType:s readOnly:b secretRef:SecretReference volumeID:s
CinderVolumeSource fsType:s readOnly:b secretRef:LocalObjectReference volumeID:s
ClaimSource resourceClaimName:s resourceClaimTemplateName:s
ClientIpConfig timeoutSeconds:i
ClusterRoleBindingObject apiVersion:s kind:s metadata:ObjectMeta roleRef:RoleRef subjects:[Subject
ClusterRoleObject aggregationRule:AggregationRule apiVersion:s kind:s metadata:ObjectMeta rules:[PolicyRule
ClusterTrustBundleProjection labelSelector:LabelSelector name:s optional:b path:s signerName:s
ConfigMapEnvSource name:s optional:b
ConfigMapKeySelector key:s name:s optional:b
ConfigMapNodeConfigSource kubeletConfigKey:s name:s namespace:s resourceVersion:s uid:s
ConfigMapObject apiVersion:s binaryData:{y data:{s immutable:b kind:s metadata:ObjectMeta
ConfigMapProjection items:[KeyToPath name:s optional:b
ConfigMapVolumeSource defaultMode:i items:[KeyToPath name:s optional:b
Container args:[s command:[s env:[EnvVar envFrom:[EnvFromSource image:s imagePullPolicy:s lifecycle:Lifecycle livenessProbe:Probe name:s ports:[ContainerPort readinessProbe:Probe resizePolicy:[ContainerResizePolicy resources:ResourceRequirements restartPolicy:s>28 restartPolicyRules:[ContainerRestartRule>34 securityContext:SecurityContext startupProbe:Probe stdin:b stdinOnce:b terminationMessagePath:s terminationMessagePolicy:s tty:b volumeDevices:[VolumeDevice volumeMounts:[VolumeMount workingDir:s
ContainerPort containerPort:i hostIP:s hostPort:i name:s protocol:s
ContainerResizePolicy resourceName:s restartPolicy:s
ContainerResourceMetricSourceV2 container:s name:s target:MetricTargetV2
ContainerRestartRule action:s exitCodes:ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator:s values:[i
CronJobObject apiVersion:s kind:s metadata:ObjectMeta spec:CronJobSpec status:o
CronJobSpec concurrencyPolicy:s failedJobsHistoryLimit:i jobTemplate:JobTemplateSpec schedule:s startingDeadlineSeconds:l successfulJobsHistoryLimit:i suspend:b timeZone:s
CrossVersionObjectReference apiVersion:s kind:s name:s
CrossVersionObjectReferenceV2 apiVersion:s kind:s name:s
CsiDriverObject apiVersion:s kind:s metadata:ObjectMeta spec:CsiDriverSpec
CsiDriverSpec attachRequired:b fsGroupPolicy:s nodeAllocatableUpdatePeriodSeconds:l>33 podInfoOnMount:b preventPodSchedulingIfMissing:b>36 requiresRepublish:b seLinuxMount:b serviceAccountTokenInSecrets:b>35 storageCapacity:b tokenRequests:[TokenRequest volumeLifecycleModes:[s
CsiPersistentVolumeSource controllerExpandSecretRef:SecretReference controllerPublishSecretRef:SecretReference driver:s fsType:s nodeExpandSecretRef:SecretReference nodePublishSecretRef:SecretReference nodeStageSecretRef:SecretReference readOnly:b volumeAttributes:{s volumeHandle:s
CsiVolumeSource driver:s fsType:s nodePublishSecretRef:LocalObjectReference readOnly:b volumeAttributes:{s
DaemonSetObject apiVersion:s kind:s metadata:ObjectMeta spec:DaemonSetSpec status:o
DaemonSetSpec minReadySeconds:i revisionHistoryLimit:i selector:LabelSelector template:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy
DaemonSetUpdateStrategy rollingUpdate:RollingUpdateDaemonSet type:s
DeploymentObject apiVersion:s kind:s metadata:ObjectMeta spec:DeploymentSpec status:o
DeploymentSpec minReadySeconds:i paused:b progressDeadlineSeconds:i replicas:i revisionHistoryLimit:i selector:LabelSelector strategy:DeploymentStrategy template:PodTemplateSpec
DeploymentStrategy rollingUpdate:RollingUpdateDeployment type:s
DeviceClaim config:[DeviceClaimConfiguration constraints:[DeviceConstraint requests:[DeviceRequest
DeviceClaimConfiguration opaque:OpaqueDeviceConfiguration requests:[s
DeviceClaimConfigurationV1Beta1 opaque:OpaqueDeviceConfigurationV1Beta1 requests:[s
DeviceClaimConfigurationV1Beta2 opaque:OpaqueDeviceConfigurationV1Beta2 requests:[s
DeviceClaimV1Beta1 config:[DeviceClaimConfigurationV1Beta1 constraints:[DeviceConstraintV1Beta1 requests:[DeviceRequestV1Beta1
DeviceClaimV1Beta2 config:[DeviceClaimConfigurationV1Beta2 constraints:[DeviceConstraintV1Beta2 requests:[DeviceRequestV1Beta2
DeviceClassConfiguration opaque:OpaqueDeviceConfiguration
DeviceClassConfigurationV1Beta1 opaque:OpaqueDeviceConfigurationV1Beta1
DeviceClassConfigurationV1Beta2 opaque:OpaqueDeviceConfigurationV1Beta2
DeviceClassObject apiVersion:s kind:s metadata:ObjectMeta spec:DeviceClassSpec
DeviceClassSpec config:[DeviceClassConfiguration extendedResourceName:s selectors:[DeviceSelector
DeviceClassSpecV1Beta1 config:[DeviceClassConfigurationV1Beta1 extendedResourceName:s>34 selectors:[DeviceSelectorV1Beta1
DeviceClassSpecV1Beta2 config:[DeviceClassConfigurationV1Beta2 extendedResourceName:s>34 selectors:[DeviceSelectorV1Beta2
DeviceClassV1Beta1Object apiVersion:s kind:s metadata:ObjectMeta spec:DeviceClassSpecV1Beta1
DeviceClassV1Beta2Object apiVersion:s kind:s metadata:ObjectMeta spec:DeviceClassSpecV1Beta2
DeviceConstraint distinctAttribute:s matchAttribute:s requests:[s
DeviceConstraintV1Beta1 distinctAttribute:s>34 matchAttribute:s requests:[s
DeviceConstraintV1Beta2 distinctAttribute:s>34 matchAttribute:s requests:[s
DeviceRequest exactly:ExactDeviceRequest firstAvailable:[DeviceSubRequest name:s
DeviceRequestV1Beta1 adminAccess:b allocationMode:s capacity:CapacityRequirementsV1Beta1>34 count:l deviceClassName:s firstAvailable:[DeviceSubRequestV1Beta1>33 name:s selectors:[DeviceSelectorV1Beta1 tolerations:[DeviceTolerationV1Beta1>33
DeviceRequestV1Beta2 exactly:ExactDeviceRequestV1Beta2 firstAvailable:[DeviceSubRequestV1Beta2 name:s
DeviceSelector cel:CelDeviceSelector
DeviceSelectorV1Beta1 cel:CelDeviceSelectorV1Beta1
DeviceSelectorV1Beta2 cel:CelDeviceSelectorV1Beta2
DeviceSubRequest allocationMode:s capacity:CapacityRequirements count:l deviceClassName:s name:s selectors:[DeviceSelector tolerations:[DeviceToleration
DeviceSubRequestV1Beta1 allocationMode:s capacity:CapacityRequirementsV1Beta1>34 count:l deviceClassName:s name:s selectors:[DeviceSelectorV1Beta1 tolerations:[DeviceTolerationV1Beta1
DeviceSubRequestV1Beta2 allocationMode:s capacity:CapacityRequirementsV1Beta2>34 count:l deviceClassName:s name:s selectors:[DeviceSelectorV1Beta2 tolerations:[DeviceTolerationV1Beta2
DeviceToleration effect:s key:s operator:s tolerationSeconds:l value:s
DeviceTolerationV1Beta1 effect:s key:s operator:s tolerationSeconds:l value:s
DeviceTolerationV1Beta2 effect:s key:s operator:s tolerationSeconds:l value:s
DownwardApiProjection items:[DownwardApiVolumeFile
DownwardApiVolumeFile fieldRef:ObjectFieldSelector mode:i path:s resourceFieldRef:ResourceFieldSelector
DownwardApiVolumeSource defaultMode:i items:[DownwardApiVolumeFile
EmptyDirVolumeSource medium:s sizeLimit:q
EndpointAddress hostname:s ip:s nodeName:s targetRef:ObjectReference
EndpointPort appProtocol:s name:s port:i protocol:s
EndpointSubset addresses:[EndpointAddress notReadyAddresses:[EndpointAddress ports:[EndpointPort
EndpointsObject apiVersion:s kind:s metadata:ObjectMeta subsets:[EndpointSubset
EnvFromSource configMapRef:ConfigMapEnvSource prefix:s secretRef:SecretEnvSource
EnvVar name:s value:s valueFrom:EnvVarSource
EnvVarSource configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector>34 resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector
EphemeralContainer args:[s command:[s env:[EnvVar envFrom:[EnvFromSource image:s imagePullPolicy:s lifecycle:Lifecycle livenessProbe:Probe name:s ports:[ContainerPort readinessProbe:Probe resizePolicy:[ContainerResizePolicy resources:ResourceRequirements restartPolicy:s>28 restartPolicyRules:[ContainerRestartRule>34 securityContext:SecurityContext startupProbe:Probe stdin:b stdinOnce:b targetContainerName:s terminationMessagePath:s terminationMessagePolicy:s tty:b volumeDevices:[VolumeDevice volumeMounts:[VolumeMount workingDir:s
EphemeralVolumeSource volumeClaimTemplate:PersistentVolumeClaimTemplate
ExactDeviceRequest adminAccess:b allocationMode:s capacity:CapacityRequirements count:l deviceClassName:s selectors:[DeviceSelector tolerations:[DeviceToleration
ExactDeviceRequestV1Beta2 adminAccess:b allocationMode:s capacity:CapacityRequirementsV1Beta2>34 count:l deviceClassName:s selectors:[DeviceSelectorV1Beta2 tolerations:[DeviceTolerationV1Beta2
ExecAction command:[s
ExternalMetricSourceV2 metric:MetricIdentifierV2 target:MetricTargetV2
FcVolumeSource fsType:s lun:i readOnly:b targetWWNs:[s wwids:[s
FileKeySelector key:s optional:b path:s volumeName:s
FlexPersistentVolumeSource driver:s fsType:s options:{s readOnly:b secretRef:SecretReference
FlexVolumeSource driver:s fsType:s options:{s readOnly:b secretRef:LocalObjectReference
FlockerVolumeSource datasetName:s datasetUUID:s
GcePersistentDiskVolumeSource fsType:s partition:i pdName:s readOnly:b
GitRepoVolumeSource directory:s repository:s revision:s
GlusterfsPersistentVolumeSource endpoints:s endpointsNamespace:s path:s readOnly:b
GlusterfsVolumeSource endpoints:s path:s readOnly:b
GrpcAction port:i service:s
HorizontalPodAutoscalerBehaviorV2 scaleDown:HpaScalingRulesV2 scaleUp:HpaScalingRulesV2
HorizontalPodAutoscalerObject apiVersion:s kind:s metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec status:o
HorizontalPodAutoscalerSpec maxReplicas:i minReplicas:i scaleTargetRef:CrossVersionObjectReference targetCPUUtilizationPercentage:i
HorizontalPodAutoscalerSpecV2 behavior:HorizontalPodAutoscalerBehaviorV2 maxReplicas:i metrics:[MetricSpecV2 minReplicas:i scaleTargetRef:CrossVersionObjectReferenceV2
HorizontalPodAutoscalerV2Object apiVersion:s kind:s metadata:ObjectMeta spec:HorizontalPodAutoscalerSpecV2 status:o
HostAlias hostnames:[s ip:s
HostPathVolumeSource path:s type:s
HpaScalingPolicyV2 periodSeconds:i type:s value:i
HpaScalingRulesV2 policies:[HpaScalingPolicyV2 selectPolicy:s stabilizationWindowSeconds:i tolerance:q>33
HttpGetAction host:s httpHeaders:[HttpHeader path:s port:x scheme:s
HttpHeader name:s value:s
HttpIngressPath backend:IngressBackend path:s pathType:s
HttpIngressRuleValue paths:[HttpIngressPath
ImageVolumeSource pullPolicy:s reference:s
IngressBackend resource:TypedLocalObjectReference service:IngressServiceBackend
IngressClassObject apiVersion:s kind:s metadata:ObjectMeta spec:IngressClassSpec
IngressClassParametersReference apiGroup:s kind:s name:s namespace:s scope:s
IngressClassSpec controller:s parameters:IngressClassParametersReference
IngressObject apiVersion:s kind:s metadata:ObjectMeta spec:IngressSpec status:o
IngressRule host:s http:HttpIngressRuleValue
IngressServiceBackend name:s port:ServiceBackendPort
IngressSpec defaultBackend:IngressBackend ingressClassName:s rules:[IngressRule tls:[IngressTls
IngressTls hosts:[s secretName:s
IpBlock cidr:s except:[s
IscsiPersistentVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn:s iscsiInterface:s lun:i portals:[s readOnly:b secretRef:SecretReference targetPortal:s
IscsiVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn:s iscsiInterface:s lun:i portals:[s readOnly:b secretRef:LocalObjectReference targetPortal:s
JobObject apiVersion:s kind:s metadata:ObjectMeta spec:JobSpec status:o
JobSpec activeDeadlineSeconds:l backoffLimit:i backoffLimitPerIndex:i>28 completionMode:s completions:i managedBy:s>30 manualSelector:b maxFailedIndexes:i>28 parallelism:i podFailurePolicy:PodFailurePolicy podReplacementPolicy:s>28 selector:LabelSelector successPolicy:SuccessPolicy>30 suspend:b template:PodTemplateSpec ttlSecondsAfterFinished:i
JobTemplateSpec metadata:ObjectMeta spec:JobSpec
KeyToPath key:s mode:i path:s
LabelSelector matchExpressions:[LabelSelectorRequirement matchLabels:{s
LabelSelectorRequirement key:s operator:s values:[s
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:s>33
LifecycleHandler exec:ExecAction httpGet:HttpGetAction sleep:SleepAction>29 tcpSocket:TcpSocketAction
LimitRangeItem default:{q defaultRequest:{q max:{q maxLimitRequestRatio:{q min:{q type:s
LimitRangeObject apiVersion:s kind:s metadata:ObjectMeta spec:LimitRangeSpec
LimitRangeSpec limits:[LimitRangeItem
LocalObjectReference name:s
LocalVolumeSource fsType:s path:s
ManagedFieldsEntry apiVersion:s fieldsType:s fieldsV1:a manager:s operation:s subresource:s time:t
MetricIdentifierV2 name:s selector:LabelSelector
MetricSpecV2 containerResource:ContainerResourceMetricSourceV2 external:ExternalMetricSourceV2 object:ObjectMetricSourceV2 pods:PodsMetricSourceV2 resource:ResourceMetricSourceV2 type:s
MetricTargetV2 averageUtilization:i averageValue:q type:s value:q
ModifyVolumeStatus status:s targetVolumeAttributesClassName:s
NamespaceObject apiVersion:s kind:s metadata:ObjectMeta spec:NamespaceSpec status:o
NamespaceSpec finalizers:[s
NetworkPolicyEgressRule ports:[NetworkPolicyPort to:[NetworkPolicyPeer
NetworkPolicyIngressRule from:[NetworkPolicyPeer ports:[NetworkPolicyPort
NetworkPolicyObject apiVersion:s kind:s metadata:ObjectMeta spec:NetworkPolicySpec
NetworkPolicyPeer ipBlock:IpBlock namespaceSelector:LabelSelector podSelector:LabelSelector
NetworkPolicyPort endPort:i port:x protocol:s
NetworkPolicySpec egress:[NetworkPolicyEgressRule ingress:[NetworkPolicyIngressRule podSelector:LabelSelector policyTypes:[s
NfsVolumeSource path:s readOnly:b server:s
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
NodeConfigSource configMap:ConfigMapNodeConfigSource
NodeObject apiVersion:s kind:s metadata:ObjectMeta spec:NodeSpec status:o
NodeSelector nodeSelectorTerms:[NodeSelectorTerm
NodeSelectorRequirement key:s operator:s values:[s
NodeSelectorTerm matchExpressions:[NodeSelectorRequirement matchFields:[NodeSelectorRequirement
NodeSpec configSource:NodeConfigSource externalID:s podCIDR:s podCIDRs:[s providerID:s taints:[Taint unschedulable:b
ObjectFieldSelector apiVersion:s fieldPath:s
ObjectMeta annotations:{s creationTimestamp:t deletionGracePeriodSeconds:l deletionTimestamp:t finalizers:[s generateName:s generation:l labels:{s managedFields:[ManagedFieldsEntry name:s namespace:s ownerReferences:[OwnerReference resourceVersion:s selfLink:s uid:s
ObjectMetricSourceV2 describedObject:CrossVersionObjectReferenceV2 metric:MetricIdentifierV2 target:MetricTargetV2
ObjectReference apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s
OpaqueDeviceConfiguration driver:s parameters:a
OpaqueDeviceConfigurationV1Beta1 driver:s parameters:a
OpaqueDeviceConfigurationV1Beta2 driver:s parameters:a
Overhead podFixed:{q
OwnerReference apiVersion:s blockOwnerDeletion:b controller:b kind:s name:s uid:s
PersistentVolumeClaimCondition lastProbeTime:t lastTransitionTime:t message:s reason:s status:s type:s
PersistentVolumeClaimObject apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeClaimSpec status:PersistentVolumeClaimStatus
PersistentVolumeClaimSpec accessModes:[s dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources:VolumeResourceRequirements selector:LabelSelector storageClassName:s volumeAttributesClassName:s>29 volumeMode:s volumeName:s
PersistentVolumeClaimStatus accessModes:[s allocatedResourceStatuses:{s>28 allocatedResources:{q capacity:{q conditions:[PersistentVolumeClaimCondition currentVolumeAttributesClassName:s>29 modifyVolumeStatus:ModifyVolumeStatus>29 phase:s resizeStatus:s<27
PersistentVolumeClaimTemplate metadata:ObjectMeta spec:PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource claimName:s readOnly:b
PersistentVolumeObject apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeSpec status:o
PersistentVolumeSpec accessModes:[s awsElasticBlockStore:AwsElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFilePersistentVolumeSource capacity:{q cephfs:CephFsPersistentVolumeSource cinder:CinderPersistentVolumeSource claimRef:ObjectReference csi:CsiPersistentVolumeSource fc:FcVolumeSource flexVolume:FlexPersistentVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GcePersistentDiskVolumeSource glusterfs:GlusterfsPersistentVolumeSource hostPath:HostPathVolumeSource iscsi:IscsiPersistentVolumeSource local:LocalVolumeSource mountOptions:[s nfs:NfsVolumeSource nodeAffinity:VolumeNodeAffinity persistentVolumeReclaimPolicy:s photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource quobyte:QuobyteVolumeSource rbd:RbdPersistentVolumeSource scaleIO:ScaleIoPersistentVolumeSource storageClassName:s storageos:StorageOsPersistentVolumeSource volumeAttributesClassName:s>29 volumeMode:s vsphereVolume:VsphereVirtualDiskVolumeSource
PhotonPersistentDiskVolumeSource fsType:s pdID:s
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm
PodAffinityTerm labelSelector:LabelSelector matchLabelKeys:[s>29 mismatchLabelKeys:[s>29 namespaceSelector:LabelSelector namespaces:[s topologyKey:s
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm
PodCertificateProjection certificateChainPath:s credentialBundlePath:s keyPath:s keyType:s maxExpirationSeconds:i signerName:s userAnnotations:{s>35
PodDisruptionBudgetObject apiVersion:s kind:s metadata:ObjectMeta spec:PodDisruptionBudgetSpec status:o
PodDisruptionBudgetSpec maxUnavailable:x minAvailable:x selector:LabelSelector unhealthyPodEvictionPolicy:s
PodDnsConfig nameservers:[s options:[PodDnsConfigOption searches:[s
PodDnsConfigOption name:s value:s
PodFailurePolicy rules:[PodFailurePolicyRule
PodFailurePolicyOnExitCodesRequirement containerName:s operator:s values:[i
PodFailurePolicyOnPodConditionsPattern status:s type:s
PodFailurePolicyRule action:s onExitCodes:PodFailurePolicyOnExitCodesRequirement onPodConditions:[PodFailurePolicyOnPodConditionsPattern
PodObject apiVersion:s kind:s metadata:ObjectMeta spec:PodSpec status:o
PodOs name:s
PodReadinessGate conditionType:s
PodResourceClaim name:s resourceClaimName:s>31 resourceClaimTemplateName:s>31 source:ClaimSource<30
PodSchedulingGate name:s
PodSchedulingGroup podGroupName:s
PodSecurityContext appArmorProfile:AppArmorProfile>30 fsGroup:l fsGroupChangePolicy:s runAsGroup:l runAsNonRoot:b runAsUser:l seLinuxChangePolicy:s>32 seLinuxOptions:SeLinuxOptions seccompProfile:SeccompProfile supplementalGroups:[l supplementalGroupsPolicy:s>31 sysctls:[Sysctl windowsOptions:WindowsSecurityContextOptions
PodSpec activeDeadlineSeconds:l affinity:Affinity automountServiceAccountToken:b containers:[Container dnsConfig:PodDnsConfig dnsPolicy:s enableServiceLinks:b ephemeralContainers:[EphemeralContainer hostAliases:[HostAlias hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname:s hostnameOverride:s>34 imagePullSecrets:[LocalObjectReference initContainers:[Container nodeName:s nodeSelector:{s os:PodOs overhead:{q preemptionPolicy:s priority:i priorityClassName:s readinessGates:[PodReadinessGate resourceClaims:[PodResourceClaim resources:ResourceRequirements>32 restartPolicy:s runtimeClassName:s schedulerName:s schedulingGates:[PodSchedulingGate schedulingGroup:PodSchedulingGroup>36 securityContext:PodSecurityContext serviceAccount:s serviceAccountName:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain:s terminationGracePeriodSeconds:l tolerations:[Toleration topologySpreadConstraints:[TopologySpreadConstraint volumes:[Volume workloadRef:WorkloadReference>35<35
PodTemplateObject apiVersion:s kind:s metadata:ObjectMeta template:PodTemplateSpec
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
PodsMetricSourceV2 metric:MetricIdentifierV2 target:MetricTargetV2
PolicyRule apiGroups:[s nonResourceURLs:[s resourceNames:[s resources:[s verbs:[s
PortworxVolumeSource fsType:s readOnly:b volumeID:s
PreferredSchedulingTerm preference:NodeSelectorTerm weight:i
PriorityClassObject apiVersion:s description:s globalDefault:b kind:s metadata:ObjectMeta preemptionPolicy:s value:i
Probe exec:ExecAction failureThreshold:i grpc:GrpcAction httpGet:HttpGetAction initialDelaySeconds:i periodSeconds:i successThreshold:i tcpSocket:TcpSocketAction terminationGracePeriodSeconds:l timeoutSeconds:i
ProjectedVolumeSource defaultMode:i sources:[VolumeProjection
QuobyteVolumeSource group:s readOnly:b registry:s tenant:s user:s volume:s
RbdPersistentVolumeSource fsType:s image:s keyring:s monitors:[s pool:s readOnly:b secretRef:SecretReference user:s
RbdVolumeSource fsType:s image:s keyring:s monitors:[s pool:s readOnly:b secretRef:LocalObjectReference user:s
ReplicaSetObject apiVersion:s kind:s metadata:ObjectMeta spec:ReplicaSetSpec status:o
ReplicaSetSpec minReadySeconds:i replicas:i selector:LabelSelector template:PodTemplateSpec
ReplicationControllerObject apiVersion:s kind:s metadata:ObjectMeta spec:ReplicationControllerSpec status:o
ReplicationControllerSpec minReadySeconds:i replicas:i selector:{s template:PodTemplateSpec
ResourceClaim name:s request:s>31
ResourceClaimObject apiVersion:s kind:s metadata:ObjectMeta spec:ResourceClaimSpec status:o
ResourceClaimSpec devices:DeviceClaim
ResourceClaimSpecV1Beta1 devices:DeviceClaimV1Beta1
ResourceClaimSpecV1Beta2 devices:DeviceClaimV1Beta2
ResourceClaimTemplateObject apiVersion:s kind:s metadata:ObjectMeta spec:ResourceClaimTemplateSpec
ResourceClaimTemplateSpec metadata:ObjectMeta spec:ResourceClaimSpec
ResourceClaimTemplateSpecV1Beta1 metadata:ObjectMeta spec:ResourceClaimSpecV1Beta1
ResourceClaimTemplateSpecV1Beta2 metadata:ObjectMeta spec:ResourceClaimSpecV1Beta2
ResourceClaimTemplateV1Beta1Object apiVersion:s kind:s metadata:ObjectMeta spec:ResourceClaimTemplateSpecV1Beta1
ResourceClaimTemplateV1Beta2Object apiVersion:s kind:s metadata:ObjectMeta spec:ResourceClaimTemplateSpecV1Beta2
ResourceClaimV1Beta1Object apiVersion:s kind:s metadata:ObjectMeta spec:ResourceClaimSpecV1Beta1 status:o
ResourceClaimV1Beta2Object apiVersion:s kind:s metadata:ObjectMeta spec:ResourceClaimSpecV1Beta2 status:o
ResourceFieldSelector containerName:s divisor:q resource:s
ResourceMetricSourceV2 name:s target:MetricTargetV2
ResourceQuotaObject apiVersion:s kind:s metadata:ObjectMeta spec:ResourceQuotaSpec status:o
ResourceQuotaSpec hard:{q scopeSelector:ScopeSelector scopes:[s
ResourceRequirements claims:[ResourceClaim limits:{q requests:{q
RoleBindingObject apiVersion:s kind:s metadata:ObjectMeta roleRef:RoleRef subjects:[Subject
RoleObject apiVersion:s kind:s metadata:ObjectMeta rules:[PolicyRule
RoleRef apiGroup:s kind:s name:s
RollingUpdateDaemonSet maxSurge:x maxUnavailable:x
RollingUpdateDeployment maxSurge:x maxUnavailable:x
RollingUpdateStatefulSetStrategy maxUnavailable:x partition:i
RuntimeClassObject apiVersion:s handler:s kind:s metadata:ObjectMeta overhead:Overhead scheduling:Scheduling
ScaleIoPersistentVolumeSource fsType:s gateway:s protectionDomain:s readOnly:b secretRef:SecretReference sslEnabled:b storageMode:s storagePool:s system:s volumeName:s
ScaleIoVolumeSource fsType:s gateway:s protectionDomain:s readOnly:b secretRef:LocalObjectReference sslEnabled:b storageMode:s storagePool:s system:s volumeName:s
Scheduling nodeSelector:{s tolerations:[Toleration
ScopeSelector matchExpressions:[ScopedResourceSelectorRequirement
ScopedResourceSelectorRequirement operator:s scopeName:s values:[s
SeLinuxOptions level:s role:s type:s user:s
SeccompProfile localhostProfile:s type:s
SecretEnvSource name:s optional:b
SecretKeySelector key:s name:s optional:b
SecretObject apiVersion:s data:{y immutable:b kind:s metadata:ObjectMeta stringData:{s type:s
SecretProjection items:[KeyToPath name:s optional:b
SecretReference name:s namespace:s
SecretVolumeSource defaultMode:i items:[KeyToPath optional:b secretName:s
SecurityContext allowPrivilegeEscalation:b appArmorProfile:AppArmorProfile>30 capabilities:Capabilities privileged:b procMount:s readOnlyRootFilesystem:b runAsGroup:l runAsNonRoot:b runAsUser:l seLinuxOptions:SeLinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions
ServiceAccountObject apiVersion:s automountServiceAccountToken:b imagePullSecrets:[LocalObjectReference kind:s metadata:ObjectMeta secrets:[ObjectReference
ServiceAccountTokenProjection audience:s expirationSeconds:l path:s
ServiceBackendPort name:s number:i
ServiceObject apiVersion:s kind:s metadata:ObjectMeta spec:ServiceSpec status:o
ServicePort appProtocol:s name:s nodePort:i port:i protocol:s targetPort:x
ServiceSpec allocateLoadBalancerNodePorts:b clusterIP:s clusterIPs:[s externalIPs:[s externalName:s externalTrafficPolicy:s healthCheckNodePort:i internalTrafficPolicy:s ipFamilies:[s ipFamilyPolicy:s loadBalancerClass:s loadBalancerIP:s loadBalancerSourceRanges:[s ports:[ServicePort publishNotReadyAddresses:b selector:{s sessionAffinity:s sessionAffinityConfig:SessionAffinityConfig trafficDistribution:s>30 type:s
SessionAffinityConfig clientIP:ClientIpConfig
SleepAction seconds:l
StatefulSetObject apiVersion:s kind:s metadata:ObjectMeta spec:StatefulSetSpec status:o
StatefulSetOrdinals start:i
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:s whenScaled:s
StatefulSetSpec minReadySeconds:i ordinals:StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy:s replicas:i revisionHistoryLimit:i selector:LabelSelector serviceName:s template:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy volumeClaimTemplates:[PersistentVolumeClaimObject
StatefulSetUpdateStrategy rollingUpdate:RollingUpdateStatefulSetStrategy type:s
StorageClassObject allowVolumeExpansion:b allowedTopologies:[TopologySelectorTerm apiVersion:s kind:s metadata:ObjectMeta mountOptions:[s parameters:{s provisioner:s reclaimPolicy:s volumeBindingMode:s
StorageOsPersistentVolumeSource fsType:s readOnly:b secretRef:ObjectReference volumeName:s volumeNamespace:s
StorageOsVolumeSource fsType:s readOnly:b secretRef:LocalObjectReference volumeName:s volumeNamespace:s
Subject apiGroup:s kind:s name:s namespace:s
SuccessPolicy rules:[SuccessPolicyRule
SuccessPolicyRule succeededCount:i succeededIndexes:s
Sysctl name:s value:s
Taint effect:s key:s timeAdded:t value:s
TcpSocketAction host:s port:x
TokenRequest audience:s expirationSeconds:l
Toleration effect:s key:s operator:s tolerationSeconds:l value:s
TopologySelectorLabelRequirement key:s values:[s
TopologySelectorTerm matchLabelExpressions:[TopologySelectorLabelRequirement
TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys:[s maxSkew:i minDomains:i nodeAffinityPolicy:s nodeTaintsPolicy:s topologyKey:s whenUnsatisfiable:s
TypedLocalObjectReference apiGroup:s kind:s name:s
TypedObjectReference apiGroup:s kind:s name:s namespace:s
Volume awsElasticBlockStore:AwsElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFileVolumeSource cephfs:CephFsVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource csi:CsiVolumeSource downwardAPI:DownwardApiVolumeSource emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:FcVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GcePersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource hostPath:HostPathVolumeSource image:ImageVolumeSource>31 iscsi:IscsiVolumeSource name:s nfs:NfsVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RbdVolumeSource scaleIO:ScaleIoVolumeSource secret:SecretVolumeSource storageos:StorageOsVolumeSource vsphereVolume:VsphereVirtualDiskVolumeSource
VolumeAttributesClassObject apiVersion:s driverName:s kind:s metadata:ObjectMeta parameters:{s
VolumeAttributesClassV1Beta1Object apiVersion:s driverName:s kind:s metadata:ObjectMeta parameters:{s
VolumeDevice devicePath:s name:s
VolumeMount mountPath:s mountPropagation:s name:s readOnly:b recursiveReadOnly:s>30 subPath:s subPathExpr:s
VolumeNodeAffinity required:NodeSelector
VolumeProjection clusterTrustBundle:ClusterTrustBundleProjection>29 configMap:ConfigMapProjection downwardAPI:DownwardApiProjection podCertificate:PodCertificateProjection>34 secret:SecretProjection serviceAccountToken:ServiceAccountTokenProjection
VolumeResourceRequirements limits:{q requests:{q
VsphereVirtualDiskVolumeSource fsType:s storagePolicyID:s storagePolicyName:s volumePath:s
WeightedPodAffinityTerm podAffinityTerm:PodAffinityTerm weight:i
WindowsSecurityContextOptions gmsaCredentialSpec:s gmsaCredentialSpecName:s hostProcess:b runAsUserName:s
WorkloadReference name:s podGroup:s podGroupReplicaKey:s
`;
