import type { Construct } from 'constructs';
import { Finding } from '../../findings/finding';
import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import type { AccessMode } from '../drivers/driver-facts';
import type { KubernetesVersion } from '../../kubernetes-version';

/** What a pod waits for before it reads a mount. */
export interface Gate {
  /** Path of a file relative to the mount that appears when the content is complete. */
  readonly marker: string;
}

/** What fills a volume of the pod before its containers start. */
export interface CopySpec {
  /** The content; the copy waits for its gate. */
  readonly from: Mount;
  /** Path of a file relative to the mount that says that the copy is complete. */
  readonly marker: string;
}

/** What a volume's file says to make a mount. */
export interface MountSpec {
  /** The volume; one that is mounted twice is one object. */
  readonly volume: MountedVolume;
  readonly path: string;
  readonly readOnly?: boolean;
  readonly subPath?: string;
  /** A raw device at `path` instead of a file system. */
  readonly device?: boolean;
  readonly gate?: Gate;
  /** What the volume is filled from, in each pod anew. */
  readonly copy?: CopySpec;
}

/** A pod volume before it has a name. */
export interface MountedVolume {
  /** Suggested name in the pod. */
  readonly hint: string;
  /** `{ persistentVolumeClaim: { claimName } }` and the like. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Whether it is a raw device; undefined where that is not known. */
  readonly block?: boolean;
  /** Access mode of its claim; undefined where that is not known. */
  readonly mode?: AccessMode;
  /** Bytes of the pod's memory that it may take. */
  readonly memoryBytes?: number;
  /** Bytes of the node's disk that it may take. */
  readonly diskBytes?: number;
  /** Annotations that pods with it need. */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** What the pod's own service account must be allowed to reach, for people: the bucket that a sidecar of the pod mounts. */
  readonly identity?: string;
  /** What this app makes of it, in whose namespace pods must be: a claim, a Secret. */
  readonly homes?: readonly Construct[];
  /** Labels of the nodes that have it: on others, pods would wait for ever. */
  readonly nodeLabels?: Readonly<Record<string, string>>;
  /** What is wrong with it, whoever mounts it. */
  readonly check?: (sink: ProblemSink) => void;
  /** First Kubernetes release that has it. */
  readonly since?: KubernetesVersion;
}

/** A volume at a path of a container. Made by `at()` of a dataset or a volume. */
export class Mount {
  /** @internal */
  public static _of(spec: MountSpec): Mount {
    return new Mount(spec);
  }

  /** Absolute path in the container. */
  public readonly path: string;

  /** Whether the container may only read. */
  public readonly readOnly: boolean;

  /** @internal */
  public readonly _spec: MountSpec;

  private constructor(spec: MountSpec) {
    this.path = spec.path;
    this.readOnly = spec.readOnly ?? false;
    this._spec = spec;
  }
}

/** All volumes that a mount brings into a pod: its own, and the one that it is filled from. */
export function volumesOf({ _spec: { volume, copy } }: Mount): MountedVolume[] {
  return copy ? [volume, ...volumesOf(copy.from)] : [volume];
}

/** Annotations that a pod needs for its mounts. */
export function annotationsFor(mounts: readonly Mount[]): Record<string, string> {
  return Object.assign({}, ...mounts.flatMap(volumesOf).map(({ podAnnotations }) => podAnnotations)) as Record<string, string>;
}

/** Labels of nodes that a pod needs for its mounts. */
export function nodeLabelsFor(mounts: readonly Mount[]): Record<string, string> {
  return Object.assign({}, ...mounts.flatMap(volumesOf).map(({ nodeLabels }) => nodeLabels)) as Record<string, string>;
}

/** Reports a path that no container can mount at. */
export function checkMountPath(path: string, prop: Finding['path'], sink: ProblemSink): void {
  if (typeof path === 'string' && /^\/+[^/]/.test(path) && !path.includes(':') && !path.split('/').includes('..')) return;
  sink.error({
    ruleId: 'api/mount-path',
    path: prop,
    expected: 'an absolute path below `/`, without `:` and `..`',
    found: described(path),
    fix: 'use a path such as `/data`',
    link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1',
  });
}
