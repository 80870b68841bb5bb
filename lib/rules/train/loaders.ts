import { Severity } from '../../findings/finding';
import type { Json } from '../engine/manifest';
import type { PodSubject } from '../engine/pods';
import { warningRule, type Rule } from '../engine/rule';
import { quoted } from '../values/quote';
import type { Load } from './loads';
import { commandPath, type ContainerFacts, mountOver, type PodFacts, volumeOf } from './pod-facts';

export const LOADER_MARKER = warningRule({
  id: 'train/loader-marker',
  title: 'A loader marks a dataset that is complete',
  why: 'Nothing else tells half a dataset from a whole one. Trainings that start while it is loaded, or after the loader has died, learn from what is there.',
  fix: 'write a file such as .complete as the last step, begin with a test for it, and let trainings wait for it in an init container',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/',
});

export const LOADER_RETRIES = warningRule({
  id: 'train/loader-retries',
  title: 'A loader tries again',
  why: 'Loading takes hours, and a connection that is lost in between is not rare. Without another attempt the dataset is never complete.',
  fix: 'set backoffLimit to some attempts, or leave it out, which is 6',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
});

export const LOADER_IDENTITY = warningRule({
  id: 'train/loader-identity',
  title: 'What reads from an object store says who it is',
  why: 'Without a service account or credentials of its own the pod has the rights of its node, where it has any, and those are the rights of every pod on it.',
  fix: 'set serviceAccountName to one that may read the bucket, or give credentials from a Secret',
  link: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
});

export const UPLOAD_IDENTITY = warningRule({
  id: 'train/upload-identity',
  title: 'What writes to an object store says who it is',
  why: 'Without a service account or credentials of its own the pod has the rights of its node, where it has any: a node that may write backups lets every pod on it do so.',
  fix: 'set serviceAccountName to one that may write to the bucket, or give credentials from a Secret',
  link: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
});

export const LOADER_RULES: readonly Rule[] = [LOADER_MARKER, LOADER_RETRIES, LOADER_IDENTITY, UPLOAD_IDENTITY];

const NONE: readonly any[] = [];
const CREDENTIALS = /^(AWS|GOOGLE|GCP|CLOUDSDK|AZURE|AZCOPY|RCLONE|HF|HUGGING_?FACE|BOTO)_/;
const NOT_CREDENTIALS = /_(REGION|DEFAULT_REGION|PROJECT|HOME|CACHE)$/;

/** Holds what loads and uploads data. */
export function checkLoaders(facts: PodFacts): void {
  const { pod } = facts;
  let isIdentified: boolean | undefined;
  for (const containers of [facts.initContainers, facts.containers]) {
    for (const container of containers) {
      const loads = container.loads;
      if (loads.length === 0) continue;
      const asking = loads.find(({ needsIdentity }) => needsIdentity);
      if (asking) {
        isIdentified ??= hasIdentity(pod);
        if (!isIdentified && !hasCredentials(container)) reportIdentity(facts, container, asking);
      }
      if (pod.kind === 'Job' && !container.trains && container.field === 'containers') checkLoader(facts, container, loads);
    }
  }
}

function checkLoader(facts: PodFacts, container: ContainerFacts, loads: readonly Load[]): void {
  const load = loads.find(({ to }) => to !== undefined && isKept(facts, container, to));
  if (!load) return;
  const { controller, controllerPath, subject } = facts.pod;
  if (!marks(container)) {
    subject.report(LOADER_MARKER, commandPath(facts, container), {
      expected: 'a file that says that the data is complete', found: `${load.program.name} to ${quoted(load.to)}, and nothing after it`,
    });
  }
  if (controller.backoffLimit === 0) {
    subject.report(LOADER_RETRIES, controllerPath.field('backoffLimit'), { expected: 'at least 1', found: '0' });
  }
}

/** On a volume that others read later. */
function isKept(facts: PodFacts, container: ContainerFacts, path: string): boolean {
  const mount = path.startsWith('/') ? mountOver(container, path) : path.startsWith('$') ? container.json.volumeMounts?.[0] : undefined;
  const volume = mount && volumeOf(facts, mount.name)?.json;
  return volume !== undefined && (volume.persistentVolumeClaim !== undefined || volume.nfs !== undefined || volume.hostPath !== undefined);
}

/** A file is made when all is there, or what was loaded gets its name. */
function marks({ line: { programs, script } }: ContainerFacts): boolean {
  for (const { name, writes } of programs) {
    if (name === 'touch' || name === 'mv' || name === 'ln' || writes.length > 0) return true;
  }
  return script !== undefined && (/(^|[\s;]):?\s*>\s*\S/m.test(script.text) || /\.touch\(|open\([^)]*['"][wx]/.test(script.text));
}

function hasIdentity({ spec }: PodSubject): boolean {
  if (spec.serviceAccountName !== undefined && spec.serviceAccountName !== 'default') return true;
  const volumes: readonly Json[] = spec.volumes ?? NONE;
  for (const { secret, projected, csi } of volumes) if (secret || projected || csi) return true;
  return false;
}

function hasCredentials({ json }: ContainerFacts): boolean {
  if (json.envFrom?.length > 0) return true;
  const env: readonly Json[] = json.env ?? NONE;
  for (const { name } of env) if (CREDENTIALS.test(name) && !NOT_CREDENTIALS.test(name)) return true;
  return false;
}

function reportIdentity(facts: PodFacts, container: ContainerFacts, load: Load): void {
  const isUpload = load.uploadTo !== undefined;
  facts.pod.subject.report(isUpload ? UPLOAD_IDENTITY : LOADER_IDENTITY, facts.pod.path.field('serviceAccountName'), {
    expected: `a service account for ${container.name}, which ${isUpload ? `writes to ${load.uploadTo}` : `reads ${load.from}`}`, found: 'none, and no credentials',
    // a node that may read data is how most clusters begin, and a copy before the start is not what a pod is for
    severity: !isUpload && container.field === 'initContainers' ? Severity.INFO : undefined,
  });
}
