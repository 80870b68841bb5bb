import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import type { AcceleratorSpec } from './accelerator-spec';
import { checkDeviceCount, checkResourceName } from './extended-resource';

const EXAMPLE = 'nvidia.com/gpu';
/** `3g.40gb`, `1c.3g.40gb`, and `1g.10gb+me` for one with the media engines. */
const MIG_PROFILE = /^([1-9]c\.)?[1-9]g\.\d+gb([+-][a-z.]+)*$/;
const MIG_DOCS = 'https://docs.nvidia.com/datacenter/tesla/mig-user-guide/mig-device-names.html';
const NEURON_DOCS = 'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/about-neuron/arch/neuron-features/logical-neuroncore-config.html';

/** Devices that a plugin registers as a resource; their nodes carry a taint of the same name, if any. */
export function plugin(factory: string, resourceName: string, count: number): AcceleratorSpec {
  return {
    factory,
    resourceName,
    count,
    processes: count,
    taint: resourceName,
    check: sink => {
      checkDeviceCount({ path: 'count', value: count, what: 'devices', prop: 'accelerator' }, sink);
      checkResourceName('resourceName', resourceName, EXAMPLE, sink);
    },
  };
}

/** Parts of NVIDIA GPUs. The plugin writes `+` of a profile as `.`, as names of resources have none. */
export function nvidiaMig(profile: string, count: number): AcceleratorSpec {
  return {
    ...plugin('Accelerator.nvidiaMig()', `nvidia.com/mig-${String(profile).replaceAll('+', '.')}`, count),
    taint: EXAMPLE,
    check: sink => {
      checkDeviceCount({ path: 'count', value: count, what: 'devices', prop: 'accelerator' }, sink);
      checkProfile(profile, sink);
      if (count > 1) warnOfParts(count, sink);
    },
  };
}

/** Chips with several cores, each of which trains by itself. */
export function neuron(count: number, coresPerDevice: number): AcceleratorSpec {
  const chips = plugin('Accelerator.neuron()', 'aws.amazon.com/neuron', count);
  return {
    ...chips,
    processes: count * coresPerDevice,
    cloud: 'eks',
    check: sink => {
      chips.check(sink);
      if (Number.isInteger(coresPerDevice) && coresPerDevice >= 1) return;
      sink.error({
        ruleId: 'train/accelerator', path: 'coresPerDevice', expected: 'a whole number from 1', found: described(coresPerDevice),
        fix: 'use 2 for Trainium1 and Inferentia2, 4 for Trainium2', link: NEURON_DOCS,
      });
    },
  };
}

function checkProfile(profile: string, sink: ProblemSink): void {
  if (typeof profile === 'string' && MIG_PROFILE.test(profile)) return;
  sink.error({
    ruleId: 'train/accelerator', path: 'profile', expected: 'a MIG profile, as `3g.40gb`', found: described(profile),
    fix: 'take what stands behind `nvidia.com/mig-` in `status.allocatable` of a node', link: MIG_DOCS,
  });
}

/** With more of them all processes of the worker take the same one. */
function warnOfParts(count: number, sink: ProblemSink): void {
  sink.warn({
    ruleId: 'train/mig-devices', path: 'count', expected: '1: a CUDA process sees only one part of a GPU, and all of a worker the same', found: String(count),
    fix: 'raise `workers` instead, or set CUDA_VISIBLE_DEVICES of each process in the script', link: MIG_DOCS,
  });
}
