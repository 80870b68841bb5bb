import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import type { Rule } from '../engine/rule';
import { Severity } from '../../findings/finding';
import { RESTRICTED_VOLUMES } from '../../private/pod-standards';
import { quoted } from '../values/quote';
import { RESTRICTED_CAPABILITIES_SINCE } from './baseline';
import type { ContainerPlace } from './containers';
import { CAPABILITIES, INLINE_NFS, NON_ROOT, PRIVILEGE_ESCALATION, ROOT, SECCOMP, VOLUME_TYPE } from './rules';
import type { PodStandard } from './pod-standard';

const NONE: readonly never[] = [];
const EMPTY: Json = {};
const PROFILES = new Set(['RuntimeDefault', 'Localhost']);
/** Releases whose policies first have these. */
const ESCALATION_SINCE = 8;
const SECCOMP_SINCE = 19;
const ROOT_SINCE = 23;
const WINDOWS_SINCE = 25;
const USER_NAMESPACES_SINCE = 35;

type Refuse = (rule: Rule, path: Path, expected: string, found: unknown) => void;

/** Reports what the restricted standard refuses beyond the baseline. */
export function checkRestricted(pod: PodSubject, containers: readonly ContainerPlace[], { minor }: PodStandard): void {
  const refuse: Refuse = (rule, path, expected, found) => {
    pod.subject.report(rule, path, { expected: `${expected} in a restricted namespace`, found: quoted(found), severity: Severity.ERROR });
  };
  const { spec } = pod;
  checkVolumes(pod, refuse);
  const isWindows = minor >= WINDOWS_SINCE && spec.os?.name === 'windows';
  // root of a user namespace is nobody on the node
  const isMapped = minor >= USER_NAMESPACES_SINCE && spec.hostUsers === false;
  if (!isMapped) {
    checkNonRoot(pod, containers, refuse);
    if (minor >= ROOT_SINCE) checkUser(pod, containers, refuse);
  }
  if (isWindows) return;
  if (minor >= SECCOMP_SINCE) checkSeccomp(pod, containers, refuse);
  for (const { path, security } of containers) {
    const at = path.field('securityContext');
    if (minor >= ESCALATION_SINCE && security.allowPrivilegeEscalation !== false) {
      refuse(PRIVILEGE_ESCALATION, at.field('allowPrivilegeEscalation'), 'false', security.allowPrivilegeEscalation);
    }
    if (minor >= RESTRICTED_CAPABILITIES_SINCE) checkCapabilities(security.capabilities ?? EMPTY, at.field('capabilities'), refuse);
  }
}

function checkVolumes({ spec, path }: PodSubject, refuse: Refuse): void {
  const volumes: readonly Json[] = spec.volumes ?? NONE;
  volumes.forEach((volume, i) => {
    const at = path.field('volumes').index(i);
    const type = Object.keys(volume).find(field => field !== 'name');
    // no source at all is an emptyDir, and a hostPath is refused by the baseline
    if (type === undefined || volume.hostPath || RESTRICTED_VOLUMES.some(one => volume[one] !== undefined)) return;
    if (volume.nfs) refuse(INLINE_NFS, at.field('nfs'), 'NFS by a claim', volume.nfs);
    else refuse(VOLUME_TYPE, at.field(type), `one of ${RESTRICTED_VOLUMES.join(', ')}`, type);
  });
}

function checkNonRoot({ spec, path }: PodSubject, containers: readonly ContainerPlace[], refuse: Refuse): void {
  const whole: unknown = spec.securityContext?.runAsNonRoot;
  if (whole === false) refuse(NON_ROOT, path.fields('securityContext', 'runAsNonRoot'), 'true', false);
  const missing = containers.filter(({ security }) => security.runAsNonRoot === undefined && whole !== true);
  for (const container of containers) {
    if (container.security.runAsNonRoot === false) refuse(NON_ROOT, container.path.fields('securityContext', 'runAsNonRoot'), 'true', false);
  }
  // one finding for the pod: one line there mends all
  if (missing.length > 0 && whole === undefined) refuse(NON_ROOT, path.fields('securityContext', 'runAsNonRoot'), 'true', undefined);
}

function checkUser({ spec, path }: PodSubject, containers: readonly ContainerPlace[], refuse: Refuse): void {
  if (spec.securityContext?.runAsUser === 0) refuse(ROOT, path.fields('securityContext', 'runAsUser'), 'a user other than root', 0);
  for (const { path: at, security } of containers) {
    if (security.runAsUser === 0) refuse(ROOT, at.fields('securityContext', 'runAsUser'), 'a user other than root', 0);
  }
}

function checkSeccomp({ spec, path }: PodSubject, containers: readonly ContainerPlace[], refuse: Refuse): void {
  const expected = 'RuntimeDefault or Localhost';
  const whole: Json | undefined = spec.securityContext?.seccompProfile;
  const isSet = whole !== undefined && PROFILES.has(whole.type);
  if (whole !== undefined && !isSet) refuse(SECCOMP, path.fields('securityContext', 'seccompProfile', 'type'), expected, whole.type);
  let missing = false;
  for (const { path: at, security } of containers) {
    const own: Json | undefined = security.seccompProfile;
    if (own === undefined) missing ||= !isSet;
    else if (!PROFILES.has(own.type)) refuse(SECCOMP, at.fields('securityContext', 'seccompProfile', 'type'), expected, own.type);
  }
  if (missing && whole === undefined) refuse(SECCOMP, path.fields('securityContext', 'seccompProfile', 'type'), expected, undefined);
}

function checkCapabilities({ add = NONE, drop = NONE }: Json, at: Path, refuse: Refuse): void {
  if (!drop.includes('ALL')) refuse(CAPABILITIES, at.field('drop'), '["ALL"]', drop.length === 0 ? undefined : drop);
  (add as readonly string[]).forEach((name, i) => {
    if (name !== 'NET_BIND_SERVICE') refuse(CAPABILITIES, at.field('add').index(i), 'NET_BIND_SERVICE at most', name);
  });
}
