import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { CONFIG_KEY, envNameForm, isConfigKey, isEnvName } from '../../values/env-names';
import { isDnsSubdomain } from '../../../private/name-forms';
import { oneOf, quoted } from '../../values/quote';
import { checkFieldRef, checkResourceFieldRef } from './downward';
import { checkFileKeyRef, FILE_KEY_REF_SINCE } from './env-files';
import { OBJECT_NAME, OBJECT_NAME_FORM } from './object-names';
import type { ContainerSite } from './site';

export const ENV_NAME = errorRule({
  id: 'api/env-name',
  title: 'Every environment variable has a name that the server takes',
  why: 'The API server refuses a variable without a name or with a name that no process could get. Before Kubernetes 1.32 only letters, '
    + 'digits, `_`, `-` and `.` were allowed, and no digit first.',
  fix: 'name the variable with letters, digits and `_`',
  link: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
});

export const ENV_SOURCE = errorRule({
  id: 'api/env-source',
  title: 'A variable has a value or exactly one source of a known kind',
  why: 'The API server refuses `valueFrom` without a source, with two, or beside a `value`, and `envFrom` entries without exactly one '
    + 'ConfigMap or Secret.',
  fix: 'keep one of value, fieldRef, resourceFieldRef, configMapKeyRef and secretKeyRef',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables',
});

export const ENV_KEY = errorRule({
  id: 'api/env-key',
  title: 'A variable from a ConfigMap or Secret names a key that they can have',
  why: 'Keys of ConfigMaps and Secrets are names of files; the API server refuses a reference without a key, or to one that cannot exist.',
  fix: 'name the key as it stands in the data of the object',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#define-container-environment-variables-using-configmap-data',
});

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'];
const SOURCES_WITH_FILES = [...SOURCES, 'fileKeyRef'];
const FROM_SOURCES = ['configMapRef', 'secretRef'];
const NONE: readonly Json[] = [];

export function checkEnv(site: ContainerSite): void {
  const { pod: { subject }, container, path } = site;
  const env: readonly Json[] = container.env ?? NONE;
  for (let i = 0; i < env.length; i++) {
    const { name, valueFrom } = env[i];
    if (name === undefined || name === '' || !isEnvName(name, subject.minor)) {
      subject.report(ENV_NAME, path.field('env').index(i).field('name'), { expected: envNameForm(subject.minor), found: name ? quoted(name) : 'none' });
    }
    if (valueFrom !== undefined) checkValueFrom(site, env[i], path.field('env').index(i).field('valueFrom'));
  }
  const envFrom: readonly Json[] = container.envFrom ?? NONE;
  for (let i = 0; i < envFrom.length; i++) checkEnvFrom(subject, envFrom[i], path.field('envFrom'), i);
}

function checkValueFrom({ pod }: ContainerSite, { value, valueFrom }: Json, path: Path): void {
  const { subject } = pod;
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  const withFiles = subject.minor >= FILE_KEY_REF_SINCE;
  const fileKeyRef = withFiles ? valueFrom.fileKeyRef : undefined;
  let sources = 0;
  if (fieldRef !== undefined) {
    sources++;
    checkFieldRef(subject, fieldRef, path);
  }
  if (resourceFieldRef !== undefined) {
    sources++;
    checkResourceFieldRef(subject, resourceFieldRef, path);
  }
  if (configMapKeyRef !== undefined) {
    sources++;
    checkKeyRef(subject, configMapKeyRef, path, 'configMapKeyRef');
  }
  if (secretKeyRef !== undefined) {
    sources++;
    checkKeyRef(subject, secretKeyRef, path, 'secretKeyRef');
  }
  if (fileKeyRef !== undefined) {
    sources++;
    checkFileKeyRef(pod, fileKeyRef, path);
  }
  if (sources === 1 && !value) return;
  const names = withFiles ? SOURCES_WITH_FILES : SOURCES;
  if (sources === 0) subject.report(ENV_SOURCE, path, { expected: oneOf(names), found: 'none' });
  else if (value) subject.report(ENV_SOURCE, path, { expected: 'no valueFrom beside a value', found: 'both' });
  else {
    const found = names.filter(name => valueFrom[name] !== undefined).join(' and ');
    subject.report(ENV_SOURCE, path, { expected: 'one source', found });
  }
}

function checkKeyRef(subject: Subject, { name, key }: Json, parent: Path, field: string): void {
  if (!isDnsSubdomain(name ?? '')) {
    subject.report(OBJECT_NAME, parent.field(field).field('name'), { expected: OBJECT_NAME_FORM, found: name ? quoted(name) : 'none' });
  }
  if (!key) subject.report(ENV_KEY, parent.field(field).field('key'), { expected: 'a key', found: 'none' });
  else if (!isConfigKey(key)) subject.report(ENV_KEY, parent.field(field).field('key'), { expected: CONFIG_KEY, found: quoted(key) });
}

function checkEnvFrom(subject: Subject, entry: Json, path: Path, i: number): void {
  const { prefix, configMapRef, secretRef } = entry;
  if (prefix && !isEnvName(prefix, subject.minor)) {
    subject.report(ENV_NAME, path.index(i).field('prefix'), { expected: envNameForm(subject.minor), found: quoted(prefix) });
  }
  if (configMapRef !== undefined) checkFromRef(subject, configMapRef, path.index(i).field('configMapRef'));
  if (secretRef !== undefined) checkFromRef(subject, secretRef, path.index(i).field('secretRef'));
  if ((configMapRef === undefined) === (secretRef === undefined)) {
    subject.report(ENV_SOURCE, path, { expected: `${oneOf(FROM_SOURCES)} in entry ${i}`, found: secretRef === undefined ? 'none' : 'both' });
  }
}

/** The server takes a dash at the end here, as in the start of a name. */
function checkFromRef(subject: Subject, { name = '' }: Json, path: Path): void {
  const whole = name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
  if (!isDnsSubdomain(whole)) subject.report(OBJECT_NAME, path.field('name'), { expected: OBJECT_NAME_FORM, found: name === '' ? 'none' : quoted(name) });
}
