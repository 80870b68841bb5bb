import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ValidationError } from '../../../lib/findings/validation-error';
import { AwsEbs } from '../../../lib/storage/drivers/aws/aws-ebs';
import { AwsEfs } from '../../../lib/storage/drivers/aws/aws-efs';
import { GcpPersistentDisk } from '../../../lib/storage/drivers/google/gcp-persistent-disk';
import { NfsCsi } from '../../../lib/storage/drivers/clusters/nfs';
import { ReclaimPolicy, StorageTier, VolumeBindingMode } from '../../../lib/storage/tiers/storage-tier';
import { classOf, errorsOf, untyped, warningsOf } from '../drivers/tier-of';

const backend = AwsEbs.gp3();
const nfs = NfsCsi.share({ server: 'nfs.example.com', share: '/export' });

describe('a tier', () => {
  test('keeps the data unless told to delete it', () => {
    expect(classOf(backend).reclaimPolicy).toBe('Retain');
    expect(classOf(backend, { reclaimPolicy: ReclaimPolicy.DELETE }).reclaimPolicy).toBe('Delete');
  });

  test('binds as suits the driver unless told otherwise', () => {
    expect(classOf(backend).volumeBindingMode).toBe('WaitForFirstConsumer');
    expect(classOf(nfs).volumeBindingMode).toBe('Immediate');
    expect(classOf(nfs, { bindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER }).volumeBindingMode).toBe('WaitForFirstConsumer');
  });

  test('lets claims grow where the driver can, unless told otherwise', () => {
    expect(classOf(backend).allowVolumeExpansion).toBe(true);
    expect(classOf(backend, { allowExpansion: false }).allowVolumeExpansion).toBe(false);
    expect(classOf(AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' })).allowVolumeExpansion).toBe(false);
  });

  test('has the mount options of the driver unless it is given others', () => {
    expect(classOf(backend)).not.toHaveProperty('mountOptions');
    expect(classOf(backend, { mountOptions: ['noatime'] }).mountOptions).toEqual(['noatime']);
    expect(classOf(nfs).mountOptions).toEqual(['nfsvers=4.1', 'hard']);
    expect(classOf(nfs, { mountOptions: ['nfsvers=3'] }).mountOptions).toEqual(['nfsvers=3']);
    expect(classOf(nfs, { mountOptions: [] })).not.toHaveProperty('mountOptions');
  });

  test('is the default class only when told to', () => {
    expect(classOf(backend).metadata).toEqual({ name: 'tier' });
    expect(classOf(backend, { isDefault: true }).metadata).toEqual({
      name: 'tier', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    });
  });

  test('has no namespace, even in a chart that gives one to everything', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'ml-training', labels: { team: 'vision' } });
    new StorageTier(chart, 'fast', { backend, name: 'fast' });
    expect(Testing.synth(chart)[0].metadata).toEqual({ name: 'fast', labels: { team: 'vision' } });
  });

  test('can be patched like any object', () => {
    const chart = Testing.chart();
    const tier = new StorageTier(chart, 'fast', { backend });
    ApiObject.of(tier).addJsonPatch(JsonPatch.add('/metadata/labels', { tier: 'fast' }));
    expect(Testing.synth(chart)[0].metadata.labels).toEqual({ tier: 'fast' });
  });

  test('leaves the lists of its caller alone', () => {
    const props = { zones: ['eu-west-1a'], mountOptions: ['noatime'] };
    const made = classOf(backend, props);
    made.mountOptions.push('discard');
    made.allowedTopologies[0].matchLabelExpressions[0].values.push('eu-west-1b');
    expect(props).toEqual({ zones: ['eu-west-1a'], mountOptions: ['noatime'] });
  });
});

