import type { BundleView } from '../../bundle/bundle-view';
import type { Claim } from '../../bundle/claims';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { infoRule, warningRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { purposeOf } from '../../values/purpose';
import { quoted } from '../../values/quote';
import type { Need } from './model/needs';
import type { StorageChain } from './model/storage-chain';

const CLASS_LINK = 'https://kubernetes.io/docs/concepts/storage/storage-classes';
const SECRETS_LINK = 'https://kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html';
const PARAMETERS = Path.ROOT.field('parameters');
const CSI = Path.ROOT.fields('spec', 'csi');
const PREFIX = 'csi.storage.k8s.io/';
const NAME_END = '-secret-name';
const TOKEN = /\$\{([^}]*)\}/g;
/** Secrets that a PersistentVolume names. */
const SECRET_REFS = [
  'controllerPublishSecretRef', 'nodeStageSecretRef', 'nodePublishSecretRef', 'controllerExpandSecretRef', 'nodeExpandSecretRef',
];

export const EXPANSION = warningRule({
  id: 'chain/expansion-forbidden',
  title: 'A class for checkpoints, registries and databases lets claims grow',
  why: 'Where the class does not allow expansion, the API server refuses every larger size: a full volume can only be replaced by a new one.',
  fix: 'set allowVolumeExpansion: true',
  link: `${CLASS_LINK}/#allow-volume-expansion`,
});

export const RECLAIM_POLICY = infoRule({
  id: 'chain/reclaim-policy',
  title: 'A volume made by hand has the reclaim policy of its class',
  why: 'The policy of a class is for the volumes that its driver makes. A PersistentVolume made by hand keeps its own, whatever its class says.',
  fix: 'write the policy that is meant into the PersistentVolume',
  link: `${CLASS_LINK}/#reclaim-policy`,
});

export const DRIVER_SECRET = warningRule({
  id: 'chain/driver-secret',
  title: 'The Secrets that a class or a volume gives its driver exist',
  why: 'The driver is given the Secret when it makes, attaches or mounts a volume. Where it is missing, that step fails and is tried again for ever.',
  fix: 'correct name and namespace, add the Secret, or declare it as existing outside',
  link: SECRETS_LINK,
});

/** Holds what classes and volumes say beyond binding against the rest of the bundle. */
export function checkClassSettings(chain: StorageChain): void {
  let users: ReadonlyMap<Subject, readonly Need[]> | undefined;
  const usersOf = (subject: Subject): readonly Need[] => (users ??= needsByClass(chain)).get(subject) ?? [];
  for (const { subject, driver, parameters } of chain.classes.all) {
    if (subject.manifest.external) continue;
    if (driver?.expansion && subject.json.allowVolumeExpansion !== true) checkExpansion(subject, usersOf(subject));
    if (parameters) checkClassSecrets(chain.bundle, subject, parameters, usersOf);
  }
  for (const { subject, className } of chain.volumes) {
    if (subject.manifest.external) continue;
    checkVolumeSecrets(chain.bundle, subject);
    checkReclaimPolicy(subject, className === '' ? undefined : chain.classes.find(className)?.subject.json.reclaimPolicy);
  }
}

function needsByClass(chain: StorageChain): ReadonlyMap<Subject, readonly Need[]> {
  const users = new Map<Subject, Need[]>();
  for (const need of chain.needs.values()) {
    if (!need.class) continue;
    const known = users.get(need.class.subject);
    if (known) known.push(need); else users.set(need.class.subject, [need]);
  }
  return users;
}

function checkExpansion(subject: Subject, needs: readonly Need[]): void {
  const growing = needs.find(({ claim }) => claim.origin !== 'ephemeral' && grows(claim.name));
  if (!growing) return;
  subject.report(EXPANSION, Path.ROOT.field('allowVolumeExpansion'), {
    expected: `true, because the claim ${quoted(growing.claim.name)} may outgrow its size`, found: quoted(subject.json.allowVolumeExpansion),
  });
}

/** Checkpoints pile up by the epoch, registries and databases by the year. */
function grows(name: string): boolean {
  const purpose = purposeOf(name);
  return purpose !== undefined && purpose !== 'dataset';
}

function checkReclaimPolicy(subject: Subject, ofClass: string | undefined): void {
  const own: string = subject.json.spec?.persistentVolumeReclaimPolicy ?? 'Retain';
  if (ofClass === undefined || ofClass === own) return;
  const path = Path.ROOT.fields('spec', 'persistentVolumeReclaimPolicy');
  subject.report(RECLAIM_POLICY, path, { expected: `${ofClass}, as its class has it`, found: own });
}

function checkVolumeSecrets(bundle: BundleView, subject: Subject): void {
  const csi: Json | undefined = subject.json.spec?.csi;
  if (!csi) return;
  for (const field of SECRET_REFS) {
    const reference: Json | undefined = csi[field];
    if (reference) checkSecret(bundle, subject, CSI.field(field), reference.namespace ?? '', reference.name ?? '');
  }
}

function checkClassSecrets(
  bundle: BundleView, subject: Subject, parameters: Readonly<Record<string, string>>, usersOf: (subject: Subject) => readonly Need[],
): void {
  for (const key in parameters) {
    if (!key.startsWith(PREFIX) || !key.endsWith(NAME_END)) continue;
    const name = parameters[key];
    const namespace = parameters[`${key.slice(0, -'name'.length)}namespace`];
    if (namespace === undefined) continue;
    const path = PARAMETERS.key(key);
    if (!name.includes('${') && !namespace.includes('${')) checkSecret(bundle, subject, path, namespace, name);
    else checkTemplate(bundle, subject, path, { namespace, name }, usersOf(subject));
  }
}

interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/** What stands for the claim is filled in for each of them; the name of the volume is not known yet. */
function checkTemplate(bundle: BundleView, subject: Subject, path: Path, template: SecretName, needs: readonly Need[]): void {
  const seen = new Set<string>();
  for (const { claim } of needs) {
    const namespace = resolved(template.namespace, claim);
    const name = resolved(template.name, claim);
    if (namespace === undefined || name === undefined || seen.has(`${namespace}/${name}`)) continue;
    seen.add(`${namespace}/${name}`);
    checkSecret(bundle, subject, path, namespace, name);
  }
}

function resolved(template: string, { namespace, name, metadata, origin }: Claim): string | undefined {
  let known = true;
  const text = template.replace(TOKEN, (token, field: string) => {
    const annotation = /^pvc\.annotations\['(.*)'\]$/.exec(field)?.[1];
    if (field === 'pvc.namespace') return namespace;
    if (field === 'pvc.name' && origin === 'claim') return name;
    if (annotation !== undefined && Object.hasOwn(metadata.annotations ?? {}, annotation)) return metadata.annotations[annotation];
    known = false;
    return token;
  });
  return known ? text : undefined;
}

function checkSecret(bundle: BundleView, subject: Subject, path: Path, namespace: string, name: string): void {
  if (bundle.find('Secret', namespace, name)) return;
  subject.unresolved(DRIVER_SECRET, path, { expected: 'a Secret that exists', found: quoted(namespace === '' ? name : `${namespace}/${name}`) });
}
