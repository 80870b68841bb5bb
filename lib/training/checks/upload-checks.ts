import { KubernetesVersion } from '../../kubernetes-version';
import { ProblemSink, under } from '../../findings/collector';
import { hasReached } from '../../private/target';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { hasAccount } from '../pods/cloud-identity';
import { gracePeriodSecondsOf } from '../pods/worker-pod';

/** Shorter ones end before a copy of any size does. */
const LEAST_GRACE_SECONDS = 30;
const SIDECAR_DOCS = 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/';

/** Checks of the copy of the checkpoints that a container beside each worker makes. */
export function checkUpload(props: DistributedTrainingJobProps, target: KubernetesVersion, sink: ProblemSink): void {
  const upload = props.checkpoints?._upload;
  if (!upload) return;
  const path = 'checkpoints.upload';
  upload._check(under(path, sink));
  if (!hasReached(target, KubernetesVersion.V1_29)) {
    sink.error({
      ruleId: 'api/since', path, expected: 'Kubernetes 1.29 or newer, whose sidecars end after the worker and let a Job complete', found: `target ${target}`,
      fix: 'raise the `target` of the app, or leave `upload` out and copy the claim with a ClaimBackup', link: SIDECAR_DOCS,
    });
  }
  if (upload._needsIdentity && !hasAccount(props)) {
    sink.error({
      ruleId: 'train/upload-identity', path, expected: `an \`identity\` or a \`serviceAccount\` of the job, or \`credentials\` of the upload, that may write to ${upload.uri}`,
      found: 'none', fix: 'set one of them',
    });
  }
  const grace = props.terminationGracePeriod?.toSeconds({ integral: false }) ?? gracePeriodSecondsOf(props);
  if (grace < LEAST_GRACE_SECONDS) {
    sink.warn({
      ruleId: 'train/upload-grace', path: 'terminationGracePeriod',
      expected: `at least ${LEAST_GRACE_SECONDS} s: the worker's last checkpoint and its copy share it`, found: `${grace} s`,
      fix: 'raise `terminationGracePeriod` to the time of both', link: SIDECAR_DOCS,
    });
  }
}
