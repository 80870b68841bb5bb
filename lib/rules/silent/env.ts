import type { Json } from '../engine/manifest';
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

const LISTS = ['initContainers', 'containers'] as const;

/** Looks for variables that hide others of the same name; one that takes up the value before it is no mistake. */
export function checkEnv(pod: PodSubject): void {
  for (const list of LISTS) {
    const containers: readonly Json[] | undefined = pod.spec[list];
    if (containers === undefined) continue;
    for (let i = 0; i < containers.length; i++) {
      const env: readonly Json[] | undefined = containers[i].env;
      if (env === undefined || env.length < 2) continue;
      for (const j of repeats(env, 'name')) {
        if (takesUp(env[j])) continue;
        pod.subject.report(ENV_TWICE, pod.path.field(list).index(i).field('env').index(j), { expected: 'a name of its own', found: `${quoted(env[j].name)} again` });
      }
    }
  }
}

/** `PATH: $(PATH):/opt/bin`. */
function takesUp({ name, value, valueFrom }: Json): boolean {
  const before = `$(${name})`;
  return valueFrom === undefined && typeof value === 'string' && value !== before && value.includes(before);
}
