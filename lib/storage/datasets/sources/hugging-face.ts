import type { ISecret } from 'cdk8s-plus-27';
import type { SourceSpec } from '../dataset-source';

/** Options of a dataset of the Hugging Face hub. */
export interface HuggingFaceSourceProps {
  /** Commit of the repository, or a tag that never moves. */
  readonly revision: string;

  /**
   * Patterns of the files to copy.
   *
   * @default - all files
   */
  readonly include?: string[];

  /**
   * Secret with a token for private and gated datasets, under the key `HF_TOKEN`.
   *
   * @default - none: the dataset is public
   */
  readonly token?: ISecret;
}

export function huggingFaceSource(repository: string, props: HuggingFaceSourceProps): SourceSpec {
  const { revision, include = [], token } = props;
  return {
    description: `hf://datasets/${repository}@${revision}`,
    identity: { huggingFace: repository, revision, include },
    // older releases keep only the last of several patterns
    tool: 'the Hugging Face CLI (hf, of huggingface_hub from 1.0)',
    script: 'hf download "$@" --local-dir "$target"',
    args: [repository, '--repo-type', 'dataset', '--revision', revision, ...include.map(pattern => `--include=${pattern}`)],
    env: [
      { name: 'HF_HOME', value: '/tmp/huggingface' },
      ...(token ? [{ name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: token.name, key: 'HF_TOKEN' } } }] : []),
    ],
    secrets: token && [token],
    needsIdentity: false,
    check: sink => {
      const link = 'https://huggingface.co/docs/huggingface_hub/guides/cli';
      if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
        sink.error({
          ruleId: 'props/hugging-face', path: 'repository', expected: '`owner/name`', found: JSON.stringify(repository), fix: 'take the name from the page of the dataset', link,
        });
      }
      if (revision.trim() === '' || revision.startsWith('-') || ['main', 'master'].includes(revision)) {
        sink.error({
          ruleId: 'props/hugging-face', path: 'revision', expected: 'a commit, or a tag that never moves: a branch would be another dataset tomorrow',
          found: JSON.stringify(revision), fix: 'take the commit from the history of the dataset', link,
        });
      }
    },
  };
}
