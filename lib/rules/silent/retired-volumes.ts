import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule, warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';

const LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/#types-of-volumes';

export const DEAD_VOLUME_TYPE = errorRule({
  id: 'silent/dead-volume-type',
  title: 'A volume is of a type that Kubernetes still mounts',
  why: 'Types of volumes leave Kubernetes one by one. The API server still takes them, and nothing mounts them: the pod never starts.',
  fix: 'use a claim of the CSI driver for the storage',
  link: LINK,
});

export const DRIVER_IN_PLACE = warningRule({
  id: 'silent/translated-volume-type',
  title: 'A volume of a cloud or vendor names its CSI driver',
  why: 'Kubernetes has no code of its own for these types any more. It hands them to the CSI driver, where that is installed, and no '
    + 'snapshot or clone can be made of them.',
  fix: 'use a claim, or a PersistentVolume with `csi`',
  link: LINK,
});

export const RECYCLE_POLICY = warningRule({
  id: 'silent/recycle-policy',
  title: 'No volume is recycled',
  why: 'Recycle is retired: it deletes every file of a volume as soon as its claim is gone, and works for NFS and hostPath alone.',
  fix: 'use Retain, or a class whose driver makes new volumes',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#recycle',
});

const SPEC = Path.ROOT.field('spec');

interface TypeFacts {
  /** First minor release without it. */
  readonly goneSince: number;
  readonly fix: string;
}

const CSI_CEPH = 'use a claim of the Ceph CSI driver';
const OTHER = 'use a claim of another storage: no driver takes its place';

/** Types that are mounted no more. */
const DEAD: ReadonlyMap<string, TypeFacts> = new Map(Object.entries({
  photonPersistentDisk: { goneSince: 16, fix: OTHER },
  scaleIO: { goneSince: 22, fix: OTHER },
  flocker: { goneSince: 25, fix: OTHER },
  quobyte: { goneSince: 25, fix: OTHER },
  storageos: { goneSince: 25, fix: OTHER },
  glusterfs: { goneSince: 26, fix: OTHER },
  cephfs: { goneSince: 31, fix: CSI_CEPH },
  rbd: { goneSince: 31, fix: CSI_CEPH },
  gitRepo: { goneSince: 33, fix: 'clone in an init container into an emptyDir' },
}));

/** Types that a CSI driver serves, and that driver. */
const TRANSLATED: ReadonlyMap<string, string> = new Map(Object.entries({
  awsElasticBlockStore: 'ebs.csi.aws.com',
  gcePersistentDisk: 'pd.csi.storage.gke.io',
  azureDisk: 'disk.csi.azure.com',
  azureFile: 'file.csi.azure.com',
  cinder: 'cinder.csi.openstack.org',
  vsphereVolume: 'csi.vsphere.vmware.com',
  portworxVolume: 'pxd.portworx.com',
}));


const OLD = new Set([...DEAD.keys(), ...TRANSLATED.keys()]);

/** Looks for a PersistentVolume that nothing mounts any more. */
export function checkTypeOfVolume(subject: Subject): void {
  const spec: Json = subject.json.spec ?? {};
  for (const field in spec) if (isOld(field)) reportType(subject, field, SPEC);
  if (spec.persistentVolumeReclaimPolicy === 'Recycle') {
    subject.report(RECYCLE_POLICY, SPEC.field('persistentVolumeReclaimPolicy'), { expected: 'Retain or Delete', found: '"Recycle"' });
  }
}

/** Whether it is a source of a type that Kubernetes has no code of its own for any more. */
export function isOld(field: string): boolean {
  return OLD.has(field);
}

/** Reports a source of such a type, of what stands at `path`. */
export function reportType(subject: Subject, field: string, path: Path): void {
  const driver = TRANSLATED.get(field);
  if (driver !== undefined) {
    subject.report(DRIVER_IN_PLACE, path.field(field), { expected: `\`csi\` with the driver ${driver}`, found: quoted(field) });
    return;
  }
  const { goneSince, fix } = DEAD.get(field)!;
  if (subject.minor < goneSince) return;
  subject.report(DEAD_VOLUME_TYPE, path.field(field), { expected: `a type that Kubernetes has: this one works no more since 1.${goneSince}`, found: quoted(field), fix });
}
