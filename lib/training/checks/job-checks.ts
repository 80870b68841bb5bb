import type { Construct } from 'constructs';
import { ProblemCollector, ProblemSink, under } from '../../findings/collector';
import { described } from '../../private/described';
import { DNS_LABEL_MAX, isDns1035Label } from '../../private/name-forms';
import { bytesOf, isSize, quantityOf, quantityOfBytes } from '../../private/quantity';
import { targetOf } from '../../private/target';
import { checkAboveZero } from '../../private/size-checks';
import { checkSameNamespace, checkSameNamespaceAll, homeOf } from '../../storage/claims/home';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { Engine } from '../engine';
import { Framework } from '../framework';
import { sharedMemoryBytes } from '../pods/shared-memory';
import { podsThat } from '../roles';
import { checkCapabilities, checkPair } from './capability-checks';
import { checkCheckpoints } from './checkpoint-checks';
import { checkContainers } from './container-checks';
import { checkIdentity } from './identity-checks';
import { checkElasticEnd } from './elastic-checks';
import { checkEnd } from './end-checks';
import { checkMountedVolumes } from './mount-checks';
import { checkNodes } from './node-checks';
import { checkPlacement } from './placement-checks';
import { checkPod } from './pod-checks';
import { checkProbes } from './probe-checks';
import { checkLiteralSecrets, checkStreams } from './stream-checks';
import { checkScheduling } from './scheduling-checks';
import { checkTimes } from './time-checks';
import { checkTypes } from './type-checks';
import { checkUpload } from './upload-checks';

/** What the builder has settled before the checks. */
export interface JobContext {
  readonly engine: Engine;
  readonly framework: Framework;
}

const SHM_DOCS = 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir';

/** @throws ValidationError naming every prop that cannot work */
export function checkJob(scope: Construct, given: DistributedTrainingJobProps, settled: JobContext): void {
  const problems = new ProblemCollector(scope, 'DistributedTrainingJob');
  // what is of another type is reported here, and of no use to the other checks; they skip what is not there
  const props = checkTypes(given, problems) as DistributedTrainingJobProps;
  const framework = props.framework === given.framework ? settled.framework : Framework._DEFAULT;
  const isSettled = props.engine === given.engine && props.framework === given.framework;
  const engine = isSettled ? settled.engine : Engine._for(framework, props.checkpoints);
  const context = { ...settled, engine, framework };
  const roles = framework._spec.roles(props.workers >= 1 ? props.workers : 1, engine._spec.id);
  checkPair(context, problems);
  checkWorkers(props, context, problems);
  checkName(props, context, problems);
  checkMemory(props, problems);
  checkNodes(props, context, targetOf(scope), problems);
  context.framework._spec.check(under('framework', problems));
  context.framework._spec.checkJob?.(props, problems);
  context.engine._spec.check?.(under('engine', problems));
  context.engine._spec.checkJob?.(props, problems);
  checkCapabilities(props, context, problems);
  checkEnd(props, context, targetOf(scope), problems);
  checkElasticEnd(props, context, targetOf(scope), problems);
  checkScheduling(props, context, problems);
  checkTimes(props, problems);
  if (props.checkpoints) checkCheckpoints(props.checkpoints, podsThat(roles, 'mountsCheckpoints'), under('checkpoints', problems));
  checkUpload(props, targetOf(scope), problems);
  checkPod(props, context.framework, problems);
  checkPlacement(props, context, problems);
  checkIdentity(props, problems);
  checkContainers(props, context.engine._spec, targetOf(scope), problems);
  checkProbes(props, context, problems);
  checkMountedVolumes(scope, props, { target: targetOf(scope), readers: podsThat(roles, 'readsData') }, problems);
  checkNamespaces(scope, props, problems);
  checkStreams(props, problems);
  checkLiteralSecrets(props, problems);
  problems.throwIfAny();
}

/** Pods find what they are given in their own namespace, or wait for ever. */
function checkNamespaces(scope: Construct, props: DistributedTrainingJobProps, sink: ProblemSink): void {
  const { checkpoints, imagePullSecrets = [], serviceAccount, streams = [] } = props;
  const existing = checkpoints?._existing;
  const home = existing?.claim ? homeOf(existing.claim) : existing?.home;
  checkSameNamespace(home, scope, { path: 'checkpoints.claim', what: `the claim ${existing?.claimName}` }, sink);
  checkSameNamespaceAll({
    serviceAccount,
    'checkpoints.upload.credentials': checkpoints?._upload?._credentials,
    ...Object.fromEntries(imagePullSecrets.map((secret, i) => [`imagePullSecrets[${i}]`, secret])),
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

function checkName({ name, workers }: DistributedTrainingJobProps, { engine, framework }: JobContext, sink: ProblemSink): void {
  if (name == null) return;
  const most = engine._spec.maxNameLength(framework._spec.roles(workers >= 1 ? workers : 1, engine._spec.id));
  if (typeof name === 'string' && isDns1035Label(name, most)) return;
  sink.error({
    ruleId: 'api/derived-name',
    path: 'name',
    expected: `lower case letters, digits and \`-\`, a letter first, at most ${most} characters: ${engine.name} puts more behind it, up to ${DNS_LABEL_MAX}`,
    found: typeof name === 'string' ? `${JSON.stringify(name)} (${name.length})` : described(name),
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
