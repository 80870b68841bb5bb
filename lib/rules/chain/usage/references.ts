import { Severity } from '../../../findings/finding';
import type { BundleView } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule, warningRule, type Rule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { checkKey } from './keys';
import { Lookup, type Reference } from './lookup';

export const CLAIM_MISSING = errorRule({
  id: 'chain/claim-missing',
  title: 'The claim of a volume exists in the namespace of the pod',
  why: 'A pod whose claim does not exist is never placed on a node. Claims of other namespaces cannot be mounted.',
  fix: 'add the PersistentVolumeClaim, correct its name, or declare it as external',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',
});
export const CONFIG_MAP_MISSING = errorRule({
  id: 'chain/config-map-missing',
  title: 'The ConfigMap of a volume or variable exists in the namespace of the pod',
  why: 'The API server takes the pod, and its containers never start: the kubelet waits for the ConfigMap for ever.',
  fix: 'add the ConfigMap, correct its name, declare it as external, or mark the reference as optional',
  link: 'https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps',
});
export const SECRET_MISSING = errorRule({
  id: 'chain/secret-missing',
  title: 'The Secret of a volume or variable exists in the namespace of the pod',
  why: 'The API server takes the pod, and its containers never start: the kubelet waits for the Secret for ever.',
  fix: 'add the Secret, correct its name, declare it as external, or mark the reference as optional',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret',
});
export const SERVICE_ACCOUNT_MISSING = errorRule({
  id: 'chain/service-account-missing',
  title: 'The ServiceAccount of a pod exists in its namespace',
  why: 'Templates that name it are taken, but each pod is refused when it is created.',
  fix: 'add the ServiceAccount, correct its name, or declare it as external',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/',
});
export const PRIORITY_CLASS_MISSING = errorRule({
  id: 'chain/priority-class-missing',
  title: 'The PriorityClass of a pod exists',
  why: 'Templates that name it are taken, but each pod is refused when it is created.',
  fix: 'add the PriorityClass, correct its name, or declare it as external',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#pod-priority',
});
export const RUNTIME_CLASS_MISSING = errorRule({
  id: 'chain/runtime-class-missing',
  title: 'The RuntimeClass of a pod exists',
  why: 'Templates that name it are taken, but each pod is refused when it is created.',
  fix: 'add the RuntimeClass, correct its name, or declare it as external',
  link: 'https://kubernetes.io/docs/concepts/containers/runtime-class/#usage',
});
export const RESOURCE_CLAIM_MISSING = errorRule({
  id: 'chain/resource-claim-missing',
  title: 'The ResourceClaim or ResourceClaimTemplate of a pod exists in its namespace',
  why: 'A pod that waits for devices of a claim that does not exist is never placed on a node.',
  fix: 'add it, correct its name, or declare it as external',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/',
});
export const PULL_SECRET_MISSING = warningRule({
  id: 'chain/pull-secret-missing',
  title: 'The Secret that images are pulled with exists in the namespace of the pod',
  why: 'The kubelet goes on without it, and a registry that is not public refuses the image.',
  fix: 'add the Secret of type kubernetes.io/dockerconfigjson, correct its name, or declare it as external',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#specifying-imagepullsecrets-on-a-pod',
});

export const REFERENCE_RULES: readonly Rule[] = [
  CLAIM_MISSING, CONFIG_MAP_MISSING, SECRET_MISSING, SERVICE_ACCOUNT_MISSING, PRIORITY_CLASS_MISSING, RUNTIME_CLASS_MISSING,
  RESOURCE_CLAIM_MISSING, PULL_SECRET_MISSING,
];

const NONE: readonly never[] = [];
const SPEC = Path.ROOT.field('spec');
const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
/** Volumes that hold the name of a Secret of the pod's own namespace in `secretRef`. */
const WITH_SECRET = ['cephfs', 'rbd', 'iscsi', 'flexVolume', 'scaleIO', 'storageos'] as const;

/** What stands around a name while its object is looked for. */
interface Place {
  readonly subject: Subject;
  readonly namespace: string;
  readonly anyNamespace: boolean;
  readonly severity: Severity | undefined;
  readonly lookup: Lookup;
}

