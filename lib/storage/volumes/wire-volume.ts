import type { ProblemSink } from '../../findings/collector';
import { IGNORE_ANNOTATION } from '../../private/annotations';
import type { MountedVolume } from './mount';
import type { HostPathOptions } from './pod-volume';

const SECURITY_DOCS = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline';

/** What must be at the path of a node. */
export enum HostPathType {
  /** A directory. */
  DIRECTORY = 'Directory',
  /** A directory, which is made on the root disk where there is none. */
  DIRECTORY_OR_CREATE = 'DirectoryOrCreate',
  /** A file. */
  FILE = 'File',
  /** A block device. */
  BLOCK_DEVICE = 'BlockDevice',
}

/**
 * Annotations of pods whose directory of a node was accepted by name: the manifest says so too, and the rule that warns of every
 * other one lists it as suppressed.
 */
export const ACCEPTED_HOST_PATH = { [IGNORE_ANNOTATION]: 'sec/host-path: accepted with acceptNodeLocalAndUnrestricted' };

/** A directory of the node, once the user has said that its risks are known. */
export function hostPathVolume(path: string, { pathType, acceptNodeLocalAndUnrestricted }: HostPathOptions): MountedVolume {
  return {
    hint: 'host-path',
    source: { hostPath: { path, type: pathType ?? HostPathType.DIRECTORY } },
    podAnnotations: ACCEPTED_HOST_PATH,
    check: sink => {
      if (acceptNodeLocalAndUnrestricted !== true) {
        sink.error({
          ruleId: 'sec/host-path',
          path: 'acceptNodeLocalAndUnrestricted',
          expected: 'true: the data stays on one node, and a namespace with the baseline standard refuses the pod',
          found: String(acceptNodeLocalAndUnrestricted),
          fix: 'use LocalDisks or PodVolume.scratch(), or set it to true',
          link: SECURITY_DOCS,
        });
      }
      if (!path.startsWith('/') || path.split('/').includes('..')) {
        sink.error({
          ruleId: 'api/host-path', path: 'hostPath', expected: 'an absolute path without `..`', found: JSON.stringify(path), fix: 'name a directory of the node, as /mnt/nvme',
        });
      }
    },
  };
}

/** What a wire source must not smuggle in. */
export function checkWireSource(source: Readonly<Record<string, unknown>>, sink: ProblemSink): void {
  if (source.hostPath !== undefined) {
    sink.error({
      ruleId: 'sec/host-path',
      path: 'hostPath',
      expected: 'a volume that the scheduler knows: a hostPath is another directory on every node',
      found: JSON.stringify(source.hostPath),
      fix: 'use LocalDisks or PodVolume.scratch(), or accept the risk with PodVolume.hostPath()',
      link: SECURITY_DOCS,
    });
  }
  if (source.nfs !== undefined) {
    sink.warn({
      ruleId: 'sec/inline-nfs',
      path: 'nfs',
      expected: 'NFS by a PersistentVolume: a namespace with the restricted standard refuses it inline, and it has no mount options',
      found: JSON.stringify(source.nfs),
      fix: 'use SharedDataset.onFileSystem() with Nfs.existing()',
      link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
    });
  }
}
