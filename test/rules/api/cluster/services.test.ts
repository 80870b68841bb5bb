import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../../lib';
import { cidrProblem, endpointIpProblem, ipProblem } from '../../../../lib/rules/values/ip';
import { findingsIn } from '../../../support/checker';

function service(spec: any, annotations?: any): any {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', annotations }, spec: { ports: [{ name: 'http', port: 80 }], selector: { app: 'web' }, ...spec } };
}

function refusals(manifest: any, target = KubernetesVersion.V1_36): string[] {
  return findingsIn([manifest], { target }).filter(({ ruleId }) => ruleId.startsWith('api/')).map(({ ruleId, path }) => `${ruleId.slice(4)} ${path}`);
}

test.each([
  [{ ports: [] }, ['service-ports spec.ports']],
  [{ ports: [], clusterIP: 'None' }, []],
  [{ ports: [{ port: 80 }] }, []],
  [{ ports: [{ port: 80 }, { name: 'b', port: 81 }] }, ['service-ports spec.ports[0].name']],
  [{ ports: [{ name: 'a', port: 80 }, { name: 'a', port: 80, protocol: 'UDP' }] }, ['service-ports spec.ports[1].name']],
  [{ ports: [{ name: 'a', port: 80 }, { name: 'b', port: 80, protocol: 'TCP' }] }, ['service-ports spec.ports[1]']],
  [{ ports: [{ port: 0 }] }, ['service-ports spec.ports[0].port']],
  [{ ports: [{ port: 80, targetPort: 0 }] }, []],
  [{ ports: [{ port: 80, targetPort: '' }] }, []],
  [{ ports: [{ port: 80, targetPort: '8080' }] }, ['service-ports spec.ports[0].targetPort']],
  [{ ports: [{ port: 80, targetPort: 70_000 }] }, ['service-ports spec.ports[0].targetPort']],
  [{ ports: [{ port: 80, protocol: 'tcp' }] }, ['service-ports spec.ports[0].protocol']],
  [{ ports: [{ port: 80, nodePort: 30_080 }] }, ['service-ports spec.ports[0].nodePort']],
  [{ type: 'NodePort', ports: [{ name: 'a', port: 80, nodePort: 30_080 }, { name: 'b', port: 81, nodePort: 30_080 }] }, ['service-ports spec.ports[1].nodePort']],
  [{ type: 'nodeport' }, ['service-type spec.type']],
  [{ type: 'LoadBalancer', clusterIP: 'None' }, ['service-type spec.clusterIPs[0]']],
  [{ type: 'ExternalName', externalName: 'db.acme.io.' }, []],
  [{ type: 'ExternalName' }, ['service-type spec.externalName']],
  [{ type: 'ExternalName', externalName: 'db.acme.io', clusterIP: 'None', ipFamilies: ['IPv4'] }, ['service-type spec.clusterIPs', 'service-type spec.ipFamilies']],
  [{ clusterIP: 'none' }, ['cluster-ip spec.clusterIPs[0]']],
  [{ clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.2'] }, ['cluster-ip spec.clusterIPs']],
  [{ clusterIPs: ['10.0.0.2'] }, ['cluster-ip spec.clusterIPs']],
  [{ clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1', '2001:db8::1'], ipFamilyPolicy: 'PreferDualStack' }, []],
  [{ clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1', '2001:db8::1'] }, ['cluster-ip spec.ipFamilyPolicy']],
  [{ clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1', '10.0.0.2'], ipFamilyPolicy: 'PreferDualStack' }, ['cluster-ip spec.clusterIPs']],
  [{ clusterIP: '10.0.0.1', ipFamilies: ['IPv6'] }, ['cluster-ip spec.clusterIPs[0]']],
  [{ ipFamilies: ['IPv4', 'IPv4'], ipFamilyPolicy: 'RequireDualStack' }, ['cluster-ip spec.ipFamilies[1]']],
  [{ clusterIP: 'None', selector: undefined, ipFamilies: ['IPv4', 'IPv6'] }, []],
  [{ ipFamilyPolicy: 'Dual' }, ['cluster-ip spec.ipFamilyPolicy']],
  [{ sessionAffinity: 'clientIP' }, ['session-affinity spec.sessionAffinity']],
  [{ sessionAffinity: 'ClientIP', sessionAffinityConfig: {} }, []],
  [{ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } } }, ['session-affinity spec.sessionAffinityConfig.clientIP.timeoutSeconds']],
  [{ sessionAffinity: 'None', sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } } }, []],
  [{ allocateLoadBalancerNodePorts: true, loadBalancerClass: 'a' }, ['service-type spec.allocateLoadBalancerNodePorts', 'service-type spec.loadBalancerClass']],
  [{ externalTrafficPolicy: 'Local' }, ['traffic-policy spec.externalTrafficPolicy']],
  [{ externalTrafficPolicy: 'Local', externalIPs: ['8.8.8.8'] }, []],
  [{ type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31_000 }, []],
  [{ type: 'LoadBalancer', healthCheckNodePort: 31_000 }, ['traffic-policy spec.healthCheckNodePort']],
  [{ internalTrafficPolicy: '' }, ['traffic-policy spec.internalTrafficPolicy']],
  [{ externalIPs: ['127.0.0.1'] }, ['ip-address spec.externalIPs[0]']],
  [{ loadBalancerSourceRanges: ['10.0.0.0/8'] }, ['traffic-policy spec.LoadBalancerSourceRanges']],
  [{ type: 'LoadBalancer', loadBalancerSourceRanges: [' 10.0.0.0/8 ', '10.0.0.0'] }, ['ip-address spec.LoadBalancerSourceRanges[1]']],
  [{ selector: { app: 'a b' } }, ['label spec.selector']],
])('%j', (spec, expected) => expect(refusals(service(spec))).toEqual(expected));

test('annotations that are fields today', () => {
  const RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
  expect(refusals(service({ type: 'LoadBalancer' }, { [RANGES]: '10.0.0.0/8, 10.0.0.1/8' }))).toEqual([`ip-address metadata.annotations[${RANGES}]`]);
  expect(refusals(service({}, { [RANGES]: '' }))).toEqual([`traffic-policy metadata.annotations[${RANGES}]`]);
  const MODE = 'service.kubernetes.io/topology-mode';
  expect(refusals(service({}, { [MODE]: 'Auto', 'service.kubernetes.io/topology-aware-hints': 'Disabled' }))).toEqual([`service-type metadata.annotations[${MODE}]`]);
});

test('trafficDistribution has more values with each release', () => {
  const same = service({ trafficDistribution: 'PreferSameZone' });
  const AT = ['traffic-policy spec.trafficDistribution'];
  const targets = [KubernetesVersion.V1_30, KubernetesVersion.V1_33, KubernetesVersion.V1_34];
  expect(targets.map(target => refusals(same, target))).toEqual([[], AT, []]);
  expect(refusals(service({ trafficDistribution: 'PreferClose' }), KubernetesVersion.V1_31)).toEqual([]);
});

describe('addresses', () => {
  const STRICT = 36;
  const LOOSE = 35;

  test.each(['10.0.0.1', '::', '::1', '2001:db8::1', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '1:2:3:4:5:6:1.2.3.4', 'FE80::A'])('%s', ip => expect(ipProblem(ip, STRICT)).toBeUndefined());

  test.each([
    '', 'None', '10.0.0', '10.0.0.256', '10.0.0.0.1', '10.0.0.', 'a.b.c.d', ':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4::5:6:7:8', '1:2:3:4:5:6:7:1.2.3.4', '12345::',
    'g::', 'fe80::1%eth0', '[::1]', '1.2.3.4::',
  ])('%j is none', ip => expect(ipProblem(ip, LOOSE)).toBeTruthy());

  test.each(['010.0.0.1', '10.0.0.00', '::ffff:10.0.0.1', '::1.2.3.04', '00001::'])('%s is one before 1.36', ip => {
    expect(ipProblem(ip, LOOSE)).toBeUndefined();
    expect(ipProblem(ip, STRICT)).toBeTruthy();
  });

  test('blocks', () => {
    expect(['10.0.0.0/8', '0.0.0.0/0', '10.0.0.1/32', '2001:db8::/32', '::/0', '::1/128'].filter(block => cidrProblem(block, STRICT) !== undefined)).toEqual([]);
    expect(['10.0.0.0', '10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/+8', '/8'].filter(block => cidrProblem(block, LOOSE) === undefined)).toEqual([]);
    const loose = ['10.0.0.1/8', '10.0.0.0/08', '010.0.0.0/8', '2001:db8::1/32', '::ffff:10.0.0.0/104'];
    expect(loose.filter(block => cidrProblem(block, LOOSE) !== undefined || cidrProblem(block, STRICT) === undefined)).toEqual([]);
  });

  test('endpoints', () => {
    const none = ['0.0.0.0', '127.9.9.9', '169.254.1.1', '224.0.0.1', '::', '::1', 'fe80::1', 'febf::1', 'ff02::1', 'ff12::1', '::ffff:127.0.0.1'];
    expect(none.filter(ip => endpointIpProblem(ip) === undefined)).toEqual([]);
    expect(['10.0.0.1', '224.0.1.1', '169.253.0.1', 'fec0::1', 'ff05::1', '2001:db8::1'].filter(ip => endpointIpProblem(ip) !== undefined)).toEqual([]);
  });
});
