/** The fields of a StorageClass beside its parameters, as a tier emits them. */
export interface ClassFields {
  readonly reclaimPolicy?: string;
  readonly volumeBindingMode?: string;
  readonly allowVolumeExpansion?: boolean;
  readonly mountOptions?: readonly string[];
  readonly allowedTopologies?: readonly unknown[];
}
