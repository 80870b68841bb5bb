import type { ApiObjectProps } from 'cdk8s';
import { podSpec } from '../../private/pod';
import { COPY_SCRIPT } from '../../private/pod-copies';
import { quantityOf } from '../../private/quantity';
import { DEFAULT_USER_ID } from '../../private/security';
import { tolerationOf } from '../../private/tolerations';
import { literal, Toleration } from '../../private/wire';
import { annotationsFor, Mount } from '../volumes/mount';
import type { NodeCacheProps } from './node-cache';
import { PodVolume } from '../volumes/pod-volume';
import { ACCEPTED_HOST_PATH, HostPathType } from '../volumes/wire-volume';

/** What a cache has settled. */
export interface CacheRequest {
  readonly name: string;
  readonly from: Mount;
  /** Directory of this version, below the path of the nodes. */
  readonly directory: string;
  readonly marker: string;
  readonly props: NodeCacheProps;
}

const DEFAULT_IMAGE = 'docker.io/library/busybox:1.37.0';
const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10';
const CACHE_PATH = '/cache';
const SPACE_PATH = '/node-space';

/** Taints that nodes with GPUs usually have. */
const GPU_TOLERATIONS: readonly Toleration[] = ['nvidia.com/gpu', 'amd.com/gpu'].map(key => ({ key, operator: 'Exists', effect: 'NoSchedule' }));

/**
 * Takes the disk, the node's own space, source, directory and marker. The same device twice means that the disk is not
 * mounted: what is written there would end on the root disk.
 */
const OWN_DISK_SCRIPT = [
  'set -eu',
  'umask 022',
  'disk=$1; space=$2; source=$3; target=$1/$4; marker=$5',
  'if [ "$space" != "" ] && [ "$(stat -c %d "$disk")" = "$(stat -c %d "$space")" ]; then',
  '  echo "no disk of its own is mounted at the hostPath of this cache" >&2',
  '  exit 1',
  'fi',
  'mkdir -p "$target"',
  'set -- "$source" "$target" "$marker"',
].join('\n');

/** A DaemonSet whose pods copy before they start, and then do nothing. */
export function cacheDaemon({ name, from, directory, marker, props }: CacheRequest): ApiObjectProps {
  const { ownDisk = true } = props;
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'node-cache' };
  const annotations = { ...annotationsFor([from]), ...ACCEPTED_HOST_PATH };
  const memory = props.memory ? quantityOf(props.memory) : '512Mi';
  const disk = Mount._of({ volume: { hint: 'disk', source: { hostPath: { path: props.hostPath, type: HostPathType.DIRECTORY } } }, path: CACHE_PATH });
  const space = PodVolume.scratch().at(SPACE_PATH, { readOnly: true });
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations },
        spec: podSpec({
          containerName: 'pause',
          image: PAUSE_IMAGE,
          command: ['/pause'],
          resources: { limits: { memory: '16Mi' }, requests: { cpu: '1m', memory: '16Mi' } },
          init: [{
            name: 'copy',
            image: props.image ?? DEFAULT_IMAGE,
            command: ['/bin/sh', '-c', literal(`${OWN_DISK_SCRIPT}\n${COPY_SCRIPT}`), 'copy'],
            args: [CACHE_PATH, ownDisk ? SPACE_PATH : '', from.path, directory, marker].map(literal),
            resources: { limits: { memory }, requests: { cpu: props.cpu?.amount ?? '100m', memory } },
            mounts: [from, disk, ...ownDisk ? [space] : []],
          }],
          user: { user: props.runAsUser ?? 0, group: DEFAULT_USER_ID },
          restartPolicy: 'Always',
          nodeSelector: props.nodeSelector,
          tolerations: [...GPU_TOLERATIONS, ...(props.tolerations ?? []).map(tolerationOf)],
        }),
      },
      // a new version reaches a quarter of the nodes at a time: all at once would be too much for what they copy from
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' } },
    },
  };
}
