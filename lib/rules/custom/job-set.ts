import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import type { Subject } from '../engine/subject';

/** The spec of a JobSet: its own, or that of the JobSet which a runtime makes for each TrainJob. */
export interface JobSetSpec {
  readonly subject: Subject;
  readonly spec: Json;
  readonly path: Path;
  readonly jobs: readonly Json[];
}

export const JOB_SET_WEBHOOK = 'https://github.com/kubernetes-sigs/jobset/blob/main/pkg/webhooks/jobset_webhook.go';
export const JOB_SET_REFUSES = 'The webhook of JobSet refuses the object.';

const SPEC = Path.ROOT.field('spec');
const RUNTIME_SPEC = SPEC.fields('template', 'spec');
const NONE: readonly Json[] = [];

export function jobSetSpec(subject: Subject): JobSetSpec {
  const spec: Json = subject.json.spec ?? {};
  return { subject, spec, path: SPEC, jobs: spec.replicatedJobs ?? NONE };
}

export function runtimeSpec(subject: Subject): JobSetSpec {
  const spec: Json = subject.json.spec?.template?.spec ?? {};
  return { subject, spec, path: RUNTIME_SPEC, jobs: spec.replicatedJobs ?? NONE };
}

/** Where a replicated job stands. */
export function jobPath(path: Path, i: number): Path {
  return path.field('replicatedJobs').index(i);
}
