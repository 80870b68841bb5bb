import { type Controller, podFrom, suffixOf, type Wire, withContainers } from '../objects';
import { since } from '../since';

const INDEX = 'batch.kubernetes.io/job-completion-index';
/** What the API server leaves of the name that it puts a suffix behind. */
const GENERATED_MAX = 58;

/** @see https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/job/indexed_job_utils.go */
export const job: Controller = ({ metadata, spec }, { target }) => {
  const name = metadata.name as string;
  const labels = { 'batch.kubernetes.io/job-name': name, 'job-name': name };
  if (spec.completionMode !== 'Indexed') {
    return Array.from({ length: spec.parallelism ?? 1 }, (_, i) => podFrom(spec.template, `${name.slice(0, GENERATED_MAX - 1)}-${suffixOf(`${name}${i}`)}`, { labels }));
  }
  const length = Math.min((spec.completions ?? 1) as number, (spec.parallelism ?? 1) as number);
  return Array.from({ length }, (_, index) => {
    const middle = `-${index}-`;
    const pod = podFrom(spec.template, `${name.slice(0, GENERATED_MAX - middle.length)}${middle}${suffixOf(`${name}${index}`)}`, {
      labels: { ...labels, ...since(28, target) && { [INDEX]: String(index) } },
      annotations: { [INDEX]: String(index) },
    });
    const path = `metadata.${since(28, target) ? 'labels' : 'annotations'}['${INDEX}']`;
    return { ...pod, spec: { ...withContainers(pod.spec, container => withIndex(container, path)), hostname: `${name}-${index}` } };
  });
};

/** Behind the container's own variables, so that none of them can refer to it. */
function withIndex(container: Wire, fieldPath: string): Wire {
  const env = (container.env ?? []) as Wire[];
  if (env.some(({ name }) => name === 'JOB_COMPLETION_INDEX')) return container;
  return { ...container, env: [...env, { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { fieldPath } } }] };
}
