import { AWS_EBS, AWS_EBS_AUTO_MODE, AWS_EBS_TYPES } from '../../../../storage/drivers/aws/aws-ebs-facts';
import { AWS_FSX_LUSTRE, AWS_FSX_LUSTRE_TYPES } from '../../../../storage/drivers/aws/aws-fsx-lustre-facts';
import type { IopsPerGiB } from '../../../../storage/drivers/aws/iops-per-gib';
import { AZURE_DISK, AZURE_DISK_TYPES } from '../../../../storage/drivers/azure/azure-disk-facts';
import { AZURE_FILES, AZURE_FILES_TYPES } from '../../../../storage/drivers/azure/azure-files-facts';
import type { DriverFacts, VolumeTypeFacts } from '../../../../storage/drivers/driver-facts';
import { GCP_FILESTORE, GCP_FILESTORE_TYPES } from '../../../../storage/drivers/google/gcp-filestore-facts';
import { GCP_PD, GCP_PD_TYPES } from '../../../../storage/drivers/google/gcp-persistent-disk-facts';
import type { Performance } from '../../../../storage/drivers/limits';
import { valueOf } from '../../../values/quantity';
import type { StorageClass } from './classes';

type Parameters = Readonly<Record<string, string>>;
type Finder = (parameters: Parameters) => VolumeTypeFacts | undefined;

const MIB = 2 ** 20;
const REGIONAL_DISKS: ReadonlyMap<string, VolumeTypeFacts> = new Map([
  GCP_PD_TYPES.regionalStandard, GCP_PD_TYPES.regionalBalanced, GCP_PD_TYPES.regionalSsd,
].map(type => [type.name, type]));
const ZONAL_DISKS = byName(Object.values(GCP_PD_TYPES).filter(type => ![...REGIONAL_DISKS.values()].includes(type)));
const EBS_TYPES = byName(Object.values(AWS_EBS_TYPES));
const AZURE_DISKS = byName(Object.values(AZURE_DISK_TYPES));
const AZURE_SHARES = byName(Object.values(AZURE_FILES_TYPES));
/** What the driver calls its tiers by, besides their names. */
const FILESTORE_TIERS: ReadonlyMap<string, VolumeTypeFacts> = new Map([
  ...byName(Object.values(GCP_FILESTORE_TYPES).filter(type => type !== GCP_FILESTORE_TYPES.enterpriseMultishare)),
  ['standard', GCP_FILESTORE_TYPES.basicHdd],
  ['premium', GCP_FILESTORE_TYPES.basicSsd],
]);

/** How a class says which type of volume it makes, by driver; the driver's own default where it says nothing. */
const FINDERS: ReadonlyMap<DriverFacts, Finder> = new Map<DriverFacts, Finder>([
  [AWS_EBS, ebs],
  [AWS_EBS_AUTO_MODE, ebs],
  [AWS_FSX_LUSTRE, lustre],
  [AZURE_DISK, parameters => AZURE_DISKS.get(ignoringCase(parameters, 'skuName') ?? ignoringCase(parameters, 'storageAccountType') ?? 'StandardSSD_LRS')],
  [AZURE_FILES, parameters => AZURE_SHARES.get((ignoringCase(parameters, 'skuName') ?? 'Standard_LRS').replace(/_[A-Z]+$/, ''))],
  [GCP_FILESTORE, parameters => parameters.multishare === 'true' ? GCP_FILESTORE_TYPES.enterpriseMultishare : FILESTORE_TIERS.get(parameters.tier ?? 'standard')],
  [GCP_PD, parameters => (parameters['replication-type'] === 'regional-pd' ? REGIONAL_DISKS : ZONAL_DISKS).get(parameters.type ?? 'pd-standard')],
]);

/** The type of the volumes that a class makes, where that is known. */
export function volumeTypeOf({ driver, parameters }: Pick<StorageClass, 'driver' | 'parameters'>): VolumeTypeFacts | undefined {
  return driver && parameters ? FINDERS.get(driver)?.(parameters) : undefined;
}

/** The performance that the parameters of a class ask for. */
export function performanceOf({ driver, parameters = {} }: Pick<StorageClass, 'driver' | 'parameters'>): Performance {
  switch (driver) {
    case AWS_EBS:
    case AWS_EBS_AUTO_MODE:
      return { iops: numberOf(parameters.iops), throughput: numberOf(parameters.throughput), iopsPerGiB: ratioOf(parameters) };
    case AZURE_DISK:
      return { iops: numberOf(ignoringCase(parameters, 'DiskIOPSReadWrite')), throughput: numberOf(ignoringCase(parameters, 'DiskMBpsReadWrite')) };
    case GCP_PD: {
      const throughput = valueOf(parameters['provisioned-throughput-on-create']);
      return { iops: numberOf(parameters['provisioned-iops-on-create']), throughput: throughput === undefined ? undefined : throughput / MIB };
    }
    default: return {};
  }
}

function ebs(parameters: Parameters): VolumeTypeFacts | undefined {
  return EBS_TYPES.get(parameters.type ?? 'gp3');
}

function lustre({ deploymentType = 'SCRATCH_1', storageType = 'SSD', perUnitStorageThroughput }: Parameters): VolumeTypeFacts | undefined {
  switch (`${deploymentType} ${storageType}`) {
    case 'SCRATCH_1 SSD': return AWS_FSX_LUSTRE_TYPES.scratch1;
    case 'SCRATCH_2 SSD': return AWS_FSX_LUSTRE_TYPES.scratch2;
    case 'PERSISTENT_1 SSD': return AWS_FSX_LUSTRE_TYPES.persistent1Ssd;
    case 'PERSISTENT_1 HDD': return perUnitStorageThroughput === '40' ? AWS_FSX_LUSTRE_TYPES.persistent1Hdd40 : AWS_FSX_LUSTRE_TYPES.persistent1Hdd12;
    case 'PERSISTENT_2 SSD': return AWS_FSX_LUSTRE_TYPES.persistent2Ssd;
    default: return undefined;
  }
}

function ratioOf({ iopsPerGB, allowAutoIOPSPerGBIncrease }: Parameters): IopsPerGiB | undefined {
  const value = numberOf(iopsPerGB);
  return value === undefined ? undefined : { value, raised: allowAutoIOPSPerGBIncrease === 'true' };
}

/** Undefined for what is no number: that is another matter. */
function numberOf(text: unknown): number | undefined {
  return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : undefined;
}

function ignoringCase(parameters: Parameters, name: string): string | undefined {
  const key = Object.keys(parameters).find(one => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : parameters[key];
}

function byName(types: readonly VolumeTypeFacts[]): ReadonlyMap<string, VolumeTypeFacts> {
  return new Map(types.map(type => [type.name, type]));
}
