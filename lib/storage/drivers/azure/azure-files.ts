import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import { AzureRedundancy, tagsText } from './azure-common';
import { checkAzureFiles, checkExistingShare, checkFilesOptions, SkuFacts } from './azure-files-checks';
import { AZURE_FILES, AZURE_FILES_TYPES } from './azure-files-facts';
import {
  AllAzureFilesProps, AzureFilesExistingProps, AzureFilesProtocol, AzurePremiumFilesProps, AzurePremiumV2FilesProps,
  AzureStandardFilesProps, AzureStandardV2FilesProps,
} from './azure-files-props';
import type { VolumeTypeFacts } from '../driver-facts';
import { secretRef } from '../secrets';

/** SMB has no owners: everybody in the pod may read and write, and links are kept as files. */
const SMB_OPTIONS: readonly string[] = ['dir_mode=0777', 'file_mode=0777', 'mfsymlinks', 'cache=strict', 'nosharesock', 'actimeo=30', 'nobrl'];
const NFS_OPTIONS: readonly string[] = ['nconnect=4', 'noresvport', 'actimeo=30'];

const SSD = ['LRS', 'ZRS'];

/**
 * File shares of Azure, for any number of nodes. Small claims are made larger, and billed so: to 100 GiB for `premium`, to 32
 * GiB for both v2 types.
 *
 * @example
 *
 * new StorageTier(chart, 'shared', { backend: AzureFiles.premium({ protocol: AzureFilesProtocol.NFS }) });
 *
 * @see https://github.com/kubernetes-sigs/azurefile-csi-driver/blob/master/docs/driver-parameters.md
 */
export class AzureFiles {
  /** SSD shares whose performance follows the size, `Premium_LRS` or `Premium_ZRS`: 100 GiB to 100 TiB. */
  public static premium(props: AzurePremiumFilesProps = {}): StorageBackend {
    return backend(AZURE_FILES_TYPES.premium, SSD, props);
  }

  /** Hard-disk shares, `Standard_…`, SMB only: up to 100 TiB. */
  public static standard(props: AzureStandardFilesProps = {}): StorageBackend {
    return backend(AZURE_FILES_TYPES.standard, ['LRS', 'ZRS', 'GRS', 'RAGRS', 'RAGZRS'], props);
  }

  /** SSD shares whose IOPS and throughput are chosen, `PremiumV2_LRS` or `PremiumV2_ZRS`: from 32 GiB on. */
  public static premiumV2(props: AzurePremiumV2FilesProps = {}): StorageBackend {
    return backend(AZURE_FILES_TYPES.premiumV2, SSD, props);
  }

  /** Hard-disk shares whose IOPS and throughput are chosen, `StandardV2_…`, SMB only: from 32 GiB on. */
  public static standardV2(props: AzureStandardV2FilesProps = {}): StorageBackend {
    return backend(AZURE_FILES_TYPES.standardV2, ['LRS', 'ZRS', 'GRS', 'GZRS'], props);
  }

  /** A share that exists, or a directory of it. */
  public static existing(props: AzureFilesExistingProps): FileSystem {
    const { storageAccount, shareName, protocol, resourceGroup, folderName, server, secret } = props;
    const at = folderName === undefined ? shareName : `${shareName}/${folderName}`;
    return FileSystem._of({
      driver: AZURE_FILES,
      description: `${storageAccount}/${at}`,
      source: {
        csi: {
          driver: AZURE_FILES.provisioner,
          // the driver keeps its mounts apart by the handle, so each directory needs its own
          volumeHandle: `${storageAccount}_${String(at).replaceAll('/', '_')}`,
          volumeAttributes: {
            storageAccount,
            shareName,
            ...(protocol !== undefined && { protocol }),
            ...(resourceGroup !== undefined && { resourceGroup }),
            ...(folderName !== undefined && { folderName }),
            ...(server !== undefined && { server }),
          },
          ...(secret && { nodeStageSecretRef: secretRef(secret) }),
        },
      },
      mountOptions: props.mountOptions ?? optionsOf(protocol),
      check: sink => checkExistingShare(props, sink),
    });
  }

  private constructor() {}
}

function optionsOf(protocol: AzureFilesProtocol | undefined): readonly string[] {
  return protocol === AzureFilesProtocol.NFS ? NFS_OPTIONS : SMB_OPTIONS;
}

function backend(type: VolumeTypeFacts, redundancies: readonly string[], props: AllAzureFilesProps): StorageBackend {
  const { iops, throughput, protocol, identity } = props;
  const sku: SkuFacts = { family: type.name, redundancies };
  const redundancy = props.redundancy ?? (props.zoneRedundant ? AzureRedundancy.ZONE : AzureRedundancy.LOCAL);
  return StorageBackend._of({
    driver: AZURE_FILES,
    type: { ...type, name: `${type.name}_${redundancy}` },
    performance: { iops, throughput },
    parameters: {
      skuName: `${type.name}_${redundancy}`,
      protocol,
      provisionedIOPS: iops,
      provisionedBandwidth: throughput,
      storageAccount: props.storageAccount,
      resourceGroup: props.resourceGroup,
      shareNamePrefix: props.shareNamePrefix,
      networkEndpointType: props.networkEndpoint,
      vnetResourceGroup: props.vnetResourceGroup,
      vnetName: props.vnetName,
      subnetName: props.subnetName,
      mountPermissions: props.mountPermissions,
      tags: tagsText(props.tags),
      storeAccountKey: props.storeAccountKey,
      secretNamespace: props.secretNamespace,
      ...(identity !== undefined && { [identity]: true }),
      rootSquashType: props.rootSquash,
      encryptInTransit: props.encryptInTransit,
      enableMultichannel: props.multichannel,
    },
    mountOptions: optionsOf(protocol),
    check: sink => checkAzureFiles(sku, props, sink),
    checkClass: ({ mountOptions = [] }, sink) => checkFilesOptions(protocol, mountOptions, sink),
  });
}
