import { expect, test } from 'vitest';
import { fateOf, IN_TREE_PROVISIONERS, inTreeProvisioner } from '../../../lib/storage/drivers/custom/in-tree';
import { DRIVERS } from '../../../lib/storage/drivers/registry';

test('each provisioner of Kubernetes is there once, under its own prefix', () => {
  const names = IN_TREE_PROVISIONERS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter(name => !/^kubernetes\.io\/[a-z-]+$/.test(name))).toEqual([]);
});

test('is found by its name', () => {
  expect(inTreeProvisioner('kubernetes.io/gce-pd')?.successor).toBe('pd.csi.storage.gke.io');
  expect(inTreeProvisioner('kubernetes.io/no-provisioner')).toBeUndefined();
  expect(inTreeProvisioner('ebs.csi.aws.com')).toBeUndefined();
});

test('the seven that Kubernetes translates have a CSI driver to hand over to', () => {
  const translated = IN_TREE_PROVISIONERS.filter(({ state }) => state === 'translated');
  expect(translated).toHaveLength(7);
  expect(translated.filter(({ successor }) => successor === undefined)).toEqual([]);
});

test('successors that the library knows have the zone key and the parameters that are named', () => {
  for (const { successor, zoneKey, renames = {} } of IN_TREE_PROVISIONERS) {
    const driver = DRIVERS.find(({ provisioner }) => provisioner === successor);
    if (!driver) continue;
    if (zoneKey !== undefined) expect(driver.topologyKeys).toContain(zoneKey);
    const known = driver.parameters.map(({ name }) => name);
    expect(known).toEqual(expect.arrayContaining(Object.values(renames)));
  }
});

test.each([
  ['kubernetes.io/aws-ebs', 'kubernetes.io/aws-ebs is only translated, where the CSI driver is installed'],
  ['kubernetes.io/cinder', 'kubernetes.io/cinder left Kubernetes in 1.26 and is only translated, where the CSI driver is installed'],
  ['kubernetes.io/rbd', 'kubernetes.io/rbd left Kubernetes in 1.31'],
  ['kubernetes.io/scaleio', 'kubernetes.io/scaleio left Kubernetes'],
  ['kubernetes.io/iscsi', 'kubernetes.io/iscsi never made volumes for a class'],
  ['kubernetes.io/host-path', 'kubernetes.io/host-path is for tests of Kubernetes itself'],
])('what became of %s', (name, fate) => {
  expect(fateOf(inTreeProvisioner(name)!)).toBe(fate);
});
