import { Audit, type Place } from './audit/audit';
import { auditDataset } from './audit/datasets';
import { auditFramework } from './audit/framework';
import { auditNodes } from './audit/nodes';
import { auditPods } from './audit/pods';
import { emittedOf } from './audit/templates';
import { auditCheckpoints, auditVolume } from './audit/volumes';
import { auditWorkload } from './audit/workload';
import type { Manifest } from './manifests';
import { planOf } from './requests/plan';
import type { Request } from './requests/types';

export type { Place } from './audit/audit';

/** What of a request is not in the manifests, and where all the rest stands. */
export function audit({ job, datasets }: Request, manifests: readonly Manifest[]): { missing: string[]; places: Place[] } {
  const of = new Audit(manifests);
  const plan = planOf(job);
  const emitted = emittedOf(of, job, plan);
  auditWorkload(of, job, plan, emitted);
  auditPods(of, job, emitted);
  auditNodes(of, job, emitted);
  auditFramework(of, job, plan, emitted);
  for (const template of emitted.templates) {
    const { readsData, mountsCheckpoints } = template.role;
    if (job.checkpoints && mountsCheckpoints) auditCheckpoints(of, job.checkpoints, plan, template);
    if (!readsData) continue;
    job.volumes.forEach((volume, i) => auditVolume(of, template, `/volumes/${i}`, volume));
    datasets.forEach((dataset, i) => auditDataset(of, template, `/data/${i}`, dataset));
  }
  return of;
}
