import { describe, expect, test } from 'vitest';
import { breachesOf, checkPodSecurity } from '../../../lib/training/pods/pod-security';
import { PodVolume, Severity, WorkerProbe } from '../../../lib';
import { findingsIn } from '../../support/checker';
import { lineOf, said, warningsOn } from '../../support/findings';
import { ENGINES, GPUS, train } from '../../support/training';

const NFS = PodVolume.fromWire({ nfs: { server: '10.0.0.1', path: '/export' } }).at('/data');
const HOST = PodVolume.hostPath('/mnt/nvme', { acceptNodeLocalAndUnrestricted: true }).at('/mnt');

/** A Namespace that holds its pods to a standard. */
function namespace(level: string) {
  return {
    apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ml-training', labels: { 'pod-security.kubernetes.io/enforce': level } },
  };
}

/** Whether the rules let the pods of a job into a namespace of a standard. */
function isLetInto(level: string, manifests: readonly object[]): boolean {
  return findingsIn([namespace(level), ...manifests]).every(({ ruleId, severity }) => !(ruleId.startsWith('sec/') && severity === Severity.ERROR));
}

describe('pods of a job', () => {
  test.each(ENGINES.map(engine => [engine.name, engine] as const))('are let into restricted namespaces with all that a %s offers, without a warning', (_, engine) => {
    const { job, manifests, pod } = train({
      engine, accelerator: GPUS, readiness: WorkerProbe.tcp(9400), volumes: [PodVolume.scratch().at('/tmp/cache'), PodVolume.fromClaimName('c').at('/c')],
    });
    expect(warningsOn(job)).toEqual([]);
    expect(breachesOf(pod)).toEqual([]);
    expect(isLetInto('restricted', manifests)).toBe(true);
  });

  test.each<[string, Parameters<typeof train>[0], string, string]>([
    ['root', { runAsUser: 0 }, 'baseline', 'root'],
    ['NFS of their own', { volumes: [NFS] }, 'baseline', 'the nfs volume `nfs`'],
    ['directories of the node', { volumes: [HOST] }, 'privileged', 'the hostPath volume `host-path`'],
    ['both', { runAsUser: 0, volumes: [HOST] }, 'privileged', 'the hostPath volume `host-path`, root'],
  ])('say which standard lets in %s', (_, props, level, found) => {
    const { job, manifests, workload } = train(props);
    // by which a directory of the node was accepted
    delete workload.spec.template.metadata.annotations['cdk8s-ml/ignore'];
    expect(warningsOn(job).map(lineOf).filter(line => line.startsWith('sec/pod-standard'))).toEqual([
      `sec/pod-standard | namespace: expected a namespace whose Pod Security Standard is ${level}${level === 'baseline' ? ' or privileged' : ''}: others refuse these pods,`
      + ` found pods with ${found} | label the namespace with pod-security.kubernetes.io/enforce: ${level}, or do without`,
    ]);
    expect(isLetInto('restricted', manifests)).toBe(false);
    expect(isLetInto('baseline', manifests)).toBe(level === 'baseline');
  });
});

describe('the standard that a pod needs', () => {
  const container = (securityContext: object, more: object = {}): any => ({
    name: 'worker',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...securityContext },
    ...more,
  });
  const user = { runAsNonRoot: true, runAsUser: 1000 };
  const spec = (one: any, more: object = {}): any => ({ containers: [one], securityContext: user, ...more });
  const levels = (pod: any): string[] => breachesOf(pod).map(({ needs, what }) => `${needs}: ${what}`);

  test.each<[string, any, string[]]>([
    ['IPC_LOCK', spec(container({ capabilities: { add: ['IPC_LOCK'], drop: ['ALL'] } })), ['privileged: the capability IPC_LOCK']],
    ['CHOWN', spec(container({ capabilities: { add: ['CHOWN'], drop: ['ALL'] } })), ['baseline: the capability CHOWN']],
    ['NET_BIND_SERVICE', spec(container({ capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } })), []],
    ['what the runtime gives', spec(container({ capabilities: {} })), ['baseline: a container that keeps capabilities']],
    ['more privileges', spec(container({ allowPrivilegeEscalation: undefined })), ['baseline: a container that may gain privileges']],
    ['a privileged container', spec(container({ privileged: true })), ['privileged: a privileged container']],
    ['root in one container', spec(container({ runAsUser: 0 })), ['baseline: root']],
    ['no seccomp', spec(container({ seccompProfile: { type: 'Unconfined' } })), ['privileged: no seccomp profile']],
    ['a port of the node', spec(container({}, { ports: [{ containerPort: 22, hostPort: 22 }, { containerPort: 80 }] })), ['privileged: the port 22 of the node']],
    ['the network of the node', spec(container({}), { hostNetwork: true, hostIPC: true }), ['privileged: `hostNetwork`', 'privileged: `hostIPC`']],
    ['an init container as root', spec(container({}), { initContainers: [container({ runAsUser: 0 })] }), ['baseline: root']],
    ['nothing', spec(container({})), []],
  ])('for %s', (_, pod, expected) => {
    expect(levels(pod)).toEqual(expected);
  });

  test('is said once for the pods of all roles, with each reason once', () => {
    const one = spec(container({ runAsUser: 0 }));
    const { warnings } = said(sink => checkPodSecurity([one, one], sink));
    expect(warnings).toEqual([
      'sec/pod-standard | namespace: expected a namespace whose Pod Security Standard is baseline or privileged: others refuse these pods,'
      + ' found pods with root | label the namespace with pod-security.kubernetes.io/enforce: baseline, or do without',
    ]);
  });
});
