import { errorRule } from '../../../engine/rule';
import { quoted } from '../../../values/quote';
import { checkRange, checkSecretRef, isThere, reportField, type SourceKind, type VolumeSource } from './source';

const LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/';

export const ISCSI_VOLUME = errorRule({
  id: 'api/iscsi-volume',
  title: 'An iSCSI volume names its portal, a qualified target and a LUN of 0 to 255',
  why: 'The API server refuses targets that no initiator could log in to.',
  fix: 'set `targetPortal`, `iqn` as iqn.2024-01.com.example:disk-1, `lun`, and `secretRef` where CHAP is on',
  link: `${LINK}#iscsi`,
});

export const FC_VOLUME = errorRule({
  id: 'api/fc-volume',
  title: 'A Fibre Channel volume names either target WWNs with a LUN or WWIDs',
  why: 'The two ways to find a device exclude each other, and a target is nothing without its LUN.',
  fix: 'set `targetWWNs` and `lun`, or `wwids` alone',
  link: `${LINK}#fc`,
});

export const CEPH_VOLUME = errorRule({
  id: 'api/ceph-volume',
  title: 'A Ceph volume names its monitors and, for a block device, the image',
  why: 'The API server refuses a volume whose cluster or image nobody could find.',
  fix: 'set `monitors` and `image`; better, use a claim of the Ceph CSI driver: these types work no more since 1.31',
  link: `${LINK}#rbd`,
});

const MAX_LUN = 255;
/** Longest `<volume>:<portal>`, which the node makes an interface of. */
const MAX_INTERFACE = 64;
const TARGETS: readonly (readonly [string, RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.([A-Za-z0-9\-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
];
const TARGET = 'a name such as iqn.2024-01.com.example:disk-1, eui. with 16 characters or naa. with 32';

/** Sources that are a device or a file system of a storage network. */
export const NETWORK_SOURCES: Readonly<Record<string, SourceKind>> = {
  iscsi: { rule: ISCSI_VOLUME, required: ['targetPortal', 'iqn'], check: checkIscsi },
  fc: { rule: FC_VOLUME, required: [], check: checkFc },
  cephfs: { rule: CEPH_VOLUME, required: ['monitors'] },
  rbd: { rule: CEPH_VOLUME, required: ['monitors', 'image'] },
};

function isTarget(name: string): boolean {
  return TARGETS.some(([prefix, form]) => name.startsWith(prefix) && form.test(name));
}

function checkIscsi(source: VolumeSource): void {
  const { iqn, initiatorName, targetPortal = '', chapAuthDiscovery, chapAuthSession, secretRef } = source.json;
  if (isThere(iqn) && !isTarget(iqn)) reportField(source, ISCSI_VOLUME, 'iqn', TARGET);
  checkRange(source, ISCSI_VOLUME, 'lun', 0, MAX_LUN);
  if ((chapAuthDiscovery === true || chapAuthSession === true) && secretRef === undefined) {
    reportField(source, ISCSI_VOLUME, 'secretRef', 'a Secret with the names and passwords of CHAP');
  }
  if (source.isPersistent) checkSecretRef(source, ISCSI_VOLUME, 'secretRef', ['name']);
  if (initiatorName === undefined) return;
  if (!isTarget(initiatorName)) reportField(source, ISCSI_VOLUME, 'initiatorName', TARGET);
  const made = `${source.volumeName}:${targetPortal}`;
  if (made.length > MAX_INTERFACE) {
    source.subject.report(ISCSI_VOLUME, source.path.field('targetPortal'), {
      expected: `<volume>:<portal> of at most ${MAX_INTERFACE} characters where an initiator is named`, found: quoted(made),
      fix: 'give the volume a shorter name',
    });
  }
}

function checkFc(source: VolumeSource): void {
  const { targetWWNs = [], wwids = [], lun } = source.json;
  if (targetWWNs.length === 0 && wwids.length === 0) reportField(source, FC_VOLUME, 'targetWWNs', 'target WWNs, or WWIDs');
  if (targetWWNs.length === 0) return;
  if (wwids.length > 0) reportField(source, FC_VOLUME, 'targetWWNs', 'none beside `wwids`');
  if (lun === undefined) reportField(source, FC_VOLUME, 'lun', 'the LUN of the target');
  else checkRange(source, FC_VOLUME, 'lun', 0, MAX_LUN);
}
