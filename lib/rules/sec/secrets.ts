import { SECRET_DOCS, secretIn, secretInVariable } from '../../private/secrets';
import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';

export const LITERAL_SECRET = warningRule({
  id: 'sec/literal-secret',
  title: 'Passwords, keys and tokens stand in Secrets alone',
  why: 'Manifests are kept in repositories and read by many, and so are Jobs and ConfigMaps in the cluster.',
  fix: 'put it into a Secret, and refer to that by `secretKeyRef`, a volume, or the secret parameters of the driver',
  link: SECRET_DOCS,
});

const NONE: readonly never[] = [];
const LISTS = ['containers', 'initContainers'] as const;
const TEXTS = ['command', 'args'] as const;
/** Nothing shorter is a secret that can be told from a text. */
const SHORTEST = 8;
/** How the names of variables end that are secrets whatever they hold: SECRET, TOKEN, PASSWORD, KEY, KEY_ID, STRING. */
const NAME_END = new Set([...'TNDYG'].map(letter => letter.charCodeAt(0)));
/** What every secret that can be told has in it: looked for first, since most texts have none of it. */
const SIGN = /A(?:KI|SI)A|=|:\/\/[^/]*@|hf_|gh[pousr]_|github_|glpat-|-----B/;

/** Judges variables, commands and arguments of containers, and attributes of inline volumes. */
export function checkPodSecrets({ subject, spec, path }: PodSubject): void {
  for (const list of LISTS) {
    const containers: readonly Json[] = spec[list] ?? NONE;
    for (let i = 0; i < containers.length; i++) checkContainer(subject, containers[i], path, list, i);
  }
  const volumes: readonly Json[] = spec.volumes ?? NONE;
  for (let i = 0; i < volumes.length; i++) {
    const attributes: Json | undefined = volumes[i].csi?.volumeAttributes;
    if (attributes) checkMap(subject, attributes, path.field('volumes').index(i).fields('csi', 'volumeAttributes'));
  }
}

function checkContainer(subject: Subject, container: Json, path: Path, list: string, i: number): void {
  const env: readonly Json[] = container.env ?? NONE;
  for (let v = 0; v < env.length; v++) {
    const secret = variable(env[v].name, env[v].value);
    if (secret) report(subject, path.field(list).index(i).field('env').index(v).field('value'), secret);
  }
  for (const field of TEXTS) {
    const texts: readonly unknown[] = container[field] ?? NONE;
    for (let t = 0; t < texts.length; t++) {
      const secret = text(texts[t]);
      if (secret) report(subject, path.field(list).index(i).field(field).index(t), secret);
    }
  }
}

/** Judges the data of a ConfigMap, under whose keys variables may be taken from it. */
export function checkConfigMapSecrets(subject: Subject): void {
  if (subject.json.data) checkMap(subject, subject.json.data, Path.ROOT.field('data'));
}

/** Judges what a StorageClass, VolumeSnapshotClass or VolumeAttributesClass tells its driver. */
export function checkParameterSecrets(subject: Subject): void {
  if (subject.json.parameters) checkMap(subject, subject.json.parameters, Path.ROOT.field('parameters'));
}

/** Judges what a PersistentVolume tells its driver. */
export function checkVolumeSecrets(subject: Subject): void {
  const { csi, flexVolume, mountOptions } = subject.json.spec ?? {};
  if (csi?.volumeAttributes) checkMap(subject, csi.volumeAttributes, Path.ROOT.fields('spec', 'csi', 'volumeAttributes'));
  if (flexVolume?.options) checkMap(subject, flexVolume.options, Path.ROOT.fields('spec', 'flexVolume', 'options'));
  const options: readonly unknown[] = mountOptions ?? NONE;
  for (let i = 0; i < options.length; i++) {
    const secret = text(options[i]) ?? (/^(password|passwd)=./.test(String(options[i])) ? 'a password' : undefined);
    if (secret) report(subject, Path.ROOT.fields('spec', 'mountOptions').index(i), secret);
  }
}

function checkMap(subject: Subject, map: Json, path: Path): void {
  for (const key in map) {
    const secret = variable(key, map[key]) ?? parameter(key, map[key]);
    if (secret) report(subject, path.key(key), secret);
  }
}

/** Keys of drivers, in the way they write them: `accountKey`, `secret_key`. Names of Secrets are none. */
function parameter(key: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length < SHORTEST || /\s|\$\{/.test(value)) return undefined;
  return /^(account|access|secret)[_-]?key$|^(secret)?access[_-]?token$|^password$|^sas[_-]?token$/i.test(key) ? `a value for ${key}` : undefined;
}

function variable(name: unknown, value: unknown): string | undefined {
  if (typeof name !== 'string' || typeof value !== 'string' || value === '') return undefined;
  return NAME_END.has(name.charCodeAt(name.length - 1)) ? secretInVariable(name, value) : text(value);
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length < SHORTEST || !SIGN.test(value)) return undefined;
  return secretIn(value);
}

/** The secret itself is never told. */
function report(subject: Subject, path: Path, secret: string): void {
  subject.report(LITERAL_SECRET, path, { expected: 'no secret: manifests are read by many', found: secret });
}
