import type { ProblemSink } from '../../../findings/collector';
import { AzureNetworkEndpoint, checkAccount, checkBucket, checkPermissions, checkTags } from './azure-common';
import { AZURE_FILES } from './azure-files-facts';
import { AllAzureFilesProps, AzureFilesExistingProps, AzureFilesIdentity, AzureFilesProtocol, AzureRootSquash } from './azure-files-props';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import { checkMountOptions, namesIn } from '../mount-options';
import { checkSecret } from '../secrets';

const LINK = AZURE_FILES.link;
/** What the driver adds to every NFS mount itself. */
const OWN_NFS_OPTIONS = ['vers', 'minorversion', 'sec'];

/** SKU without its redundancy, and what it may be kept in. */
export interface SkuFacts {
  readonly family: string;
  readonly redundancies: readonly string[];
}

/** Plain JavaScript may pass what a kind of share does not take: all of it is looked at for every kind. */
export function checkAzureFiles(sku: SkuFacts, props: AllAzureFilesProps, sink: ProblemSink): void {
  const redundancies = Object.fromEntries(sku.redundancies.map(one => [one, one]));
  checkOneOf('redundancy', props.redundancy, redundancies, LINK, sink);
  checkSwitch('zoneRedundant', props.zoneRedundant, LINK, sink);
  checkProtocol(sku, props, sink);
  checkOneOf('networkEndpoint', props.networkEndpoint, AzureNetworkEndpoint, LINK, sink);
  checkAccount(props.storageAccount, sink);
  checkShape(props.shareNamePrefix, {
    ruleId: 'driver/azure-name', path: 'shareNamePrefix', pattern: /^(?=.{1,20}$)[a-z0-9]+(-[a-z0-9]+)*$/,
    expected: 'up to 20 lower case letters, digits and single `-` between them', example: 'ml', link: LINK,
  }, sink);
  checkPermissions(props.mountPermissions, LINK, sink);
  checkTags(props.tags, sink);
  checkSwitch('storeAccountKey', props.storeAccountKey, LINK, sink);
  checkOneOf('identity', props.identity, AzureFilesIdentity, LINK, sink);
}

function checkProtocol(sku: SkuFacts, props: AllAzureFilesProps, sink: ProblemSink): void {
  const { protocol } = props;
  checkOneOf('protocol', protocol, AzureFilesProtocol, LINK, sink);
  const nfs = protocol === AzureFilesProtocol.NFS;
  if (nfs && sku.family.startsWith('Standard')) {
    sink.error({
      ruleId: 'driver/azurefile-nfs-standard',
      path: 'protocol',
      expected: `smb: only SSD shares speak NFS (${sku.family})`,
      found: JSON.stringify(protocol),
      fix: 'use AzureFiles.premium() or AzureFiles.premiumV2(), or leave `protocol` out',
      link: LINK,
    });
  }
  const only = (path: string, asked: unknown, takes: boolean, who: string) => {
    if (asked === undefined || asked === false || takes) return;
    sink.error({
      ruleId: 'driver/azure-files-protocol',
      path,
      expected: `no \`${path}\`: only ${who} shares take it`,
      found: JSON.stringify(asked),
      fix: `leave \`${path}\` out`,
      link: LINK,
    });
  };
  checkSwitch('encryptInTransit', props.encryptInTransit, LINK, sink);
  checkSwitch('multichannel', props.multichannel, LINK, sink);
  checkOneOf('rootSquash', props.rootSquash, AzureRootSquash, LINK, sink);
  only('rootSquash', props.rootSquash, nfs, 'NFS');
  only('encryptInTransit', props.encryptInTransit, nfs, 'NFS');
  only('multichannel', props.multichannel, !nfs && sku.family === 'Premium', 'Premium SMB');
  only('identity', props.identity, !nfs, 'SMB');
}

/** Mount options of a share, wherever they come from. */
export function checkFilesOptions(protocol: AzureFilesProtocol | undefined, options: readonly string[], sink: ProblemSink): void {
  if (protocol !== AzureFilesProtocol.NFS) return;
  for (const option of namesIn(options)) {
    if (!OWN_NFS_OPTIONS.includes(option.split('=')[0])) continue;
    sink.error({
      ruleId: 'driver/azurefile-nfs-options',
      path: 'mountOptions',
      expected: `no ${OWN_NFS_OPTIONS.join(', ')}: the driver adds them to every NFS mount itself`,
      found: option,
      fix: `leave ${JSON.stringify(option)} out`,
      link: LINK,
    });
  }
}

/** What exists is looked for under names that Azure can have given it. */
export function checkExistingShare(props: AzureFilesExistingProps, sink: ProblemSink): void {
  const { protocol, mountOptions = [] } = props;
  checkAccount(props.storageAccount ?? '', sink);
  checkBucket('shareName', props.shareName ?? '', sink);
  checkOneOf('protocol', protocol, AzureFilesProtocol, LINK, sink);
  checkSecret('secret', props.secret, sink);
  if (props.secret !== undefined && protocol === AzureFilesProtocol.NFS) {
    sink.error({
      ruleId: 'driver/azure-files-protocol',
      path: 'secret',
      expected: 'no `secret`: NFS shares know no keys, the network decides who may mount them',
      found: JSON.stringify(props.secret.name),
      fix: 'leave `secret` out',
      link: LINK,
    });
  }
  checkMountOptions(mountOptions, 'mountOptions', sink);
  checkFilesOptions(protocol, mountOptions, sink);
}
