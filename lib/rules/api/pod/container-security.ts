import type { Json } from '../../engine/manifest';
import { errorRule } from '../../engine/rule';
import { quoted } from '../../values/quote';
import { checkAppArmor, checkSeccomp } from './profiles';
import type { ContainerSite } from './site';
import { checkId } from './user-ids';
import { checkWindowsOptions } from './windows';

export const PRIVILEGE_ESCALATION = errorRule({
  id: 'api/privilege-escalation',
  title: 'A container that may not gain privileges is neither privileged nor granted CAP_SYS_ADMIN',
  why: 'Both give what `allowPrivilegeEscalation: false` forbids; the API server refuses the contradiction.',
  fix: 'remove `privileged` and CAP_SYS_ADMIN, or `allowPrivilegeEscalation: false`',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
});

/** Before it the server sets what is given back to Default. */
const PROC_MOUNT_SINCE = 33;

export const PROC_MOUNT = errorRule({
  id: 'api/proc-mount',
  title: 'procMount is Default, or Unmasked in a pod with users of its own',
  why: 'An unmasked /proc would show a container with the users of the node more than it may see; the API server asks for `hostUsers: false`.',
  fix: 'leave procMount out, or set `hostUsers: false`',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#managing-access-to-the-proc-filesystem',
  since: PROC_MOUNT_SINCE,
});

export function checkContainerSecurity({ pod, container: { securityContext: context }, path }: ContainerSite): void {
  const { subject } = pod;
  if (context.runAsUser !== undefined) checkId(subject, context.runAsUser, path, 'runAsUser');
  if (context.runAsGroup !== undefined) checkId(subject, context.runAsGroup, path, 'runAsGroup');
  if (context.seccompProfile !== undefined) checkSeccomp(subject, context.seccompProfile, path.field('securityContext'));
  if (context.appArmorProfile !== undefined) checkAppArmor(subject, context.appArmorProfile, path.field('securityContext'));
  if (context.windowsOptions !== undefined) checkWindowsOptions(subject, context.windowsOptions, path.field('securityContext'));
  if (context.procMount !== undefined && subject.minor >= PROC_MOUNT_SINCE) {
    const ownUsers = pod.spec.hostUsers === false;
    if (context.procMount !== 'Default' && !(context.procMount === 'Unmasked' && ownUsers)) {
      subject.report(PROC_MOUNT, path.fields('securityContext', 'procMount'), {
        expected: ownUsers ? 'Default or Unmasked' : 'Default in a pod without hostUsers: false', found: quoted(context.procMount),
      });
    }
  }
  if (context.allowPrivilegeEscalation !== false) return;
  const why = grantIn(context);
  if (why) subject.report(PRIVILEGE_ESCALATION, path.field('securityContext'), { expected: 'no privileges beside allowPrivilegeEscalation: false', found: why });
}

function grantIn({ privileged, capabilities }: Json): string | undefined {
  if (privileged === true) return 'privileged: true';
  return capabilities?.add?.includes('CAP_SYS_ADMIN') ? 'CAP_SYS_ADMIN' : undefined;
}
