import type { ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { ProblemCollector } from '../findings/collector';
import { nameFor, WORKLOAD_NAME_MAX } from '../private/names';
import { targetOf } from '../private/target';
import { endsWithFirst } from './checks/elastic-checks';
import { checkJob } from './checks/job-checks';
import { checkIndexReferences } from './checks/reference-checks';
import { checkpointClaimNames, claimTemplatesOf, sharedClaimOf } from './pods/claims';
import type { DistributedTrainingJobProps } from './distributed-training-job-props';
import type { Engine } from './engine';
import type { Group, Place, RoleWorkload, WorkloadObject } from './engines/engine-spec';
import { extraObjects } from './extra-objects';
import { Framework } from './framework';
import { PAIRS } from './pairs';
import { checkPodSecurity } from './pods/pod-security';
import { gracePeriodSecondsOf, variablesOf, workerTemplate } from './pods/worker-pod';
import type { Role, RoleName } from './roles';

/** The objects of a job, ready to be constructs, and the names that others may ask for. */
export interface JobObjects {
  readonly name: string;
  readonly masterAddress: string;
  readonly checkpointClaims: string[];
  readonly checkpointClaim?: ApiObjectProps;
  /** Undefined where a controller makes it. */
  readonly service?: ApiObjectProps;
  /** What the pods refer to, besides claims and the Service. */
  readonly extra: readonly WorkloadObject[];
  readonly workload: readonly WorkloadObject[];
}

const DEFAULT_RESTARTS = 3;
/** Pods of an Indexed Job at most; no group is larger. */
const MOST_REPLICAS = 100_000;

/** @throws ValidationError naming every prop that cannot work */
export function buildJob(scope: Construct, props: DistributedTrainingJobProps, engine: Engine): JobObjects {
  const framework = props.framework ?? Framework._DEFAULT;
  checkJob(scope, props, { engine, framework });

  const [target, carrier, trainer] = [targetOf(scope), engine._spec, framework._spec];
  const wiring = PAIRS[trainer.id][carrier.id]!; // checked
  const roles = trainer.roles(props.workers, carrier.id);
  const name = props.name ?? nameFor(scope, Math.min(WORKLOAD_NAME_MAX, carrier.maxNameLength(largest(roles))));
  const group: Group = { name, roles, target, minWorkers: trainer.minWorkers };
  const places = new Map(roles.map(role => [role.name, carrier.place(group, role)]));
  const placeOf = (role: RoleName): Place => places.get(role)!;
  const jobLabels = { 'app.kubernetes.io/name': name };
  const claimNames = checkpointClaimNames(props, name, placeOf);

  const training = roles.find(({ accelerated }) => accelerated) ?? roles[0];
  const processesOf = (role: Role) => trainer.processes({
    jobName: name, role, roles, placeOf, wiring,
    devices: props.accelerator?._spec.processes ?? 0,
    gracePeriodSeconds: gracePeriodSecondsOf(props),
    command: props.command,
    mpi: carrier.mpi,
    variables: () => variablesOf(props, { jobName: name, jobLabels, role: training, roles }),
    addedVariables: props.identity?._addedVariables ?? [],
  });
  const trained = processesOf(training);
  const problems = new ProblemCollector(scope, 'DistributedTrainingJob');
  checkIndexReferences(props, trained.rankVariable, placeOf(training.name).index, problems);
  problems.throwIfAny();
  const workloadOf = (role: Role): RoleWorkload => {
    const selector = { ...jobLabels, 'app.kubernetes.io/component': role.name };
    return {
      role,
      selector,
      template: workerTemplate(props, {
        jobName: name, jobLabels, engine: carrier, framework: trainer, wiring, role, roles, selector, place: placeOf(role.name),
        processes: role === training ? trained : processesOf(role), claimName: claimNames[0],
      }),
      claims: role.mountsCheckpoints ? claimTemplatesOf(props.checkpoints, target) : undefined,
    };
  };
  const workloads = roles.map(workloadOf);
  checkPodSecurity(workloads.map(({ template }) => template.spec), problems);
  const labels = roles.length > 1 ? jobLabels : { ...jobLabels, 'app.kubernetes.io/component': roles[0].name };
  return {
    name,
    masterAddress: placeOf((roles.find(({ launches }) => !launches) ?? roles[0]).name).address(0),
    checkpointClaims: claimNames,
    checkpointClaim: sharedClaimOf(props, claimNames[0], target),
    service: carrier.makesService ? undefined : serviceOf(name, labels, trainer.port),
    extra: extraObjects(props, { jobName: name, roles, target, engine: carrier, minWorkers: trainer.minWorkers }),
    workload: carrier.objects({
      target,
      name,
      framework: trainer.id,
      wiring,
      processesPerWorker: trained.processes,
      port: trainer.port,
      minWorkers: trainer.minWorkers,
      serviceName: name,
      roles: workloads,
      labels: { ...labels, ...props.scheduling?._scheduling.labels },
      annotations: props.placement?._annotations,
      restarts: props.restarts ?? DEFAULT_RESTARTS,
      deadlineSeconds: props.deadline?.toSeconds(),
      ttlSecondsAfterFinished: props.ttlAfterFinished?.toSeconds(),
      firstDecides: props.success?._firstDecides === true || roles.some(({ ends }) => !ends) || endsWithFirst(props, trainer, target),
      failOnExitCodes: props.failOnExitCodes ?? [],
      gang: props.scheduling?._scheduling.gang,
    }),
  };
}

/**
 * The roles as an engine could be asked for at most: what it puts behind a name grows with them, and a name that is made must
 * stay when a job grows, since its claims have it.
 */
function largest(roles: readonly Role[]): Role[] {
  const grown = roles.map((role): Role => ({ ...role, replicas: Math.max(role.replicas, MOST_REPLICAS) }));
  return roles.length > 1 ? [...grown, { ...grown[0], name: 'evaluator' }] : grown;
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
