import type { ApiObjectProps, Duration, Size } from 'cdk8s';
import type { Cpu, IServiceAccount, ISecret } from 'cdk8s-plus-27';
import type { ProblemSink } from '../../findings/collector';
import { KubernetesVersion } from '../../kubernetes-version';
import { hashOf } from '../../private/hash';
import { podSpec } from '../../private/pod';
import { checkIsSize } from '../../private/prop-types';
import { GIB, quantityOf, quantityOfBytes } from '../../private/quantity';
import { DEFAULT_USER_ID } from '../../private/security';
import { hasReached } from '../../private/target';
import { literal } from '../../private/wire';
import { checkAboveZero } from '../../private/size-checks';
import { checkUserId } from '../../private/int32-checks';
import type { DatasetSource } from './dataset-source';
import { Mount, MountedVolume } from '../volumes/mount';

/** Options of the job that fills a dataset. */
export interface DatasetLoaderProps {
  /**
   * Service account with access to the source, as IRSA and Workload Identity give it.
   *
   * @default - the namespace's default
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Secret whose keys become the environment of the loader: `AWS_ACCESS_KEY_ID` and the like.
   *
   * @default - none
   */
  readonly credentials?: ISecret;

  /**
   * Image with the tool that the source needs, and `/bin/sh`.
   *
   * @default - the tool's official image in a fixed version; none for Hugging Face
   */
  readonly image?: string;

  /**
   * CPU that the loader is sure to get.
   *
   * @default - 1
   */
  readonly cpu?: Cpu;

  /**
   * Memory of the loader, request and limit.
   *
   * @default Size.gibibytes(2)
   */
  readonly memory?: Size;

  /**
   * How often the loader is tried again. It goes on with what is there.
   *
   * @default 6
   */
  readonly retries?: number;

  /**
   * Time after which the finished job and its pod are deleted. Whatever applies the manifests again makes a new one, which
   * finds the dataset complete and ends.
   *
   * @default - they stay
   */
  readonly ttlAfterFinished?: Duration;

  /**
   * User that writes the files.
   *
   * @default 1000
   */
  readonly runAsUser?: number;

  /**
   * Group that writes the files.
   *
   * @default 1000
   */
  readonly runAsGroup?: number;
}

/** What the loader of one dataset is made from. */
export interface LoaderRequest {
  /** Name of the dataset's objects. */
  readonly name: string;
  readonly source: DatasetSource;
  readonly props: DatasetLoaderProps;
  readonly volume: MountedVolume;
  readonly target: KubernetesVersion;
}

/** Longest name of a dataset that leaves room for `-load-<hash>` in a pod's `job-name` label. */
export const LOADED_NAME_MAX = 63 - '-load-00000000'.length;

const LOAD_PATH = '/dataset';
const DEFAULT_RETRIES = 6;
const DEFAULT_MEMORY = quantityOfBytes(2 * GIB);

/**
 * File that says the dataset is complete. It is named after what was asked for, so that a marker left by another
 * revision does not count, and after the dataset, so that several can live in one file system.
 */
export function markerOf(name: string, source: DatasetSource): string {
  return `.complete.${name}.${hashOf(source._spec.identity)}`;
}

/**
 * One pod that fills the volume and writes the marker last; run again, it ends at once. The name holds a hash of the
 * whole spec, since a Job cannot be changed.
 */
export function loaderJob(request: LoaderRequest): ApiObjectProps {
  const spec = jobSpec(request);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${request.name}-load-${hashOf(spec)}`, labels: labelsOf(request) },
    spec,
  };
}

/** Reports what would make the loader fail. */
export function checkLoader(source: DatasetSource, props: DatasetLoaderProps, sink: ProblemSink): void {
  const { needsIdentity, image, tool } = source._spec;
  if (needsIdentity && !props.serviceAccount && !props.credentials) {
    sink.error({
      ruleId: 'train/loader-identity',
      path: 'loader',
      expected: `a \`serviceAccount\` or \`credentials\` that may read ${source.description}`,
      found: 'neither',
      fix: 'set one of them, or `anonymous: true` on the source if it is public',
    });
  }
  if (image === undefined && props.image === undefined) {
    sink.error({
      ruleId: 'train/loader-image',
      path: 'loader.image',
      expected: `an image with ${tool}`,
      found: 'none',
      fix: 'build one and name it: there is no public one',
    });
  }
  const retries = props.retries ?? DEFAULT_RETRIES;
  if (!Number.isInteger(retries) || retries < 0) {
    sink.error({
      ruleId: 'train/loader-retries', path: 'loader.retries', expected: 'a whole number from 0', found: String(retries), fix: 'set `retries`, or leave it out',
    });
  }
  if (props.memory != null && checkIsSize('loader.memory', props.memory, 'Size.gibibytes(2)', sink)) {
    checkAboveZero(props.memory, { path: 'loader.memory', fix: 'set `memory`, or leave it out' }, sink);
  }
  for (const path of ['runAsUser', 'runAsGroup'] as const) {
    checkUserId(props[path] ?? DEFAULT_USER_ID, { path: `loader.${path}`, fix: `set \`${path}\`, or leave it out` }, sink);
  }
}

function jobSpec({ name, source, props, volume, target }: LoaderRequest): Record<string, unknown> {
  const { script, args, image, mounts = [], identityLabels } = source._spec;
  const env = [...source._spec.env ?? [], ...props.serviceAccount ? source._spec.identityEnv ?? [] : []];
  const memory = props.memory ? quantityOf(props.memory) : DEFAULT_MEMORY;
  return {
    backoffLimit: props.retries ?? DEFAULT_RETRIES,
    completions: 1,
    parallelism: 1,
    podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
    // never two at a time: the second pod waits until the first has ended
    ...(hasReached(target, KubernetesVersion.V1_29) && { podReplacementPolicy: 'Failed' }),
    template: {
      metadata: { labels: { ...labelsOf({ name }), ...props.serviceAccount && identityLabels } },
      spec: podSpec({
        containerName: 'load',
        image: props.image ?? image ?? '',
        command: ['/bin/sh', '-c', literal(scriptOf(script)), 'load'],
        args: [markerOf(name, source), LOAD_PATH, ...args].map(literal),
        env: [{ name: 'HOME', value: '/tmp' }, ...env],
        envFrom: props.credentials && [{ secretRef: { name: props.credentials.name } }],
        resources: { limits: { memory }, requests: { cpu: props.cpu?.amount ?? '1', memory } },
        mounts: [Mount._of({ volume, path: LOAD_PATH }), ...mounts],
        user: { user: props.runAsUser ?? DEFAULT_USER_ID, group: props.runAsGroup ?? DEFAULT_USER_ID },
        restartPolicy: 'Never',
        serviceAccountName: props.serviceAccount?.name,
      }),
    },
    ...(props.ttlAfterFinished && { ttlSecondsAfterFinished: props.ttlAfterFinished.toSeconds() }),
  };
}

/** Once files are written, what was complete before is so no more: a way back to an older revision must load it again. */
function scriptOf(fill: string): string {
  return [
    'set -eu',
    'marker=$1; target=$2; shift 2',
    'if [ -e "$target/$marker" ]; then echo "$target is complete"; exit 0; fi',
    'for old in "$target/${marker%.*}".*; do',
    '  case $old in "$target/$marker".*) ;; *) rm -rf "$old" ;; esac',
    'done',
    fill,
    ': > "$target/$marker"',
    'echo "$target is complete"',
  ].join('\n');
}

function labelsOf({ name }: Pick<LoaderRequest, 'name'>): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'dataset-loader' };
}
