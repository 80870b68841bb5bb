import type { Size } from 'cdk8s';
import type { ProblemSink } from '../../../findings/collector';
import { isDnsLabel } from '../../../private/name-forms';
import { bytesOf } from '../../../private/quantity';
import { CEPH_FS, CEPH_RBD, CLUSTER_ID_MAX } from './ceph-facts';
import { CephBlockOptions, CephFsMounter, CephFsOptions, RbdFeature, RbdMounter } from './ceph-props';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import { FsType } from '../fs-type';
import { checkWhole } from '../whole-number';

const FEATURES_LINK = 'https://docs.ceph.com/en/latest/rbd/rbd-config-ref/#image-features';
const LAYOUT_LINK = 'https://docs.ceph.com/en/latest/man/8/rbd/#striping';
/** What a feature of an image is built on. */
const BUILT_ON: Readonly<Record<string, RbdFeature>> = {
  [RbdFeature.OBJECT_MAP]: RbdFeature.EXCLUSIVE_LOCK,
  [RbdFeature.FAST_DIFF]: RbdFeature.OBJECT_MAP,
};

export function checkClusterId(clusterId: string, link: string, sink: ProblemSink): void {
  if (typeof clusterId === 'string' && clusterId !== '' && Buffer.byteLength(clusterId) <= CLUSTER_ID_MAX) return;
  sink.error({
    ruleId: 'driver/ceph-cluster-id',
    path: 'clusterId',
    expected: `1 to ${CLUSTER_ID_MAX} bytes: the id goes into the handle of every volume`,
    found: typeof clusterId === 'string' ? `${JSON.stringify(clusterId)}, ${Buffer.byteLength(clusterId)} bytes` : JSON.stringify(clusterId) ?? 'none',
    fix: 'use the namespace of the cluster with Rook, else the id of the cluster in the configuration of ceph-csi',
    link,
  });
}

/** Rook names its drivers after the namespace of its operator: with any other name nobody answers. */
export function checkOperatorNamespace(namespace: string, link: string, sink: ProblemSink): void {
  if (typeof namespace === 'string' && isDnsLabel(namespace)) return;
  sink.error({
    ruleId: 'driver/rook-prefix',
    path: 'operatorNamespace',
    expected: 'the namespace of Rook\'s operator alone: its drivers are called <namespace>.rbd.csi.ceph.com and <namespace>.cephfs.csi.ceph.com',
    found: JSON.stringify(namespace),
    fix: 'use a value such as rook-ceph, or CephCsi where Rook does not run the drivers',
    link,
  });
}

export function checkBlockPool(props: CephBlockOptions, sink: ProblemSink): void {
  const link = CEPH_RBD.link;
  checkName('pool', props.pool, 'replicapool', link, sink);
  checkName('dataPool', props.dataPool, 'ec-data-pool', link, sink, true);
  checkOneOf('mounter', props.mounter, RbdMounter, link, sink);
  checkOneOf('fsType', props.fsType, FsType, link, sink);
  checkFeatures(props.imageFeatures ?? [], sink);
  checkEncryption(props, link, sink);
  checkStriping(props, sink);
}

export function checkCephFs(props: CephFsOptions, sink: ProblemSink): void {
  const link = CEPH_FS.link;
  checkName('fsName', props.fsName, 'myfs', link, sink);
  checkName('pool', props.pool, 'myfs-replicated', link, sink, true);
  checkOneOf('mounter', props.mounter, CephFsMounter, link, sink);
  checkSwitch('backingSnapshot', props.backingSnapshot, link, sink);
  checkEncryption(props, link, sink);
}

function checkName(path: string, name: string | undefined, example: string, link: string, sink: ProblemSink, optional = false): void {
  if (name === undefined && optional) return;
  checkShape(name ?? '', { ruleId: 'driver/ceph-name', path, pattern: /^[^\s/]+$/, expected: 'a name without spaces and `/`', example, link }, sink);
}

function checkFeatures(features: readonly RbdFeature[], sink: ProblemSink): void {
  for (const [index, feature] of features.entries()) checkOneOf(`imageFeatures[${index}]`, feature, RbdFeature, FEATURES_LINK, sink);
  for (const feature of features) {
    const base = BUILT_ON[feature];
    if (base === undefined || features.includes(base)) continue;
    sink.error({
      ruleId: 'driver/rbd-features',
      path: 'imageFeatures',
      expected: `${base} with ${feature}, which is built on it`,
      found: features.join(','),
      fix: `add ${base}, or leave ${feature} out`,
      link: FEATURES_LINK,
    });
  }
}

function checkEncryption(props: CephBlockOptions | CephFsOptions, link: string, sink: ProblemSink): void {
  checkSwitch('encrypted', props.encrypted, link, sink);
  if (props.encrypted !== false || props.encryptionKmsId === undefined) return;
  sink.error({
    ruleId: 'driver/kms-without-encrypted',
    path: 'encrypted',
    expected: 'true: with an encryptionKmsId, volumes are to be encrypted',
    found: 'false',
    fix: 'leave `encrypted` out, or `encryptionKmsId`',
    link,
  });
}

function checkStriping({ stripeUnit, stripeCount, objectSize }: CephBlockOptions, sink: ProblemSink): void {
  checkWhole(stripeCount, { path: 'stripeCount', min: 1, link: LAYOUT_LINK }, sink);
  if ((stripeUnit === undefined) !== (stripeCount === undefined)) {
    const [given, missing] = stripeUnit === undefined ? ['stripeCount', 'stripeUnit'] : ['stripeUnit', 'stripeCount'];
    sink.error({
      ruleId: 'driver/rbd-striping',
      path: missing,
      expected: `both or neither: ${given} says nothing alone`,
      found: 'none',
      fix: `set \`${missing}\` too, or leave \`${given}\` out`,
      link: LAYOUT_LINK,
    });
  }
  if (objectSize !== undefined && !isPowerOfTwo(objectSize)) {
    sink.error({
      ruleId: 'driver/rbd-object-size',
      path: 'objectSize',
      expected: 'a power of two',
      found: `${bytesOf(objectSize)} bytes`,
      fix: 'use a value such as Size.mebibytes(4)',
      link: LAYOUT_LINK,
    });
  }
}

function isPowerOfTwo(size: Size): boolean {
  return Number.isInteger(Math.log2(bytesOf(size)));
}