/** Judges what pods refer to by name. */
export function checkReferences(view: BundleView): void {
  const lookup = new Lookup(view);
  for (const pod of view.pods) {
    const { subject } = pod;
    const place: Place = {
      subject, lookup,
      namespace: subject.manifest.namespace,
      anyNamespace: subject.manifest.kind === 'ClusterTrainingRuntime',
      // there are no pods that could fail yet
      severity: pod.copies === 0 ? Severity.WARNING : undefined,
    };
    checkPod(pod, place);
    checkClaims(pod, place);
    const volumes: readonly Json[] = pod.spec.volumes ?? NONE;
    for (let i = 0; i < volumes.length; i++) checkVolume(volumes[i], pod.path, i, place);
    for (const list of CONTAINER_LISTS) {
      const containers: readonly Json[] = pod.spec[list] ?? NONE;
      for (let i = 0; i < containers.length; i++) {
        const { env, envFrom } = containers[i];
        if (refersTo(env, envFrom)) checkEnv(containers[i], pod.path.field(list).index(i), place);
      }
    }
  }
  for (const subject of view.all('trainer.kubeflow.org/TrainJob')) if (!subject.manifest.external) checkTrainJob(subject, lookup);
}

function need(rule: Rule, type: string, name: unknown, path: Path, place: Place, namespaced = true): Subject | undefined {
  if (typeof name !== 'string' || name === '') return undefined;
  const { subject, anyNamespace, severity, lookup } = place;
  const reference: Reference = { subject, path, type, name, severity, namespace: namespaced ? place.namespace : '', anyNamespace: namespaced && anyNamespace };
  const found = lookup.find(reference);
  if (!found) lookup.reportMissing(rule, reference);
  return found;
}

function checkPod({ spec, path }: PodSubject, place: Place): void {
  if (spec.serviceAccountName) need(SERVICE_ACCOUNT_MISSING, 'ServiceAccount', spec.serviceAccountName, path.field('serviceAccountName'), place);
  else if (spec.serviceAccount) need(SERVICE_ACCOUNT_MISSING, 'ServiceAccount', spec.serviceAccount, path.field('serviceAccount'), place);
  if (spec.priorityClassName) {
    need(PRIORITY_CLASS_MISSING, 'scheduling.k8s.io/PriorityClass', spec.priorityClassName, path.field('priorityClassName'), place, false);
  }
  if (spec.runtimeClassName) need(RUNTIME_CLASS_MISSING, 'node.k8s.io/RuntimeClass', spec.runtimeClassName, path.field('runtimeClassName'), place, false);
  const secrets: readonly Json[] = spec.imagePullSecrets ?? NONE;
  for (let i = 0; i < secrets.length; i++) {
    need(PULL_SECRET_MISSING, 'Secret', secrets[i].name, path.field('imagePullSecrets').index(i).field('name'), place);
  }
  const claims: readonly Json[] = spec.resourceClaims ?? NONE;
  for (let i = 0; i < claims.length; i++) {
    const at = path.field('resourceClaims').index(i);
    need(RESOURCE_CLAIM_MISSING, 'resource.k8s.io/ResourceClaim', claims[i].resourceClaimName, at.field('resourceClaimName'), place);
    need(RESOURCE_CLAIM_MISSING, 'resource.k8s.io/ResourceClaimTemplate', claims[i].resourceClaimTemplateName, at.field('resourceClaimTemplateName'), place);
  }
}

function checkClaims(pod: PodSubject, place: Place): void {
  const { lookup, subject, namespace, anyNamespace, severity } = place;
  const uses = lookup.view.claimUses(pod);
  for (const use of uses) {
    const { claimName } = use;
    if (claimName === '' || lookup.view.claim(namespace, claimName)) continue;
    const reference: Reference = { subject, path: use.path, type: 'PersistentVolumeClaim', namespace, name: claimName, anyNamespace, severity };
    if (!anyNamespace || !lookup.find(reference)) lookup.reportMissing(CLAIM_MISSING, reference);
  }
}

