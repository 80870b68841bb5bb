import { errorRule } from '../../../engine/rule';
import { checkChoice, checkRange, checkSecretRef, isThere, reportField, type SourceKind, type VolumeSource } from './source';

export const CLOUD_DISK = errorRule({
  id: 'api/cloud-disk',
  title: 'A disk or share of a cloud is named in full',
  why: 'The API server refuses in-tree disks without the fields that find them: id, name, partition of 0 to 255, known kind and caching.',
  fix: 'name the disk as its cloud does; better, use a claim, or a PersistentVolume with `csi`',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#volume-types',
});

const MAX_PARTITION = 255;
const CACHING_MODES = ['None', 'ReadOnly', 'ReadWrite'];
const DISK_KINDS = ['Dedicated', 'Managed', 'Shared'];
/** What the server takes where no kind is written. */
const DEFAULT_KIND = 'Shared';

/** Sources that are a disk or a share of one cloud. */
export const CLOUD_SOURCES: Readonly<Record<string, SourceKind>> = {
  gcePersistentDisk: { rule: CLOUD_DISK, required: ['pdName'], check: checkPartition },
  awsElasticBlockStore: { rule: CLOUD_DISK, required: ['volumeID'], check: checkPartition },
  azureDisk: { rule: CLOUD_DISK, required: ['diskName', 'diskURI'], check: checkAzureDisk },
  azureFile: { rule: CLOUD_DISK, required: ['secretName', 'shareName'], check: checkAzureFile },
  cinder: { rule: CLOUD_DISK, required: ['volumeID'], check: checkCinder },
  vsphereVolume: { rule: CLOUD_DISK, required: ['volumePath'] },
  portworxVolume: { rule: CLOUD_DISK, required: ['volumeID'] },
};

function checkPartition(source: VolumeSource): void {
  checkRange(source, CLOUD_DISK, 'partition', 0, MAX_PARTITION);
}

function checkAzureDisk(source: VolumeSource): void {
  checkChoice(source, CLOUD_DISK, 'cachingMode', CACHING_MODES);
  checkChoice(source, CLOUD_DISK, 'kind', DISK_KINDS);
  const { kind = DEFAULT_KIND, diskURI } = source.json;
  const start = kind === 'Managed' ? '/subscriptions/' : 'https://';
  if (!isThere(diskURI) || diskURI.startsWith(start)) return;
  reportField(source, CLOUD_DISK, 'diskURI', `an address that starts with ${start}: the kind of the disk is ${kind}`,
    kind === 'Managed' ? undefined : 'set `kind: Managed` for a managed disk, or name the address of the blob');
}

function checkAzureFile(source: VolumeSource): void {
  if (source.isPersistent && source.json.secretNamespace === '') {
    reportField(source, CLOUD_DISK, 'secretNamespace', 'a namespace, or no such field');
  }
}

function checkCinder(source: VolumeSource): void {
  checkSecretRef(source, CLOUD_DISK, 'secretRef', source.isPersistent ? ['name', 'namespace'] : ['name']);
}
