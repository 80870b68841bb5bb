import type { ProblemSink } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';

/** A label or an annotation of pods that the user's own would take the place of. */
interface Reserved {
  /** The key, or how it begins where it ends with `/` or `-`. */
  readonly key: string;
  /** Who reads it, for people. */
  readonly reader: string;
  readonly fix: string;
  readonly props: readonly ('podLabels' | 'podAnnotations')[];
}

const LABEL = ['podLabels'] as const;
const ANNOTATION = ['podAnnotations'] as const;
const BOTH = [...LABEL, ...ANNOTATION];
const LEAVE = 'leave it out';
const KUEUE = 'use `scheduling: JobScheduling.kueue({ queue })`: the label belongs to the workload';

const RESERVED: readonly Reserved[] = [
  { key: 'app.kubernetes.io/name', reader: 'the job finds its pods by this one', fix: 'use another key, or `name` for the name of the job', props: LABEL },
  { key: 'app.kubernetes.io/component', reader: 'the job finds its pods by this one', fix: 'use another key, or `name` for the name of the job', props: LABEL },
  { key: 'scheduling.k8s.io/group-name', reader: 'Volcano finds the gang of a pod by this one', fix: 'use `scheduling: JobScheduling.volcano()`', props: ANNOTATION },
  {
    key: 'scheduling.x-k8s.io/pod-group', reader: 'the coscheduling plugin finds the gang of a pod by this one',
    fix: 'use `scheduling: JobScheduling.coscheduling()`', props: LABEL,
  },
  { key: 'kueue.x-k8s.io/queue-name', reader: 'Kueue would queue each pod by itself, beside the job', fix: KUEUE, props: LABEL },
  {
    key: 'kueue.x-k8s.io/podset-', reader: 'Kueue places the pods by this one',
    fix: 'use `topology` of `JobScheduling.kueue()`', props: ANNOTATION,
  },
  { key: 'batch.kubernetes.io/', reader: 'the controller of Jobs writes it', fix: LEAVE, props: BOTH },
  { key: 'apps.kubernetes.io/', reader: 'the controller of StatefulSets writes it', fix: LEAVE, props: BOTH },
  { key: 'statefulset.kubernetes.io/', reader: 'the controller of StatefulSets writes it', fix: LEAVE, props: BOTH },
  { key: 'leaderworkerset.sigs.k8s.io/', reader: 'the controller of LeaderWorkerSets writes it', fix: LEAVE, props: BOTH },
  { key: 'training.kubeflow.org/', reader: 'the operator of the job writes it', fix: LEAVE, props: BOTH },
  { key: 'jobset.sigs.k8s.io/', reader: 'the controller of JobSets writes it', fix: LEAVE, props: BOTH },
  {
    key: 'alpha.jobset.sigs.k8s.io/', reader: 'the controller of JobSets keeps places for a job by it',
    fix: 'use `placement: Placement.exclusive()`', props: BOTH,
  },
];

/** Labels and annotations of the user that would take the place of what the job or its controllers write. */
export function checkReserved(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  for (const prop of ['podLabels', 'podAnnotations'] as const) {
    const kind = prop === 'podLabels' ? 'a label' : 'an annotation';
    for (const [key, value] of Object.entries(props[prop] ?? {})) {
      const found = [...RESERVED, ...identityOf(props)].find(one => one.props.includes(prop) && isMeant(key, one.key));
      if (!found) continue;
      sink.error({
        ruleId: 'train/reserved-label', path: `${prop}['${key}']`, expected: `${kind} of your own: ${found.reader}`, found: JSON.stringify(value), fix: found.fix,
      });
    }
  }
}

/** What an account of your own asks of the pods is yours to say. */
function identityOf({ identity }: DistributedTrainingJobProps): Reserved[] {
  return Object.keys(identity?._podLabels ?? {}).map(key => ({
    key, reader: '`identity` sets it, so that the pods get their tokens', fix: LEAVE, props: LABEL,
  }));
}

function isMeant(key: string, reserved: string): boolean {
  return /[/-]$/.test(reserved) ? key.startsWith(reserved) : key === reserved;
}
