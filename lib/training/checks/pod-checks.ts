import type { EnvValue } from 'cdk8s-plus-27';
import { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { checkLabelKey, checkLabels, checkLabelValue } from '../../private/labels';
import { checkUserId } from '../../private/int32-checks';
import { checkMountPath, Mount } from '../../storage/volumes/mount';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { Framework } from '../framework';
import { OWN_VARIABLES } from '../pods/own-index';
import { checkNestedMounts } from './nested-mounts';
import { checkReserved } from './reserved-labels';

export const ENV_NAME = /^(?!\.$|\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
/** What starts a script; a script it is not. */
const LAUNCHERS = /^(\S*\/)?(torchrun|python[0-9.]*|accelerate(-launch)?|deepspeed|mpirun|mpiexec|horovodrun|(ba|da|z)?sh|uv)(\s|$)/;
const LAUNCHER_MODULES = /^(torch\.distributed\.(run|launch)|accelerate\.commands\.\w+|deepspeed\.launcher\.\w+)$/;
const MPI_LAUNCHERS = /^(\S*\/)?(mpirun|mpiexec|orterun|horovodrun)([.]\w+)?(\s|$)/;

/** Checks of the props that end in the workers' pods. */
export function checkPod(props: DistributedTrainingJobProps, framework: Framework, sink: ProblemSink): void {
  checkImage(props.image, sink);
  checkCommand(props.command, framework, sink);
  checkEnvironment(props, framework, sink);
  checkMounts(props, sink);
  checkNestedMounts(props, sink);
  checkUsers(props, sink);
  checkTolerations(props, sink);
  checkLabels('nodeSelector', props.nodeSelector, sink);
  checkLabels('podLabels', props.podLabels, sink);
  checkAnnotations(props.podAnnotations, sink);
  checkReserved(props, sink);
}

export function checkImage(image: string, sink: ProblemSink): void {
  const problem = { path: 'image', found: described(image), link: 'https://kubernetes.io/docs/concepts/containers/images/#image-names' };
  if (typeof image !== 'string' || image.trim() === '' || /\s/.test(image)) {
    sink.error({ ...problem, ruleId: 'api/image', expected: 'a reference without spaces', fix: 'use an image such as `ghcr.io/acme/train:1.4.2`' });
    return;
  }
  const tag = /:([^:/@]+)$/.exec(image)?.[1];
  if (image.includes('@sha256:') || (tag !== undefined && tag !== 'latest')) return;
  sink.warn({
    ...problem,
    ruleId: 'train/image-not-pinned',
    expected: 'a digest or a version: nodes may run different builds of a tag that moves',
    fix: 'pin the image by `@sha256:…` or by a version',
  });
}

function checkCommand(command: string[] | undefined, framework: Framework, sink: ProblemSink): void {
  if (!command) return;
  const problem = { path: 'command', found: JSON.stringify(command), ruleId: 'train/command' };
  if (command.length === 0 || command[0].trim() === '') {
    sink.error({ ...problem, expected: 'the training script and its arguments', fix: "set `command`, as ['train.py', '--epochs=90']" });
  } else if (isLauncher(command, framework)) {
    sink.error({
      ...problem,
      expected: `the ${framework._spec.runsPrograms ? 'program' : 'training script'} first: ${framework.name}'s launcher is put before it`,
      fix: "start with the script, or with '-m' and a module, and give each argument a text of its own",
    });
  } else if (/^-m\s|\s-/.test(command[0])) {
    sink.error({
      ...problem,
      expected: 'a text for each argument: no shell takes them apart',
      fix: `split it, as ${words(command[0])}`,
    });
  }
}

function words(line: string): string {
  return `[${line.trim().split(/\s+/).map(word => `'${word}'`).join(', ')}]`;
}

function isLauncher([first, second]: readonly string[], { _spec: { runsPrograms } }: Framework): boolean {
  if (runsPrograms) return MPI_LAUNCHERS.test(first);
  return LAUNCHERS.test(first) || (first === '-m' && LAUNCHER_MODULES.test(second ?? ''));
}

function checkEnvironment(props: DistributedTrainingJobProps, framework: Framework, sink: ProblemSink): void {
  for (const [prop, names] of [['env', Object.keys(props.env ?? {})], ['envValues', Object.keys(props.envValues ?? {})]] as const) {
    for (const name of names) {
      const path = `${prop}.${name}`;
      const own = name.startsWith(OWN_VARIABLES);
      const reserved = own ? 'the job sets such variables itself' : framework._spec.reserved(name);
      if (!ENV_NAME.test(name)) {
        sink.error({
          ruleId: 'api/env-name', path: `${prop}['${name}']`, expected: 'letters, digits, `_`, `-` and `.`, neither a digit nor `..` first',
          found: JSON.stringify(name), fix: 'rename the variable',
        });
      } else if (reserved) {
        sink.error({
          ruleId: 'train/reserved-env', path, expected: `no \`${name}\`: ${reserved}`, found: `a value for ${name}`, fix: `leave \`${name}\` out`,
          link: own ? undefined : framework._spec.docs,
        });
      } else if (prop === 'envValues' && props.env?.[name] !== undefined) {
        sink.error({ ruleId: 'silent/env-twice', path, expected: 'one value for each variable', found: `${name} in \`env\` too`, fix: 'remove one of them' });
      }
      if (prop === 'envValues' && isEmpty(props.envValues![name])) {
        sink.warn({
          ruleId: 'silent/env-empty', path, expected: 'a value', found: 'none: the process that wrote the manifests has no such variable',
          fix: 'set it there, and say `required: true`',
        });
      }
    }
  }
}

/** `EnvValue.fromProcess()` of a variable that is not set. */
function isEmpty({ value, valueFrom }: EnvValue): boolean {
  return valueFrom === undefined && (value === undefined || value === null);
}

function checkMounts(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  const taken = new Map<string, { by: string; mount?: Mount }>([['/dev/shm', { by: 'shared memory' }]]);
  const take = (path: string, prop: string, mount?: Mount): void => {
    checkMountPath(path, prop, sink);
    const at = String(path).replace(/\/+$/, '');
    const other = taken.get(at);
    if (other) {
      const fix = mount && other.mount && isSame(mount, other.mount) ? 'leave one of the two out: they mount the same' : 'mount it elsewhere';
      sink.error({ ruleId: 'api/mount-path', path: prop, expected: 'a path of its own', found: `${path}, where ${other.by} is`, fix });
    }
    taken.set(at, { by: `\`${prop}\``, mount });
  };
  if (props.checkpoints) take(props.checkpoints.path, 'checkpoints.path');
  for (const [prop, mounts] of [['datasets', props.datasets ?? []], ['volumes', props.volumes ?? []]] as const) {
    mounts.forEach((mount, i) => {
      take(mount.path, `${prop}[${i}].path`, mount);
      checkSource(mount, `${prop}[${i}]`, sink);
    });
  }
}

function isSame({ _spec: one }: Mount, { _spec: other }: Mount): boolean {
  return one.volume === other.volume && one.subPath === other.subPath && one.readOnly === other.readOnly && one.copy === other.copy;
}

/** The API server makes an empty directory of a volume without a source, and nobody notices until the data is gone. */
export function checkSource({ _spec: { volume, subPath } }: Mount, path: string, sink: ProblemSink): void {
  const sources = Object.entries(volume.source).filter(([, value]) => value != null);
  if (sources.length !== 1) {
    sink.error({
      ruleId: 'silent/volume-source',
      path,
      expected: 'exactly one volume source',
      found: sources.length === 0 ? 'none' : sources.map(([name]) => name).join(', '),
      fix: "name one, as PodVolume.fromWire({ csi: { driver: 'inline.example.com' } })",
      link: 'https://github.com/kubernetes/kubernetes/issues/66081',
    });
  }
  if (subPath !== undefined && (subPath === '' || subPath.startsWith('/') || subPath.split('/').includes('..'))) {
    sink.error({
      ruleId: 'api/sub-path', path: `${path}.subPath`, expected: 'a relative `subPath` without `..`', found: JSON.stringify(subPath), fix: 'name a directory of the volume',
    });
  }
}

function checkUsers(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  for (const path of ['runAsUser', 'runAsGroup'] as const) {
    checkUserId(props[path], { path, fix: `set \`${path}\` to the id in the image` }, sink);
  }
}

export function checkTolerations({ tolerations = [] }: Pick<DistributedTrainingJobProps, 'tolerations'>, sink: ProblemSink): void {
  tolerations.forEach(({ key, value, effect }, i) => {
    if (effect != null && !EFFECTS.includes(effect)) {
      sink.error({
        ruleId: 'api/toleration', path: `tolerations[${i}].effect`, expected: EFFECTS.join(', '), found: JSON.stringify(effect), fix: 'use one of them, or leave it out for all',
      });
    }
    if (value != null && !key) {
      sink.error({
        ruleId: 'api/toleration', path: `tolerations[${i}].key`, expected: 'a key beside the value', found: 'none', fix: 'name the key of the taint',
      });
    }
    if (key) checkLabelKey(`tolerations[${i}].key`, key, sink);
    if (value != null) checkLabelValue(`tolerations[${i}].value`, value, sink);
  });
}

/** Keys of annotations are those of labels but for the case of the domain. */
function checkAnnotations(annotations: { [name: string]: string } | undefined, sink: ProblemSink): void {
  for (const key of Object.keys(annotations ?? {})) checkLabelKey(`podAnnotations['${key}']`, key, sink, key.toLowerCase());
}
