import type { ProblemSink } from '../../findings/collector';
import { checkIsSize, checkTexts, reportType, textsIn } from '../../private/prop-types';
import { given } from '../../private/given';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { containersIn } from './container-types';
import { checkKnown } from './known-props';
import { tolerationsIn } from './toleration-types';

type Props = DistributedTrainingJobProps;
type Key = keyof Props;

/** An object that a prop takes, known by one member of it: there may be several copies of a library. */
interface ObjectType {
  readonly member: string;
  /** What tells it from others with such a member. */
  readonly is?: (member: unknown, value: object) => boolean;
  readonly expected: string;
  readonly example: string;
}

const SECONDS: ObjectType = { member: 'toSeconds', expected: 'a Duration', example: 'Duration.hours(2)' };
const PROBE: ObjectType = { member: '_wire', expected: 'a WorkerProbe', example: "WorkerProbe.command(['cat', '/tmp/alive'])" };
const OBJECTS: Partial<Record<Key, ObjectType>> = {
  framework: { member: '_spec', is: has('reserved'), expected: 'a Framework', example: 'Framework.pytorch()' },
  engine: { member: '_spec', is: has('place'), expected: 'an Engine', example: 'Engine.indexedJob()' },
  accelerator: { member: '_spec', is: has('count'), expected: 'an Accelerator', example: 'Accelerator.nvidia(8)' },
  fabric: { member: '_fabric', expected: 'a Fabric', example: 'Fabric.efa({ interfaces: 32 })' },
  nodes: { member: '_pool', expected: 'a NodePool', example: "NodePool.eks({ instanceType: 'p5.48xlarge' })" },
  cpu: { member: 'amount', is: isText, expected: 'a Cpu', example: 'Cpu.units(16)' },
  checkpoints: {
    member: '_volumeName', expected: 'a CheckpointVolume', example: "CheckpointVolume.perWorker({ tier, size: Size.gibibytes(500), path: '/checkpoints' })",
  },
  placement: { member: '_affinity', expected: 'a Placement', example: 'Placement.packed()' },
  identity: { member: '_podLabels', expected: 'a CloudIdentity', example: "CloudIdentity.awsIrsa('arn:aws:iam::123456789012:role/trainer')" },
  serviceAccount: {
    member: 'name', is: isResource('ServiceAccount'), expected: 'a ServiceAccount',
    example: "ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer')",
  },
  liveness: PROBE,
  readiness: PROBE,
  terminationGracePeriod: SECONDS,
  deadline: SECONDS,
  scheduling: { member: '_scheduling', expected: 'a JobScheduling', example: "JobScheduling.kueue({ queue: 'research' })" },
  success: { member: '_firstDecides', expected: 'a SuccessPolicy', example: 'SuccessPolicy.firstWorker()' },
  ttlAfterFinished: SECONDS,
};
const LISTS: Partial<Record<Key, ObjectType>> = {
  datasets: { member: '_spec', is: has('volume'), expected: 'a dataset at a path', example: "imagenet.at('/data')" },
  volumes: { member: '_spec', is: has('volume'), expected: 'a volume at a path', example: "PodVolume.fromClaim(claim).at('/data')" },
  streams: { member: '_env', expected: 'a DatasetStream', example: "DatasetStream.s3('s3://bucket/prefix')" },
  imagePullSecrets: { member: 'name', is: isResource('Secret'), expected: 'a Secret', example: "Secret.fromSecretName(chart, 'registry', 'registry')" },
  patches: { member: '_toJson', expected: 'a JsonPatch', example: "JsonPatch.add('/spec/template/spec/dnsPolicy', 'Default')" },
};
const TEXTS: Partial<Record<Key, string>> = {
  env: "{ OMP_NUM_THREADS: '4' }",
  nodeSelector: "{ 'node.kubernetes.io/instance-type': 'p5.48xlarge' }",
  podLabels: "{ team: 'vision' }",
  podAnnotations: "{ owner: 'vision' }",
};

