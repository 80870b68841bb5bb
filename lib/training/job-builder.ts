import type { ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { nameFor, WORKLOAD_NAME_MAX } from '../private/names';
import { targetOf } from '../private/target';
import { checkJob } from './checks/job-checks';
import { checkpointClaimNames, claimTemplatesOf, sharedClaimOf } from './pods/claims';
import type { DistributedTrainingJobProps } from './distributed-training-job-props';
import type { Engine } from './engine';
import type { Group, Place, RoleWorkload, WorkloadObject } from './engines/engine-spec';
import { Framework } from './framework';
import { PAIRS } from './pairs';
import { gracePeriodSecondsOf, workerTemplate } from './pods/worker-pod';
import type { Role, RoleName } from './roles';

/** The objects of a job, ready to be constructs, and the names that others may ask for. */
export interface JobObjects {
  readonly name: string;
  readonly masterAddress: string;
  readonly checkpointClaims: string[];
  readonly checkpointClaim?: ApiObjectProps;
  /** Undefined where a controller makes it. */
  readonly service?: ApiObjectProps;
  readonly workload: readonly WorkloadObject[];
}

const DEFAULT_RESTARTS = 3;

/** @throws ValidationError naming every prop that cannot work */
export function buildJob(scope: Construct, props: DistributedTrainingJobProps, engine: Engine): JobObjects {
  const name = props.name ?? nameFor(scope, WORKLOAD_NAME_MAX);
  const framework = props.framework ?? Framework.pytorch();
  checkJob(scope, props, { name, engine, framework });

  const [target, carrier, trainer] = [targetOf(scope), engine._spec, framework._spec];
  const wiring = PAIRS[trainer.id][carrier.id]!; // checked
  const roles = trainer.roles(props.workers);
  const group: Group = { name, roles, target };
  const places = new Map(roles.map(role => [role.name, carrier.place(group, role)]));
  const placeOf = (role: RoleName): Place => places.get(role)!;
  const jobLabels = { 'app.kubernetes.io/name': name };
  const claimNames = checkpointClaimNames(props, name, placeOf);

  const processesOf = (role: Role) => trainer.processes({
    jobName: name, role, roles, placeOf, wiring,
    devices: props.accelerator?.count ?? 0,
    gracePeriodSeconds: gracePeriodSecondsOf(props),
    command: props.command,
  });
  const workloadOf = (role: Role): RoleWorkload => {
    const selector = { ...jobLabels, 'app.kubernetes.io/component': role.name };
    return {
      role,
      selector,
      template: workerTemplate(props, {
        jobName: name, jobLabels, engine: carrier, framework: trainer, wiring, role, selector, place: placeOf(role.name),
        processes: processesOf(role), claimName: claimNames[0],
      }),
      claims: role.mountsCheckpoints ? claimTemplatesOf(props.checkpoints, target) : undefined,
    };
  };
  const labels = roles.length > 1 ? jobLabels : { ...jobLabels, 'app.kubernetes.io/component': roles[0].name };
  return {
    name,
    masterAddress: placeOf(roles[0].name).address(0),
    checkpointClaims: claimNames,
    checkpointClaim: sharedClaimOf(props, claimNames[0], target),
    service: carrier.makesService ? undefined : serviceOf(name, labels, trainer.port),
    workload: carrier.objects({
      target,
      name,
      framework: trainer.id,
      wiring,
      processesPerWorker: processesOf(roles.find(({ accelerated }) => accelerated) ?? roles[0]).processes,
      port: trainer.port,
      minWorkers: trainer.minWorkers,
      serviceName: name,
      roles: roles.map(workloadOf),
      labels,
      restarts: props.restarts ?? DEFAULT_RESTARTS,
      deadlineSeconds: props.deadline?.toSeconds(),
      ttlSecondsAfterFinished: props.ttlAfterFinished?.toSeconds(),
      firstDecides: roles.some(({ ends }) => !ends),
      failOnExitCodes: [],
    }),
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
