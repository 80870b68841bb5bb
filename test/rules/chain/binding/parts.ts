import { errorsIn } from '../../../support/checker';

/** Manifests of the storage chain, with what matters to a test. */
export const NAMESPACE = 'ml-training';

type Fields = Readonly<Record<string, any>>;

export function storageClass(name: string, fields: Fields = {}): any {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner: 'ebs.csi.aws.com', ...fields };
}

export function defaultClass(name: string, fields: Fields = {}): any {
  return storageClass(name, { metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }, ...fields });
}

/** A class whose volumes are made by hand, and that waits for the pod. */
export function localClass(name = 'local', fields: Fields = {}): any {
  return storageClass(name, { provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer', ...fields });
}

export function volume(name: string, spec: Fields = {}, labels?: Fields): any {
  return {
    apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name, ...labels && { labels } },
    spec: {
      capacity: { storage: '10Gi' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain', storageClassName: 'static',
      csi: { driver: 'x.csi.example.com', volumeHandle: name }, ...spec,
    },
  };
}

/** A volume that only nodes with one of the values are near to. */
export function volumeAt(name: string, key: string, values: readonly string[], spec: Fields = {}): any {
  return volume(name, { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] } }, ...spec });
}

export function claim(name: string, spec: Fields = {}, namespace = NAMESPACE): any {
  return {
    apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'static', resources: { requests: { storage: '5Gi' } }, ...spec },
  };
}

export function size(storage: string): Fields {
  return { resources: { requests: { storage } } };
}

export function pod(name: string, claims: readonly string[], spec: Fields = {}): any {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: NAMESPACE, labels: { app: name } }, spec: { ...podSpec(claims), ...spec } };
}

export function podSpec(claims: readonly string[], resources?: Fields): any {
  return {
    containers: [{ name: 'train', image: 'train:1', ...resources && { resources }, volumeMounts: claims.map(one => ({ name: one, mountPath: `/${one}` })) }],
    volumes: claims.map(one => ({ name: one, persistentVolumeClaim: { claimName: one } })),
  };
}

/** A StatefulSet with a claim template of that spec. */
export function statefulSet(name: string, replicas: number, template: Fields | undefined, spec: Fields = {}, more: Fields = {}): any {
  const mounts = template ? [{ name: 'ckpt', mountPath: '/ckpt' }] : [];
  return {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name, namespace: NAMESPACE },
    spec: {
      serviceName: name, replicas, podManagementPolicy: 'Parallel', selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'train', image: 'train:1', volumeMounts: mounts }], ...spec } },
      volumeClaimTemplates: template ? [{ metadata: { name: 'ckpt' }, spec: claim('', template).spec }] : [],
      ...more,
    },
  };
}

export function quota(hard: Fields, spec: Fields = {}): any {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'team', namespace: NAMESPACE }, spec: { hard, ...spec } };
}

export function limitRange(...limits: readonly Fields[]): any {
  return { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'team', namespace: NAMESPACE }, spec: { limits } };
}

export function zone(...zones: readonly string[]): Fields {
  return { allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: zones }] }] };
}

export function inZone(name: string): Fields {
  return { nodeSelector: { 'topology.kubernetes.io/zone': name } };
}

/** `rule kind/name` of every error, in a cluster where nothing else exists. */
export function errorsOf(...bundle: readonly any[]): string[] {
  return errorsIn(bundle, { assumeComplete: true }).map(({ ruleId, kind, name }) => `${ruleId} ${kind}/${name}`);
}
