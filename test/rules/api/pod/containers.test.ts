import { describe, expect, test } from 'vitest';
import { podOf, refusals, templateOf, violations } from './pods';

const CONTAINER = 'spec.containers[0]';

test('says what is expected and what was found', () => {
  const [found] = violations(podOf({ env: [{ name: 'TOKEN', value: 'x', valueFrom: { secretKeyRef: { name: 'wandb', key: 'token' } } }] }))
    .filter(({ ruleId }) => ruleId === 'api/env-source');
  expect(found.message).toBe('spec.containers[0].env[0].valueFrom: expected no valueFrom beside a value, found both');
  expect(found.fix).toBe('keep one of value, fieldRef, resourceFieldRef, configMapKeyRef and secretKeyRef');
});

describe('names', () => {
  test.each([
    ['capitals', { name: 'Trainer' }], ['a dot', { name: 'train.er' }], ['64 characters', { name: 'x'.repeat(64) }], ['none', { name: '' }],
  ])('of containers are DNS labels: %s', (_, container) => {
    expect(refusals(podOf(container))).toContain(`api/container-name ${CONTAINER}.name`);
  });

  test('are there once, in init containers too', () => {
    const init = { name: 'fetch', image: 'fetch:1' };
    const manifest = podOf({}, { initContainers: [init, { ...init }, { ...init, name: 'trainer' }] });
    expect(refusals(manifest)).toEqual(['api/container-name spec.initContainers[1].name', 'api/container-name spec.initContainers[2].name']);
  });

  test('may be those of members of every object', () => {
    for (const name of ['constructor', 'tostring', 'valueof']) expect(refusals(podOf({ name }))).toEqual([]);
    const env = [{ name: '__proto__', value: 'x' }];
    expect(refusals(podOf({ env, resources: { limits: JSON.parse('{"__proto__": 1}') } }))).toEqual([
      `api/resource-name ${CONTAINER}.resources.limits[__proto__]`,
    ]);
  });
});

test('an image with spaces around it is refused in a Pod only', () => {
  expect(refusals(podOf({ image: ' train:1' }))).toEqual([`api/image ${CONTAINER}.image`]);
  expect(refusals(templateOf('Job', { image: ' train:1' }))).toEqual([]);
  expect(refusals(templateOf('Job', { image: '' }))).toEqual(['api/image spec.template.spec.containers[0].image']);
});

describe('ports', () => {
  test.each([
    [{ containerPort: 0 }, 'containerPort'], [{ containerPort: 65536 }, 'containerPort'], [{}, 'containerPort'],
    [{ containerPort: 80, protocol: 'tcp' }, 'protocol'], [{ containerPort: 80, name: '8080' }, 'name'], [{ containerPort: 80, name: 'a--b' }, 'name'],
    [{ containerPort: 80, name: '-a' }, 'name'], [{ containerPort: 80, name: 'rendezvous-port1' }, 'name'],
  ])('%j is refused', (port, field) => {
    expect(refusals(podOf({ ports: [port] }))).toEqual([`api/container-port ${CONTAINER}.ports[0].${field}`]);
  });

  test.each([{ containerPort: 1 }, { containerPort: 65535, protocol: 'SCTP' }, { containerPort: 80, name: 'rendezvous-port' }, { containerPort: 80, protocol: '' }])(
    '%j is taken', port => expect(refusals(podOf({ ports: [port] }))).toEqual([]),
  );

  test('of the node are there once for a protocol and an address', () => {
    const ports = [{ containerPort: 1, hostPort: 9 }, { containerPort: 2, hostPort: 9, protocol: 'UDP' }, { containerPort: 3, hostPort: 9, hostIP: '10.0.0.1' }];
    expect(refusals(podOf({ ports }))).toEqual([]);
    expect(refusals(podOf({ ports: [...ports, { containerPort: 4, hostPort: 9, protocol: 'TCP' }] }))).toEqual([`api/host-port ${CONTAINER}.ports[3].hostPort`]);
  });

  test('in the network of the node are filled in for a Pod, not for a template', () => {
    const sidecar = { containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 7 }] }, { name: 'b', image: 'b', ports: [{ containerPort: 7 }] }] };
    expect(refusals(podOf({}, { hostNetwork: true, ...sidecar }))).toEqual(['api/host-port spec.containers[1].ports[0].hostPort']);
    expect(refusals(templateOf('Deployment', {}, { hostNetwork: true, ...sidecar }))).toEqual([]);
    expect(refusals(templateOf('Deployment', {}, { hostNetwork: true, ...sidecar }), 27)).toHaveLength(1);
  });
});

