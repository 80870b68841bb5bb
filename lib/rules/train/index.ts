import type { PodSubject } from '../engine/pods';
import type { RuleRoom } from '../engine/room';
import { BENCHMARK_CACHED, checkBenchmarks } from './benchmarks';
import { checkCompletion, NEVER_COMPLETES, ORDERED_START, ROLLING_UPDATE } from './completion';
import { checkClaimTemplates, DATASET_PER_WORKER } from './datasets';
import { checkGroups, MASTER_ADDRESS, WORLD_SIZE } from './group';
import { checkImages, IMAGE_RULES } from './images';
import { BACKOFF_LIMIT, checkJob, DISRUPTION_COUNTED, JOB_NOT_INDEXED, JOB_PARTIAL } from './jobs';
import { checkLaunchers, EACH_POD_ALONE, LAUNCHER_IN_EVERY_POD, PROCESSES_PER_NODE, RESERVED_ENV } from './launchers';
import { checkLoaders, LOADER_RULES } from './loaders';
import { checkMpiJob } from './mpi';
import { checkPeers, CLUSTER_DOMAIN, PEER_UNKNOWN } from './peers';
import { factsOf, type PodFacts } from './pod-facts';
import { checkRanks, RANK_FROM_NAME, RANK_OFFSET, RANK_SOURCE, SAME_RANK } from './rank';
import {
  ACCELERATOR_MEMORY, checkResources, GPU_IDLE, GPU_TOLERATION, GPU_UNREQUESTED, MEMORY_VOLUME_UNBOUNDED, SHARED_MEMORY,
  SHARED_MEMORY_MISSING,
} from './resources';
import { checkScripts, MARKER_TEST, REGISTRY_COPY, RETIRED_TOOL, SCRIPT_GOES_ON } from './scripts';
import { checkSidecars, SIDECAR_KEEPS_JOB, UPLOAD_LOSES_LAST } from './sidecars';
import { checkTermination, GRACE_PERIOD, PRE_STOP_SAVE, SHELL_SWALLOWS_SIGNAL } from './termination';

const CHECKS: readonly ((facts: PodFacts) => void)[] = [
  checkRanks, checkLaunchers, checkMpiJob, checkJob, checkCompletion, checkResources, checkImages, checkScripts, checkLoaders,
  checkSidecars, checkTermination, checkClaimTemplates, checkBenchmarks,
];

function checkTraining(pod: PodSubject): void {
  const facts = factsOf(pod);
  for (const check of CHECKS) check(facts);
}

/** What a manifest says of the training that it starts: places in the group, launchers, images, scripts, ends. */
export const TRAIN: RuleRoom = {
  rules: [
    RANK_FROM_NAME, RANK_SOURCE, RANK_OFFSET, SAME_RANK,
    RESERVED_ENV, EACH_POD_ALONE, LAUNCHER_IN_EVERY_POD, PROCESSES_PER_NODE,
    WORLD_SIZE, MASTER_ADDRESS, CLUSTER_DOMAIN, PEER_UNKNOWN,
    JOB_NOT_INDEXED, JOB_PARTIAL, BACKOFF_LIMIT, DISRUPTION_COUNTED,
    NEVER_COMPLETES, ORDERED_START, ROLLING_UPDATE,
    SHARED_MEMORY_MISSING, SHARED_MEMORY, MEMORY_VOLUME_UNBOUNDED, ACCELERATOR_MEMORY, GPU_TOLERATION, GPU_IDLE, GPU_UNREQUESTED,
    ...IMAGE_RULES,
    SCRIPT_GOES_ON, MARKER_TEST, REGISTRY_COPY, RETIRED_TOOL,
    ...LOADER_RULES,
    SIDECAR_KEEPS_JOB, UPLOAD_LOSES_LAST,
    PRE_STOP_SAVE, GRACE_PERIOD, SHELL_SWALLOWS_SIGNAL,
    DATASET_PER_WORKER, BENCHMARK_CACHED,
  ],
  pods: [checkTraining],
  bundle: [checkGroups, checkPeers],
};
