import { createHash } from 'node:crypto';
import { type Controller, copyOf, namespaceOf, type Wire } from '../objects';

/**
 * Its webhook's defaults, then a Job for each replica and the Service that their pods are found by.
 *
 * @see https://github.com/kubernetes-sigs/jobset/blob/main/pkg/controllers/jobset_controller.go
 * @see https://github.com/kubernetes-sigs/jobset/blob/main/pkg/webhooks/jobset_webhook.go
 */
export const jobSet: Controller = (set, { objects }) => {
  const { enableDNSHostnames = true, subdomain = set.metadata.name, publishNotReadyAddresses = true } = set.spec.network ?? {};
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: subdomain },
    spec: { clusterIP: 'None', selector: { 'jobset.sigs.k8s.io/jobset-name': set.metadata.name }, publishNotReadyAddresses },
  };
  const isThere = objects.some(({ kind, metadata }) =>
    kind === 'Service' && metadata.name === subdomain && namespaceOf({ metadata }) === namespaceOf(set));
  return [
    ...enableDNSHostnames && !isThere ? [service] : [],
    ...((set.spec.replicatedJobs ?? []) as Wire[]).flatMap(of => jobsOf(set, of, enableDNSHostnames ? subdomain as string : undefined)),
  ];
};

/** What Kubernetes puts behind the name of a pod of a Job. */
const SUFFIX = '-abcde';

/** The webhook refuses names that the API server would shorten. */
function checkPodName(name: string): void {
  if (name.length > 63) throw new Error(`JobSet: a pod would be called ${name}, of ${name.length} characters`);
}

function jobsOf(set: Wire, of: Wire, subdomain: string | undefined): Wire[] {
  return Array.from({ length: of.replicas ?? 1 }, (_, index) => {
    const { metadata = {}, spec } = copyOf(of.template);
    const name = `${set.metadata.name}-${of.name}-${index}`;
    checkPodName(`${name}-${(spec.completions ?? 1) - 1}${SUFFIX}`);
    const marks = marksOf(set, of, index);
    const marked = (of: Wire): Wire => ({ labels: { ...of.labels, ...marks }, annotations: { ...of.annotations, ...marks } });
    const { template } = spec;
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { ...metadata, name, ...marked(metadata) },
      spec: {
        completionMode: 'Indexed',
        ...spec,
        template: {
          metadata: { ...template.metadata, ...marked(template.metadata ?? {}) },
          spec: { restartPolicy: 'OnFailure', ...template.spec, ...subdomain && { subdomain } },
        },
      },
    };
  });
}

/** The same as labels and as annotations, on jobs and pods. */
function marksOf({ metadata, spec }: Wire, { name, replicas = 1 }: Wire, index: number): Record<string, string> {
  const key = 'jobset.sigs.k8s.io/';
  const all = spec.replicatedJobs as Wire[];
  const before = all.slice(0, all.findIndex(other => other.name === name));
  const count = (jobs: Wire[]): number => jobs.reduce((sum, job) => sum + (job.replicas ?? 1), 0) as number;
  return {
    [`${key}jobset-name`]: metadata.name,
    [`${key}replicatedjob-name`]: name,
    [`${key}restart-attempt`]: '0',
    [`${key}replicatedjob-replicas`]: String(replicas),
    [`${key}global-replicas`]: String(count(all)),
    [`${key}job-index`]: String(index),
    [`${key}job-key`]: createHash('sha1').update(`${namespaceOf({ metadata })}/${metadata.name}-${name}-${index}`).digest('hex'),
    [`${key}job-global-index`]: String(count(before) + index),
    ...spec.coordinator && { [`${key}coordinator`]: coordinatorOf(metadata.name as string, spec) },
  };
}

function coordinatorOf(name: string, { coordinator: { replicatedJob, jobIndex = 0, podIndex = 0 }, network }: Wire): string {
  return `${name}-${replicatedJob}-${jobIndex}-${podIndex}.${network?.subdomain ?? name}`;
}
