import { describe, expect, test } from 'vitest';
import { KubernetesVersion, Severity } from '../../../lib';
import { errorsIn, findingsIn, linesOf } from '../../support/checker';

const SAFE = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const POD_SAFE = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

function pod(spec: any = {}, container: any = {}): any {
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'ml' },
    spec: { containers: [{ name: 'c', image: 'i', ...container }], ...spec },
  };
}

function namespace(level: string, version?: string): any {
  const enforce = 'pod-security.kubernetes.io/enforce';
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ml', labels: { [enforce]: level, ...version && { [`${enforce}-version`]: version } } } };
}

/** `id path`, for each error of the family. */
function refused(bundle: any[], target = KubernetesVersion.V1_36): string[] {
  return errorsIn(bundle, { target }).filter(({ ruleId }) => ruleId.startsWith('sec/')).map(({ ruleId, path }) => `${ruleId} ${path}`);
}

const C = 'spec.containers[0]';
const BASELINE: [string, any, string[]][] = [
  ['nothing', pod(), []],
  ['the network of the node', pod({ hostNetwork: true }), ['sec/host-namespace spec.hostNetwork']],
  ['a directory of the node', pod({ volumes: [{ name: 'v', hostPath: { path: '/x' } }] }), ['sec/host-path spec.volumes[0].hostPath']],
  ['a privileged container', pod({}, { securityContext: { privileged: true } }), [`sec/privileged ${C}.securityContext.privileged`]],
  ['a capability', pod({}, { securityContext: { capabilities: { add: ['CHOWN', 'SYS_ADMIN'] } } }), [`sec/capabilities ${C}.securityContext.capabilities.add[1]`]],
  ['no seccomp', pod({ securityContext: { seccompProfile: { type: 'Unconfined' } } }), ['sec/seccomp spec.securityContext.seccompProfile.type']],
  ['no AppArmor, the old way', { ...pod(), metadata: { name: 'p', namespace: 'ml', annotations: { 'container.apparmor.security.beta.kubernetes.io/c': 'unconfined' } } },
    ['sec/app-armor metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]']],
  ['a user of SELinux', pod({ securityContext: { seLinuxOptions: { user: 'u' } } }), ['sec/selinux spec.securityContext.seLinuxOptions.user']],
  ['inline NFS', pod({ volumes: [{ name: 'v', nfs: { server: 's', path: '/' } }] }), []],
];

test.each(BASELINE)('baseline: %s', (_, manifest, expected) => {
  expect(refused([namespace('baseline'), manifest])).toEqual(expected);
});

test.each<[string, any, string[]]>([
  ['all that it asks for', pod({ securityContext: POD_SAFE }, { securityContext: SAFE }), []],
  ['nothing', pod(), [
    'sec/non-root spec.securityContext.runAsNonRoot', 'sec/seccomp spec.securityContext.seccompProfile.type',
    `sec/privilege-escalation ${C}.securityContext.allowPrivilegeEscalation`, `sec/capabilities ${C}.securityContext.capabilities.drop`,
  ]],
  ['all of it in the container', pod({}, { securityContext: { ...SAFE, ...POD_SAFE } }), []],
  ['root', pod({ securityContext: { ...POD_SAFE, runAsUser: 0 } }, { securityContext: SAFE }), ['sec/root spec.securityContext.runAsUser']],
  ['root in a user namespace', pod({ hostUsers: false, securityContext: { ...POD_SAFE, runAsUser: 0 } }, { securityContext: SAFE }), []],
  ['inline NFS', pod({ securityContext: POD_SAFE, volumes: [{ name: 'v', nfs: { server: 's', path: '/' } }] }, { securityContext: SAFE }), ['sec/inline-nfs spec.volumes[0].nfs']],
  ['a directory of the node, once', pod({ securityContext: POD_SAFE, volumes: [{ name: 'v', hostPath: { path: '/' } }] }, { securityContext: SAFE }), ['sec/host-path spec.volumes[0].hostPath']],
  ['a volume without a source', pod({ securityContext: POD_SAFE, volumes: [{ name: 'v' }] }, { securityContext: SAFE }), []],
  ['Windows', pod({ os: { name: 'windows' }, securityContext: { runAsNonRoot: true } }), []],
])('restricted: %s', (_, manifest, expected) => {
  expect(refused([namespace('restricted'), manifest])).toEqual(expected);
});

describe('versions of the policy', () => {
  const hosts = pod({}, { livenessProbe: { httpGet: { port: 80, host: 'x' } } });
  const sysctl = pod({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } });
  const root = pod({ hostUsers: false, securityContext: { ...POD_SAFE, runAsUser: 0 } }, { securityContext: SAFE });

  test.each<[string, any, string, string | undefined, KubernetesVersion, number]>([
    ['hosts of probes', hosts, 'baseline', undefined, KubernetesVersion.V1_33, 0],
    ['hosts of probes', hosts, 'baseline', undefined, KubernetesVersion.V1_34, 1],
    ['hosts of probes', hosts, 'baseline', 'v1.33', KubernetesVersion.V1_36, 0],
    ['hosts of probes', hosts, 'baseline', 'v1.40', KubernetesVersion.V1_33, 0],
    ['hosts of probes', hosts, 'baseline', 'latest', KubernetesVersion.V1_36, 1],
    ['safe sysctls', sysctl, 'baseline', 'v1.31', KubernetesVersion.V1_36, 1],
    ['safe sysctls', sysctl, 'baseline', 'v1.32', KubernetesVersion.V1_36, 0],
    ['root of a user namespace', root, 'restricted', 'v1.34', KubernetesVersion.V1_36, 1],
    ['root of a user namespace', root, 'restricted', 'v1.35', KubernetesVersion.V1_36, 0],
  ])('%s', (_, manifest, level, version, target, count) => {
    expect(refused([namespace(level, version), manifest], target)).toHaveLength(count);
  });
});

