import type { Construct } from 'constructs';
import { ProblemCollector, ProblemSink } from '../../findings/collector';
import { isInt32From, MAX_INT32 } from '../../private/int32-checks';
import { canShare } from '../claims/claim';
import { checkSameNamespace, checkSameNamespaceAll, homeOf } from '../claims/home';
import { JobClaim } from '../claims/job-claim';
import type { IClaim } from '../claims/storage-claim';
import type { ClaimBackupProps } from './claim-backup';
import { checkS3Copy } from './s3-copy';
import { checkSchedule, checkTimeZone } from './schedule';

const ACCESS_DOCS = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes';

/** @throws ValidationError naming every prop that cannot work */
export function checkClaimBackup(scope: Construct, props: ClaimBackupProps): void {
  const problems = new ProblemCollector(scope, 'ClaimBackup');
  checkClaim(props.claim, problems);
  checkSameNamespace(homeOf(props.claim), scope, { path: 'claim', what: `the claim ${props.claim.claimName}`, link: ACCESS_DOCS }, problems);
  checkSameNamespaceAll({ serviceAccount: props.serviceAccount, credentials: props.credentials }, scope, problems);
  checkSchedule(props.schedule, problems);
  if (props.timeZone !== undefined) checkTimeZone(props.timeZone, problems);
  checkS3Copy({ ...props, uri: props.to }, 'to', problems);
  if (!props.serviceAccount && !props.credentials) {
    problems.error({
      ruleId: 'train/upload-identity', path: 'serviceAccount', expected: `a \`serviceAccount\` or \`credentials\` that may write to ${props.to}`, found: 'neither',
      fix: 'set one of them',
    });
  }
  const deadline = props.deadline?.toSeconds({ integral: false });
  checkNumber('api/seconds', 'deadline', deadline, 1, 'whole seconds', problems);
  checkNumber('props/retries', 'retries', props.retries, 0, 'a whole number', problems);
  checkNumber('api/user-id', 'runAsUser', props.runAsUser, 0, 'a whole number', problems);
  checkNumber('api/user-id', 'runAsGroup', props.runAsGroup, 0, 'a whole number', problems);
  problems.throwIfAny();
}

/** The pod of the copy runs beside those that use the claim, on a node of its own. */
function checkClaim(claim: IClaim, sink: ProblemSink): void {
  const instead = 'take snapshots of it, or copy checkpoints with `upload` of their CheckpointVolume';
  if (claim.block) {
    sink.error({ ruleId: 'chain/raw-device', path: 'claim', expected: 'a file system', found: `${claim.claimName}, a raw device`, fix: 'take snapshots of it' });
    return;
  }
  const one = claim instanceof JobClaim && ['ReadWriteOncePod', 'ReadWriteOnce'].includes(claim.spec.mode ?? '') ? claim.spec.mode : undefined;
  if (claim.tier && (one || !canShare(claim.tier))) {
    const { provisioner, filesystemModes, link } = claim.tier.backend._driver;
    sink.error({
      ruleId: 'chain/access-mode',
      path: 'claim',
      expected: 'a claim that many nodes can mount (ReadWriteMany): the copy runs in a pod of its own',
      found: `${claim.claimName}, of ${provisioner}, ${one ? `with ${one}` : `which gives ${filesystemModes.join(', ')}`}`,
      fix: instead,
      link,
    });
  } else if (!claim.tier) {
    sink.warn({
      ruleId: 'chain/access-mode-unknown', path: 'claim', expected: 'a claim that many nodes can mount, whose `tier` is known', found: `${claim.claimName}, of an unknown class`,
      fix: 'name the `tier` of the claim, so that it can be checked', link: ACCESS_DOCS,
    });
  }
}

function checkNumber(ruleId: string, path: string, value: number | undefined, least: number, what: string, sink: ProblemSink): void {
  if (value === undefined || isInt32From(least, value)) return;
  sink.error({ ruleId, path, expected: `${what} from ${least} to ${MAX_INT32}`, found: String(value), fix: `correct \`${path}\`, or leave it out` });
}
