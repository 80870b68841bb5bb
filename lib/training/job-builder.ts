import type { ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesVersion } from '../kubernetes-version';
import { nameFor, WORKLOAD_NAME_MAX } from '../private/names';
import { targetOf } from '../private/target';
import { canShare, claimSpec, singlePodMode } from '../storage/claims/claim';
import { ClaimRetention, PerWorkerCheckpointProps } from '../storage/claims/checkpoint-volume';
import { Durability, keepAnnotations } from '../storage/tiers/durability';
import type { DistributedTrainingJobProps } from './distributed-training-job';
import type { ClaimTemplates, Engine } from './engine';
import { Framework } from './framework';
import { checkJob } from './job-checks';
import { gracePeriodSecondsOf, workerTemplate } from './worker-pod';

/** The objects of a job, ready to be constructs, and the names that others may ask for. */
export interface JobObjects {
  readonly name: string;
  readonly masterAddress: string;
  readonly checkpointClaims: string[];
  readonly checkpointClaim?: ApiObjectProps;
  readonly service: ApiObjectProps;
  readonly workload: ApiObjectProps;
}

const DEFAULT_RESTARTS = 3;

/** @throws ValidationError naming every prop that cannot work */
export function buildJob(scope: Construct, props: DistributedTrainingJobProps, engine: Engine): JobObjects {
  const name = props.name ?? nameFor(scope, WORKLOAD_NAME_MAX);
  const framework = props.framework ?? Framework.pytorch();
  checkJob(scope, props, { name, engine, framework });

  const target = targetOf(scope);
  const masterAddress = `${name}-0.${name}`;
  const selector = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'worker' };
  const processes = framework._spec.processes({
    workers: props.workers,
    devices: props.accelerator?.count ?? 0,
    masterAddress,
    rankFieldPath: engine._spec.rankFieldPath(target),
    gracePeriodSeconds: gracePeriodSecondsOf(props),
    command: props.command,
  });
  const claimNames = claimNamesOf(props, name);
  return {
    name,
    masterAddress,
    checkpointClaims: claimNames,
    checkpointClaim: sharedClaimOf(props, claimNames[0], target),
    service: serviceOf(name, selector, framework._spec.port),
    workload: {
      apiVersion: engine._spec.apiVersion,
      kind: engine._spec.kind,
      metadata: { name, labels: selector },
      spec: engine._spec.spec({
        target,
        workers: props.workers,
        serviceName: name,
        selector,
        template: workerTemplate(props, { engine, framework, selector, processes, claimName: claimNames[0] }),
        claims: props.checkpoints?._perWorker && templatesOf(props.checkpoints._perWorker, props.checkpoints._volumeName, scope),
        restarts: props.restarts ?? DEFAULT_RESTARTS,
        deadlineSeconds: props.deadline?.toSeconds(),
        ttlSecondsAfterFinished: props.ttlAfterFinished?.toSeconds(),
      }),
    },
  };
}

/** Worker 0 must be found before it is ready: it gets ready only when all have met. */
function serviceOf(name: string, selector: Record<string, string>, port: number): ApiObjectProps {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: selector },
    spec: {
      clusterIP: 'None',
      ports: [{ name: 'rendezvous', port, protocol: 'TCP', targetPort: port }],
      publishNotReadyAddresses: true,
      selector,
      type: 'ClusterIP',
    },
  };
}

function templatesOf(props: PerWorkerCheckpointProps, name: string, scope: Construct): ClaimTemplates {
  const mode = singlePodMode(props.tier.backend._driver, targetOf(scope));
  const durability = props.durability ?? Durability.PRECIOUS;
  const retention = durability === Durability.PRECIOUS ? ClaimRetention.RETAIN : ClaimRetention.DELETE;
  return {
    name,
    spec: claimSpec({ className: props.tier.className, size: props.size, mode }),
    whenDeleted: props.whenDeleted ?? retention,
    whenScaled: props.whenScaled ?? retention,
  };
}

function claimNamesOf({ checkpoints, workers }: DistributedTrainingJobProps, job: string): string[] {
  if (!checkpoints) return [];
  if (checkpoints._existing) return [checkpoints._existing.claimName];
  if (checkpoints._shared) return [`${job}-${checkpoints._volumeName}`];
  return Array.from({ length: workers }, (_, worker) => `${checkpoints._volumeName}-${job}-${worker}`);
}

function sharedClaimOf(props: DistributedTrainingJobProps, name: string, target: KubernetesVersion): ApiObjectProps | undefined {
  const shared = props.checkpoints?._shared;
  if (!shared) return undefined;
  const driver = shared.tier.backend._driver;
  // a single worker needs no file system that many nodes reach
  const mode = canShare(shared.tier) ? 'ReadWriteMany' : singlePodMode(driver, target);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, annotations: keepAnnotations(shared.durability ?? Durability.PRECIOUS) },
    spec: claimSpec({ className: shared.tier.className, size: shared.size, mode }),
  };
}
