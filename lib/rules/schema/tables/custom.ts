// Made by .build/schema.mjs.
/* eslint max-lines: off */

/** `apiVersion kind line`: a line of the schemas, from 0 */
export const CUSTOM_KINDS = String.raw`
jobset.x-k8s.io/v1alpha2 JobSet 185
kubeflow.org/v2beta1 MPIJob 198
kubeflow.org/v1 PyTorchJob 214
kueue.x-k8s.io/v1beta1 ClusterQueue 244
kueue.x-k8s.io/v1beta2 ClusterQueue 260
kueue.x-k8s.io/v1beta1 LocalQueue 262
kueue.x-k8s.io/v1beta2 LocalQueue 262
kueue.x-k8s.io/v1beta1 ResourceFlavor 268
kueue.x-k8s.io/v1beta2 ResourceFlavor 268
kueue.x-k8s.io/v1beta1 WorkloadPriorityClass 269
kueue.x-k8s.io/v1beta2 WorkloadPriorityClass 271
leaderworkerset.x-k8s.io/v1 LeaderWorkerSet 289
monitoring.coreos.com/v1 PrometheusRule 299
scheduling.volcano.sh/v1beta1 PodGroup 315
scheduling.volcano.sh/v1beta1 Queue 324
snapshot.storage.k8s.io/v1 VolumeSnapshotClass 326
snapshot.storage.k8s.io/v1 VolumeSnapshotContent 330
snapshot.storage.k8s.io/v1 VolumeSnapshot 334
trainer.kubeflow.org/v1alpha1 ClusterTrainingRuntime 359
trainer.kubeflow.org/v1alpha1 TrainingRuntime 359
trainer.kubeflow.org/v1alpha1 TrainJob 394
velero.io/v1 Backup 416
velero.io/v1 BackupStorageLocation 423
velero.io/v1 Restore 439
velero.io/v1 Schedule 443
velero.io/v1 VolumeSnapshotLocation 446
`;

/**
 * A schema each. t type: a letter as for the core kinds, and n integer, f number, a list, o object, * anything; p properties, ap
 * further properties, i items: a type by its letter, or the number of a line; r required, e enum, m pattern, d default, z nullable,
 * k keys of a list that is a map, none for a set; u keeps unknown fields, v rules.
 */
