import type { ProblemSink } from '../../../findings/collector';
import type { DriverFacts } from '../driver-facts';

/** StorageClasses that a managed platform makes, and holds to its own idea of them. */
export interface ReservedClassFacts {
  readonly platform: 'AKS' | 'EKS' | 'GKE';
  /** Drivers that the platform comes with: on others, a name of its own is only a name. */
  readonly provisioners: readonly string[];
  /** Names, `*` for any end. */
  readonly names: readonly string[];
  /** Day the facts were read. */
  readonly asOf: string;
  readonly link: string;
}

export const RESERVED_CLASSES: readonly ReservedClassFacts[] = [
  {
    platform: 'AKS',
    provisioners: ['disk.csi.azure.com', 'file.csi.azure.com', 'blob.csi.azure.com'],
    names: ['default', 'managed-csi*', 'azurefile-csi*', 'azureblob-*'],
    asOf: '2026-08-21',
    link: 'https://learn.microsoft.com/en-us/azure/aks/csi-storage-drivers',
  },
  {
    platform: 'GKE',
    provisioners: ['pd.csi.storage.gke.io', 'filestore.csi.storage.gke.io', 'gcsfuse.csi.storage.gke.io'],
    names: ['standard', 'standard-rwo', 'premium-rwo', 'gcsfusecsi-training', 'gcsfusecsi-serving', 'gcsfusecsi-checkpointing'],
    asOf: '2026-08-22',
    link: 'https://cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes#storageclasses',
  },
  {
    platform: 'EKS',
    provisioners: ['ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com'],
    names: ['gp2', 'ebs-csi-default-sc'],
    asOf: '2026-08-22',
    link: 'https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html',
  },
];

/** The platform that owns a class of this name, where its driver is one of the platform's. */
export function ownerOfClass(name: string, provisioner: string): ReservedClassFacts | undefined {
  return RESERVED_CLASSES.find(facts => facts.provisioners.includes(provisioner) && facts.names.some(reserved =>
    reserved.endsWith('*') ? name.startsWith(reserved.slice(0, -1)) : name === reserved));
}

/** Warns of a class with a name that is a platform's own. */
export function checkReservedClass(name: string, driver: DriverFacts, sink: ProblemSink): void {
  const owner = ownerOfClass(name, driver.provisioner);
  if (!owner) return;
  sink.warn({
    ruleId: 'driver/reserved-class-name',
    path: 'name',
    expected: `a name that ${owner.platform} does not use for a class of its own: it owns ${owner.names.join(', ')} and sets them back`,
    found: name,
    fix: `use a name such as ml-${name}, or StorageTier.existing() for the class that ${owner.platform} made`,
    link: owner.link,
  });
}