describe('places of volumes', () => {
  test('are zones under the key of the driver', () => {
    expect(classOf(backend, { zones: ['eu-west-1a', 'eu-west-1b'] }).allowedTopologies).toEqual([
      { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['eu-west-1a', 'eu-west-1b'] }] },
    ]);
    expect(classOf(backend)).not.toHaveProperty('allowedTopologies');
  });

  test('may have other keys of the driver, all of which must match', () => {
    expect(classOf(backend, { allowedTopologies: { 'topology.k8s.aws/zone-id': ['euw1-az1'] }, zones: ['eu-west-1a'] }).allowedTopologies).toEqual([
      {
        matchLabelExpressions: [
          { key: 'topology.kubernetes.io/zone', values: ['eu-west-1a'] },
          { key: 'topology.k8s.aws/zone-id', values: ['euw1-az1'] },
        ],
      },
    ]);
  });

  test('have no key that the driver does not know', () => {
    expect(errorsOf(GcpPersistentDisk.ssd(), { allowedTopologies: { 'topology.kubernetes.io/zone': ['us-central1-a'] } })).toEqual([
      'driver/topology-key | allowedTopologies: expected a topology key of pd.csi.storage.gke.io: topology.gke.io/zone, found topology.kubernetes.io/zone | use topology.gke.io/zone, or `zones`',
    ]);
  });

  test('do not exist for volumes that are reached from everywhere', () => {
    expect(errorsOf(nfs, { zones: ['a'], allowedTopologies: { 'topology.kubernetes.io/zone': ['a'] } })).toEqual([
      'driver/topology-key | zones: expected no zones: volumes of nfs.csi.k8s.io are reached from everywhere, found ["a"] | leave `zones` out',
      'driver/topology-key | allowedTopologies: expected no keys: nfs.csi.k8s.io has none, found topology.kubernetes.io/zone | leave `allowedTopologies` out',
    ]);
  });

  test('are not said twice', () => {
    expect(errorsOf(backend, { zones: ['eu-west-1a'], allowedTopologies: { 'topology.kubernetes.io/zone': ['eu-west-1b'] } })).toEqual([
      'driver/topology-key | zones: expected no zones, because allowedTopologies has topology.kubernetes.io/zone already, found ["eu-west-1a"] | leave one of the two out',
    ]);
  });

  test.each([[[]], [['a', 'a']], [['']]])('are not %j', zones => {
    const problem = `expected one or more values, none twice, none empty, found ${JSON.stringify(zones)} | name each zone or node once, or leave the list out`;
    expect(errorsOf(backend, { zones })).toEqual([`api/allowed-topologies | zones: ${problem}`]);
    expect(errorsOf(backend, { allowedTopologies: { 'topology.k8s.aws/zone-id': zones } })).toEqual([
      `api/allowed-topologies | allowedTopologies['topology.k8s.aws/zone-id']: ${problem}`,
    ]);
  });

  test('must be one zone where volumes do not wait for their pod', () => {
    const bindingMode = VolumeBindingMode.IMMEDIATE;
    const warning = 'driver/immediate-zonal | bindingMode: expected WAIT_FOR_FIRST_CONSUMER, or one zone: a volume that is bound at once may be where its pod cannot run, found IMMEDIATE | leave `bindingMode` out, or set `zones` to the one zone of the pods';
    expect(warningsOf(backend, { bindingMode })).toEqual([warning]);
    expect(warningsOf(backend, { bindingMode, zones: ['a', 'b'] })).toEqual([warning]);
    expect(warningsOf(backend, { bindingMode, zones: ['a'] })).toEqual([]);
    expect(warningsOf(backend, { bindingMode, allowedTopologies: { 'topology.k8s.aws/zone-id': ['euw1-az1'] } })).toEqual([]);
    expect(warningsOf(nfs, { bindingMode })).toEqual([]);
  });
});

