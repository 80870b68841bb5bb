import { ApiObject, Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { WorkerToleration } from '../../training/pods/worker-toleration';
import { hashOf } from '../../private/hash';
import { nameFor, WORKLOAD_NAME_MAX } from '../../private/names';
import type { IDataset } from './dataset';
import { Mount, MountedVolume } from '../volumes/mount';
import { checkNodeCache } from './node-cache-checks';
import { cacheDaemon } from './node-cache-daemon';
import { ACCEPTED_HOST_PATH, HostPathType } from '../volumes/wire-volume';

/** Options of a `NodeCache`. */
export interface NodeCacheProps {
  /** The dataset that is copied. */
  readonly dataset: IDataset;

  /** Absolute path on the nodes where a fast disk is mounted. It must be there: nothing makes it. */
  readonly hostPath: string;

  /**
   * Must be true: says that you know what a hostPath is. The copy is on one node and another on every other; a namespace with
   * the baseline or restricted Pod Security Standard refuses the pods, those that read among them; nobody accounts for the
   * space. `dataset.copiedTo()` has none of that, and copies for each pod.
   */
  readonly acceptNodeLocalAndUnrestricted: boolean;

  /** Labels of the nodes that get a copy: `{ 'nvidia.com/gpu.present': 'true' }`. A job that reads the copy is held to them too. */
  readonly nodeSelector: { [name: string]: string };

  /**
   * Taints that the nodes may have, besides those of NVIDIA's and AMD's GPUs.
   *
   * @default - none
   */
  readonly tolerations?: WorkerToleration[];

  /**
   * Whether `hostPath` must be on another disk than the node's own space for pods. If it is not, the disk is not mounted, and
   * the copy would fill the root disk of the node. Say no where the node keeps its pods on the fast disk.
   *
   * @default true
   */
  readonly ownDisk?: boolean;

  /**
   * Image that copies: any with `sh`, `cp` and `stat`.
   *
   * @default 'docker.io/library/busybox:1.37.0'
   */
  readonly image?: string;

  /**
   * CPU that copying is sure to get; it takes what else is idle. Each node gives it up for as long as the cache lives, not only
   * while it copies.
   *
   * @default - 100m
   */
  readonly cpu?: Cpu;

  /**
   * Memory of what copies: its limit, and its request, which each node gives up for as long as the cache lives.
   *
   * @default Size.mebibytes(512)
   */
  readonly memory?: Size;

  /**
   * User that writes the copy. The directory of a disk usually belongs to root.
   *
   * @default 0
   */
  readonly runAsUser?: number;
}

/**
 * A copy of a dataset on a fast disk of every chosen node: a DaemonSet that copies once and then only keeps its place. All
 * pods of a node read the same copy, and new nodes get theirs when they come.
 *
 * Each version is in a directory of its own; nobody deletes the old ones, which pods may still read.
 *
 * @example
 *
 * const cache = new NodeCache(chart, 'cache', {
 *   dataset: imagenet,
 *   hostPath: '/mnt/nvme',
 *   acceptNodeLocalAndUnrestricted: true,
 *   nodeSelector: { 'nvidia.com/gpu.present': 'true' },
 * });
 * // in the job: datasets: [cache.at('/data')]
 */
export class NodeCache extends Construct {
  /** Name of the DaemonSet. */
  public readonly daemonSetName: string;

  /** Labels of the nodes with a copy, for pods of your own that read it. */
  public readonly nodeSelector: { [name: string]: string };

  private readonly volume: MountedVolume;
  private readonly marker: string;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: NodeCacheProps) {
    super(scope, id);
    checkNodeCache(this, props);
    const { dataset, hostPath } = props;
    const from = dataset.at('/source');
    const directory = `${dataset.claimName}-${hashOf([dataset.version, from._spec.gate?.marker])}`;
    this.daemonSetName = nameFor(this, WORKLOAD_NAME_MAX);
    this.nodeSelector = { ...props.nodeSelector };
    this.marker = '.copied';
    // not there before the copy begins on a node, and until then the pod waits
    this.volume = {
      hint: id,
      source: { hostPath: { path: `${hostPath.replace(/\/+$/, '')}/${directory}`, type: HostPathType.DIRECTORY } },
      podAnnotations: ACCEPTED_HOST_PATH,
      nodeLabels: this.nodeSelector,
    };
    new ApiObject(this, 'Resource', cacheDaemon({ name: this.daemonSetName, from, directory, marker: this.marker, props }));
  }

  /**
   * The copy at a path of a pod, read-only. The pod waits until its node has all of it.
   *
   * @param path absolute path in the container
   */
  public at(path: string): Mount {
    return Mount._of({ volume: this.volume, path, readOnly: true, gate: { marker: this.marker } });
  }
}
