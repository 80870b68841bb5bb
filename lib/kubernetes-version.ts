/**
 * The Kubernetes minor release that the manifests are meant for.
 *
 * A feature is used where the target has it on by default and replaced by its fallback where not; objects made for one
 * release also work on every later one of this list.
 */
export enum KubernetesVersion {
  /** Kubernetes 1.27. */
  V1_27 = '1.27',
  /** Kubernetes 1.28: the pod-index label of StatefulSet pods. */
  V1_28 = '1.28',
  /** Kubernetes 1.29: ReadWriteOncePod, podReplacementPolicy of Jobs, native sidecars. */
  V1_29 = '1.29',
  /** Kubernetes 1.30. */
  V1_30 = '1.30',
  /** Kubernetes 1.31: podFailurePolicy of Jobs is stable. */
  V1_31 = '1.31',
  /** Kubernetes 1.32: claim retention of StatefulSets and the pod-index label are stable. */
  V1_32 = '1.32',
  /** Kubernetes 1.33: the first release in which all that this library leans on is stable. */
  V1_33 = '1.33',
  /** Kubernetes 1.34. */
  V1_34 = '1.34',
  /** Kubernetes 1.35. */
  V1_35 = '1.35',
  /** Kubernetes 1.36: the newest release that the output was checked against. */
  V1_36 = '1.36',
}
