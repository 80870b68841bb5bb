import { errorRule } from '../../../engine/rule';
import { isDnsLabel, isDnsSubdomain } from '../../../../private/name-forms';
import { quoted } from '../../../values/quote';
import { isThere, reportField, type VolumeSource } from './source';

export const CSI_VOLUME = errorRule({
  id: 'api/csi-volume',
  title: 'A CSI volume names its driver, its handle, and Secrets in full',
  why: 'The API server refuses a driver name that no driver can have, a PersistentVolume without a handle, and a reference to a Secret '
    + 'without name or, in a PersistentVolume, without namespace.',
  fix: 'name the driver as its CSIDriver object is called, as ebs.csi.aws.com',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#csi',
});

const MAX_DRIVER = 63;
const DRIVER = `at most ${MAX_DRIVER} letters, digits, \`-\` and \`.\`, a letter or digit at both ends`;
/** The reference for staging is one that the server does not look at. */
const JUDGED_SECRETS = ['controllerPublishSecretRef', 'controllerExpandSecretRef', 'nodePublishSecretRef', 'nodeExpandSecretRef'];

/** Whether a driver can have this name. */
export function isDriverName(name: string): boolean {
  return name.length <= MAX_DRIVER && isDnsSubdomain(name.toLowerCase());
}

/** Holds the CSI source of a pod's volume or of a PersistentVolume against what can name a volume. */
export function checkCsi(source: VolumeSource): void {
  const { json } = source;
  if (!isThere(json.driver) || !isDriverName(json.driver)) reportField(source, CSI_VOLUME, 'driver', `the name of a driver: ${DRIVER}`);
  if (source.isPersistent) {
    if (!isThere(json.volumeHandle)) reportField(source, CSI_VOLUME, 'volumeHandle', 'what the driver calls the volume', 'set the id of the volume at its driver, such as vol-0123456789abcdef0');
    for (const field of JUDGED_SECRETS) checkSecret(source, field);
  } else {
    checkSecret(source, 'nodePublishSecretRef');
  }
}

function checkSecret(source: VolumeSource, field: string): void {
  const secret = source.json[field];
  if (secret === undefined) return;
  const report = (key: string, expected: string): void =>
    source.subject.report(CSI_VOLUME, source.path.field(field).field(key), { expected, found: quoted(secret[key]) });
  if (!isThere(secret.name) || !isDnsSubdomain(secret.name)) report('name', 'the name of a Secret');
  if (source.isPersistent && (!isThere(secret.namespace) || !isDnsLabel(secret.namespace))) report('namespace', 'the namespace of the Secret');
}
