import type { RuleRoom } from '../../engine/room';
import { checkCronJob, CONCURRENCY_POLICY, SCHEDULE, TIME_ZONE } from './cron-job';
import { COMPLETION_MODE, INDEX_LIMITS } from './indexed';
import { checkJob, DERIVED_NAME, MANAGED_BY, REPLACEMENT_POLICY } from './job';
import { JOB_SELECTOR } from './job-selector';
import { NEGATIVE_NUMBER } from './numbers';
import { POD_FAILURE_POLICY } from './pod-failure-policy';
import {
  checkDaemonSet, checkDeployment, checkPodTemplate, checkReplicaSet, checkReplicationController, PROGRESS_DEADLINE,
} from './replicated';
import { SELECTOR, TEMPLATE_LABELS } from './selector';
import { checkStatefulSet, CLAIM_RETENTION, POD_MANAGEMENT_POLICY, SERVICE_NAME } from './stateful-set';
import { ROLLING_UPDATE, UPDATE_STRATEGY } from './strategies';
import { SUCCESS_POLICY } from './success-policy';
import { TEMPLATE_DEADLINE, TEMPLATE_RESTART_POLICY } from './templates';

export const API_WORKLOADS: RuleRoom = {
  rules: [
    SELECTOR, TEMPLATE_LABELS, TEMPLATE_RESTART_POLICY, TEMPLATE_DEADLINE, NEGATIVE_NUMBER, UPDATE_STRATEGY, ROLLING_UPDATE,
    PROGRESS_DEADLINE,
    POD_MANAGEMENT_POLICY, SERVICE_NAME, CLAIM_RETENTION, COMPLETION_MODE, INDEX_LIMITS, DERIVED_NAME, JOB_SELECTOR, POD_FAILURE_POLICY,
    SUCCESS_POLICY, REPLACEMENT_POLICY, MANAGED_BY, SCHEDULE, TIME_ZONE, CONCURRENCY_POLICY,
  ],
  objects: {
    PodTemplate: [checkPodTemplate],
    ReplicationController: [checkReplicationController],
    'apps/DaemonSet': [checkDaemonSet],
    'apps/Deployment': [checkDeployment],
    'apps/ReplicaSet': [checkReplicaSet],
    'apps/StatefulSet': [checkStatefulSet],
    'batch/CronJob': [checkCronJob],
    'batch/Job': [checkJob],
  },
};
