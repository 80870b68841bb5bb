import { DNS_LABEL_MAX } from '../../private/name-forms';
import type { ProblemSink } from '../../findings/collector';
import type { Container, PodTemplate } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { FrameworkId } from '../frameworks/framework-spec';
import { PAIRS } from '../pairs';
import type { EngineSpec, WorkloadObject, WorkloadRequest } from './engine-spec';
import { completionIndex } from './job-spec';
import { JOB_NAME_SUFFIX, jobSetSpec } from './job-set';

const GROUP = 'trainer.kubeflow.org';
/** What Kubeflow Trainer calls the replicated job that trains, and its container. */
const NODE = 'node';
/** Where it makes processes meet that it tells their place. */
const PORT = 29_500;
/** Fields of the container that the TrainJob has too. */
const SAID_BY_JOB: ReadonlySet<string> = new Set(['image', 'command', 'args']);
/** What Kubeflow Trainer has to see that a JobSet has ended, before it is gone. */
const LEAST_TTL_SECONDS = 60;
const TORCH_PLUGIN = 'https://github.com/kubeflow/trainer/blob/v2.3.0/pkg/runtime/framework/plugins/torch/torch.go';

/** The frameworks by the names that Kubeflow's SDK looks runtimes up by. */
const FRAMEWORKS: Readonly<Partial<Record<FrameworkId, string>>> = {
  deepspeed: 'deepspeed', jax: 'jax', tensorflow: 'tensorflow',
};

/**
 * A TrainingRuntime, which holds a JobSet, and the TrainJob that it is for. Kubeflow Trainer makes the JobSet of both
 * under the name of the TrainJob. What a TrainJob can say stands there alone: a change of it is refused, where one of the
 * runtime would only be of no effect on a job that was made.
 */
export const trainJob: EngineSpec = {
  id: 'trainJob',
  name: 'TrainJob',
  factory: 'Engine.trainJob()',
  apiVersion: `${GROUP}/v1alpha1`,
  kind: 'TrainJob',
  restartPolicy: 'Never',
  containerName: NODE,
  operatorPort: PORT,
  makesService: true,
  makesPodGroup: 'always',
  maxWorkers: 100_000,
  maxNameLength: ([{ replicas }]) => DNS_LABEL_MAX - `-${NODE}-0-${replicas - 1}${JOB_NAME_SUFFIX}`.length,
  place: ({ name, target }) => ({
    address: index => `${name}-${NODE}-0-${index}.${name}`,
    index: { kind: 'field', path: completionIndex(target) },
  }),
  // the webhook refuses a TrainJob whose runtime is not there
  objects: request => [runtimeOf(request), jobOf(request)],
  checkJob: (job, sink) => {
    checkPort(job, sink);
    checkTtl(job, sink);
  },
};

function runtimeOf(request: WorkloadRequest): WorkloadObject {
  const [{ role, selector, template }] = request.roles;
  const { queue } = request.gang ?? {};
  // the TrainJob has the deadline, for all attempts together
  const roles = [{ ...request.roles[0], template: withoutStart(template) }];
  const spec = jobSetSpec({ ...request, roles, deadlineSeconds: undefined }, () => NODE);
  return {
    id: 'Runtime',
    props: {
      apiVersion: trainJob.apiVersion,
      kind: 'TrainingRuntime',
      metadata: { name: request.name, labels: { ...selector, [`${GROUP}/framework`]: FRAMEWORKS[request.framework] ?? 'torch' } },
      spec: {
        mlPolicy: { numNodes: role.replicas, ...mlPolicy(request) },
        ...podGroupPolicy(request),
        template: {
          ...(queue !== undefined && { metadata: { annotations: { 'scheduling.volcano.sh/queue-name': queue } } }),
          spec: { ...spec, replicatedJobs: (spec.replicatedJobs as ReplicatedJob[]).map(asTrainer) },
        },
      },
    },
  };
}

