import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { nearest } from '../../private/nearest';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';

type Key = keyof DistributedTrainingJobProps;

/** All props of a job: the compiler holds them to the interface. */
const KNOWN: Readonly<Record<Key, true>> = {
  image: true, command: true, workers: true, memory: true, framework: true, engine: true, accelerator: true, fabric: true, nodes: true,
  cpu: true, sharedMemory: true, datasets: true, streams: true, checkpoints: true, volumes: true, env: true, envValues: true,
  nodeSelector: true, tolerations: true, placement: true, priorityClass: true, disruptable: true, identity: true, serviceAccount: true,
  imagePullSecrets: true, initContainers: true, sidecars: true, liveness: true, readiness: true, runAsUser: true, runAsGroup: true,
  terminationGracePeriod: true, restarts: true, deadline: true, success: true, failOnExitCodes: true, scheduling: true,
  ttlAfterFinished: true, name: true, podLabels: true, podAnnotations: true, patches: true,
};
/** What others call them, where the name alone does not lead there. */
const ALSO_CALLED = new Map<string, Key>([
  ['gpu', 'accelerator'], ['gpus', 'accelerator'], ['resources', 'accelerator'], ['replicas', 'workers'], ['nodeCount', 'workers'], ['numNodes', 'workers'],
  ['args', 'command'], ['labels', 'podLabels'], ['annotations', 'podAnnotations'], ['affinity', 'placement'], ['queue', 'scheduling'],
  ['priorityClassName', 'priorityClass'], ['serviceAccountName', 'serviceAccount'], ['backoffLimit', 'restarts'], ['retries', 'restarts'],
  ['activeDeadlineSeconds', 'deadline'], ['timeout', 'deadline'], ['ttlSecondsAfterFinished', 'ttlAfterFinished'], ['shm', 'sharedMemory'],
  ['terminationGracePeriodSeconds', 'terminationGracePeriod'], ['livenessProbe', 'liveness'], ['readinessProbe', 'readiness'],
]);

/** Reports props that a job has not: what they ask for would be missing without a word. */
export function checkKnown(props: object, sink: ProblemSink): void {
  for (const [name, value] of Object.entries(props)) {
    if (value == null || Object.prototype.hasOwnProperty.call(KNOWN, name)) continue;
    const near = ALSO_CALLED.get(name) ?? nearest(name, Object.keys(KNOWN));
    sink.error({
      ruleId: 'props/unknown', path: name, expected: 'a prop of a DistributedTrainingJob', found: described(value),
      fix: near ? `did you mean \`${near}\`?` : 'leave it out',
    });
  }
}