describe('probes', () => {
  const exec = { command: ['true'] };

  test.each([
    [{}, ''], [{ exec: {} }, '.exec.command'], [{ httpGet: {} }, '.httpGet.port'], [{ httpGet: { port: 80, scheme: 'http' } }, '.httpGet.scheme'],
    [{ httpGet: { port: 80, httpHeaders: [{ name: 'X Token', value: '' }] } }, '.httpGet.httpHeaders'], [{ tcpSocket: { port: '80' } }, '.tcpSocket.port'],
    [{ grpc: { port: 0 } }, '.grpc.port'], [{ exec, tcpSocket: { port: 80 } }, '.tcpSocket'], [{ exec, periodSeconds: -1 }, '.periodSeconds'],
    [{ exec, successThreshold: 2 }, '.successThreshold'], [{ exec, terminationGracePeriodSeconds: 0 }, '.terminationGracePeriodSeconds'],
  ])('%j is refused', (livenessProbe, path) => {
    expect(refusals(podOf({ livenessProbe }))).toEqual([`api/probe ${CONTAINER}.livenessProbe${path}`]);
  });

  test('of readiness may ask for more successes, and have no grace period', () => {
    expect(refusals(podOf({ readinessProbe: { exec, successThreshold: 2 } }))).toEqual([]);
    expect(refusals(podOf({ readinessProbe: { exec, terminationGracePeriodSeconds: 5 } }))).toHaveLength(1);
  });

  test('belong to init containers that restart always', () => {
    const init = { name: 'cache', image: 'cache:1', livenessProbe: { exec }, lifecycle: { preStop: { exec } } };
    const fields = ['lifecycle', 'livenessProbe'].map(field => `api/init-container-probe spec.initContainers[0].${field}`);
    expect(refusals(podOf({}, { initContainers: [init] }))).toEqual(fields);
    expect(refusals(podOf({}, { initContainers: [{ ...init, restartPolicy: 'Always' }] }))).toEqual([]);
  });

  test.each([
    [29, 120, []], [30, 120, ['sleep']], [30, 0, ['sleep']], [32, 0, ['sleep']], [33, 0, []], [36, 30, []], [36, 31, ['sleep']], [36, -1, ['sleep']],
  ])('1.%i takes a sleep of %i seconds: %j', (minor, seconds, fields) => {
    const found = refusals(podOf({ lifecycle: { preStop: { sleep: { seconds } } } }), minor).filter(one => one.startsWith('api/lifecycle'));
    expect(found).toEqual(fields.map(field => `api/lifecycle ${CONTAINER}.lifecycle.preStop.${field}`));
  });
});

describe('restart policies of containers', () => {
  const rules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } }];
  const RULE = 'api/container-restart-policy';

  test.each([
    [28, { restartPolicy: 'Always' }, 'restartPolicy'], [33, { restartPolicy: 'Always' }, 'restartPolicy'], [34, { restartPolicy: 'Always' }, undefined],
    [35, { restartPolicy: 'Always' }, undefined], [35, { restartPolicy: 'Sometimes' }, 'restartPolicy'],
    [35, { restartPolicy: 'Never', restartPolicyRules: rules }, 'restartPolicyRules[0].action'], [36, { restartPolicy: 'Never', restartPolicyRules: rules }, undefined],
    [36, { restartPolicyRules: rules }, 'restartPolicy'], [36, { restartPolicy: 'Never', restartPolicyRules: [{ action: 'Restart' }] }, 'restartPolicyRules[0].exitCodes'],
  ])('1.%i: %j', (minor, container, field) => {
    const found = refusals(podOf(container), minor).filter(one => one.startsWith(RULE));
    expect(found).toEqual(field ? [`${RULE} ${CONTAINER}.${field}`] : []);
  });

  test.each([[29, 'Never', true], [33, 'Never', true], [34, 'Never', false], [35, 'Never', false], [28, 'Never', false], [29, 'Always', false]])(
    'of init containers in 1.%i: %s is refused: %s', (minor, restartPolicy, refused) => {
      const found = refusals(podOf({}, { initContainers: [{ name: 'a', image: 'a', restartPolicy }] }), minor).filter(one => one.startsWith(RULE));
      expect(found.length > 0).toBe(refused);
    },
  );
});

test('a resize may not restart what never restarts', () => {
  const resizePolicy = [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }];
  const init = { initContainers: [{ name: 'a', image: 'a', resizePolicy }] };
  expect(refusals(podOf({ resizePolicy }))).toEqual([]);
  expect(refusals(podOf({ resizePolicy }, { restartPolicy: 'Never' }))).toEqual([`api/resize-policy ${CONTAINER}.resizePolicy`]);
  expect(refusals(podOf({ resizePolicy }, { restartPolicy: 'Never' }), 32)).toEqual([]);
  expect(refusals(podOf({}, init), 35)).toEqual([]);
  expect(refusals(podOf({}, init))).toEqual(['api/resize-policy spec.initContainers[0].resizePolicy[0].restartPolicy']);
});

test('what the server does not look into breaks later', () => {
  const container = { name: 'Trainer' };
  const rulesOf = (minor: number): string[] => violations(templateOf('StatefulSet', container), minor).map(({ ruleId }) => ruleId);
  expect(rulesOf(34)).toContain('api/container-name');
  expect(rulesOf(33)).toContain('silent/container-name');
  expect(rulesOf(33)).not.toContain('api/container-name');
});
