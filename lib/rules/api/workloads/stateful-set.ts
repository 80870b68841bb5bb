import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsLabel } from '../../../private/name-forms';
import { quoted } from '../../values/quote';
import { checkNotNegative } from './numbers';
import { checkSelector } from './selector';
import { checkStatefulStrategy } from './strategies';
import { checkEndlessTemplate } from './templates';

export const POD_MANAGEMENT_POLICY = errorRule({
  id: 'api/pod-management-policy',
  title: 'The pods of a StatefulSet are started one after the other or all at once',
  why: 'podManagementPolicy is OrderedReady or Parallel. The API server refuses anything else.',
  fix: 'use Parallel for training, whose workers wait for each other; OrderedReady for databases',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies',
});

export const SERVICE_NAME = errorRule({
  id: 'api/service-name',
  title: 'The governing Service of a StatefulSet has a name that a Service can have',
  why: 'serviceName becomes part of the host names of the pods. The API server refuses one that is no DNS label; before 1.33 it takes '
    + 'it, and no pod can be made.',
  fix: 'name the headless Service of the StatefulSet',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
});

export const CLAIM_RETENTION = errorRule({
  id: 'api/claim-retention',
  title: 'The claims of a StatefulSet are retained or deleted',
  why: 'whenDeleted and whenScaled are Retain or Delete. The API server refuses anything else.',
  fix: 'use Retain where the data is precious',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
});

const SPEC = Path.ROOT.field('spec');
const ORDINALS = SPEC.field('ordinals');
const EMPTY: Json = {};
const COUNTS = ['replicas', 'minReadySeconds'];
const START = ['start'];
/** The first release that looks at the name of the Service; before, no pod could be made. */
const SERVICE_NAME_SINCE = 33;
/** The first release that looks at the pods of the template. */
const TEMPLATE_SINCE = 34;
const RETENTION_FIELDS = ['whenDeleted', 'whenScaled'];

export function checkStatefulSet(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  const { podManagementPolicy, serviceName, ordinals, persistentVolumeClaimRetentionPolicy: retention } = spec;
  if (podManagementPolicy && podManagementPolicy !== 'OrderedReady' && podManagementPolicy !== 'Parallel') {
    subject.report(POD_MANAGEMENT_POLICY, SPEC.field('podManagementPolicy'), { expected: 'OrderedReady or Parallel', found: quoted(podManagementPolicy) });
  }
  checkStatefulStrategy(subject, spec.updateStrategy);
  if (retention !== undefined) checkRetention(subject, retention);
  checkNotNegative(subject, spec, SPEC, COUNTS);
  if (ordinals !== undefined) checkNotNegative(subject, ordinals, ORDINALS, START);
  if (serviceName && !isDnsLabel(serviceName)) {
    const reporter = subject.minor < SERVICE_NAME_SINCE ? subject.accepted() : subject;
    reporter.report(SERVICE_NAME, SPEC.field('serviceName'), { expected: 'the name of a Service: at most 63 small letters, digits and dashes', found: quoted(serviceName) });
  }
  checkSelector(subject, spec);
  checkEndlessTemplate(subject, spec, SPEC, subject.minor < TEMPLATE_SINCE ? subject.accepted() : subject);
}

function checkRetention(subject: Subject, retention: Json): void {
  for (const field of RETENTION_FIELDS) {
    const policy: unknown = retention[field];
    if (!policy || policy === 'Retain' || policy === 'Delete') continue;
    subject.report(CLAIM_RETENTION, SPEC.fields('persistentVolumeClaimRetentionPolicy', field), { expected: 'Retain or Delete', found: quoted(policy) });
  }
}
