import type { Duration } from 'cdk8s';
import type { ProblemSink } from '../../../findings/collector';
import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import { AZURE_BLOB, AZURE_BLOB_SKUS } from './azure-blob-facts';
import { AzureBlobAccessTier, AzureBlobAuth, AzureBlobExistingProps, AzureBlobProps, AzureBlobProtocol } from './azure-blob-props';
import { AzureNetworkEndpoint, AzureRedundancy, checkAccount, checkBucket, checkPermissions, checkTags, tagsText } from './azure-common';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import { checkMountOptions, namesIn } from '../mount-options';
import { checkSecret, secretRef } from '../secrets';
import { checkWhole } from '../whole-number';

const LINK = AZURE_BLOB.link;
const ALLOW_OTHER = '-o allow_other';
const USE_ADLS = '--use-adls=true';
const FUSE_OPTIONS: readonly string[] = [
  ALLOW_OTHER, '--file-cache-timeout-in-seconds=120', '--use-attr-cache=true', '--cancel-list-on-mount-seconds=10',
];

/**
 * Containers of Azure's object store, mounted as directories by any number of nodes. The size of a claim limits nothing, and no
 * snapshots are made.
 *
 * @example
 *
 * new StorageTier(chart, 'blobs', { backend: AzureBlob.container({ hierarchicalNamespace: true }) });
 *
 * @see https://github.com/kubernetes-sigs/blob-csi-driver/blob/master/docs/driver-parameters.md
 */
export class AzureBlob {
  /** A new container for each claim. It goes with its volume, which a tier does only with `ReclaimPolicy.DELETE`. */
  public static container(props: AzureBlobProps = {}): StorageBackend {
    const { protocol = AzureBlobProtocol.FUSE2, redundancy = AzureRedundancy.LOCAL } = props;
    return StorageBackend._of({
      driver: AZURE_BLOB,
      parameters: {
        protocol,
        skuName: `${props.premium ? 'Premium' : 'Standard'}_${redundancy}`,
        storageAccount: props.storageAccount,
        resourceGroup: props.resourceGroup,
        containerNamePrefix: props.containerNamePrefix,
        isHnsEnabled: props.hierarchicalNamespace,
        enableBlobVersioning: props.versioning,
        softDeleteBlobs: daysOf(props.softDeleteBlobs),
        softDeleteContainers: daysOf(props.softDeleteContainers),
        accessTier: props.accessTier,
        AzureStorageAuthType: props.auth,
        storeAccountKey: props.storeAccountKey,
        networkEndpointType: props.privateEndpoint ? AzureNetworkEndpoint.PRIVATE : undefined,
        vnetName: props.vnetName,
        subnetName: props.subnetName,
        mountPermissions: props.mountPermissions,
        tags: tagsText(props.tags),
      },
      mountOptions: optionsOf(protocol, props.hierarchicalNamespace),
      check: sink => checkContainer(props, sink),
      checkClass: ({ mountOptions = [] }, sink) => checkOptions(protocol, props.hierarchicalNamespace, mountOptions, sink),
    });
  }

  /** A container that exists. */
  public static existing(props: AzureBlobExistingProps): FileSystem {
    const { storageAccount, container, protocol = AzureBlobProtocol.FUSE2, resourceGroup, auth, server, secret } = props;
    const mountOptions = props.mountOptions ?? optionsOf(protocol, props.hierarchicalNamespace);
    return FileSystem._of({
      driver: AZURE_BLOB,
      description: `${storageAccount}/${container}`,
      source: {
        csi: {
          driver: AZURE_BLOB.provisioner,
          volumeHandle: `${storageAccount}_${container}`,
          volumeAttributes: {
            storageAccount,
            containerName: container,
            protocol,
            ...(resourceGroup !== undefined && { resourceGroup }),
            ...(auth !== undefined && { AzureStorageAuthType: auth }),
            ...(server !== undefined && { server }),
          },
          ...(secret && { nodeStageSecretRef: secretRef(secret) }),
        },
      },
      mountOptions,
      check: sink => {
        checkAccount(storageAccount ?? '', sink);
        checkBucket('container', container ?? '', sink);
        checkAccess(protocol, props.auth, sink);
        checkSecret('secret', secret, sink);
        checkOptions(protocol, props.hierarchicalNamespace, mountOptions, sink);
      },
    });
  }

