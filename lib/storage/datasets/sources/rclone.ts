import type { ISecret } from 'cdk8s-plus-27';
import { reportSecret, secretIn } from '../../../private/secrets';
import { literal } from '../../../private/wire';
import type { SourceSpec } from '../dataset-source';
import { PodVolume } from '../../volumes/pod-volume';

/** Options of a source that rclone reads. */
export interface RcloneSourceProps {
  /**
   * Secret with an `rclone.conf`, under that key, that has the remote.
   *
   * @default - none: the remote comes from `settings` and the loader's credentials
   */
  readonly config?: ISecret;

  /**
   * What the remote is, without secrets: `{ type: 's3', provider: 'Ceph', endpoint: 'https://rgw.example.com' }`. What is
   * secret is in the Secret of `config`, or in the loader's `credentials` as `RCLONE_CONFIG_<REMOTE>_<SETTING>`.
   *
   * @default - what `config` says
   */
  readonly settings?: { [name: string]: string };

  /**
   * Patterns of the files to copy, as `--include` takes them.
   *
   * @default - every file
   */
  readonly include?: string[];

  /**
   * Whether the remote needs no credentials.
   *
   * @default false
   */
  readonly anonymous?: boolean;

  /**
   * Says which state of the remote is meant: change it when the files behind the same names have changed, and the dataset is
   * loaded again.
   *
   * @default - none: loaded once
   */
  readonly revision?: string;
}

const LINK = 'https://rclone.org/docs/#config-file';
const CONFIG_PATH = '/etc/rclone';
const PATH_SHAPE = /^([A-Za-z0-9_]+):(\S.*)?$/;
const SECRET_SETTING = /pass|secret|token|credentials|sas_url|^(account_)?key(_pem)?$|access_key|api_key|private_key/;

export function rcloneSource(path: string, props: RcloneSourceProps): SourceSpec {
  const { config, settings = {}, include = [], anonymous = false, revision } = props;
  const remote = PATH_SHAPE.exec(path)?.[1] ?? '';
  return {
    description: path,
    // another endpoint is another dataset
    identity: { rclone: path, settings, include, revision },
    image: 'docker.io/rclone/rclone:1.70.3',
    tool: 'rclone',
    script: 'source=$1; shift; rclone copy "$source" "$target" --checksum "$@"',
    args: [path, ...include.map(pattern => `--include=${pattern}`)],
    env: [
      // the image's own path belongs to root
      { name: 'RCLONE_CONFIG', value: config ? `${CONFIG_PATH}/rclone.conf` : '/tmp/rclone.conf' },
      ...Object.entries(settings).map(([name, value]) => ({ name: `RCLONE_CONFIG_${remote.toUpperCase()}_${name.toUpperCase()}`, value: literal(value) })),
    ],
    secrets: config && [config],
    mounts: config ? [PodVolume.fromSecret(config).at(CONFIG_PATH)] : [],
    needsIdentity: !anonymous && !config,
    check: sink => {
      const error = (ruleId: string, prop: string, expected: string, found: string, fix: string): void =>
        sink.error({ ruleId, path: prop, expected, found, fix, link: LINK });
      if (remote === '') {
        error('props/source-uri', 'path', '`remote:directory`, with the name of a remote: letters, digits and `_`', JSON.stringify(path),
          'name the remote, and say what it is in `config` or `settings`');
      } else if (!config && settings.type === undefined) {
        error('props/rclone', 'settings', `a Secret in \`config\`, or the \`type\` of the remote \`${remote}\``, 'neither', "set `config`, or `settings` such as { type: 's3', provider: 'AWS', env_auth: 'true' }");
      }
      for (const [name, value] of Object.entries(settings)) {
        const secret = SECRET_SETTING.test(name) ? `a value for ${name}` : secretIn(value);
        if (secret) {
          const fix = `put it into the Secret of \`loader.credentials\`, as RCLONE_CONFIG_${remote.toUpperCase()}_${name.toUpperCase()}`;
          reportSecret(secret, { path: `settings.${name}`, fix, link: LINK }, sink);
        } else if (!/^[a-z][a-z0-9_]*$/.test(name)) {
          error('props/rclone', `settings.${name}`, 'the name of a setting: lower case letters, digits and `_`', JSON.stringify(name), 'take the name from the page of the storage in rclone\'s documents');
        }
      }
    },
  };
}