describe('which standard counts', () => {
  const privileged = pod({ hostPID: true, volumes: [{ name: 'v', hostPath: { path: '/x' } }, { name: 'n', nfs: { server: 's', path: '/' } }] }, { securityContext: { privileged: true } });

  test('none that is known: what most refuse is a warning', () => {
    const expected = ['sec/host-namespace', 'sec/host-path', 'sec/inline-nfs', 'sec/privileged'];
    for (const bundle of [[privileged], [namespace('privileged'), privileged]]) {
      const found = findingsIn(bundle).filter(({ ruleId }) => ruleId.startsWith('sec/'));
      expect(found.map(({ ruleId }) => ruleId)).toEqual(expected);
      expect(found.map(({ severity }) => severity)).toEqual([Severity.WARNING, Severity.WARNING, Severity.INFO, Severity.WARNING]);
    }
  });

  test('what works on nodes, or says that it means their network, is only told', () => {
    const told = (manifest: any) => findingsIn([manifest]).filter(({ ruleId }) => /^sec.host|host-path/.test(ruleId))
      .map(({ severity, ruleId, path }) => `${severity} ${ruleId} ${path}`);
    const { spec } = pod({ hostNetwork: true, hostPID: true, volumes: [{ name: 'v', hostPath: { path: '/sys' } }] });
    const daemons = { selector: { matchLabels: { app: 'd' } }, template: { metadata: { labels: { app: 'd' } }, spec } };
    const at = 'spec.template.spec';
    expect(told({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'd', namespace: 'ml' }, spec: daemons })).toEqual([
      `info sec/host-namespace ${at}.hostNetwork`, `info sec/host-namespace ${at}.hostPID`, `info sec/host-path ${at}.volumes[0].hostPath`,
    ]);
    expect(told(pod({ hostNetwork: true, hostIPC: true, dnsPolicy: 'ClusterFirstWithHostNet' }))).toEqual([
      'info sec/host-namespace spec.hostNetwork', 'warning sec/host-namespace spec.hostIPC',
    ]);
  });

  test('a directory of the node is told once, by what it means for its data', () => {
    const data = pod({ volumes: [{ name: 'v', hostPath: { path: '/mnt/nvme' } }] }, { command: ['torchrun', 'train.py'], volumeMounts: [{ name: 'v', mountPath: '/data' }] });
    expect(findingsIn([data]).map(({ ruleId }) => ruleId).filter(id => id.includes('host-path'))).toEqual(['keep/host-path']);
  });

  test('fixes are those of the field', () => {
    const found = findingsIn([pod({ hostNetwork: true, hostIPC: true })]).filter(({ ruleId }) => ruleId === 'sec/host-namespace');
    expect(found.map(({ fix }) => fix)).toEqual([
      expect.stringMatching(/^leave hostNetwork out/), expect.stringMatching(/^leave hostIPC out; for shared memory/),
    ]);
  });

  test('that of a namespace that is declared', () => {
    expect(refused([privileged])).toEqual([]);
    expect(errorsIn([privileged], { external: [namespace('baseline')] }).map(({ ruleId }) => ruleId)).toEqual(['sec/host-namespace', 'sec/host-path', 'sec/privileged']);
  });

  test('that of its own namespace', () => {
    const other = { ...namespace('restricted'), metadata: { ...namespace('restricted').metadata, name: 'other' } };
    expect(refused([other, pod()])).toEqual([]);
  });

  test('also for templates, which are taken themselves', () => {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', namespace: 'ml' }, spec: { template: { spec: { restartPolicy: 'Never', hostIPC: true, containers: [{ name: 'c', image: 'i' }] } } } };
    expect(refused([namespace('baseline'), job])).toEqual(['sec/host-namespace spec.template.spec.hostIPC']);
  });
});

test.each<[string, any, string[]]>([
  ['levels', { enforce: 'strict', warn: 'restricted', audit: '' }, ['metadata.labels[pod-security.kubernetes.io/enforce] | privileged, baseline or restricted | "strict"', 'metadata.labels[pod-security.kubernetes.io/audit] | privileged, baseline or restricted | ""']],
  ['versions', { 'enforce-version': '1.33', 'warn-version': 'v1.33', 'audit-version': 'latest' }, ['metadata.labels[pod-security.kubernetes.io/enforce-version] | latest, or a release such as v1.33 | "1.33"']],
  ['versions of other forms', { 'enforce-version': 'v1.033' }, ['metadata.labels[pod-security.kubernetes.io/enforce-version] | latest, or a release such as v1.33 | "v1.033"']],
])('labels: %s', (_, labels, expected) => {
  const prefixed = Object.fromEntries(Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]));
  const found = findingsIn([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ml', labels: prefixed } }]);
  expect(linesOf(found, 'api/pod-security-label')).toEqual(expected);
});
