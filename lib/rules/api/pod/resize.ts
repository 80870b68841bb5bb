import type { Json } from '../../engine/manifest';
import { errorRule } from '../../engine/rule';
import { oneOf, quoted } from '../../values/quote';
import { isSidecar, type ContainerSite } from './site';

const RESIZE_SINCE = 33;

export const RESIZE_POLICY = errorRule({
  id: 'api/resize-policy',
  title: 'resizePolicy names cpu and memory, each once, and a policy that the restart policy of the pod allows',
  why: 'A container that never restarts cannot be restarted for a resize, nor can an init container that ends. The API server refuses both, '
    + 'and other resources and policies.',
  fix: 'use NotRequired, or leave the policy out',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/',
  since: RESIZE_SINCE,
});

const RESOURCES = ['cpu', 'memory'];
const POLICIES = ['NotRequired', 'RestartContainer'];
const INIT_RESTART_REFUSED_SINCE = 36;

/** Paths are those of the server, which names the list for most faults of its entries. */
export function checkResizePolicy(site: ContainerSite): void {
  const { pod: { subject, spec }, container, path, isInit } = site;
  if (subject.minor < RESIZE_SINCE) return;
  const policies: readonly Json[] = container.resizePolicy;
  const endsItself = isInit && subject.minor >= INIT_RESTART_REFUSED_SINCE && !isSidecar(container, subject.minor);
  const seen = new Set<unknown>();
  for (let i = 0; i < policies.length; i++) {
    const { resourceName = '', restartPolicy = '' } = policies[i];
    const at = path.field('resizePolicy');
    if (seen.has(resourceName)) subject.report(RESIZE_POLICY, at.index(i), { expected: 'one policy for each resource', found: `${quoted(resourceName)} twice` });
    seen.add(resourceName);
    if (!RESOURCES.includes(resourceName)) subject.report(RESIZE_POLICY, at, { expected: `resourceName ${oneOf(RESOURCES)}`, found: quoted(resourceName) });
    if (!POLICIES.includes(restartPolicy)) subject.report(RESIZE_POLICY, at, { expected: `restartPolicy ${oneOf(POLICIES)}`, found: quoted(restartPolicy) });
    else if (restartPolicy !== 'NotRequired' && spec.restartPolicy === 'Never') {
      subject.report(RESIZE_POLICY, at, { expected: 'NotRequired in a pod that never restarts', found: quoted(restartPolicy) });
    }
    if (endsItself && restartPolicy === 'RestartContainer') {
      subject.report(RESIZE_POLICY, at.index(i).field('restartPolicy'), { expected: 'NotRequired in an init container that ends', found: quoted(restartPolicy) });
    }
  }
}