describe('names', () => {
  test('are taken as given', () => {
    const tier = new StorageTier(Testing.chart(), 'tier', { backend, name: 'fast.ssd' });
    expect(tier.className).toBe('fast.ssd');
  });

  test.each(['Fast', 'fast_ssd', '-fast', '', 'a'.repeat(254)])('such as %j are refused', name => {
    expect(errorsOf(backend, { name })).toEqual([
      `api/name | name: expected a DNS subdomain: lower case letters, digits, \`-\` and \`.\`, at most 253 characters, found ${JSON.stringify(name)} | use a name such as \`fast-ssd\``,
    ]);
  });

  test('are made from the path, and stay when a sibling is added', () => {
    const nameIn = (siblings: string[]) => {
      const chart = new Chart(new App(), 'vision');
      for (const id of siblings) new StorageTier(chart, id, { backend });
      return new StorageTier(chart, 'fast', { backend }).className;
    };
    expect(nameIn([])).toMatch(/^vision-fast-c[0-9a-f]+$/);
    expect(nameIn(['slow', 'cold'])).toBe(nameIn([]));
  });

  test('of two charts differ', () => {
    const app = new App();
    const names = ['a', 'b'].map(id => new StorageTier(new Chart(app, id), 'fast', { backend }).className);
    expect(new Set(names).size).toBe(2);
  });
});

describe('a tier that exists in the cluster', () => {
  test('emits nothing and is known by its name and backend', () => {
    const chart = Testing.chart();
    const tier = StorageTier.existing(chart, 'gp3', { className: 'gp3', backend });
    expect(Testing.synth(chart)).toEqual([]);
    expect(tier.className).toBe('gp3');
    expect(tier.backend).toBe(backend);
  });

  test('must have a name that a class can have', () => {
    expect(() => StorageTier.existing(Testing.chart(), 'gp3', { className: 'GP3', backend })).toThrow(
      'className: expected a DNS subdomain: lower case letters, digits, `-` and `.`, at most 253 characters, found "GP3"',
    );
  });
});

describe('problems of a tier', () => {
  test('come together in one error that says where they are', () => {
    const make = () => new StorageTier(Testing.chart(), 'fast', {
      backend: AwsEbs.gp3({ iops: 100_000, encrypted: false, kmsKeyId: 'k' }),
      name: 'Fast',
      allowedTopologies: { 'topology.gke.io/zone': ['us-central1-a'] },
    });
    expect(make).toThrow(ValidationError);
    expect(make).toThrowErrorMatchingInlineSnapshot(`
      [ValidationError: 4 problems
      test/fast (StorageTier)
        error api/name
          name: expected a DNS subdomain: lower case letters, digits, \`-\` and \`.\`, at most 253 characters, found "Fast"
          fix: use a name such as \`fast-ssd\`
          see: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
        error driver/iops-over-limit
          backend.iops: expected at most 80000 IOPS (gp3), found 100000
          fix: lower \`iops\` to 80000
          see: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
        error driver/kms-without-encrypted
          backend.kmsKeyId: expected encrypted volumes: EC2 refuses a key for others, found "k" with encrypted false
          fix: leave \`encrypted\` out, or \`kmsKeyId\`
          see: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
        error driver/topology-key
          allowedTopologies: expected a topology key of ebs.csi.aws.com: topology.kubernetes.io/zone, topology.ebs.csi.aws.com/zone, topology.k8s.aws/zone-id, topology.ebs.csi.aws.com/outpost-id, found topology.gke.io/zone
          fix: use topology.kubernetes.io/zone, or \`zones\`
          see: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md]
    `);
  });

  test('include values that plain JavaScript can pass', () => {
    expect(errorsOf(backend, untyped({ reclaimPolicy: 'retain', bindingMode: 'Late' }))).toEqual([
      'driver/value | reclaimPolicy: expected one of Retain, Delete, found "retain" | use "Retain", or leave `reclaimPolicy` out',
      'driver/value | bindingMode: expected one of WaitForFirstConsumer, Immediate, found "Late" | use "WaitForFirstConsumer", or leave `bindingMode` out',
    ]);
  });

  test('include the policy that Kubernetes once had', () => {
    expect(errorsOf(backend, untyped({ reclaimPolicy: 'Recycle' }))).toEqual([
      'driver/value | reclaimPolicy: expected one of Retain, Delete, found "Recycle" | use "Retain", or leave `reclaimPolicy` out',
    ]);
  });

  test('that are only warnings stop nothing', () => {
    expect(classOf(nfs, { mountOptions: ['soft'] }).mountOptions).toEqual(['soft']);
    expect(warningsOf(backend, { mountOptions: ['soft'] })).toEqual([]);
  });
});