  private constructor() {}
}

function daysOf(duration: Duration | undefined): number | undefined {
  return duration?.toDays({ integral: false });
}

/** NFS has no default: `nconnect` makes it faster, and is unknown to nodes with Azure Linux. */
function optionsOf(protocol: AzureBlobProtocol, directories = false): readonly string[] {
  if (protocol === AzureBlobProtocol.NFS) return [];
  return directories ? [...FUSE_OPTIONS, USE_ADLS] : FUSE_OPTIONS;
}

function checkContainer(props: AzureBlobProps, sink: ProblemSink): void {
  const skus = props.premium ? AZURE_BLOB_SKUS.premium : AZURE_BLOB_SKUS.standard;
  checkAccess(props.protocol, props.auth, sink);
  checkOneOf('redundancy', props.redundancy, Object.fromEntries(skus.map(sku => [sku, sku])), LINK, sink);
  checkOneOf('accessTier', props.accessTier, AzureBlobAccessTier, LINK, sink);
  for (const path of ['premium', 'hierarchicalNamespace', 'versioning', 'storeAccountKey', 'privateEndpoint'] as const) {
    checkSwitch(path, props[path], LINK, sink);
  }
  checkAccount(props.storageAccount, sink);
  checkShape(props.containerNamePrefix, {
    ruleId: 'driver/azure-name', path: 'containerNamePrefix', pattern: /^(?=.{1,20}$)[a-z0-9]+(-[a-z0-9]+)*$/,
    expected: 'up to 20 lower case letters, digits and single `-` between them', example: 'ml', link: LINK,
  }, sink);
  checkPermissions(props.mountPermissions, LINK, sink);
  checkTags(props.tags, sink);
  for (const path of ['softDeleteBlobs', 'softDeleteContainers'] as const) {
    checkWhole(daysOf(props[path]), { path, min: 1, max: 365, unit: 'days', link: LINK }, sink);
  }
  const directories = props.protocol === AzureBlobProtocol.NFS ? 'protocol nfs' : props.hierarchicalNamespace ? 'hierarchicalNamespace' : undefined;
  if (props.versioning && directories !== undefined) {
    sink.error({
      ruleId: 'driver/azure-blob-versioning',
      path: 'versioning',
      expected: `false: accounts with directories keep no versions, and ${directories} makes such an account`,
      found: 'true',
      fix: 'leave `versioning` out',
      link: LINK,
    });
  }
  if (props.protocol === AzureBlobProtocol.NFS && props.hierarchicalNamespace === false) {
    sink.error({
      ruleId: 'driver/azure-blob-directories',
      path: 'hierarchicalNamespace',
      expected: 'true: NFS needs an account with directories, and the driver makes one',
      found: 'false',
      fix: 'leave `hierarchicalNamespace` out',
      link: LINK,
    });
  }
}

function checkAccess(protocol: AzureBlobProtocol | undefined, auth: AzureBlobAuth | undefined, sink: ProblemSink): void {
  checkOneOf('protocol', protocol, AzureBlobProtocol, LINK, sink);
  checkOneOf('auth', auth, AzureBlobAuth, LINK, sink);
}

/** Mount options of a container, wherever they come from. */
function checkOptions(protocol: AzureBlobProtocol, directories = false, options: readonly string[], sink: ProblemSink): void {
  if (protocol === AzureBlobProtocol.NFS) {
    checkMountOptions(options, 'mountOptions', sink);
    return;
  }
  if (!namesIn(options).some(option => /(^|\s)allow_other$/.test(option))) {
    sink.warn({
      ruleId: 'driver/blobfuse-allow-other',
      path: 'mountOptions',
      expected: `${ALLOW_OTHER} among them: without it only root can see what is mounted, and pods should not run as root`,
      found: JSON.stringify(options),
      fix: `add ${JSON.stringify(ALLOW_OTHER)}`,
      link: LINK,
    });
  }
  if (directories && !namesIn(options).includes(USE_ADLS)) {
    sink.error({
      ruleId: 'driver/blobfuse-adls',
      path: 'mountOptions',
      expected: `${USE_ADLS} among them: blobfuse2 takes an account with directories for one without`,
      found: JSON.stringify(options),
      fix: `add ${JSON.stringify(USE_ADLS)}`,
      link: LINK,
    });
  }
}
