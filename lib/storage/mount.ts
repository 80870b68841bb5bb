import { Finding } from '../findings/finding';
import type { ProblemSink } from '../findings/collector';

/** What a pod waits for before it reads a mount. */
export interface Gate {
  /** Path of a file relative to the mount that appears when the content is complete. */
  readonly marker: string;
}

/** What a volume's file says to make a mount. */
export interface MountSpec {
  /** The volume; one that is mounted twice is one object. */
  readonly volume: MountedVolume;
  readonly path: string;
  readonly readOnly?: boolean;
  readonly subPath?: string;
  readonly gate?: Gate;
}

/** A pod volume before it has a name. */
export interface MountedVolume {
  /** Suggested name in the pod. */
  readonly hint: string;
  /** `{ persistentVolumeClaim: { claimName } }` and the like. */
  readonly source: Readonly<Record<string, unknown>>;
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

/** Reports a path that no container can mount at. */
export function checkMountPath(path: string, prop: Finding['path'], sink: ProblemSink): void {
  if (/^\/+[^/]/.test(path) && !path.includes(':') && !path.split('/').includes('..')) return;
  sink.error({
    ruleId: 'api/mount-path',
    path: prop,
    expected: 'an absolute path below `/`, without `:` and `..`',
    found: JSON.stringify(path),
    fix: 'use a path such as `/data`',
    link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1',
  });
}
