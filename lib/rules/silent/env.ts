import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { warningRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { repeats } from '../values/repeats';

export const ENV_TWICE = warningRule({
  id: 'silent/env-twice',
  title: 'Each variable of a container is written once',
  why: 'The last one wins, and `kubectl apply` may drop either of them later.',
  fix: 'remove one of the two',
  link: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
});

export const ENV_REFERENCE = warningRule({
  id: 'silent/env-reference',
  title: 'A variable refers to variables that stand before it',
  why: 'The kubelet puts in what it has read so far. `$(NAME)` of a variable further down, or of one that a controller adds at the end, stays as it is written, and the process gets the text.',
  fix: 'write the variable before the one that refers to it; what a controller adds can stand in `command` and `args`',
  link: 'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
});

/** What controllers and operators add behind the variables of a pod. */
const ADDED: Readonly<Record<string, RegExp>> = {
  Job: /^JOB_COMPLETION_INDEX$/,
  JobSet: /^JOB_COMPLETION_INDEX$/,
  TrainingRuntime: /^(JOB_COMPLETION_INDEX|PET_(NNODES|NODE_RANK|NPROC_PER_NODE|MASTER_ADDR|MASTER_PORT)|JAX_\w+)$/,
  PyTorchJob: /^(RANK|WORLD_SIZE|MASTER_ADDR|MASTER_PORT|PET_\w+)$/,
};
const REFERENCE = /\$\$|\$\(([-._A-Za-z0-9]+)\)/g;

const LISTS = ['initContainers', 'containers'] as const;

/** Looks for variables that hide others of the same name; one that takes up the value before it is no mistake. */
export function checkEnv(pod: PodSubject): void {
  for (const list of LISTS) {
    const containers: readonly Json[] | undefined = pod.spec[list];
    if (containers === undefined) continue;
    for (let i = 0; i < containers.length; i++) {
      const env: readonly Json[] | undefined = containers[i].env;
      if (env === undefined) continue;
      checkReferences(pod, env, pod.path.field(list).index(i).field('env'));
      if (env.length < 2) continue;
      for (const j of repeats(env, 'name')) {
        if (takesUp(env[j])) continue;
        pod.subject.report(ENV_TWICE, pod.path.field(list).index(i).field('env').index(j), { expected: 'a name of its own', found: `${quoted(env[j].name)} again` });
      }
    }
  }
}

/** A name that nothing knows may be meant for the process; one that comes later never is. */
function checkReferences(pod: PodSubject, env: readonly Json[], path: Path): void {
  for (let i = 0; i < env.length; i++) {
    const value: unknown = env[i].value;
    if (typeof value !== 'string' || !value.includes('$(')) continue;
    for (const [, name] of value.matchAll(REFERENCE)) {
      if (name === undefined || env.slice(0, i).some(before => before.name === name)) continue;
      const isLater = env.slice(i).some(later => later.name === name);
      if (!isLater && !ADDED[pod.kind]?.test(name)) continue;
      pod.subject.report(ENV_REFERENCE, path.index(i).field('value'), {
        expected: `${name} before ${env[i].name}`,
        found: isLater ? `$(${name}), which is defined ${env[i].name === name ? 'by itself' : 'after it'}` : `$(${name}), which the controller adds behind all others`,
      });
    }
  }
}

/** `PATH: $(PATH):/opt/bin`. */
function takesUp({ name, value, valueFrom }: Json): boolean {
  const before = `$(${name})`;
  return valueFrom === undefined && typeof value === 'string' && value !== before && value.includes(before);
}
