/** What became of a provisioner of Kubernetes' own. */
export type InTreeState =
  /** Kubernetes hands its classes to the CSI driver, where that is installed. */
  | 'translated'
  /** Nothing answers any more. */
  | 'removed'
  /** Kubernetes knows the volumes, but no class ever made any. */
  | 'static'
  /** For tests of Kubernetes itself. */
  | 'test-only';

/** A provisioner of Kubernetes' own, from before there was CSI. */
export interface InTreeFacts {
  /** Name, as classes have it. */
  readonly name: string;
  readonly state: InTreeState;
  /** Driver to use in its place; undefined where there is none. */
  readonly successor?: string;
  /** Release that its code left Kubernetes in; undefined where that is not known for sure. */
  readonly since?: string;
  /** Whether volumes must be made anew, because nothing translates those that exist. */
  readonly startsAnew?: boolean;
  /** Parameters that have another name with the successor. */
  readonly renames?: Readonly<Record<string, string>>;
  /** Parameters that the successor refuses, with what takes their place. */
  readonly replaced?: Readonly<Record<string, string>>;
  /** The successor's key for zones, where it has one. */
  readonly zoneKey?: string;
}

/** Where the facts of this file were read. */
export const IN_TREE_LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/#types-of-volumes';
/** When, and of which release. */
export const IN_TREE_AS_OF = '2026-07-21, Kubernetes 1.36';

const FSTYPE = { fstype: 'csi.storage.k8s.io/fstype', fsType: 'csi.storage.k8s.io/fstype' };
const ZONES = { zone: 'allowedTopologies', zones: 'allowedTopologies' };

/**
 * Every provisioner that Kubernetes had or has. `kubernetes.io/no-provisioner` is none: it marks classes of volumes made by hand.
 *
 * @see https://github.com/kubernetes/csi-translation-lib
 */
export const IN_TREE_PROVISIONERS: readonly InTreeFacts[] = [
  {
    name: 'kubernetes.io/aws-ebs', state: 'translated', successor: 'ebs.csi.aws.com',
    renames: FSTYPE, replaced: ZONES, zoneKey: 'topology.ebs.csi.aws.com/zone',
  },
  { name: 'kubernetes.io/gce-pd', state: 'translated', successor: 'pd.csi.storage.gke.io', renames: FSTYPE, replaced: ZONES, zoneKey: 'topology.gke.io/zone' },
  {
    name: 'kubernetes.io/azure-disk', state: 'translated', successor: 'disk.csi.azure.com', renames: FSTYPE,
    zoneKey: 'topology.disk.csi.azure.com/zone',
  },
  { name: 'kubernetes.io/azure-file', state: 'translated', successor: 'file.csi.azure.com' },
  {
    name: 'kubernetes.io/cinder', state: 'translated', successor: 'cinder.csi.openstack.org', since: '1.26',
    renames: FSTYPE, replaced: ZONES, zoneKey: 'topology.cinder.csi.openstack.org/zone',
  },
  { name: 'kubernetes.io/vsphere-volume', state: 'translated', successor: 'csi.vsphere.vmware.com' },
  { name: 'kubernetes.io/portworx-volume', state: 'translated', successor: 'pxd.portworx.com' },
  { name: 'kubernetes.io/rbd', state: 'removed', successor: 'rbd.csi.ceph.com', since: '1.31', startsAnew: true },
  { name: 'kubernetes.io/cephfs', state: 'removed', successor: 'cephfs.csi.ceph.com', since: '1.31', startsAnew: true },
  { name: 'kubernetes.io/glusterfs', state: 'removed', since: '1.26' },
  { name: 'kubernetes.io/quobyte', state: 'removed', since: '1.25' },
  { name: 'kubernetes.io/storageos', state: 'removed', since: '1.25' },
  { name: 'kubernetes.io/flocker', state: 'removed', since: '1.25' },
  { name: 'kubernetes.io/scaleio', state: 'removed' },
  { name: 'kubernetes.io/photon-pd', state: 'removed' },
  // not the same thing under another name, but what one uses for it
  { name: 'kubernetes.io/host-path', state: 'test-only', successor: 'rancher.io/local-path' },
  { name: 'kubernetes.io/nfs', state: 'static', successor: 'nfs.csi.k8s.io' },
  { name: 'kubernetes.io/fc', state: 'static' },
  { name: 'kubernetes.io/iscsi', state: 'static' },
];

const PREFIX = 'kubernetes.io/';

/** Facts about a provisioner of Kubernetes' own; undefined for any other name. */
export function inTreeProvisioner(name: string): InTreeFacts | undefined {
  return name.startsWith(PREFIX) ? IN_TREE_PROVISIONERS.find(facts => facts.name === name) : undefined;
}

/** What became of it, for people: `kubernetes.io/rbd left Kubernetes in 1.31`. */
export function fateOf({ name, state, since }: InTreeFacts): string {
  const left = since === undefined ? undefined : `left Kubernetes in ${since}`;
  switch (state) {
    case 'translated': return `${name} ${left === undefined ? '' : `${left} and `}is only translated, where the CSI driver is installed`;
    case 'removed': return `${name} ${left ?? 'left Kubernetes'}`;
    case 'static': return `${name} never made volumes for a class`;
    default: return `${name} is for tests of Kubernetes itself`;
  }
}