/** Reports props of another type than theirs; the props without them, for the other checks. */
export function checkTypes(props: Props, sink: ProblemSink): Partial<Props> {
  const rest: Record<string, unknown> = { ...given(props) };
  checkKnown(props, sink);
  if (!checkIsSize('memory', props.memory, 'Size.gibibytes(64)', sink)) delete rest.memory;
  if (props.sharedMemory != null && !checkIsSize('sharedMemory', props.sharedMemory, 'Size.gibibytes(16)', sink)) delete rest.sharedMemory;
  if (!checkTexts('command', props.command, "['train.py', '--epochs=90']", sink)) delete rest.command;
  for (const [path, type] of Object.entries(OBJECTS)) {
    if (rest[path] == null || isA(type, rest[path])) continue;
    reportType(rest[path], { path, ...type }, sink);
    delete rest[path];
  }
  for (const [path, type] of Object.entries(LISTS)) {
    if (rest[path] != null) rest[path] = itemsOf(path, rest[path], type, sink);
  }
  if (rest.failOnExitCodes != null && !Array.isArray(rest.failOnExitCodes)) {
    reportType(rest.failOnExitCodes, { path: 'failOnExitCodes', expected: 'a list of numbers', example: '[3]' }, sink);
    delete rest.failOnExitCodes;
  }
  for (const [path, example] of Object.entries(TEXTS)) {
    if (rest[path] != null) rest[path] = textsIn(path, rest[path], example, sink);
  }
  for (const path of ['initContainers', 'sidecars']) {
    if (rest[path] != null) rest[path] = containersIn(path, rest[path], sink);
  }
  if (rest.tolerations != null) rest.tolerations = tolerationsIn('tolerations', rest.tolerations, sink);
  if (rest.envValues != null) rest.envValues = referencesIn(rest.envValues, sink);
  return rest;
}

function isA({ member, is }: ObjectType, value: unknown): boolean {
  if (value === null || typeof value !== 'object' || !(member in value)) return false;
  return is === undefined || is((value as Record<string, unknown>)[member], value);
}

/** Frameworks, engines and volumes all have a `_spec`. */
function has(name: string): NonNullable<ObjectType['is']> {
  return member => member !== null && typeof member === 'object' && name in member;
}

/** A Size and a Duration have an amount too, which is a number. */
function isText(member: unknown): boolean {
  return typeof member === 'string';
}

/** A resource of cdk8s-plus, or what has no more than its name. */
function isResource(kind: string): NonNullable<ObjectType['is']> {
  return (name, value) => typeof name === 'string' && ('kind' in value ? value.kind === kind : Object.getPrototypeOf(value) === Object.prototype);
}

function itemsOf(path: string, value: unknown, type: ObjectType, sink: ProblemSink): unknown[] | undefined {
  if (!Array.isArray(value)) {
    reportType(value, { path, expected: `a list, each of it ${type.expected}`, example: `[${type.example}]` }, sink);
    return undefined;
  }
  const wrong = value.filter((one, i) => {
    if (isA(type, one)) return false;
    reportType(one, { path: `${path}[${i}]`, ...type }, sink);
    return true;
  });
  // without one of them the others would be reported at a wrong index
  return wrong.length > 0 ? undefined : value;
}

function referencesIn(value: unknown, sink: ProblemSink): unknown {
  const type = { expected: 'an EnvValue', example: "EnvValue.fromSecretValue({ secret, key: 'token' })" };
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    reportType(value, { path: 'envValues', expected: 'EnvValues by their names', example: `{ HF_TOKEN: ${type.example} }` }, sink);
    return undefined;
  }
  return Object.fromEntries(Object.entries(value).filter(([name, one]) => {
    if (one !== null && typeof one === 'object' && ('value' in one || 'valueFrom' in one)) return true;
    reportType(one, { path: `envValues.${name}`, ...type }, sink);
    return false;
  }));
}
