import type { BundleView } from '../bundle/bundle-view';
import type { Json } from '../engine/manifest';
import { warningRule } from '../engine/rule';
import { quoted } from '../values/quote';

export const CLOUD_IDENTITY = warningRule({
  id: 'sec/cloud-identity',
  title: 'A pod that mounts a bucket by its own rights has an identity in the cloud',
  why: 'The driver reads the bucket with the service account of the pod. Where nothing gives that rights in the cloud, the mount fails.',
  fix: 'annotate the ServiceAccount (eks.amazonaws.com/role-arn, iam.gke.io/gcp-service-account, azure.workload.identity/client-id), or give it '
    + 'rights by the cloud itself and suppress this',
  link: 'https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/CONFIGURATION.md#pod-level-credentials',
});

const EMPTY: Json = {};
const NONE: readonly never[] = [];
const ANNOTATIONS = ['eks.amazonaws.com/role-arn', 'iam.gke.io/gcp-service-account', 'azure.workload.identity/client-id'];

/** Judges pods whose bucket is mounted with their own service account, where that is in the bundle or declared. */
export function checkIdentities(view: BundleView): void {
  if (!view.all('PersistentVolume').some(({ json }) => isReadAsPod(json.spec ?? EMPTY))) return;
  for (const pod of view.pods) {
    const { namespace } = pod.subject.manifest;
    const account: string = pod.spec.serviceAccountName ?? pod.spec.serviceAccount ?? 'default';
    for (const use of view.claimUses(pod)) {
      const { claimName } = use;
      if (!readsAsPod(view, namespace, claimName)) continue;
      const annotations = view.find('ServiceAccount', namespace, account)?.json.metadata?.annotations ?? EMPTY;
      if (ANNOTATIONS.some(key => annotations[key])) continue;
      // rights can be given in the cloud alone
      pod.subject.unresolved(CLOUD_IDENTITY, use.path, {
        expected: `a service account with rights in the cloud: claim ${claimName} is mounted with those of the pod`, found: `${quoted(account)}, which names none`,
      });
    }
  }
}

function readsAsPod(view: BundleView, namespace: string, claimName: string): boolean {
  const volumeName: unknown = view.claim(namespace, claimName)?.spec.volumeName;
  return typeof volumeName === 'string' && isReadAsPod(view.find('PersistentVolume', '', volumeName)?.json.spec ?? EMPTY);
}

function isReadAsPod({ csi, mountOptions = NONE }: Json): boolean {
  if (csi?.driver === 's3.csi.aws.com') return csi.volumeAttributes?.authenticationSource === 'pod';
  return csi?.driver === 'gcsfuse.csi.storage.gke.io' && !(mountOptions as readonly string[]).includes('anonymous-access');
}