function checkVolume(volume: Json, podPath: Path, i: number, place: Place): void {
  if (volume.persistentVolumeClaim !== undefined || volume.emptyDir !== undefined) return;
  const path = podPath.field('volumes').index(i);
  if (volume.configMap) checkSource(CONFIG_MAP_MISSING, 'ConfigMap', volume.configMap, 'name', path.field('configMap'), place);
  if (volume.secret) checkSource(SECRET_MISSING, 'Secret', volume.secret, 'secretName', path.field('secret'), place);
  const sources: readonly Json[] = volume.projected?.sources ?? NONE;
  for (let s = 0; s < sources.length; s++) {
    const at = path.fields('projected', 'sources').index(s);
    if (sources[s].configMap) checkSource(CONFIG_MAP_MISSING, 'ConfigMap', sources[s].configMap, 'name', at.field('configMap'), place);
    if (sources[s].secret) checkSource(SECRET_MISSING, 'Secret', sources[s].secret, 'name', at.field('secret'), place);
  }
  if (volume.csi?.nodePublishSecretRef) {
    need(SECRET_MISSING, 'Secret', volume.csi.nodePublishSecretRef.name, path.fields('csi', 'nodePublishSecretRef', 'name'), place);
  }
  if (volume.azureFile) need(SECRET_MISSING, 'Secret', volume.azureFile.secretName, path.fields('azureFile', 'secretName'), place);
  for (const type of WITH_SECRET) {
    if (volume[type]?.secretRef) need(SECRET_MISSING, 'Secret', volume[type].secretRef.name, path.fields(type, 'secretRef', 'name'), place);
  }
}

/** A ConfigMap or Secret as files: it and the keys that are picked of it. */
function checkSource(rule: Rule, type: string, source: Json, nameField: string, path: Path, place: Place): void {
  if (source.optional === true) return;
  const found = need(rule, type, source[nameField], path.field(nameField), place);
  const items: readonly Json[] = source.items ?? NONE;
  if (!found) return;
  for (let i = 0; i < items.length; i++) checkKey(place.lookup, place.subject, found, items[i].key, path.field('items').index(i).field('key'));
}

function checkEnv(container: Json, path: Path, place: Place): void {
  const env: readonly Json[] = container.env ?? NONE;
  for (let i = 0; i < env.length; i++) {
    const from: Json | undefined = env[i].valueFrom;
    if (from === undefined) continue;
    const at = path.field('env').index(i).field('valueFrom');
    if (from.configMapKeyRef) checkKeyRef(CONFIG_MAP_MISSING, 'ConfigMap', from.configMapKeyRef, at.field('configMapKeyRef'), place);
    if (from.secretKeyRef) checkKeyRef(SECRET_MISSING, 'Secret', from.secretKeyRef, at.field('secretKeyRef'), place);
  }
  const whole: readonly Json[] = container.envFrom ?? NONE;
  for (let i = 0; i < whole.length; i++) {
    const { configMapRef, secretRef } = whole[i];
    const at = path.field('envFrom').index(i);
    if (configMapRef && configMapRef.optional !== true) need(CONFIG_MAP_MISSING, 'ConfigMap', configMapRef.name, at.fields('configMapRef', 'name'), place);
    if (secretRef && secretRef.optional !== true) need(SECRET_MISSING, 'Secret', secretRef.name, at.fields('secretRef', 'name'), place);
  }
}

function checkKeyRef(rule: Rule, type: string, ref: Json, path: Path, place: Place): void {
  if (ref.optional === true) return;
  const found = need(rule, type, ref.name, path.field('name'), place);
  if (found) checkKey(place.lookup, place.subject, found, ref.key, path.field('key'));
}

/** Whether variables come from elsewhere than the pod itself. */
function refersTo(env: readonly Json[] = NONE, envFrom?: readonly Json[]): boolean {
  if (envFrom !== undefined) return true;
  for (let i = 0; i < env.length; i++) if (env[i].valueFrom !== undefined && !env[i].valueFrom.fieldRef) return true;
  return false;
}

/** A TrainJob has no pod template, but variables of the trainer and Secrets of the initializers. */
function checkTrainJob(subject: Subject, lookup: Lookup): void {
  const spec: Json = subject.json.spec ?? {};
  const place: Place = { subject, lookup, namespace: subject.manifest.namespace, anyNamespace: false, severity: undefined };
  if (spec.trainer) checkEnv(spec.trainer, SPEC.field('trainer'), place);
  for (const kind of ['dataset', 'model']) {
    const initializer: Json | undefined = spec.initializer?.[kind];
    if (!initializer) continue;
    const path = SPEC.fields('initializer', kind);
    if (initializer.secretRef) need(SECRET_MISSING, 'Secret', initializer.secretRef.name, path.fields('secretRef', 'name'), place);
    checkEnv(initializer, path, place);
  }
}
