import type { RuleRoom } from '../engine/room';
import { jobSetSpec, runtimeSpec } from './job-set';
import { checkJobSetClaims, JOB_SET_CLAIM_RULES } from './job-set-claims';
import { checkJobSetNames, checkTrainJobNames, JOB_SET_NAME_RULES } from './job-set-names';
import { checkJobSetPolicies, JOB_SET_POLICY_RULES } from './job-set-policies';
import { checkMpiJob, MPI_RULES } from './mpi-job';
import { checkPyTorchJob, PYTORCH_RULES } from './pytorch-job';
import { checkTrainJobs, TRAIN_JOB_RULES } from './train-job';
import { checkBackup, checkSchedule, VELERO_BACKUP_RULES } from './velero-backup';
import { checkRestore, VELERO_RESTORE_RULES } from './velero-restore';
import type { Subject } from '../engine/subject';

function checkJobSet(subject: Subject): void {
  const set = jobSetSpec(subject);
  checkJobSetNames(subject);
  checkJobSetPolicies(set);
  checkJobSetClaims(set);
}

function checkRuntime(subject: Subject): void {
  const set = runtimeSpec(subject);
  checkJobSetPolicies(set);
  checkJobSetClaims(set);
}

/** What webhooks and controllers of custom kinds check, beyond the definitions. */
export const CUSTOM: RuleRoom = {
  rules: [
    ...JOB_SET_NAME_RULES, ...JOB_SET_POLICY_RULES, ...JOB_SET_CLAIM_RULES, ...TRAIN_JOB_RULES, ...PYTORCH_RULES, ...MPI_RULES,
    ...VELERO_BACKUP_RULES, ...VELERO_RESTORE_RULES,
  ],
  objects: {
    'jobset.x-k8s.io/JobSet': [checkJobSet],
    'trainer.kubeflow.org/TrainingRuntime': [checkRuntime],
    'trainer.kubeflow.org/ClusterTrainingRuntime': [checkRuntime],
    'trainer.kubeflow.org/TrainJob': [checkTrainJobNames],
    'kubeflow.org/PyTorchJob': [checkPyTorchJob],
    'kubeflow.org/MPIJob': [checkMpiJob],
    'velero.io/Backup': [checkBackup],
    'velero.io/Schedule': [checkSchedule],
    'velero.io/Restore': [checkRestore],
  },
  bundle: [checkTrainJobs],
};
