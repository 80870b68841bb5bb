import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { isBelow } from '../../values/file-paths';
import { quoted } from '../../values/quote';
import { APP_ARMOR_PROFILE, SECCOMP_PROFILE } from './profiles';
import { checkTolerations } from './tolerations';

export const POD_ANNOTATION = errorRule({
  id: 'api/pod-annotation',
  title: 'Annotations that the server reads have values that it can read',
  why: 'A few annotations of pods are settings: the cost of deleting a pod, its tolerations before they were a field, the mark of a static '
    + 'pod. The API server refuses values that it cannot read.',
  fix: 'write the cost as a whole number in quotes, and use fields for everything else',
  link: 'https://kubernetes.io/docs/reference/labels-annotations-taints/',
});

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MIRROR = 'kubernetes.io/config.mirror';
const TOLERATIONS = 'scheduler.alpha.kubernetes.io/tolerations';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const LOCAL = 'localhost/';
const RUNTIME_DEFAULT = 'runtime/default';
const DOCKER_DEFAULT = 'docker/default';
const UNCONFINED = 'unconfined';
const COST = /^(?:0|-?\d+)$/;
const COST_MAX = 2 ** 31;
const APP_ARMOR_FIELD_SINCE = 30;
const CONTAINERS = ['initContainers', 'containers'] as const;
const NONE: readonly Json[] = [];

/** The server leaves `metadata` out in the path of a template. */
export function checkAnnotations(pod: PodSubject): void {
  const annotations: Json | undefined = pod.metadata.annotations;
  if (annotations === undefined) return;
  let profiles = false;
  for (const key in annotations) {
    if (key.startsWith(SECCOMP_CONTAINER) || key === SECCOMP_POD || key.startsWith(APP_ARMOR)) profiles = true;
    else if (key === DELETION_COST || key === MIRROR || key === TOLERATIONS) checkSetting(pod, key, annotations[key]);
  }
  if (profiles) checkProfiles(pod, annotations);
}

function pathOf(pod: PodSubject): Path {
  return (pod.isTemplate ? pod.controllerPath.field('template') : pod.metadataPath).field('annotations');
}

function checkSetting(pod: PodSubject, key: string, value: string): void {
  if (key === MIRROR) {
    if (pod.spec.nodeName) return;
    pod.subject.report(POD_ANNOTATION, pathOf(pod).key(key), { expected: 'nodeName in a static pod', found: 'none' });
  } else if (key === TOLERATIONS) checkOldTolerations(pod, value);
  else if (!isCost(value)) {
    pod.subject.report(POD_ANNOTATION, pathOf(pod).key(key), { expected: 'a whole number of 32 bits, without + and leading zeros', found: quoted(value) });
  }
}

function isCost(value: string): boolean {
  if (!COST.test(value) || (value.startsWith('0') && value !== '0')) return false;
  return Number(value) >= -COST_MAX && Number(value) < COST_MAX;
}

function checkOldTolerations(pod: PodSubject, value: string): void {
  if (value === '') return;
  const tolerations = tolerationsIn(value);
  if (tolerations) checkTolerations(pod.subject, tolerations, pathOf(pod).field(TOLERATIONS));
  else pod.subject.report(POD_ANNOTATION, pathOf(pod), { expected: `a JSON list of tolerations in ${TOLERATIONS}`, found: quoted(value) });
}

/** Names of fields count in any case here. */
function tolerationsIn(value: string): readonly Json[] | undefined {
  try {
    const list: unknown = JSON.parse(value);
    if (list === null) return NONE;
    if (!Array.isArray(list) || list.some(one => typeof one !== 'object')) return undefined;
    return list.map((one: Json | null) => fieldsOf(one ?? {}));
  } catch {
    return undefined;
  }
}

function fieldsOf(toleration: Json): Json {
  const fields = new Map(Object.entries(toleration).map(([name, value]) => [name.toLowerCase(), value]));
  const text = (name: string): string | undefined => typeof fields.get(name) === 'string' ? fields.get(name) : undefined;
  return {
    key: text('key'), operator: text('operator'), value: text('value'), effect: text('effect'),
    tolerationSeconds: fields.get('tolerationseconds') ?? undefined,
  };
}

