import { ProblemSink, under } from '../../findings/collector';
import { KubernetesVersion } from '../../kubernetes-version';
import { DNS_LABEL_MAX, isDnsLabel } from '../../private/name-forms';
import { COPY_PREFIX } from '../../private/pod-copies';
import { GATE_PREFIX } from '../../private/pod-volumes';
import { reportSecret, SECRET_DOCS, secretInVariable } from '../../private/secrets';
import { checkAboveZero } from '../../private/size-checks';
import { hasReached } from '../../private/target';
import { checkMountPath } from '../../storage/volumes/mount';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { EngineSpec } from '../engines/engine-spec';
import { containersBeside, type PlacedContainer, type WorkerContainer } from '../pods/worker-container';
import { checkImage, checkSource, ENV_NAME } from './pod-checks';

const SIDECAR_DOCS = 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/';
/** Containers that a job makes by itself. */
const OWN_CONTAINER = 'checkpoint-upload';
/** Waits for the master of a PyTorchJob. */
const OPERATOR_CONTAINER = 'init-pytorch';
const OWN_PREFIXES = [GATE_PREFIX, COPY_PREFIX];

/** Checks of the containers before and beside the one that trains. */
export function checkContainers(
  props: DistributedTrainingJobProps, { id, containerName = 'worker' }: EngineSpec, target: KubernetesVersion, sink: ProblemSink,
): void {
  const taken = new Map([[containerName, 'the container that trains'], [OWN_CONTAINER, 'the copy of the checkpoints']]);
  if (id === 'pytorchJob') taken.set(OPERATOR_CONTAINER, 'a container that the operator adds');
  for (const placed of containersBeside(props)) {
    const at = under(placed.path, sink);
    checkName(placed, taken, at);
    checkImage(placed.container.image, at);
    if (placed.container.command.length === 0 || placed.container.command[0].trim() === '') {
      at.error({
        ruleId: 'train/command', path: 'command', expected: 'a program and its arguments', found: JSON.stringify(placed.container.command),
        fix: "set `command`, as ['sh', '-c', 'true']",
      });
    }
    checkAboveZero(placed.container.memory, { path: 'memory', fix: 'set `memory`, as Size.mebibytes(64)' }, at);
    checkVariables(placed.container, at);
    checkMounts(placed.container, at);
  }
  if ((props.sidecars ?? []).length === 0 || hasReached(target, KubernetesVersion.V1_29)) return;
  sink.error({
    ruleId: 'api/since', path: 'sidecars', expected: 'Kubernetes 1.29 or newer, whose sidecars end after the worker and let a Job complete',
    found: `target ${target}`, fix: 'raise the `target` of the app, or leave `sidecars` out', link: SIDECAR_DOCS,
  });
}

function checkName({ container: { name }, path }: PlacedContainer, taken: Map<string, string>, sink: ProblemSink): void {
  const problem = { path: 'name', found: JSON.stringify(name), fix: 'use a name such as `fetch`' };
  const prefix = OWN_PREFIXES.find(own => name.startsWith(own));
  if (!isDnsLabel(name)) {
    sink.error({ ...problem, ruleId: 'api/name', expected: `lower case letters, digits and \`-\`, at most ${DNS_LABEL_MAX} characters` });
  } else if (prefix) {
    sink.error({ ...problem, ruleId: 'train/container-name', expected: `a name without \`${prefix}\` before it: the job names containers of its own so` });
  } else if (taken.has(name)) {
    sink.error({
      ...problem, ruleId: 'train/container-name', expected: 'a name that no other container of the pod has', found: `${problem.found}, as ${taken.get(name)}`,
    });
  }
  if (!taken.has(name)) taken.set(name, `\`${path}\``);
}

function checkVariables({ env = {}, envValues = {} }: WorkerContainer, sink: ProblemSink): void {
  for (const [prop, names] of [['env', Object.keys(env)], ['envValues', Object.keys(envValues)]] as const) {
    for (const name of names) {
      const text = prop === 'env' ? env[name] : String(envValues[name].value ?? '');
      const secret = secretInVariable(name, text);
      if (secret) {
        const fix = 'put it into a Secret and refer to it in `envValues`, as EnvValue.fromSecretValue(), or use a service account';
        reportSecret(secret, { path: `${prop}.${name}`, fix, link: SECRET_DOCS }, sink);
      }
      if (!ENV_NAME.test(name)) {
        sink.error({
          ruleId: 'api/env-name', path: `${prop}['${name}']`, expected: 'letters, digits, `_`, `-` and `.`, neither a digit nor `..` first',
          found: JSON.stringify(name), fix: 'rename the variable',
        });
      } else if (prop === 'envValues' && name in env) {
        sink.error({ ruleId: 'silent/env-twice', path: `envValues.${name}`, expected: 'one value for each variable', found: `${name} in \`env\` too`, fix: 'remove one of them' });
      }
    }
  }
}

function checkMounts({ mounts = [] }: WorkerContainer, sink: ProblemSink): void {
  const taken = new Map<string, number>();
  mounts.forEach((mount, i) => {
    checkMountPath(mount.path, `mounts[${i}].path`, sink);
    checkSource(mount, `mounts[${i}]`, sink);
    const at = String(mount.path).replace(/\/+$/, '');
    const other = taken.get(at);
    taken.set(at, i);
    if (other === undefined) return;
    sink.error({
      ruleId: 'api/mount-path', path: `mounts[${i}].path`, expected: 'a path of its own', found: `${mount.path}, where \`mounts[${other}]\` is`,
      fix: 'mount it elsewhere, or leave it out',
    });
  });
}