export const CUSTOM_SCHEMAS = String.raw`
{"t":"o","p":{"jobIndex":"n","podIndex":"n","replicatedJob":"s"},"r":["replicatedJob"]}
{"t":"s","e":["Recreate","BlockingRecreate","InPlaceRestart"],"d":"Recreate"}
{"t":"s","e":["FailJobSet","RestartJobSet","RestartJobSetAndIgnoreMaxRestarts","RestartJob","RestartJobAndIgnoreMaxRestarts"]}
{"t":"a","i":"s"}
{"t":"o","p":{"action":2,"name":"s","onJobFailureMessagePatterns":3,"onJobFailureReasons":3,"targetReplicatedJobs":3},"r":["action","name"]}
{"t":"a","i":4}
{"t":"o","p":{"maxRestarts":"i","restartStrategy":1,"rules":5}}
{"t":"o","p":{"enableDNSHostnames":"b","publishNotReadyAddresses":"b","subdomain":"s"}}
{"t":"s","e":["Ready","Complete"]}
{"t":"o","p":{"name":"s","status":8},"r":["name","status"]}
{"t":"a","i":9,"maxItems":5,"k":["name"]}
{"t":"s","d":"default"}
{"t":"i","minimum":0,"d":1}
{"t":"o","ap":"s"}
{"t":"o","p":{"annotations":13,"finalizers":3,"labels":13,"name":"s","namespace":"s"}}
{"t":"a","i":"i","k":[]}
{"t":"o","p":{"containerName":"s","operator":"s","values":15},"r":["operator","values"]}
{"t":"o","p":{"status":"s","type":"s"},"r":["type"]}
{"t":"a","i":17}
{"t":"o","p":{"action":"s","onExitCodes":16,"onPodConditions":18},"r":["action"]}
{"t":"a","i":19}
{"t":"o","p":{"rules":20},"r":["rules"]}
{"t":"o","p":{"key":"s","operator":"s","values":3},"r":["key","operator"]}
{"t":"a","i":22}
{"t":"o","p":{"matchExpressions":23,"matchLabels":13}}
{"t":"o","p":{"succeededCount":"i","succeededIndexes":"s"}}
{"t":"a","i":25}
{"t":"o","p":{"rules":26},"r":["rules"]}
{"t":"o","p":{"matchExpressions":23,"matchFields":23}}
{"t":"o","p":{"preference":28,"weight":"i"},"r":["preference","weight"]}
{"t":"a","i":29}
{"t":"a","i":28}
{"t":"o","p":{"nodeSelectorTerms":31},"r":["nodeSelectorTerms"]}
{"t":"o","p":{"preferredDuringSchedulingIgnoredDuringExecution":30,"requiredDuringSchedulingIgnoredDuringExecution":32}}
{"t":"o","p":{"labelSelector":24,"matchLabelKeys":3,"mismatchLabelKeys":3,"namespaceSelector":24,"namespaces":3,"topologyKey":"s"},"r":["topologyKey"]}
{"t":"o","p":{"podAffinityTerm":34,"weight":"i"},"r":["podAffinityTerm","weight"]}
{"t":"a","i":35}
{"t":"a","i":34}
{"t":"o","p":{"preferredDuringSchedulingIgnoredDuringExecution":36,"requiredDuringSchedulingIgnoredDuringExecution":37}}
{"t":"o","p":{"nodeAffinity":33,"podAffinity":38,"podAntiAffinity":38}}
{"t":"s","d":""}
{"t":"o","p":{"key":"s","name":40,"optional":"b"},"r":["key"]}
{"t":"o","p":{"apiVersion":"s","fieldPath":"s"},"r":["fieldPath"]}
{"t":"b","d":false}
{"t":"o","p":{"key":"s","optional":43,"path":"s","volumeName":"s"},"r":["key","path","volumeName"]}
{"t":"x","m":"^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$"}
{"t":"o","p":{"containerName":"s","divisor":45,"resource":"s"},"r":["resource"]}
{"t":"o","p":{"configMapKeyRef":41,"fieldRef":42,"fileKeyRef":44,"resourceFieldRef":46,"secretKeyRef":41}}
{"t":"o","p":{"name":"s","value":"s","valueFrom":47},"r":["name"]}
{"t":"a","i":48,"k":["name"]}
{"t":"o","p":{"name":40,"optional":"b"}}
{"t":"o","p":{"configMapRef":50,"prefix":"s","secretRef":50}}
{"t":"a","i":51}
{"t":"o","p":{"command":3}}
{"t":"o","p":{"name":"s","value":"s"},"r":["name","value"]}
{"t":"a","i":54}
{"t":"o","p":{"host":"s","httpHeaders":55,"path":"s","port":"x","scheme":"s"},"r":["port"]}
{"t":"o","p":{"seconds":"l"},"r":["seconds"]}
{"t":"o","p":{"host":"s","port":"x"},"r":["port"]}
{"t":"o","p":{"exec":53,"httpGet":56,"sleep":57,"tcpSocket":58}}
{"t":"o","p":{"postStart":59,"preStop":59,"stopSignal":"s"}}
{"t":"o","p":{"port":"i","service":40},"r":["port"]}
{"t":"o","p":{"exec":53,"failureThreshold":"i","grpc":61,"httpGet":56,"initialDelaySeconds":"i","periodSeconds":"i","successThreshold":"i","tcpSocket":58,"terminationGracePeriodSeconds":"l","timeoutSeconds":"i"}}
{"t":"s","d":"TCP"}
{"t":"o","p":{"containerPort":"i","hostIP":"s","hostPort":"i","name":"s","protocol":63},"r":["containerPort"]}
{"t":"a","i":64,"k":["containerPort","protocol"]}
{"t":"o","p":{"resourceName":"s","restartPolicy":"s"},"r":["resourceName","restartPolicy"]}
{"t":"a","i":66}
{"t":"o","p":{"name":"s","request":"s"},"r":["name"]}
{"t":"a","i":68,"k":["name"]}
{"t":"o","ap":45}
{"t":"o","p":{"claims":69,"limits":70,"requests":70}}
{"t":"o","p":{"operator":"s","values":15},"r":["operator"]}
{"t":"o","p":{"action":"s","exitCodes":72},"r":["action"]}
{"t":"a","i":73}
{"t":"o","p":{"localhostProfile":"s","type":"s"},"r":["type"]}
{"t":"o","p":{"add":3,"drop":3}}
{"t":"o","p":{"level":"s","role":"s","type":"s","user":"s"}}
{"t":"o","p":{"gmsaCredentialSpec":"s","gmsaCredentialSpecName":"s","hostProcess":"b","runAsUserName":"s"}}
{"t":"o","p":{"allowPrivilegeEscalation":"b","appArmorProfile":75,"capabilities":76,"privileged":"b","procMount":"s","readOnlyRootFilesystem":"b","runAsGroup":"l","runAsNonRoot":"b","runAsUser":"l","seLinuxOptions":77,"seccompProfile":75,"windowsOptions":78}}
{"t":"o","p":{"devicePath":"s","name":"s"},"r":["devicePath","name"]}
{"t":"a","i":80,"k":["devicePath"]}
{"t":"o","p":{"mountPath":"s","mountPropagation":"s","name":"s","readOnly":"b","recursiveReadOnly":"s","subPath":"s","subPathExpr":"s"},"r":["mountPath","name"]}
{"t":"a","i":82,"k":["mountPath"]}
{"t":"o","p":{"args":3,"command":3,"env":49,"envFrom":52,"image":"s","imagePullPolicy":"s","lifecycle":60,"livenessProbe":62,"name":"s","ports":65,"readinessProbe":62,"resizePolicy":67,"resources":71,"restartPolicy":"s","restartPolicyRules":74,"securityContext":79,"startupProbe":62,"stdin":"b","stdinOnce":"b","terminationMessagePath":"s","terminationMessagePolicy":"s","tty":"b","volumeDevices":81,"volumeMounts":83,"workingDir":"s"},"r":["name"]}
{"t":"a","i":84,"k":["name"]}
{"t":"o","p":{"name":"s","value":"s"}}
{"t":"a","i":86}
{"t":"o","p":{"nameservers":3,"options":87,"searches":3}}
{"t":"o","p":{"args":3,"command":3,"env":49,"envFrom":52,"image":"s","imagePullPolicy":"s","lifecycle":60,"livenessProbe":62,"name":"s","ports":65,"readinessProbe":62,"resizePolicy":67,"resources":71,"restartPolicy":"s","restartPolicyRules":74,"securityContext":79,"startupProbe":62,"stdin":"b","stdinOnce":"b","targetContainerName":"s","terminationMessagePath":"s","terminationMessagePolicy":"s","tty":"b","volumeDevices":81,"volumeMounts":83,"workingDir":"s"},"r":["name"]}
{"t":"a","i":89,"k":["name"]}
{"t":"o","p":{"hostnames":3,"ip":"s"},"r":["ip"]}
{"t":"a","i":91,"k":["ip"]}
{"t":"o","p":{"name":40}}
{"t":"a","i":93,"k":["name"]}
{"t":"o","p":{"name":"s"},"r":["name"]}
{"t":"o","p":{"conditionType":"s"},"r":["conditionType"]}
{"t":"a","i":96}
{"t":"o","p":{"name":"s","resourceClaimName":"s","resourceClaimTemplateName":"s"},"r":["name"]}
{"t":"a","i":98,"k":["name"]}
{"t":"a","i":95,"k":["name"]}
{"t":"o","p":{"podGroupName":"s"}}
{"t":"a","i":"l"}
{"t":"o","p":{"appArmorProfile":75,"fsGroup":"l","fsGroupChangePolicy":"s","runAsGroup":"l","runAsNonRoot":"b","runAsUser":"l","seLinuxChangePolicy":"s","seLinuxOptions":77,"seccompProfile":75,"supplementalGroups":102,"supplementalGroupsPolicy":"s","sysctls":55,"windowsOptions":78}}
{"t":"o","p":{"effect":"s","key":"s","operator":"s","tolerationSeconds":"l","value":"s"}}
{"t":"a","i":104}
{"t":"o","p":{"labelSelector":24,"matchLabelKeys":3,"maxSkew":"i","minDomains":"i","nodeAffinityPolicy":"s","nodeTaintsPolicy":"s","topologyKey":"s","whenUnsatisfiable":"s"},"r":["maxSkew","topologyKey","whenUnsatisfiable"]}
{"t":"a","i":106,"k":["topologyKey","whenUnsatisfiable"]}
{"t":"o","p":{"fsType":"s","partition":"i","readOnly":"b","volumeID":"s"},"r":["volumeID"]}
{"t":"s","d":"ext4"}
{"t":"o","p":{"cachingMode":"s","diskName":"s","diskURI":"s","fsType":109,"kind":"s","readOnly":43},"r":["diskName","diskURI"]}
{"t":"o","p":{"readOnly":"b","secretName":"s","shareName":"s"},"r":["secretName","shareName"]}
{"t":"o","p":{"monitors":3,"path":"s","readOnly":"b","secretFile":"s","secretRef":93,"user":"s"},"r":["monitors"]}
{"t":"o","p":{"fsType":"s","readOnly":"b","secretRef":93,"volumeID":"s"},"r":["volumeID"]}
{"t":"o","p":{"key":"s","mode":"i","path":"s"},"r":["key","path"]}
{"t":"a","i":114}
{"t":"o","p":{"defaultMode":"i","items":115,"name":40,"optional":"b"}}
{"t":"o","p":{"driver":"s","fsType":"s","nodePublishSecretRef":93,"readOnly":"b","volumeAttributes":13},"r":["driver"]}
{"t":"o","p":{"fieldRef":42,"mode":"i","path":"s","resourceFieldRef":46},"r":["path"]}
{"t":"a","i":118}
{"t":"o","p":{"defaultMode":"i","items":119}}
{"t":"o","p":{"medium":"s","sizeLimit":45}}
{"t":"o","p":{"apiGroup":"s","kind":"s","name":"s"},"r":["kind","name"]}
{"t":"o","p":{"apiGroup":"s","kind":"s","name":"s","namespace":"s"},"r":["kind","name"]}
{"t":"o","p":{"limits":70,"requests":70}}
{"t":"o","p":{"accessModes":3,"dataSource":122,"dataSourceRef":123,"resources":124,"selector":24,"storageClassName":"s","volumeAttributesClassName":"s","volumeMode":"s","volumeName":"s"}}
{"t":"o","p":{"metadata":14,"spec":125},"r":["spec"]}
{"t":"o","p":{"volumeClaimTemplate":126}}
{"t":"o","p":{"fsType":"s","lun":"i","readOnly":"b","targetWWNs":3,"wwids":3}}
{"t":"o","p":{"driver":"s","fsType":"s","options":13,"readOnly":"b","secretRef":93},"r":["driver"]}
{"t":"o","p":{"datasetName":"s","datasetUUID":"s"}}
{"t":"o","p":{"fsType":"s","partition":"i","pdName":"s","readOnly":"b"},"r":["pdName"]}
{"t":"o","p":{"directory":"s","repository":"s","revision":"s"},"r":["repository"]}
{"t":"o","p":{"endpoints":"s","path":"s","readOnly":"b"},"r":["endpoints","path"]}
{"t":"o","p":{"path":"s","type":"s"},"r":["path"]}
{"t":"o","p":{"pullPolicy":"s","reference":"s"}}
{"t":"o","p":{"chapAuthDiscovery":"b","chapAuthSession":"b","fsType":"s","initiatorName":"s","iqn":"s","iscsiInterface":11,"lun":"i","portals":3,"readOnly":"b","secretRef":93,"targetPortal":"s"},"r":["iqn","lun","targetPortal"]}
{"t":"o","p":{"path":"s","readOnly":"b","server":"s"},"r":["path","server"]}
{"t":"o","p":{"claimName":"s","readOnly":"b"},"r":["claimName"]}
{"t":"o","p":{"fsType":"s","pdID":"s"},"r":["pdID"]}
{"t":"o","p":{"fsType":"s","readOnly":"b","volumeID":"s"},"r":["volumeID"]}
{"t":"o","p":{"labelSelector":24,"name":"s","optional":"b","path":"s","signerName":"s"},"r":["path"]}
{"t":"o","p":{"items":115,"name":40,"optional":"b"}}
{"t":"o","p":{"items":119}}
{"t":"o","p":{"certificateChainPath":"s","credentialBundlePath":"s","keyPath":"s","keyType":"s","maxExpirationSeconds":"i","signerName":"s","userAnnotations":13},"r":["keyType","signerName"]}
{"t":"o","p":{"audience":"s","expirationSeconds":"l","path":"s"},"r":["path"]}
{"t":"o","p":{"clusterTrustBundle":141,"configMap":142,"downwardAPI":143,"podCertificate":144,"secret":142,"serviceAccountToken":145}}
{"t":"a","i":146}
{"t":"o","p":{"defaultMode":"i","sources":147}}
{"t":"o","p":{"group":"s","readOnly":"b","registry":"s","tenant":"s","user":"s","volume":"s"},"r":["registry","volume"]}
{"t":"s","d":"/etc/ceph/keyring"}
{"t":"s","d":"rbd"}
{"t":"s","d":"admin"}
{"t":"o","p":{"fsType":"s","image":"s","keyring":150,"monitors":3,"pool":151,"readOnly":"b","secretRef":93,"user":152},"r":["image","monitors"]}
{"t":"s","d":"xfs"}
{"t":"s","d":"ThinProvisioned"}
{"t":"o","p":{"fsType":154,"gateway":"s","protectionDomain":"s","readOnly":"b","secretRef":93,"sslEnabled":"b","storageMode":155,"storagePool":"s","system":"s","volumeName":"s"},"r":["gateway","secretRef","system"]}
{"t":"o","p":{"defaultMode":"i","items":115,"optional":"b","secretName":"s"}}
{"t":"o","p":{"fsType":"s","readOnly":"b","secretRef":93,"volumeName":"s","volumeNamespace":"s"}}
{"t":"o","p":{"fsType":"s","storagePolicyID":"s","storagePolicyName":"s","volumePath":"s"},"r":["volumePath"]}
{"t":"o","p":{"awsElasticBlockStore":108,"azureDisk":110,"azureFile":111,"cephfs":112,"cinder":113,"configMap":116,"csi":117,"downwardAPI":120,"emptyDir":121,"ephemeral":127,"fc":128,"flexVolume":129,"flocker":130,"gcePersistentDisk":131,"gitRepo":132,"glusterfs":133,"hostPath":134,"image":135,"iscsi":136,"name":"s","nfs":137,"persistentVolumeClaim":138,"photonPersistentDisk":139,"portworxVolume":140,"projected":148,"quobyte":149,"rbd":153,"scaleIO":156,"secret":157,"storageos":158,"vsphereVolume":159},"r":["name"]}
{"t":"a","i":160,"k":["name"]}
{"t":"o","p":{"activeDeadlineSeconds":"l","affinity":39,"automountServiceAccountToken":"b","containers":85,"dnsConfig":88,"dnsPolicy":"s","enableServiceLinks":"b","ephemeralContainers":90,"hostAliases":92,"hostIPC":"b","hostNetwork":"b","hostPID":"b","hostUsers":"b","hostname":"s","hostnameOverride":"s","imagePullSecrets":94,"initContainers":85,"nodeName":"s","nodeSelector":13,"os":95,"overhead":70,"preemptionPolicy":"s","priority":"i","priorityClassName":"s","readinessGates":97,"resourceClaims":99,"resources":71,"restartPolicy":"s","runtimeClassName":"s","schedulerName":"s","schedulingGates":100,"schedulingGroup":101,"securityContext":103,"serviceAccount":"s","serviceAccountName":"s","setHostnameAsFQDN":"b","shareProcessNamespace":"b","subdomain":"s","terminationGracePeriodSeconds":"l","tolerations":105,"topologySpreadConstraints":107,"volumes":161},"r":["containers"]}
{"t":"o","p":{"metadata":14,"spec":162}}
{"t":"o","p":{"activeDeadlineSeconds":"l","backoffLimit":"i","backoffLimitPerIndex":"i","completionMode":"s","completions":"i","managedBy":"s","manualSelector":"b","maxFailedIndexes":"i","parallelism":"i","podFailurePolicy":21,"podReplacementPolicy":"s","selector":24,"successPolicy":27,"suspend":"b","template":163,"ttlSecondsAfterFinished":"i"},"r":["template"]}
{"t":"o","p":{"metadata":14,"spec":164}}
{"t":"o","p":{"dependsOn":10,"groupName":11,"name":"s","replicas":12,"template":165},"r":["name","template"]}
{"t":"a","i":166,"k":["name"]}
{"t":"s","e":["AnyOrder","InOrder"]}
{"t":"o","p":{"startupPolicyOrder":168},"r":["startupPolicyOrder"]}
{"t":"s","e":["All","Any"]}
{"t":"o","p":{"operator":170,"targetReplicatedJobs":3},"r":["operator"]}
{"t":"i","minimum":0}
{"t":"s","e":["Delete","Retain"],"d":"Delete"}
{"t":"o","p":{"whenDeleted":173}}
{"t":"o","p":{"lastProbeTime":"t","lastTransitionTime":"t","message":"s","reason":"s","status":"s","type":"s"},"r":["status","type"]}
{"t":"a","i":175,"k":["type"]}
{"t":"o","p":{"status":"s","targetVolumeAttributesClassName":"s"},"r":["status"]}
{"t":"o","p":{"accessModes":3,"allocatedResourceStatuses":13,"allocatedResources":70,"capacity":70,"conditions":176,"currentVolumeAttributesClassName":"s","modifyVolumeStatus":177,"phase":"s"}}
{"t":"o","p":{"apiVersion":"s","kind":"s","metadata":14,"spec":125,"status":178}}
{"t":"a","i":179,"maxItems":50}
{"t":"o","p":{"retentionPolicy":174,"templates":180},"v":["self.templates.all(t, !has(t.metadata.namespace) || size(t.metadata.namespace) == 0)"]}
{"t":"a","i":181,"maxItems":50}
{"t":"o","p":{"coordinator":0,"failurePolicy":6,"managedBy":"s","network":7,"replicatedJobs":167,"startupPolicy":169,"successPolicy":171,"suspend":"b","ttlSecondsAfterFinished":172,"volumeClaimPolicies":182},"v":["!(has(self.startupPolicy) && self.startupPolicy.startupPolicyOrder == 'InOrder' && self.replicatedJobs.exists(x, has(x.dependsOn)))"]}
{"t":"o","u":1}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":183,"status":184}}
{"t":"s","d":"AtStartup"}
{"t":"s","e":["OpenMPI","Intel","MPICH"],"d":"OpenMPI"}
{"t":"o","p":{"name":"s","podGroup":"s","podGroupReplicaKey":"s"},"r":["name","podGroup"]}
{"t":"o","p":{"activeDeadlineSeconds":"l","affinity":39,"automountServiceAccountToken":"b","containers":85,"dnsConfig":88,"dnsPolicy":"s","enableServiceLinks":"b","ephemeralContainers":90,"hostAliases":92,"hostIPC":"b","hostNetwork":"b","hostPID":"b","hostUsers":"b","hostname":"s","hostnameOverride":"s","imagePullSecrets":94,"initContainers":85,"nodeName":"s","nodeSelector":13,"os":95,"overhead":70,"preemptionPolicy":"s","priority":"i","priorityClassName":"s","readinessGates":97,"resourceClaims":99,"resources":71,"restartPolicy":"s","runtimeClassName":"s","schedulerName":"s","schedulingGates":100,"securityContext":103,"serviceAccount":"s","serviceAccountName":"s","setHostnameAsFQDN":"b","shareProcessNamespace":"b","subdomain":"s","terminationGracePeriodSeconds":"l","tolerations":105,"topologySpreadConstraints":107,"volumes":161,"workloadRef":188},"r":["containers"]}
{"t":"o","p":{"metadata":14,"spec":189}}
{"t":"o","p":{"replicas":"i","restartPolicy":"s","template":190}}
{"t":"o","ap":191}
{"t":"o","p":{"minAvailable":"i","minResources":70,"priorityClass":"s","queue":"s","scheduleTimeoutSeconds":"i"}}
{"t":"o","p":{"activeDeadlineSeconds":"l","backoffLimit":"i","cleanPodPolicy":"s","managedBy":"s","schedulingPolicy":193,"suspend":43,"ttlSecondsAfterFinished":"i"}}
{"t":"i","d":1}
{"t":"s","d":"/root/.ssh"}
{"t":"o","p":{"launcherCreationPolicy":186,"mpiImplementation":187,"mpiReplicaSpecs":192,"runLauncherAsWorker":43,"runPolicy":194,"slotsPerWorker":195,"sshAuthMountPath":196},"r":["mpiReplicaSpecs"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":197,"status":184}}
{"t":"o","p":{"averageUtilization":"i","averageValue":45,"type":"s","value":45},"r":["type"]}
{"t":"o","p":{"container":"s","name":"s","target":199},"r":["container","name","target"]}
{"t":"o","p":{"name":"s","selector":24},"r":["name"]}
{"t":"o","p":{"metric":201,"target":199},"r":["metric","target"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","name":"s"},"r":["kind","name"]}
{"t":"o","p":{"describedObject":203,"metric":201,"target":199},"r":["describedObject","metric","target"]}
{"t":"o","p":{"name":"s","target":199},"r":["name","target"]}
{"t":"o","p":{"containerResource":200,"external":202,"object":204,"pods":202,"resource":205,"type":"s"},"r":["type"]}
{"t":"a","i":206}
{"t":"o","p":{"key":"s","value":"s"}}
{"t":"a","i":208}
{"t":"o","p":{"maxReplicas":"i","maxRestarts":"i","metrics":207,"minReplicas":"i","nProcPerNode":"i","rdzvBackend":"s","rdzvConf":209,"rdzvHost":"s","rdzvId":"s","rdzvPort":"i","standalone":"b"}}
{"t":"o","p":{"replicas":"i","restartPolicy":"s","template":163}}
{"t":"o","ap":211}
{"t":"o","p":{"elasticPolicy":210,"nprocPerNode":"s","pytorchReplicaSpecs":212,"runPolicy":194},"r":["pytorchReplicaSpecs"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":213,"status":184}}
{"t":"s","maxLength":316}
{"t":"a","i":215}
{"t":"s","m":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","maxLength":253}
{"t":"a","i":217}
{"t":"o","p":{"name":215,"onFlavors":218},"r":["name"]}
{"t":"a","i":219}
{"t":"o","p":{"admissionChecks":220}}
{"t":"o","p":{"admissionMode":"s"},"r":["admissionMode"]}
{"t":"x","m":"^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$","d":1}
{"t":"o","p":{"weight":223}}
{"t":"s","e":["BorrowingOverPreemption","PreemptionOverBorrowing"]}
{"t":"s","e":["MayStopSearch","TryNextFlavor","Borrow"],"d":"MayStopSearch"}
{"t":"s","e":["MayStopSearch","TryNextFlavor","Preempt"],"d":"TryNextFlavor"}
{"t":"o","p":{"preference":225,"whenCanBorrow":226,"whenCanPreempt":227},"d":{},"v":["!has(self.preference) || (self.whenCanBorrow == 'TryNextFlavor' && self.whenCanPreempt == 'TryNextFlavor')"]}
{"t":"s","e":["Never","LowerPriority"],"d":"Never"}
{"t":"o","p":{"maxPriorityThreshold":"i","policy":229},"d":{}}
{"t":"s","e":["Never","LowerPriority","Any"],"d":"Never"}
{"t":"s","e":["Never","LowerPriority","LowerOrNewerEqualPriority"],"d":"Never"}
{"t":"o","p":{"borrowWithinCohort":230,"reclaimWithinCohort":231,"withinClusterQueue":232},"d":{},"v":["!(self.reclaimWithinCohort == 'Never' && has(self.borrowWithinCohort) &&  self.borrowWithinCohort.policy != 'Never')"]}
{"t":"s","e":["StrictFIFO","BestEffortFIFO"],"d":"BestEffortFIFO"}
{"t":"a","i":"s","minItems":1,"maxItems":64}
{"t":"o","p":{"borrowingLimit":45,"lendingLimit":45,"name":"s","nominalQuota":45},"r":["name","nominalQuota"]}
{"t":"a","i":236,"minItems":1,"maxItems":64,"k":["name"]}
{"t":"o","p":{"name":217,"resources":237},"r":["name","resources"]}
{"t":"a","i":238,"minItems":1,"maxItems":64,"k":["name"]}
{"t":"o","p":{"coveredResources":235,"flavors":239},"r":["coveredResources","flavors"],"v":["self.flavors.all(x, size(x.resources) == size(self.coveredResources))"]}
{"t":"a","i":240,"maxItems":16}
{"t":"s","e":["None","Hold","HoldAndDrain"],"d":"None"}
{"t":"o","p":{"admissionChecks":216,"admissionChecksStrategy":221,"admissionScope":222,"cohort":217,"fairSharing":224,"flavorFungibility":228,"namespaceSelector":24,"preemption":233,"queueingStrategy":234,"resourceGroups":241,"stopPolicy":242},"v":["!has(self.cohort) && has(self.resourceGroups) ? self.resourceGroups.all(rg, rg.flavors.all(f, f.resources.all(r, !has(r.borrowingLimit)))) : true"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":243,"status":184}}
{"t":"s","minLength":1,"maxLength":316}
{"t":"a","i":217,"maxItems":64,"k":[]}
{"t":"o","p":{"name":245,"onFlavors":246},"r":["name"]}
{"t":"a","i":247,"minItems":1,"maxItems":64,"k":["name"]}
{"t":"o","p":{"admissionChecks":248},"r":["admissionChecks"]}
{"t":"s","e":["UsageBasedAdmissionFairSharing","NoAdmissionFairSharing"]}
{"t":"o","p":{"admissionMode":250},"r":["admissionMode"]}
{"t":"o","p":{"lastAcceptableFlavorName":217}}
{"t":"s","e":["TryPreferredFlavors","RetainFirstAdmission"],"maxLength":253}
{"t":"o","p":{"constraints":252,"mode":253},"r":["mode"]}
{"t":"o","p":{"migration":254},"r":["migration"]}
{"t":"s","e":["MayStopSearch","TryNextFlavor"],"d":"MayStopSearch"}
{"t":"s","e":["MayStopSearch","TryNextFlavor"],"d":"TryNextFlavor"}
{"t":"o","p":{"preference":225,"whenCanBorrow":256,"whenCanPreempt":257},"d":{},"v":["!has(self.preference) || (self.whenCanBorrow == 'TryNextFlavor' && self.whenCanPreempt == 'TryNextFlavor')"]}
{"t":"o","p":{"admissionChecksStrategy":249,"admissionScope":251,"cohortName":217,"concurrentAdmissionPolicy":255,"fairSharing":224,"flavorFungibility":258,"namespaceSelector":24,"preemption":233,"queueingStrategy":234,"resourceGroups":241,"stopPolicy":242},"v":["!has(self.cohortName) && has(self.resourceGroups) ? self.resourceGroups.all(rg, rg.flavors.all(f, f.resources.all(r, !has(r.borrowingLimit)))) : true"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":259,"status":184}}
{"t":"o","p":{"clusterQueue":217,"fairSharing":224,"stopPolicy":242}}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":261,"status":184}}
{"t":"o","ap":"s","maxProperties":8}
{"t":"o","p":{"effect":"s","key":"s","timeAdded":"t","value":"s"},"r":["effect","key"]}
{"t":"a","i":264,"maxItems":8,"v":["self.all(x, x.effect in ['NoSchedule', 'PreferNoSchedule', 'NoExecute'])"]}
{"t":"a","i":104,"maxItems":8,"v":["self.all(x, !has(x.key) ? x.operator == 'Exists' : true)","self.all(x, has(x.tolerationSeconds) ? x.effect == 'NoExecute' : true)","self.all(x, !has(x.operator) || x.operator in ['Equal', 'Exists'])","self.all(x, has(x.operator) && x.operator == 'Exists' ? !has(x.value) : true)","self.all(x, !has(x.effect) || x.effect in ['NoSchedule', 'PreferNoSchedule', 'NoExecute'])"]}
{"t":"o","p":{"nodeLabels":263,"nodeTaints":265,"tolerations":266,"topologyName":217},"v":["!has(self.topologyName) || self.nodeLabels.size() >= 1"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":267}}
{"t":"o","p":{"apiVersion":"s","kind":"s","description":"s","value":"i"},"r":["value"]}
{"t":"s","maxLength":2048}
{"t":"o","p":{"apiVersion":"s","kind":"s","description":270,"value":"i"},"r":["value"]}
{"t":"o","p":{"whenDeleted":"s","whenScaled":"s"}}
{"t":"s","e":["Default","RecreateGroupOnPodRestart","RecreateGroupAfterStart","None"],"d":"RecreateGroupOnPodRestart"}
{"t":"s","e":["LeaderWorker","LeaderExcluded"],"d":"LeaderWorker"}
{"t":"o","p":{"subGroupPolicyType":274,"subGroupSize":"i"}}
{"t":"a","i":179}
{"t":"o","p":{"leaderTemplate":163,"persistentVolumeClaimRetentionPolicy":272,"restartPolicy":273,"size":195,"subGroupPolicy":275,"volumeClaimTemplates":276,"workerTemplate":163},"r":["workerTemplate"]}
{"t":"s","e":["Shared","UniquePerReplica"]}
{"t":"o","p":{"subdomainPolicy":278},"r":["subdomainPolicy"]}
{"t":"i","minimum":0,"maximum":1000000,"d":1}
{"t":"x","d":0}
{"t":"x","d":1}
{"t":"i","d":0}
{"t":"o","p":{"maxSurge":281,"maxUnavailable":282,"partition":283}}
{"t":"s","e":["RollingUpdate"],"d":"RollingUpdate"}
{"t":"o","p":{"rollingUpdateConfiguration":284,"type":285},"r":["type"]}
{"t":"s","e":["LeaderCreated","LeaderReady"],"d":"LeaderCreated"}
{"t":"o","p":{"leaderWorkerTemplate":277,"networkConfig":279,"replicas":280,"rolloutStrategy":286,"startupPolicy":287},"r":["leaderWorkerTemplate"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":288,"status":184}}
{"t":"s","m":"^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$"}
{"t":"s","minLength":1}
{"t":"s","m":"^(?i)(abort|warn)?$"}
{"t":"s","m":"^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$","minLength":1}
{"t":"o","p":{"alert":"s","annotations":13,"expr":"x","for":290,"keep_firing_for":293,"labels":13,"record":"s"},"r":["expr"]}
{"t":"a","i":294}
{"t":"o","p":{"interval":290,"labels":13,"limit":"n","name":291,"partial_response_strategy":292,"query_offset":290,"rules":295},"r":["name"]}
{"t":"a","i":296,"k":["name"]}
{"t":"o","p":{"groups":297}}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":298,"status":184},"r":["spec"]}
{"t":"o","ap":"i"}
{"t":"n","minimum":0}
{"t":"s","maxLength":253}
{"t":"s","e":["hard","soft"],"d":"hard"}
{"t":"o","p":{"highestTierAllowed":301,"highestTierName":302,"mode":303}}
{"t":"s","m":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$","maxLength":253,"d":"default"}
{"t":"i","minimum":0,"d":0}
{"t":"i","minimum":1,"d":1}
{"t":"o","p":{"labelSelector":24,"matchLabelKeys":3,"minSubGroups":306,"name":302,"networkTopology":304,"subGroupSize":307}}
{"t":"a","i":308}
{"t":"o","p":{"minMember":172,"minResources":70,"minTaskMember":300,"networkTopology":304,"priorityClassName":302,"queue":305,"subGroupPolicy":309}}
{"t":"o","p":{"lastTransitionTime":"t","message":"s","reason":"s","status":"s","transitionID":"s","type":"s"}}
{"t":"a","i":311}
{"t":"s","e":["Pending","Running","Unknown","Inqueue","Completed"]}
{"t":"o","p":{"conditions":312,"failed":172,"phase":313,"running":172,"succeeded":172}}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":310,"status":314}}
{"t":"o","p":{"preferredDuringSchedulingIgnoredDuringExecution":3,"requiredDuringSchedulingIgnoredDuringExecution":3}}
{"t":"o","p":{"nodeGroupAffinity":316,"nodeGroupAntiAffinity":316}}
{"t":"s","e":["fifo","traverse"],"d":"traverse"}
{"t":"o","p":{"capacity":70,"name":"s","weight":"i"}}
{"t":"a","i":319}
{"t":"o","p":{"resource":70}}
{"t":"i","minimum":1,"maximum":65535,"d":1}
{"t":"o","p":{"affinity":317,"capability":70,"dequeueStrategy":318,"deserved":70,"extendClusters":320,"guarantee":321,"parent":217,"priority":172,"reclaimable":"b","type":302,"weight":322}}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":323,"status":184}}
{"t":"s","e":["Delete","Retain"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","deletionPolicy":325,"driver":"s","parameters":13},"r":["deletionPolicy","driver"]}
{"t":"o","p":{"snapshotHandle":"s","volumeHandle":"s"},"v":["(has(self.volumeHandle) && !has(self.snapshotHandle)) || (!has(self.volumeHandle) && has(self.snapshotHandle))"]}
{"t":"o","p":{"apiVersion":"s","fieldPath":"s","kind":"s","name":"s","namespace":"s","resourceVersion":"s","uid":"s"},"v":["has(self.name) && has(self.__namespace__)"]}
{"t":"o","p":{"deletionPolicy":325,"driver":"s","source":327,"sourceVolumeMode":"s","volumeSnapshotClassName":"s","volumeSnapshotRef":328},"r":["deletionPolicy","driver","source","volumeSnapshotRef"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":329,"status":184},"r":["spec"]}
{"t":"o","p":{"persistentVolumeClaimName":"s","volumeSnapshotContentName":"s"},"v":["(has(self.volumeSnapshotContentName) && !has(self.persistentVolumeClaimName)) || (!has(self.volumeSnapshotContentName) && has(self.persistentVolumeClaimName))"]}
{"t":"s","v":["size(self) > 0"]}
{"t":"o","p":{"source":331,"volumeSnapshotClassName":332},"r":["source"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":333,"status":184},"r":["spec"]}
{"t":"i","d":1,"v":["self >= 1"]}
{"t":"o","p":{"numProcPerNode":335}}
{"t":"s","e":["OpenMPI",""],"d":"OpenMPI"}
{"t":"s","maxLength":4096,"d":"/root/.ssh"}
{"t":"o","p":{"mpiImplementation":337,"numProcPerNode":335,"runLauncherAsNode":43,"sshAuthMountPath":338}}
{"t":"s","maxLength":63}
{"t":"a","i":340,"minItems":1,"maxItems":8,"k":[],"v":["!self.exists(c, c == 'node')"]}
{"t":"s","minLength":1,"maxLength":253}
{"t":"o","p":{"containerNames":341,"jobName":342},"r":["containerNames","jobName"]}
{"t":"a","i":343,"maxItems":16,"k":["jobName"]}
{"t":"o","p":{"targets":344}}
{"t":"o","p":{"envInjection":345}}
{"t":"o","p":{"flux":336,"jax":"o","mpi":339,"numNodes":"i","torch":346,"xgboost":"o"},"v":["[has(self.torch), has(self.mpi), has(self.jax), has(self.xgboost),has(self.flux)].filter(x, x).size() <= 1"]}
{"t":"i","d":60}
{"t":"o","p":{"scheduleTimeoutSeconds":348}}
{"t":"n","d":1}
{"t":"o","p":{"highestTierAllowed":350,"mode":303}}
{"t":"o","p":{"networkTopology":351}}
{"t":"o","p":{"coscheduling":349,"volcano":352}}
{"t":"o","p":{"dependsOn":10,"groupName":11,"name":"s","replicas":195,"template":165},"r":["name","template"]}
{"t":"a","i":354,"k":["name"]}
{"t":"o","p":{"coordinator":0,"failurePolicy":6,"managedBy":"s","network":7,"replicatedJobs":355,"startupPolicy":169,"successPolicy":171,"suspend":"b","ttlSecondsAfterFinished":172,"volumeClaimPolicies":182},"v":["!(has(self.startupPolicy) && self.startupPolicy.startupPolicyOrder == 'InOrder' && self.replicatedJobs.exists(x, has(x.dependsOn)))"]}
{"t":"o","p":{"metadata":14,"spec":356},"minProperties":1}
{"t":"o","p":{"mlPolicy":347,"podGroupPolicy":353,"template":357},"minProperties":1}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":358}}
{"t":"l","minimum":1}
{"t":"a","i":48,"maxItems":128,"k":["name"]}
{"t":"s","maxLength":2048,"v":["self == '' || self.matches('^[A-Za-z][A-Za-z0-9+.-]*://.+$')"]}
{"t":"o","p":{"env":361,"secretRef":93,"storageUri":362}}
{"t":"o","p":{"dataset":363,"model":363}}
{"t":"s","maxLength":253,"d":"trainer.kubeflow.org/trainjob-controller","v":["self in ['trainer.kubeflow.org/trainjob-controller', 'kueue.x-k8s.io/multikueue']"]}
{"t":"a","i":82,"maxItems":128,"k":["name"]}
{"t":"o","p":{"env":361,"name":342,"securityContext":79,"volumeMounts":366},"r":["name"]}
{"t":"a","i":367,"maxItems":64,"k":["name"]}
{"t":"a","i":93,"maxItems":64,"k":["name"]}
{"t":"a","i":95,"maxItems":16,"k":["name"]}
{"t":"l","minimum":0}
{"t":"a","i":104,"maxItems":128}
{"t":"a","i":160,"maxItems":128,"k":["name"]}
{"t":"o","p":{"affinity":39,"containers":368,"imagePullSecrets":369,"initContainers":368,"nodeSelector":13,"schedulingGates":370,"securityContext":103,"serviceAccountName":302,"terminationGracePeriodSeconds":371,"tolerations":372,"volumes":373}}
{"t":"o","p":{"metadata":14,"spec":374}}
{"t":"o","p":{"template":375}}
{"t":"o","p":{"metadata":14,"spec":376}}
{"t":"o","p":{"name":342,"template":377},"r":["name"]}
{"t":"a","i":378,"maxItems":100,"k":["name"]}
{"t":"o","p":{"replicatedJobs":379}}
{"t":"o","p":{"metadata":14,"spec":380}}
{"t":"o","p":{"template":381}}
{"t":"o","p":{"manager":342,"time":"t","trainingRuntimeSpec":382},"r":["manager"]}
{"t":"a","i":383,"maxItems":16,"k":["manager"]}
{"t":"s","maxLength":253,"d":"trainer.kubeflow.org"}
{"t":"s","maxLength":253,"d":"ClusterTrainingRuntime"}
{"t":"o","p":{"apiGroup":385,"kind":386,"name":342},"r":["name"]}
{"t":"s","maxLength":1048576}
{"t":"a","i":388,"maxItems":128}
{"t":"s","maxLength":500}
{"t":"i","v":["self >= 1"]}
{"t":"o","p":{"args":389,"command":389,"env":361,"image":390,"numNodes":172,"numProcPerNode":391,"resourcesPerNode":71}}
{"t":"o","p":{"activeDeadlineSeconds":360,"initializer":364,"managedBy":365,"runtimePatches":384,"runtimeRef":387,"suspend":43,"trainer":392},"r":["runtimeRef"]}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":393,"status":184},"v":["self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')","size(self.metadata.name) <= 63"]}
{"t":"b","z":1}
{"t":"a","i":"s","z":1}
{"t":"o","p":{"matchExpressions":23,"matchLabels":13},"z":1}
{"t":"a","i":"s","minItems":1}
{"t":"s","e":["Continue","Fail"]}
{"t":"o","p":{"command":398,"container":"s","onError":399,"timeout":"s"},"r":["command"]}
{"t":"o","p":{"exec":400},"r":["exec"]}
{"t":"a","i":401}
{"t":"o","p":{"excludedNamespaces":396,"excludedResources":396,"includedNamespaces":396,"includedResources":396,"labelSelector":397,"name":"s","post":402,"pre":402},"r":["name"]}
{"t":"a","i":403,"z":1}
{"t":"o","p":{"resources":404}}
{"t":"o","p":{"labels":13}}
{"t":"a","i":24,"z":1}
{"t":"o","ap":"s","z":1}
{"t":"o","p":{"parallelFilesUpload":"n"},"z":1}
{"t":"o","p":{"csiSnapshotTimeout":"s","datamover":"s","defaultVolumesToFsBackup":395,"defaultVolumesToRestic":395,"excludedClusterScopedResources":396,"excludedNamespaceScopedResources":396,"excludedNamespaces":396,"excludedResources":396,"hooks":405,"includeClusterResources":395,"includedClusterScopedResources":396,"includedNamespaceScopedResources":396,"includedNamespaces":396,"includedResources":396,"itemOperationTimeout":"s","labelSelector":397,"metadata":406,"orLabelSelectors":407,"orderedResources":408,"resourcePolicy":122,"snapshotMoveData":395,"snapshotVolumes":395,"storageLocation":"s","ttl":"s","uploaderConfig":409,"volumeGroupSnapshotLabelKey":"s","volumeSnapshotLocations":3}}
{"t":"t","z":1}
{"t":"o","p":{"hooksAttempted":"n","hooksFailed":"n"},"z":1}
{"t":"s","e":["New","Queued","ReadyToStart","FailedValidation","InProgress","WaitingForPluginOperations","WaitingForPluginOperationsPartiallyFailed","Finalizing","FinalizingPartiallyFailed","Completed","PartiallyFailed","Failed","Deleting"]}
{"t":"o","p":{"itemsBackedUp":"n","totalItems":"n"},"z":1}
{"t":"o","p":{"backupItemOperationsAttempted":"n","backupItemOperationsCompleted":"n","backupItemOperationsFailed":"n","completionTimestamp":411,"csiVolumeSnapshotsAttempted":"n","csiVolumeSnapshotsCompleted":"n","errors":"n","expiration":411,"failureReason":"s","formatVersion":"s","hookStatus":412,"phase":413,"progress":414,"queuePosition":"n","startTimestamp":411,"validationErrors":396,"version":"n","volumeSnapshotsAttempted":"n","volumeSnapshotsCompleted":"n","warnings":"n"}}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":410,"status":415}}
{"t":"s","e":["ReadOnly","ReadWrite"]}
{"t":"s","z":1}
{"t":"o","p":{"bucket":"s","caCert":"y","caCertRef":41,"prefix":"s"},"r":["bucket"]}
{"t":"o","p":{"accessMode":417,"backupSyncPeriod":418,"config":13,"credential":41,"default":"b","objectStorage":419,"provider":"s","validationFrequency":418},"r":["objectStorage","provider"]}
{"t":"s","e":["Available","Unavailable"]}
{"t":"o","p":{"accessMode":417,"lastSyncedRevision":"s","lastSyncedTime":411,"lastValidationTime":411,"message":"s","phase":421}}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":420,"status":422}}
{"t":"o","p":{"command":398,"container":"s","execTimeout":"s","onError":399,"waitForReady":395,"waitTimeout":"s"},"r":["command"]}
{"t":"a","i":184,"u":1}
{"t":"o","p":{"initContainers":425,"timeout":"s"}}
{"t":"o","p":{"exec":424,"init":426}}
{"t":"a","i":427}
{"t":"o","p":{"excludedNamespaces":396,"excludedResources":396,"includedNamespaces":396,"includedResources":396,"labelSelector":397,"name":"s","postHooks":428},"r":["name"]}
{"t":"a","i":429}
{"t":"o","p":{"resources":430}}
{"t":"o","p":{"apiGroup":"s","kind":"s","name":"s"},"r":["kind","name"],"z":1}
{"t":"o","p":{"excludedResources":396,"includedResources":396},"z":1}
{"t":"o","p":{"parallelFilesDownload":"n","writeSparseFiles":395},"z":1}
{"t":"o","p":{"backupName":"s","excludedNamespaces":396,"excludedResources":396,"existingResourcePolicy":418,"hooks":431,"includeClusterResources":395,"includedNamespaces":396,"includedResources":396,"itemOperationTimeout":"s","labelSelector":397,"namespaceMapping":13,"orLabelSelectors":407,"preserveNodePorts":395,"resourceModifier":432,"restorePVs":395,"restoreStatus":433,"scheduleName":"s","uploaderConfig":434}}
{"t":"s","e":["New","FailedValidation","InProgress","WaitingForPluginOperations","WaitingForPluginOperationsPartiallyFailed","Completed","PartiallyFailed","Failed","Finalizing","FinalizingPartiallyFailed"]}
{"t":"o","p":{"itemsRestored":"n","totalItems":"n"},"z":1}
{"t":"o","p":{"completionTimestamp":411,"errors":"n","failureReason":"s","hookStatus":412,"phase":436,"progress":437,"restoreItemOperationsAttempted":"n","restoreItemOperationsCompleted":"n","restoreItemOperationsFailed":"n","startTimestamp":411,"validationErrors":396,"warnings":"n"}}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":435,"status":438}}
{"t":"o","p":{"paused":"b","schedule":"s","skipImmediately":"b","template":410,"useOwnerReferencesInBackup":395},"r":["schedule","template"]}
{"t":"s","e":["New","Enabled","FailedValidation"]}
{"t":"o","p":{"lastBackup":411,"lastSkipped":411,"phase":441,"validationErrors":3}}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":440,"status":442}}
{"t":"o","p":{"config":13,"credential":41,"provider":"s"},"r":["provider"]}
{"t":"o","p":{"phase":421}}
{"t":"o","p":{"apiVersion":"s","kind":"s","spec":444,"status":445}}
`;
