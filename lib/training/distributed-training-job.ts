import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { CheckpointVolume } from '../storage/claims/checkpoint-volume';
import { ClaimExpansion } from '../storage/claims/claim-expansion';
import type { IClaim } from '../storage/claims/storage-claim';
import type { DistributedTrainingJobProps } from './distributed-training-job-props';
import { Engine } from './engine';
import { Framework } from './framework';
import { buildJob } from './job-builder';
import { applyPatches } from './patches';
import { checkpointClaimsOf, templateClaimsOf } from './pods/checkpoint-claims';

/**
 * Workers that train one model together: the workload, the headless Service that they find each other by, and the claims
 * for their checkpoints.
 *
 * @example
 *
 * new DistributedTrainingJob(chart, 'resnet', {
 *   image: 'ghcr.io/acme/train:1.4.2',
 *   command: ['train.py', '--epochs=90'],
 *   workers: 8,
 *   accelerator: Accelerator.nvidia(8),
 *   memory: Size.gibibytes(512),
 * });
 */
export class DistributedTrainingJob extends Construct {
  /** Name of the workload. */
  public readonly jobName: string;

  /** Name of the headless Service that gives the workers their DNS names; workers of a PyTorchJob have one each, called as the pod. */
  public readonly serviceName: string;

  /** Name by which the others reach worker 0, or the chief where there is one, inside the namespace. */
  public readonly masterAddress: string;

  /** The engine that was asked for or chosen. */
  public readonly engine: Engine;

  /** Names of the claims that hold the checkpoints, in the order of the workers; one for a shared claim. */
  public readonly checkpointClaims: string[];

  /** The same claims, to snapshot them all: one for each worker, or one for all. */
  public readonly checkpoints: IClaim[];

  /** The claims with the size that they grow to, and the steps to it; undefined where they do not grow. */
  public readonly expansion?: ClaimExpansion;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: DistributedTrainingJobProps) {
    super(scope, id);
    this.engine = props.engine ?? engineFor(props);
    const job = buildJob(this, props, this.engine);
    this.jobName = job.name;
    this.serviceName = job.name;
    this.masterAddress = job.masterAddress;
    this.checkpointClaims = job.checkpointClaims;
    this.checkpoints = checkpointClaimsOf(this, props.checkpoints, job.checkpointClaims);
    this.expansion = this.grow(props.checkpoints);
    if (job.checkpointClaim) new ApiObject(this, 'Checkpoints', job.checkpointClaim);
    if (job.service) new ApiObject(this, 'Service', job.service);
    for (const { id, props: object } of job.extra) new ApiObject(this, id, object);
    for (const { id, props: object } of job.workload) new ApiObject(this, id, object);
    if (props.patches) applyPatches(this, props.patches);
    if (this.expansion) ApiObject.of(this).addDependency(this.expansion);
  }

  private grow(checkpoints?: CheckpointVolume): ClaimExpansion | undefined {
    const size = checkpoints?._perWorker?.grownTo;
    return size && new ClaimExpansion(this, 'Expansion', { claims: templateClaimsOf(this.checkpoints, checkpoints), size });
  }
}

/** What is no framework or volume at all is told by the checks. */
function engineFor({ framework, checkpoints }: DistributedTrainingJobProps): Engine {
  const known = framework instanceof Object && '_spec' in framework ? framework : Framework._DEFAULT;
  return Engine._for(known, checkpoints);
}
