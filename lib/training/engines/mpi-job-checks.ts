import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { MAX_PORT } from '../frameworks/options';
import type { MpiJobProps } from './mpi-job';
import { MPI_CONFIG_PATH, MpiImplementation } from './mpi-launch';

const OPERATOR_DOCS = 'https://github.com/kubeflow/mpi-operator#creating-an-mpi-job';
const ROOT_DOCS = 'https://github.com/kubeflow/mpi-operator/issues/642';

/** Holds the options of an MPIJob. */
export function checkMpiJobProps({ implementation, sshPort, ...paths }: MpiJobProps, sink: ProblemSink): void {
  const known: readonly string[] = Object.values(MpiImplementation);
  if (implementation !== undefined && !known.includes(implementation)) {
    sink.error({
      ruleId: 'train/engine-option', path: 'implementation', expected: known.join(', '), found: described(implementation),
      fix: 'use a MpiImplementation, or leave it out for Open MPI', link: OPERATOR_DOCS,
    });
  }
  for (const [path, value] of [['sshAuthMountPath', paths.sshAuthMountPath], ['sshdConfig', paths.sshdConfig]] as const) {
    if (value === undefined || (typeof value === 'string' && /^\/[^:\s]*[^:\s/]$/.test(value) && !value.split('/').includes('..'))) continue;
    sink.error({
      ruleId: 'train/engine-option', path, expected: 'an absolute path below `/`, without spaces, `:` and `..`', found: described(value),
      fix: `set \`${path}\` to a path of the image, or leave it out`, link: OPERATOR_DOCS,
    });
  }
  if (sshPort === undefined || (Number.isInteger(sshPort) && sshPort >= 1 && sshPort <= MAX_PORT)) return;
  sink.error({
    ruleId: 'train/engine-option', path: 'sshPort', expected: `a whole number from 1 to ${MAX_PORT}`, found: described(sshPort),
    fix: 'set `sshPort` to the port of sshd in the image, or leave it out', link: OPERATOR_DOCS,
  });
}

interface SshFiles {
  readonly sshAuthMountPath: string;
  readonly sshdConfig: string;
}

/** Holds a job against what sshd as the first process of the workers does to it. */
export function checkMpiPods(props: Partial<DistributedTrainingJobProps>, files: SshFiles, sink: ProblemSink): void {
  if (props.runAsUser === 0) {
    sink.error({
      ruleId: 'train/mpi-root',
      path: 'runAsUser',
      expected: 'a user other than root: sshd of root needs capabilities that these pods do not have, and closes every connection',
      found: '0',
      fix: 'leave `runAsUser` out and use an image with a user 1000, as those made from mpioperator/openmpi',
      link: ROOT_DOCS,
    });
  }
  if (props.terminationGracePeriod != null && !props.checkpoints?._upload) {
    sink.warn({
      ruleId: 'train/mpi-grace',
      path: 'terminationGracePeriod',
      expected: 'none: sshd ends at once when its pod is to end, and the processes with it',
      found: 'one that leaves them no time for a last checkpoint',
      fix: 'leave it out, and write checkpoints often',
    });
  }
  checkMountPaths(props, files, sink);
}

/** A volume over them would hide the keys, or what the image has beside them. */
function checkMountPaths(
  { checkpoints, datasets = [], volumes = [] }: Partial<DistributedTrainingJobProps>,
  { sshAuthMountPath, sshdConfig }: SshFiles,
  sink: ProblemSink,
): void {
  const mounts = [
    ...checkpoints ? [{ path: 'checkpoints.path', at: checkpoints.path }] : [],
    ...datasets.map((mount, i) => ({ path: `datasets[${i}].path`, at: mount.path })),
    ...volumes.map((mount, i) => ({ path: `volumes[${i}].path`, at: mount.path })),
  ];
  for (const { path, at } of mounts) {
    const hidden = [sshAuthMountPath, sshdConfig, MPI_CONFIG_PATH].find(of => `${of}/`.startsWith(`${String(at).replace(/\/+$/, '')}/`));
    if (hidden === undefined) continue;
    sink.error({
      ruleId: 'train/mpi-mount', path, expected: `a path that leaves \`${hidden}\` alone: MPI finds its workers and keys there`, found: at, fix: 'mount it elsewhere',
    });
  }
}
