import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { oneOf, quoted } from '../../values/quote';
import { checkAppArmor, checkSeccomp } from './profiles';
import { checkId } from './user-ids';
import { checkWindowsOptions } from './windows';

export const SECURITY_POLICY = errorRule({
  id: 'api/security-policy',
  title: 'fsGroupChangePolicy, supplementalGroupsPolicy and seLinuxChangePolicy have values that the server knows',
  why: 'The API server refuses every other value, an empty one too.',
  fix: 'use `fsGroupChangePolicy: OnRootMismatch` for large volumes, and leave the others out',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
});

export const SYSCTL = errorRule({
  id: 'api/sysctl',
  title: 'Kernel parameters have possible names, each once, and belong to the pod and not to the node',
  why: 'In the network or the IPC namespace of the node the parameters are those of the node; the API server refuses to let a pod change them.',
  fix: 'write such as `net.core.somaxconn` once, and leave `hostNetwork` and `hostIPC` out',
  link: 'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
});

export const HOST_NAMESPACES = errorRule({
  id: 'api/host-namespaces',
  title: 'A pod with users or processes of its own does not share those of the node',
  why: 'Users of a pod (`hostUsers: false`) have no rights in the namespaces of the node, and processes cannot be shared both among the '
    + 'containers and with the node. The API server refuses the contradiction.',
  fix: 'remove hostNetwork, hostPID and hostIPC, or `hostUsers: false` and `shareProcessNamespace`',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/#limitations',
});

const FS_GROUP_POLICIES = ['OnRootMismatch', 'Always'];
const GROUPS_POLICIES = ['Merge', 'Strict'];
/** `MountOption` is behind a feature that is off. */
const SE_LINUX_POLICIES = ['Recursive'];
/** Before them the server drops the fields. */
const GROUPS_POLICY_SINCE = 33;
const SE_LINUX_POLICY_SINCE = 33;
const HOST_USERS_SINCE = 33;
const DEVICES_REFUSED_SINCE = 34;
const HOST_SYSCTL_SINCE = 29;
const NAME_MAX = 253;
const NAME = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;
const IPC = new Set([
  'kernel.sem', 'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced', 'kernel.shm', 'kernel.msgmax', 'kernel.msgmnb',
  'kernel.msgmni', 'kernel.msg',
]);
const NONE: readonly any[] = [];

export function checkPodSecurity(pod: PodSubject): void {
  const { spec, subject } = pod;
  const context: Json | undefined = spec.securityContext;
  if (spec.hostUsers === false && subject.minor >= HOST_USERS_SINCE) checkHostUsers(pod);
  if (spec.shareProcessNamespace === true && spec.hostPID === true) {
    subject.report(HOST_NAMESPACES, pod.path.fields('securityContext', 'shareProcessNamespace'), { expected: 'no hostPID beside it', found: 'hostPID: true' });
  }
  if (context === undefined) return;
  if (context.runAsUser !== undefined) checkId(subject, context.runAsUser, pod.path, 'runAsUser');
  if (context.runAsGroup !== undefined) checkId(subject, context.runAsGroup, pod.path, 'runAsGroup');
  if (context.fsGroup !== undefined) checkId(subject, context.fsGroup, pod.path, 'fsGroup');
  const groups: readonly number[] = context.supplementalGroups ?? NONE;
  for (let i = 0; i < groups.length; i++) checkId(subject, groups[i], pod.path, 'supplementalGroups', i);
  checkPolicy(pod, context, 'fsGroupChangePolicy', FS_GROUP_POLICIES);
  if (subject.minor >= GROUPS_POLICY_SINCE) checkPolicy(pod, context, 'supplementalGroupsPolicy', GROUPS_POLICIES);
  if (subject.minor >= SE_LINUX_POLICY_SINCE) checkPolicy(pod, context, 'seLinuxChangePolicy', SE_LINUX_POLICIES);
  if (context.seccompProfile !== undefined) checkSeccomp(subject, context.seccompProfile, pod.path.field('securityContext'));
  if (context.appArmorProfile !== undefined) checkAppArmor(subject, context.appArmorProfile, pod.path.field('securityContext'));
  if (context.windowsOptions !== undefined) checkWindowsOptions(subject, context.windowsOptions, pod.path.field('securityContext'));
  if (context.sysctls !== undefined) checkSysctls(pod, context.sysctls);
}

function checkPolicy(pod: PodSubject, context: Json, field: string, policies: readonly string[]): void {
  const policy = context[field];
  if (policy === undefined || policies.includes(policy)) return;
  pod.subject.report(SECURITY_POLICY, pod.path.fields('securityContext', field), { expected: oneOf(policies), found: quoted(policy) });
}

/** The server writes two of the fields with a capital. */
function checkHostUsers(pod: PodSubject): void {
  const { spec, subject } = pod;
  const detail = (field: string): { expected: string; found: string } => ({ expected: 'none where hostUsers is false', found: `${field}: true` });
  if (spec.hostNetwork === true) subject.report(HOST_NAMESPACES, pod.path.field('hostNetwork'), detail('hostNetwork'));
  if (spec.hostPID === true) subject.report(HOST_NAMESPACES, pod.path.field('HostPID'), detail('hostPID'));
  if (spec.hostIPC === true) subject.report(HOST_NAMESPACES, pod.path.field('HostIPC'), detail('hostIPC'));
  if (subject.minor < DEVICES_REFUSED_SINCE) return;
  for (const field of ['initContainers', 'containers']) {
    ((spec[field] ?? NONE) as Json[]).forEach(({ volumeDevices }, i) => {
      if (!(volumeDevices?.length > 0)) return;
      subject.report(HOST_NAMESPACES, pod.path.field(field).index(i).field('volumeDevices'), {
        expected: 'no block devices where hostUsers is false', found: quoted(volumeDevices.map(({ name }: Json) => name)),
      });
    });
  }
}

function checkSysctls(pod: PodSubject, sysctls: readonly Json[]): void {
  const { subject } = pod;
  const seen = new Set<string>();
  for (let i = 0; i < sysctls.length; i++) {
    const { name = '' } = sysctls[i];
    const expected = name === '' ? 'the name of a kernel parameter'
      : name.length > NAME_MAX || !NAME.test(name) ? `a name of at most ${NAME_MAX} lower case letters, digits, -, _, . and /`
        : seen.has(name) ? 'each parameter once' : ofNode(pod, name);
    seen.add(name);
    if (expected === undefined) continue;
    subject.report(SYSCTL, pod.path.fields('securityContext', 'sysctls').index(i).field('name'), { expected, found: name === '' ? 'none' : quoted(name) });
  }
}

/** What is expected of a parameter that would be one of the node. */
function ofNode({ spec, subject }: PodSubject, name: string): string | undefined {
  if (subject.minor < HOST_SYSCTL_SINCE) return undefined;
  const dotted = normalized(name);
  if (spec.hostNetwork === true && dotted.startsWith('net.')) return 'no parameter of the network in a pod with hostNetwork';
  if (spec.hostIPC === true && (IPC.has(dotted) || dotted.startsWith('fs.mqueue.'))) return 'no parameter of IPC in a pod with hostIPC';
  return undefined;
}

/** `net/core/somaxconn` is `net.core.somaxconn`. */
function normalized(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  return first === '/' ? name.replace(/[./]/g, separator => separator === '/' ? '.' : '/') : name;
}
