import type { SourceSpec } from '../dataset-source';

/** Options of a source in Azure Blob Storage. */
export interface AzureBlobSourceProps {
  /**
   * Patterns of the names of files to copy, as `--include-pattern` takes them: they see no directories.
   *
   * @default - every file
   */
  readonly include?: string[];

  /**
   * Whether the container is public and is read without credentials.
   *
   * @default false
   */
  readonly anonymous?: boolean;

  /**
   * Says which state of the container is meant: change it when the files behind the same names have changed, and the
   * dataset is loaded again.
   *
   * @default - none: loaded once
   */
  readonly revision?: string;
}

const LINK = 'https://learn.microsoft.com/azure/storage/common/storage-use-azcopy-v10';
const URL_SHAPE = /^https:\/\/[a-z0-9-]+\.(blob|dfs)\.[a-z0-9.-]+\/[^/?#\s]+(\/[^?#\s]*)?$/;

/**
 * azcopy goes by time alone: a file that is newer here than there is left as it is. What lies there from another revision
 * is made old first, once; what this load has copied is new, and is spared when the load is tried again.
 */
const SCRIPT = [
  'parts=$target/$marker.parts',
  'if [ ! -e "$parts" ]; then',
  '  find "$target" -type f -exec touch -t 198001010000 {} + 2>/dev/null || :',
  '  mkdir -p "$parts"',
  'fi',
  'source=$1; shift',
  'azcopy sync "$source" "$target" --recursive=true --delete-destination=false --output-level=essential "$@"',
  'rm -rf "$parts"',
].join('\n');

/** Environment and label of Microsoft Entra Workload ID: without the label the pod gets no token. */
export const WORKLOAD_IDENTITY_LABELS = { 'azure.workload.identity/use': 'true' };

export function azureBlobSource(url: string, props: AzureBlobSourceProps): SourceSpec {
  const { include = [], anonymous = false, revision } = props;
  return {
    description: url,
    identity: { azureBlob: url, include, revision },
    tool: 'azcopy, from 10.25',
    script: SCRIPT,
    args: [url, ...(include.length > 0 ? [`--include-pattern=${include.join(';')}`] : [])],
    env: [
      // else it takes what it likes of the node's memory, whatever the container may have
      { name: 'AZCOPY_BUFFER_GB', value: '0.5' },
      { name: 'AZCOPY_JOB_PLAN_LOCATION', value: '/tmp/azcopy' },
      { name: 'AZCOPY_LOG_LOCATION', value: '/tmp/azcopy' },
    ],
    identityEnv: [{ name: 'AZCOPY_AUTO_LOGIN_TYPE', value: 'WORKLOAD' }],
    identityLabels: WORKLOAD_IDENTITY_LABELS,
    needsIdentity: !anonymous,
    check: sink => {
      const error = (path: string, expected: string, found: string, fix: string): void =>
        sink.error({ ruleId: 'props/source-uri', path, expected, found, fix, link: LINK });
      if (!URL_SHAPE.test(url)) {
        const [plain, ...query] = url.split('?');
        error('url', '`https://account.blob.core.windows.net/container/directory`, without a signature', query.length > 0 ? `${JSON.stringify(plain)} and a query` : JSON.stringify(url),
          'name the container, and give the access by a service account or a Secret');
      }
      include.forEach((pattern, i) => {
        if (pattern !== '' && !/[;/]/.test(pattern)) return;
        error(`include[${i}]`, 'a pattern of the name of a file, without `/` and `;`', JSON.stringify(pattern), 'use a pattern such as `*.tar`, and name the directory in the URL');
      });
    },
  };
}