function jobOf(request: WorkloadRequest): WorkloadObject {
  const [{ role, template }] = request.roles;
  const { image, command, args } = template.spec.containers.find(({ name }) => name === NODE)!;
  return {
    id: 'Resource',
    props: {
      apiVersion: trainJob.apiVersion,
      kind: trainJob.kind,
      metadata: { name: request.name, labels: request.labels, ...(request.annotations && { annotations: request.annotations }) },
      spec: {
        runtimeRef: { apiGroup: GROUP, kind: 'TrainingRuntime', name: request.name },
        trainer: {
          image,
          command,
          ...(args && { args }),
          numNodes: role.replicas,
          // without it their number is guessed, from the GPUs or from the CPU that is asked for
          ...('torch' in mlPolicy(request) && { numProcPerNode: request.processesPerWorker }),
        },
        ...(request.deadlineSeconds !== undefined && { activeDeadlineSeconds: request.deadlineSeconds }),
      },
    },
  };
}

/** Who tells the processes their place: a plugin of Kubeflow Trainer, or the pods themselves. */
function mlPolicy({ framework, wiring }: Pick<WorkloadRequest, 'framework' | 'wiring'>): Record<string, unknown> {
  if (wiring === 'pod') return {};
  return framework === 'jax' ? { jax: {} } : { torch: {} };
}

/** Kubeflow Trainer makes the group of pods, and puts them into it. */
function podGroupPolicy({ gang }: WorkloadRequest): Record<string, unknown> {
  if (!gang) return {};
  if (gang.scheduler === 'volcano') return { podGroupPolicy: { volcano: {} } };
  const timeout = gang.timeoutSeconds;
  return { podGroupPolicy: { coscheduling: { ...(timeout !== undefined && { scheduleTimeoutSeconds: timeout }) } } };
}

interface ReplicatedJob {
  readonly name: string;
  readonly template: Readonly<Record<string, unknown>>;
}

/** Only a job with the label gets what the TrainJob says. */
function asTrainer(job: ReplicatedJob): ReplicatedJob {
  return { ...job, template: { metadata: { labels: { [`${GROUP}/trainjob-ancestor-step`]: 'trainer' } }, ...job.template } };
}

function withoutStart(template: PodTemplate): PodTemplate {
  const containers = template.spec.containers.map(container => container.name === NODE ? settingsOf(container) : container);
  return { ...template, spec: { ...template.spec, containers } };
}

/** All of the container but what the TrainJob says. */
function settingsOf(container: Container): Container {
  return Object.fromEntries(Object.entries(container).filter(([field]) => !SAID_BY_JOB.has(field))) as unknown as Container;
}

/** The port of processes that the operator tells their place is not ours to choose. JAX has another by itself, and tells it. */
function checkPort({ framework }: Partial<DistributedTrainingJobProps>, sink: ProblemSink): void {
  const spec = framework?._spec;
  if (!spec || spec.id === 'jax' || PAIRS[spec.id].trainJob !== 'operator' || spec.port === PORT) return;
  sink.error({
    ruleId: 'train/engine-cannot',
    path: 'framework.port',
    expected: `${PORT}: Kubeflow Trainer lets the processes meet there`,
    found: String(spec.port),
    fix: 'leave `port` out, or use Engine.jobSet()',
    link: TORCH_PLUGIN,
  });
}

/** A JobSet that is not there is made again, unless its end was seen: the training would begin anew. */
function checkTtl({ ttlAfterFinished }: Partial<DistributedTrainingJobProps>, sink: ProblemSink): void {
  const seconds = ttlAfterFinished?.toSeconds({ integral: false });
  if (seconds === undefined || seconds >= LEAST_TTL_SECONDS) return;
  sink.error({
    ruleId: 'train/engine-cannot',
    path: 'ttlAfterFinished',
    expected: `at least ${LEAST_TTL_SECONDS} s: Kubeflow Trainer makes a JobSet again that is gone before it has seen its end`,
    found: `${seconds} s`,
    fix: 'set `ttlAfterFinished` to Duration.minutes(1) or more, or use Engine.jobSet()',
    link: 'https://github.com/kubeflow/trainer/blob/v2.3.0/pkg/runtime/framework/plugins/jobset/jobset.go',
  });
}