function checkProfiles(pod: PodSubject, annotations: Json): void {
  for (const key in annotations) {
    const value: string = annotations[key];
    if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER)) {
      if (!isSeccomp(value)) {
        pod.subject.report(SECCOMP_PROFILE, pathOf(pod).field(key), { expected: `${RUNTIME_DEFAULT}, ${UNCONFINED} or ${LOCAL}<file>`, found: quoted(value) });
      }
    } else if (key.startsWith(APP_ARMOR)) checkAppArmorOf(pod, key, value);
  }
  compareSeccomp(pod, annotations);
  if (pod.subject.minor >= APP_ARMOR_FIELD_SINCE && pod.spec.os?.name !== 'windows') compareAppArmor(pod, annotations);
}

function isSeccomp(value: string): boolean {
  if (value === RUNTIME_DEFAULT || value === DOCKER_DEFAULT || value === UNCONFINED) return true;
  return value.startsWith(LOCAL) && isBelow(value.slice(LOCAL.length));
}

function checkAppArmorOf(pod: PodSubject, key: string, value: string): void {
  const name = key.slice(APP_ARMOR.length);
  if (!CONTAINERS.some(field => (pod.spec[field] as Json[] | undefined)?.some(one => (one.name ?? '') === name))) {
    pod.subject.report(APP_ARMOR_PROFILE, pathOf(pod).key(key), { expected: 'the name of a container after the slash', found: quoted(name) });
  }
  if (value === '' || value === RUNTIME_DEFAULT || value === UNCONFINED || value.startsWith(LOCAL)) return;
  pod.subject.report(APP_ARMOR_PROFILE, pathOf(pod).key(key), { expected: `${RUNTIME_DEFAULT}, ${UNCONFINED} or ${LOCAL}<name>`, found: quoted(value) });
}

/** Where annotation and field say different things. */
function differenceOf(annotation: string, { type, localhostProfile }: Json, isSeccompProfile: boolean): 'type' | 'localhostProfile' | undefined {
  switch (type) {
    case 'Unconfined':
      return annotation === UNCONFINED ? undefined : 'type';
    case 'RuntimeDefault':
      return annotation === RUNTIME_DEFAULT || (isSeccompProfile && annotation === DOCKER_DEFAULT) ? undefined : 'type';
    case 'Localhost':
      if (!annotation.startsWith(LOCAL)) return 'type';
      return annotation.slice(LOCAL.length) === localhostProfile ? undefined : 'localhostProfile';
    default:
      return undefined;
  }
}

function forContainers(pod: PodSubject, judge: (container: Json, path: () => Path) => void): void {
  for (const field of CONTAINERS) {
    const list: readonly Json[] = pod.spec[field] ?? NONE;
    list.forEach((container, i) => judge(container, () => pod.path.field(field).index(i).field('securityContext')));
  }
}

function compareSeccomp(pod: PodSubject, annotations: Json): void {
  const compare = (key: string, profile: Json | undefined, path: () => Path): void => {
    if (profile === undefined || !Object.hasOwn(annotations, key)) return;
    const field = differenceOf(annotations[key], profile, true);
    if (!field) return;
    pod.subject.report(SECCOMP_PROFILE, path().field('seccompProfile').field(field), { expected: `what the annotation ${key} says`, found: quoted(profile[field]) });
  };
  compare(SECCOMP_POD, pod.spec.securityContext?.seccompProfile, () => pod.path.field('securityContext'));
  forContainers(pod, ({ name, securityContext }, path) => compare(`${SECCOMP_CONTAINER}${name}`, securityContext?.seccompProfile, path));
}

/** In a bare Pod the server first copies an annotation that it can read to the field of a container that has none. */
function compareAppArmor(pod: PodSubject, annotations: Json): void {
  forContainers(pod, ({ name, securityContext }, path) => {
    const key = `${APP_ARMOR}${name}`;
    if (!Object.hasOwn(annotations, key)) return;
    const own: Json | undefined = securityContext?.appArmorProfile;
    if (own === undefined && !pod.isTemplate && isCopied(annotations[key])) return;
    const profile = own ?? pod.spec.securityContext?.appArmorProfile;
    const field = profile && differenceOf(annotations[key], profile, false);
    if (!field) return;
    pod.subject.report(APP_ARMOR_PROFILE, path().field('appArmorProfile').field(field), { expected: `what the annotation ${key} says`, found: quoted(profile[field]) });
  });
}

function isCopied(annotation: string): boolean {
  if (annotation === UNCONFINED || annotation === RUNTIME_DEFAULT) return true;
  const name = annotation.startsWith(LOCAL) ? annotation.slice(LOCAL.length) : '';
  return name !== '' && name.trim() === name;
}
