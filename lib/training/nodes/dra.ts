import { KubernetesVersion } from '../../kubernetes-version';
import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { hashOf } from '../../private/hash';
import { DNS_LABEL_MAX, isDnsLabel, isDnsSubdomain } from '../../private/name-forms';
import { checkTexts } from '../../private/prop-types';
import { hasReached } from '../../private/target';
import type { ExtraObjects } from '../extra-objects';
import type { AcceleratorSpec } from './accelerator-spec';

const DRA_DOCS = 'https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/';
const DEFAULT_NAME = 'devices';
/**
 * Most devices of a claim, and most selectors of a request.
 *
 * @see https://github.com/kubernetes/api/blob/master/resource/v1/types.go
 */
const MAX_DEVICES = 32;
const MAX_SELECTORS = 32;

/** Taints of nodes by the classes of their devices: those that the device plugins of the same devices have. */
const TAINTS: ReadonlyMap<string, string> = new Map([
  ['gpu.nvidia.com', 'nvidia.com/gpu'],
  ['mig.nvidia.com', 'nvidia.com/gpu'],
  ['gpu.amd.com', 'amd.com/gpu'],
  ['gaudi.intel.com', 'habana.ai/gaudi'],
  ['neuron.aws.com', 'aws.amazon.com/neuron'],
  ['tpu.google.com', 'google.com/tpu'],
]);

/** Devices that each worker claims of a driver. */
export interface DraProps {
  /** Name of the DeviceClass, as the driver of the devices makes it: `gpu.nvidia.com`. */
  readonly deviceClass: string;

  /**
   * Devices of each worker, at most 32.
   *
   * @default 1
   */
  readonly count?: number;

  /**
   * CEL expressions that each device must meet:
   * `device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('80Gi')) >= 0`.
   *
   * @default - any device of the class
   */
  readonly selectors?: string[];

  /**
   * Name of the claim in the pods.
   *
   * @default 'devices'
   */
  readonly name?: string;
}

/** A claim of each pod, and the template that it is made from. */
export interface DeviceClaim {
  readonly name: string;
  readonly templateName: (jobName: string) => string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Devices by dynamic resource allocation. */
export function dra(props: DraProps): AcceleratorSpec {
  const { deviceClass, count = 1 } = props;
  return {
    factory: 'Accelerator.dra()',
    count,
    processes: count,
    taint: TAINTS.get(deviceClass),
    claim: claimOf(props),
    check: sink => checkProps(props, sink),
    checkJob: ({ target }, sink) => checkTarget(target, sink),
  };
}

/** The template that the claims of the workers are made from. */
export const deviceClaimTemplate: ExtraObjects = ({ accelerator }, { jobName }) => {
  const claim = accelerator?._spec.claim;
  return claim ? [{
    id: 'DeviceClaims',
    props: {
      apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaimTemplate', metadata: { name: claim.templateName(jobName) }, spec: { spec: claim.spec },
    },
  }] : [];
};

function claimOf({ deviceClass, count = 1, selectors, name = DEFAULT_NAME }: DraProps): DeviceClaim {
  const expressions = Array.isArray(selectors) ? selectors : [];
  const spec = {
    devices: {
      requests: [{
        name,
        exactly: {
          deviceClassName: deviceClass,
          allocationMode: 'ExactCount',
          count,
          ...(expressions.length > 0 && { selectors: expressions.map(expression => ({ cel: { expression } })) }),
        },
      }],
    },
  };
  // a template cannot be changed: what changes gets a new one
  return { name, spec, templateName: jobName => `${jobName}-${name}-${hashOf(spec)}` };
}

function checkProps({ deviceClass, count = 1, selectors, name }: DraProps, sink: ProblemSink): void {
  const problem = { ruleId: 'api/resource-claim', link: DRA_DOCS };
  if (typeof deviceClass !== 'string' || !isDnsSubdomain(deviceClass)) {
    sink.error({
      ...problem, path: 'deviceClass', expected: 'the name of a DeviceClass, as `gpu.nvidia.com`', found: described(deviceClass),
      fix: 'take the name from `kubectl get deviceclasses`',
    });
  }
  if (!Number.isInteger(count) || count < 1 || count > MAX_DEVICES) {
    sink.error({
      ...problem, path: 'count', expected: `a whole number from 1 to ${MAX_DEVICES}, the most that a claim holds`, found: described(count),
      fix: 'use the number of devices of one worker',
    });
  }
  if (name !== undefined && !(typeof name === 'string' && isDnsLabel(name))) {
    sink.error({
      ...problem, path: 'name', expected: `lower case letters, digits and \`-\`, at most ${DNS_LABEL_MAX} characters`, found: described(name),
      fix: `use a name such as \`${DEFAULT_NAME}\`, or leave it out`,
    });
  }
  if (selectors == null || !checkTexts('selectors', selectors, "[\"device.attributes['gpu.nvidia.com'].type == 'gpu'\"]", sink)) return;
  if (selectors.length > MAX_SELECTORS) {
    sink.error({
      ...problem, path: 'selectors', expected: `at most ${MAX_SELECTORS} expressions`, found: String(selectors.length), fix: 'join some of them with `&&`',
    });
  }
  selectors.forEach((expression, i) => {
    if (expression.trim() !== '') return;
    sink.error({ ...problem, path: `selectors[${i}]`, expected: 'a CEL expression', found: described(expression), fix: 'leave it out' });
  });
}

function checkTarget(target: KubernetesVersion, sink: ProblemSink): void {
  if (hasReached(target, KubernetesVersion.V1_34)) return;
  sink.error({
    ruleId: 'api/since', path: 'accelerator', expected: 'Kubernetes 1.34 or newer, which has claims of devices', found: `target ${target}`,
    fix: 'raise the `target` of the app, or ask for the resource of a device plugin, as Accelerator.nvidia(8)', link: DRA_DOCS,
  });
}
