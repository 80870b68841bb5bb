import type { ProblemSink } from '../../../findings/collector';
import { checkShape } from '../checks';

const TAGS_LINK = 'https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources';
const ACCOUNT_LINK = 'https://learn.microsoft.com/en-us/azure/storage/common/storage-account-overview#storage-account-name';
const NAMES_LINK = 'https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules';

/** Where copies of what a storage account holds are kept. */
export enum AzureRedundancy {
  /** Three copies in one zone. */
  LOCAL = 'LRS',
  /** Three copies in three zones of the region. */
  ZONE = 'ZRS',
  /** Copies in a second region as well. */
  GEO = 'GRS',
  /** Copies in a second region, which can be read there. */
  READ_ACCESS_GEO = 'RAGRS',
  /** Copies in three zones and in a second region. */
  GEO_ZONE = 'GZRS',
  /** Copies in three zones and in a second region, which can be read there. */
  READ_ACCESS_GEO_ZONE = 'RAGZRS',
}

/** How nodes reach a storage account, where the driver makes one. */
export enum AzureNetworkEndpoint {
  /** By an address of the cluster's own network. */
  PRIVATE = 'privateEndpoint',
  /** By the public address, which only the cluster's subnet may use. */
  SERVICE = 'serviceEndpoint',
}

/** Tags as drivers take them: `key=value` with commas between; undefined where there are none. */
export function tagsText(tags: Readonly<Record<string, string>> | undefined): string | undefined {
  const entries = Object.entries(tags ?? {});
  return entries.length === 0 ? undefined : entries.map(([key, value]) => `${key}=${value}`).join(',');
}

/** Holds tags against what the text that drivers take can carry, and Azure keeps. */
export function checkTags(tags: Readonly<Record<string, string>> | undefined, sink: ProblemSink): void {
  for (const [key, value] of Object.entries(tags ?? {})) {
    const path = `tags['${key}']`;
    if (!/^[^,=<>%&\\?/]{1,512}$/.test(key)) {
      sink.error({
        ruleId: 'driver/azure-tags',
        path,
        expected: 'a key of 1 to 512 characters without , = < > % & \\ ? /',
        found: JSON.stringify(key),
        fix: 'use another key',
        link: TAGS_LINK,
      });
    }
    checkShape(value, {
      ruleId: 'driver/azure-tags', path, pattern: /^[^,]{0,256}$/, expected: 'a text of up to 256 characters without commas, which divide the tags',
      example: 'training', link: TAGS_LINK,
    }, sink);
  }
}

/** The name of a storage account. */
export function checkAccount(account: string | undefined, sink: ProblemSink): void {
  checkShape(account, {
    ruleId: 'driver/azure-account', path: 'storageAccount', pattern: /^[a-z0-9]{3,24}$/,
    expected: 'the name of a storage account: 3 to 24 lower case letters and digits', example: 'mldatasets', link: ACCOUNT_LINK,
  }, sink);
}

/** The name of a container or a share, which follow the same rules. */
export function checkBucket(path: string, name: string | undefined, sink: ProblemSink): void {
  checkShape(name, {
    ruleId: 'driver/azure-name', path, pattern: /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/,
    expected: '3 to 63 lower case letters, digits and single `-` between them', example: 'imagenet', link: NAMES_LINK,
  }, sink);
}

/** Permissions of a mount. */
export function checkPermissions(value: string | undefined, link: string, sink: ProblemSink): void {
  checkShape(value, {
    ruleId: 'driver/azure-permissions', path: 'mountPermissions', pattern: /^0?[0-7]{3}$|^0$/,
    expected: 'permissions as a text of 3 octal digits, with or without a leading 0', example: "'0777'", link,
  }, sink);
}
