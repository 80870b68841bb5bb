import { describe, expect, test } from 'vitest';
import { podOf, refusals, templateOf } from './pods';

const CONTEXT = 'spec.securityContext';

test.each([
  [{ runAsUser: -1 }, 'api/user-id', 'runAsUser'], [{ fsGroup: 2 ** 31 }, 'api/user-id', 'fsGroup'],
  [{ supplementalGroups: [5, -5] }, 'api/user-id', 'supplementalGroups[1]'],
  [{ seccompProfile: {} }, 'api/seccomp-profile', 'seccompProfile.type'],
  [{ seccompProfile: { type: 'Localhost', localhostProfile: '/a' } }, 'api/seccomp-profile', 'seccompProfile.localhostProfile'],
  [{ seccompProfile: { type: 'Unconfined', localhostProfile: 'a' } }, 'api/seccomp-profile', 'seccompProfile.localhostProfile'],
  [{ appArmorProfile: { type: 'Localhost', localhostProfile: ' a' } }, 'api/app-armor-profile', 'appArmorProfile.localhostProfile'],
  [{ appArmorProfile: { type: 'None' } }, 'api/app-armor-profile', 'appArmorProfile.type'],
  [{ fsGroupChangePolicy: '' }, 'api/security-policy', 'fsGroupChangePolicy'],
  [{ seLinuxChangePolicy: 'MountOption' }, 'api/security-policy', 'seLinuxChangePolicy'],
  [{ sysctls: [{ name: 'net.core.somaxconn', value: '1' }, { name: 'net.core.somaxconn', value: '2' }] }, 'api/sysctl', 'sysctls[1].name'],
  [{ sysctls: [{ name: 'Net.core', value: '1' }] }, 'api/sysctl', 'sysctls[0].name'],
])('%j is refused', (securityContext, rule, path) => {
  expect(refusals(podOf({}, { securityContext }))).toEqual([`${rule} ${CONTEXT}.${path}`]);
});

test.each([[28, 0], [29, 1], [36, 1]])('kernel parameters of the node are refused in 1.%i: %i', (minor, count) => {
  const spec = { hostIPC: true, securityContext: { sysctls: [{ name: 'kernel/shmmax', value: '1' }, { name: 'net.core.somaxconn', value: '1' }] } };
  expect(refusals(podOf({}, spec), minor)).toHaveLength(count);
});

describe('users of the pod', () => {
  const spec = { hostUsers: false, hostNetwork: true, hostPID: true, hostIPC: true };

  test('have no rights in the namespaces of the node, which the server names in its own way', () => {
    expect(refusals(podOf({}, spec))).toEqual(['hostNetwork', 'HostPID', 'HostIPC'].map(field => `api/host-namespaces spec.${field}`));
    expect(refusals(podOf({}, spec), 32)).toEqual([]);
  });

  test('may see all of /proc', () => {
    const container = { securityContext: { procMount: 'Unmasked' } };
    expect(refusals(podOf(container))).toEqual(['api/proc-mount spec.containers[0].securityContext.procMount']);
    expect(refusals(podOf(container, { hostUsers: false }))).toEqual([]);
    expect(refusals(podOf(container), 32)).toEqual([]);
  });
});

test('what allowPrivilegeEscalation forbids is not granted beside it', () => {
  const refused = (securityContext: object): number => refusals(podOf({ securityContext })).length;
  expect(refused({ allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } })).toBe(1);
  expect(refused({ allowPrivilegeEscalation: false, capabilities: { add: ['SYS_PTRACE'] } })).toBe(0);
  expect(refused({ allowPrivilegeEscalation: true, privileged: true })).toBe(0);
});

describe('Windows', () => {
  test.each([
    ['ContainerUser', true], ['ACME\\trainer', true], ['corp.acme.io\\trainer', true], ['', false], ['a\\b\\c', false], ['.ACME\\trainer', false],
    ['ACME\\', false], ['...', false], ['tr*iner', false], ['x'.repeat(105), false], [`${'x'.repeat(16)}\\trainer`, true], ['a\tb', false],
  ])('the user %j is taken: %s', (runAsUserName, taken) => {
    expect(refusals(podOf({ securityContext: { windowsOptions: { runAsUserName } } })).length === 0).toBe(taken);
  });

  test('processes of the node are all containers or none', () => {
    const containers = [{ name: 'a', image: 'a', securityContext: { windowsOptions: { hostProcess: true } } }, { name: 'b', image: 'b' }];
    expect(refusals(podOf({}, { containers }))).toEqual(['api/windows-options spec', 'api/windows-options spec.hostNetwork']);
  });

  test('fields of the other system are refused once the system is written', () => {
    const spec = { securityContext: { fsGroup: 1000, windowsOptions: {} }, shareProcessNamespace: true };
    expect(refusals(podOf({ securityContext: { runAsUser: 1000 } }, { ...spec, os: { name: 'windows' } }))).toEqual([
      `api/os ${CONTEXT}.fsGroup`, 'api/os spec.shareProcessNamespace', 'api/os spec.containers[0].securityContext.runAsUser',
    ]);
    expect(refusals(podOf({}, { ...spec, os: { name: 'linux' } }))).toEqual([`api/os ${CONTEXT}.windowsOptions`]);
    expect(refusals(podOf({}, spec))).toEqual([]);
  });
});

describe('annotations', () => {
  test.each(['0', '-0', '10', '-2147483648'])('%j is a cost', cost => {
    expect(refusals(podOf({}, {}, { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }))).toEqual([]);
  });

  test.each(['', '+1', '01', '1.5', '2147483648', 'high'])('%j is none', cost => {
    const annotations = { 'controller.kubernetes.io/pod-deletion-cost': cost };
    expect(refusals(podOf({}, {}, { annotations }))).toEqual(['api/pod-annotation metadata.annotations[controller.kubernetes.io/pod-deletion-cost]']);
    expect(refusals(templateOf('Job', {}, {}, { annotations }))).toEqual([
      'api/pod-annotation spec.template.annotations[controller.kubernetes.io/pod-deletion-cost]',
    ]);
  });

  test('of profiles say what the fields say', () => {
    const annotations = { 'container.seccomp.security.alpha.kubernetes.io/trainer': 'localhost/a.json' };
    const profile = (localhostProfile: string): object => ({ securityContext: { seccompProfile: { type: 'Localhost', localhostProfile } } });
    expect(refusals(podOf(profile('a.json'), {}, { annotations }))).toEqual([]);
    expect(refusals(podOf(profile('b.json'), {}, { annotations }))).toEqual([
      'api/seccomp-profile spec.containers[0].securityContext.seccompProfile.localhostProfile',
    ]);
  });

  test('of AppArmor are copied to the fields of a bare Pod, and must agree with them in a template', () => {
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/trainer': 'runtime/default' };
    const spec = { securityContext: { appArmorProfile: { type: 'Unconfined' } } };
    expect(refusals(podOf({}, spec, { annotations }))).toEqual([]);
    expect(refusals(templateOf('Job', {}, spec, { annotations }))).toEqual([
      'api/app-armor-profile spec.template.spec.containers[0].securityContext.appArmorProfile.type',
    ]);
  });
});
