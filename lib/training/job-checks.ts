import type { Construct } from 'constructs';
import { ProblemCollector, ProblemSink, under } from '../findings/collector';
import { described } from '../private/described';
import { DNS_LABEL_MAX, isDns1035Label, isDnsLabel } from '../private/name-forms';
import { bytesOf, isSize, quantityOf, quantityOfBytes } from '../private/quantity';
import type { CheckpointVolume } from '../storage/claims/checkpoint-volume';
import { targetOf } from '../private/target';
import { checkAboveZero } from '../private/size-checks';
import { checkSeconds, MAX_INT32 } from '../private/int32-checks';
import { checkCanShare, checkClaimSize, checkDurability, checkFastEnough } from '../storage/claims/claim-checks';
import { checkNoObjectStore } from '../storage/volumes/object-store';
import { Durability } from '../storage/tiers/durability';
import { checkIsTier, isTier } from '../storage/tiers/tier-types';
import { checkSameNamespace, checkSameNamespaceAll, homeOf } from '../storage/claims/home';
import { checkExpansion } from '../storage/claims/expansion-checks';
import type { DistributedTrainingJobProps } from './distributed-training-job';
import { Capability, Engine, enginesThatGive } from './engine';
import { Framework } from './framework';
import { checkMountedVolumes } from './mount-checks';
import { checkPod } from './pod-checks';
import { checkLiteralSecrets, checkStreams } from './stream-checks';
import { checkTypes } from './type-checks';
import { checkUpload } from './upload-checks';
import { sharedMemoryBytes, SHM_VOLUME } from './worker-pod';

/** What the builder has settled before the checks. */
export interface JobContext {
  readonly name: string;
  readonly engine: Engine;
  readonly framework: Framework;
}

const SECONDS_EXAMPLE = 'Duration.seconds(120)';
const STATEFUL_SET_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/';
const SHM_DOCS = 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir';

/** @throws ValidationError naming every prop that cannot work */
export function checkJob(scope: Construct, given: DistributedTrainingJobProps, settled: JobContext): void {
  const problems = new ProblemCollector(scope, 'DistributedTrainingJob');
  // what is of another type is reported here, and of no use to the other checks; they skip what is not there
  const props = checkTypes(given, problems) as DistributedTrainingJobProps;
  const context = {
    ...settled,
    engine: props.engine === given.engine ? settled.engine : Engine.indexedJob(),
    framework: props.framework === given.framework ? settled.framework : Framework.pytorch(),
  };
  checkWorkers(props, context, problems);
  checkName(props, context, problems);
  checkMemory(props, problems);
  props.accelerator?._check(under('accelerator', problems));
  context.framework._spec.check(under('framework', problems));
  checkCapabilities(props, context, problems);
  checkTimes(props, problems);
  if (props.checkpoints) checkCheckpoints(props.checkpoints, props.workers, under('checkpoints', problems));
  checkUpload(props, targetOf(scope), problems);
  checkPod(props, context.framework, problems);
  checkMountedVolumes(scope, props, targetOf(scope), problems);
  checkNamespaces(scope, props, problems);
  checkStreams(props, problems);
  checkLiteralSecrets(props, problems);
  problems.throwIfAny();
}

/** Pods find what they are given in their own namespace, or wait for ever. */
function checkNamespaces(scope: Construct, props: DistributedTrainingJobProps, sink: ProblemSink): void {
  const { checkpoints, serviceAccount, streams = [] } = props;
  const existing = checkpoints?._existing;
  const home = existing?.claim ? homeOf(existing.claim) : existing?.home;
  checkSameNamespace(home, scope, { path: 'checkpoints.claim', what: `the claim ${existing?.claimName}` }, sink);
  checkSameNamespaceAll({
    serviceAccount,
    'checkpoints.upload.credentials': checkpoints?._upload?._credentials,
    ...Object.fromEntries(streams.map((stream, i) => [`streams[${i}].credentials`, stream._credentials])),
  }, scope, sink);
}

function checkWorkers({ workers }: DistributedTrainingJobProps, { engine }: JobContext, sink: ProblemSink): void {
  const most = engine._spec.maxWorkers ?? Number.MAX_SAFE_INTEGER;
  if (Number.isInteger(workers) && workers >= 1 && workers <= most) return;
  sink.error({
    ruleId: 'train/workers',
    path: 'workers',
    expected: engine._spec.maxWorkers ? `a whole number from 1 to ${most} (${engine.name})` : 'a whole number from 1',
    found: described(workers),
    fix: 'set `workers` to the number of pods that train together',
  });
}

function checkName({ name, workers }: DistributedTrainingJobProps, { engine }: JobContext, sink: ProblemSink): void {
  if (name === undefined) return;
  const most = engine._spec.maxNameLength(Math.max(1, workers));
  if (isDns1035Label(name, most)) return;
  sink.error({
    ruleId: 'api/derived-name',
    path: 'name',
    expected: `lower case letters, digits and \`-\`, a letter first, at most ${most} characters: ${engine.name} puts more behind it, up to ${DNS_LABEL_MAX}`,
    found: `${JSON.stringify(name)} (${name.length})`,
    fix: 'use a name such as `resnet-50`, or leave it out',
    link: 'https://github.com/kubernetes/kubernetes/issues/64023',
  });
}

