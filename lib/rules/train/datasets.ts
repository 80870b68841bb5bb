import type { Json } from '../engine/manifest';
import { warningRule } from '../engine/rule';
import { purposeOf, type Purpose } from '../values/purpose';
import { quoted } from '../values/quote';
import type { PodFacts } from './pod-facts';

export const DATASET_PER_WORKER = warningRule({
  id: 'train/dataset-per-worker',
  title: 'Workers share their dataset',
  why: 'A claim template makes an empty volume for each worker. Nothing fills it, it is paid for as many times as there are workers, and it stays when they are gone.',
  fix: 'mount one claim that all of them read, or fill the volume in an init container or from a snapshot (dataSourceRef)',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage',
});

const NONE: readonly Json[] = [];
/** What a claim template is for: by its name, or by where it is mounted. */
export function purposeOfTemplate({ pod, containers }: PodFacts, template: Json): Purpose | undefined {
  const name: string = template.metadata?.name ?? '';
  const purpose = purposeOf(name);
  if (purpose !== undefined || pod.claimTemplates.length === 0) return purpose;
  for (const { json } of containers) {
    for (const mount of (json.volumeMounts ?? NONE) as readonly Json[]) {
      if (mount.name === name) return purposeOf(mount.mountPath ?? '');
    }
  }
  return undefined;
}

/** Holds the claim templates of trainings. */
export function checkClaimTemplates(facts: PodFacts): void {
  const { pod } = facts;
  if (pod.claimTemplates.length === 0 || (pod.copies ?? 1) < 2) return;
  if (!facts.trainer) return;
  pod.claimTemplates.forEach((template, i) => {
    if (purposeOfTemplate(facts, template) !== 'dataset' || template.spec?.dataSourceRef || template.spec?.dataSource) return;
    const name: string = template.metadata?.name ?? '';
    if (facts.initContainers.some(({ json }) => json.volumeMounts?.some((mount: Json) => mount.name === name))) return;
    pod.subject.report(DATASET_PER_WORKER, pod.controllerPath.field('volumeClaimTemplates').index(i).fields('metadata', 'name'), {
      expected: `one claim that ${pod.copies} workers read`, found: `${quoted(name)}, an empty volume for each of them`,
    });
  });
}
