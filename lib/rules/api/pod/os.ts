import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { quoted } from '../../values/quote';

export const OS = errorRule({
  id: 'api/os',
  title: 'os.name is linux or windows, and the pod has no field of the other system',
  why: 'Once the operating system is written, the API server refuses fields that only the other one knows: options of Windows in a Linux '
    + 'pod; users, profiles, capabilities and namespaces of Linux in a Windows pod.',
  fix: 'remove the fields of the other system, or `os`',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-os',
});

/** Fields of the spec and of its security context that a Windows pod may not have, and since when the server looks at them. */
const POD_FIELDS: ReadonlyArray<readonly [field: string, since: number]> = [
  ['appArmorProfile', 30], ['seLinuxOptions', 0], ['seccompProfile', 0], ['fsGroup', 0], ['fsGroupChangePolicy', 0], ['runAsUser', 0],
  ['runAsGroup', 0], ['supplementalGroups', 0], ['supplementalGroupsPolicy', 33], ['seLinuxChangePolicy', 33],
];
const CONTAINER_FIELDS = [
  'appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'capabilities', 'readOnlyRootFilesystem', 'privileged', 'allowPrivilegeEscalation',
  'procMount', 'runAsUser', 'runAsGroup',
];
const HOST_USERS_SINCE = 33;
const EMPTY: Json = {};
const NONE: readonly Json[] = [];

export function checkOs(pod: PodSubject): void {
  const { spec, subject } = pod;
  if (spec.os === undefined) return;
  const { name } = spec.os;
  if (name === 'linux') checkLinux(pod);
  else if (name === 'windows') checkWindows(pod);
  else if (!name) subject.report(OS, pod.path.fields('os', 'name'), { expected: 'linux or windows', found: 'none' });
  else subject.report(OS, pod.path.field('os'), { expected: 'linux or windows', found: quoted(name) });
}

function refuse(pod: PodSubject, path: Path, system: string): void {
  pod.subject.report(OS, path, { expected: `none in a ${system} pod`, found: 'one' });
}

function forContainers(pod: PodSubject, judge: (context: Json, path: Path) => void): void {
  for (const field of ['initContainers', 'containers']) {
    const list: readonly Json[] = pod.spec[field] ?? NONE;
    list.forEach(({ securityContext }, i) => {
      if (securityContext !== undefined) judge(securityContext, pod.path.field(field).index(i).field('securityContext'));
    });
  }
}

function checkLinux(pod: PodSubject): void {
  if (pod.spec.securityContext?.windowsOptions !== undefined) refuse(pod, pod.path.fields('securityContext', 'windowsOptions'), 'Linux');
  forContainers(pod, (context, path) => {
    if (context.windowsOptions !== undefined) refuse(pod, path.field('windowsOptions'), 'Linux');
  });
}

function checkWindows(pod: PodSubject): void {
  const { spec, subject: { minor } } = pod;
  const context: Json = spec.securityContext ?? EMPTY;
  for (const [field, since] of POD_FIELDS) {
    if (context[field] !== undefined && minor >= since) refuse(pod, pod.path.fields('securityContext', field), 'Windows');
  }
  if (context.sysctls?.length > 0) refuse(pod, pod.path.fields('securityContext', 'sysctls'), 'Windows');
  if (spec.hostUsers !== undefined && minor >= HOST_USERS_SINCE) refuse(pod, pod.path.field('hostUsers'), 'Windows');
  if (spec.hostPID === true) refuse(pod, pod.path.field('hostPID'), 'Windows');
  if (spec.hostIPC === true) refuse(pod, pod.path.field('hostIPC'), 'Windows');
  if (spec.shareProcessNamespace !== undefined) refuse(pod, pod.path.field('shareProcessNamespace'), 'Windows');
  forContainers(pod, (own, path) => {
    for (const field of CONTAINER_FIELDS) if (own[field] !== undefined) refuse(pod, path.field(field), 'Windows');
  });
}