function checkMemory(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  if (isSize(props.memory)) checkAboveZero(props.memory, { path: 'memory', fix: 'set `memory`, as Size.gibibytes(64)' }, sink);
  if (!props.sharedMemory) return;
  checkAboveZero(props.sharedMemory, { path: 'sharedMemory', fix: 'set `sharedMemory`, as Size.gibibytes(64)' }, sink);
  if (!isSize(props.memory)) return;
  const memory = bytesOf(props.memory);
  const shared = sharedMemoryBytes(props);
  const say = {
    path: 'sharedMemory',
    found: `${quantityOf(props.sharedMemory)} of ${quantityOf(props.memory)}`,
    link: SHM_DOCS,
  };
  if (shared >= memory) {
    sink.error({
      ...say,
      ruleId: 'train/shared-memory',
      expected: `less than \`memory\`: what is written to /dev/shm counts to the worker's memory`,
      fix: `lower \`sharedMemory\`, for example to ${quantityOfBytes(Math.floor(memory / 4))}, or raise \`memory\``,
    });
  } else if (shared > memory / 2) {
    sink.warn({
      ...say,
      ruleId: 'train/shared-memory-large',
      expected: 'at most half of `memory`: what is written to /dev/shm is taken from the training',
      fix: 'lower `sharedMemory`, or raise `memory`',
    });
  }
}

function checkCapabilities(props: DistributedTrainingJobProps, { engine }: JobContext, sink: ProblemSink): void {
  const asked: [Capability, string, string, boolean][] = [
    ['perWorkerClaims', 'checkpoints', 'a claim for each worker', props.checkpoints?._perWorker !== undefined],
    ['restarts', 'restarts', 'a limit of restarts', props.restarts !== undefined],
    ['deadline', 'deadline', 'a deadline', props.deadline !== undefined],
    ['ttlAfterFinished', 'ttlAfterFinished', 'an end, and so a time after it', props.ttlAfterFinished !== undefined],
  ];
  for (const [capability, path, what, wanted] of asked) {
    if (!wanted || engine._spec.gives.includes(capability)) continue;
    sink.error({
      ruleId: 'train/engine-cannot',
      path,
      expected: `an engine that has ${what}: ${enginesThatGive(capability)}`,
      found: props.engine ? engine._spec.factory : `${engine._spec.factory}, chosen for the claims of each worker`,
      fix: capability === 'perWorkerClaims'
        ? `use \`engine: ${enginesThatGive(capability)}\`, or one claim for all with CheckpointVolume.shared()`
        : `leave \`${path}\` out, or use ${enginesThatGive(capability)}${props.engine ? '' : ' with CheckpointVolume.shared()'}`,
    });
  }
  if (!props.engine && !engine._spec.gives.includes('completion')) {
    sink.warn({
      ruleId: 'train/never-completes',
      path: 'engine',
      expected: `${enginesThatGive('completion')} for a job that ends`,
      found: `${engine._spec.factory}, chosen for the claims of each worker: it starts a worker that ends again, for ever`,
      fix: `say \`engine: ${engine._spec.factory}\` to accept it, or use CheckpointVolume.shared()`,
      link: STATEFUL_SET_DOCS,
    });
  }
}

function checkTimes(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  checkSeconds(props.terminationGracePeriod, { path: 'terminationGracePeriod', least: 1, example: SECONDS_EXAMPLE }, sink);
  checkSeconds(props.deadline, { path: 'deadline', least: 1, example: SECONDS_EXAMPLE }, sink);
  checkSeconds(props.ttlAfterFinished, { path: 'ttlAfterFinished', least: 0, example: SECONDS_EXAMPLE }, sink);
  const { restarts, workers } = props;
  // the API counts pods
  const most = Math.floor(MAX_INT32 / (workers >= 1 ? workers : 1));
  if (restarts !== undefined && !(Number.isInteger(restarts) && restarts >= 0 && restarts <= most)) {
    sink.error({
      ruleId: 'train/restarts',
      path: 'restarts',
      expected: restarts > most ? `at most ${most} with ${workers} workers` : 'a whole number from 0',
      found: String(restarts),
      fix: 'set `restarts` to the incidents that the job shall survive',
    });
  }
}

function checkCheckpoints(checkpoints: CheckpointVolume, workers: number, sink: ProblemSink): void {
  const { _perWorker: perWorker, _shared: shared } = checkpoints;
  if (perWorker?.name !== undefined && !isDnsLabel(perWorker.name)) {
    sink.error({
      ruleId: 'api/name',
      path: 'name',
      expected: `lower case letters, digits and \`-\`, at most ${DNS_LABEL_MAX} characters`,
      found: JSON.stringify(perWorker.name),
      fix: 'use a name such as `checkpoints`',
    });
  } else if (perWorker?.name === SHM_VOLUME) {
    sink.error({
      ruleId: 'silent/volume-name',
      path: 'name',
      expected: 'a name of its own: a claim takes the place of a volume of the same name',
      found: `${JSON.stringify(perWorker.name)}, the volume at /dev/shm`,
      fix: 'use a name such as `checkpoints`',
    });
  }
  const made = perWorker ?? shared;
  if (made) {
    checkClaimSize(made.tier, made.size, sink);
    if (checkIsTier(made.tier, sink)) {
      checkDurability(made.tier, made.durability ?? Durability.PRECIOUS, sink);
      checkFastEnough(made.tier, sink);
      checkNoObjectStore(made.tier, 'checkpoints are renamed and written in places', sink);
    }
  }
  if (perWorker?.grownTo != null) checkExpansion(perWorker, perWorker.grownTo, 'grownTo', sink);
  const one = shared?.tier ?? checkpoints._existing?.claim?.tier;
  if (isTier(one) && workers > 1) checkCanShare(one, 'the workers may run on many nodes', 'CheckpointVolume.perWorker()', sink);
}
