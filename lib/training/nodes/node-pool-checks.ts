import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { checkSeconds } from '../../private/int32-checks';
import { checkLabels } from '../../private/labels';
import { isLabelValue } from '../../private/name-forms';
import { checkSwitch, reportType, textsIn } from '../../private/prop-types';
import { checkTolerations } from '../checks/pod-checks';
import { tolerationsIn } from '../checks/toleration-types';
import { CLOUDS } from './clouds';
import { EksCapacityType, type GkeNodePoolProps, type LabelledNodePoolProps } from './node-pool-props';

const SECONDS_EXAMPLE = 'Duration.seconds(15)';
/** Most that a node pool can be set up to give. */
const MAX_SPOT_SECONDS = 120;

/** Holds what becomes the value of a label of nodes. */
export function checkNodeText(path: string, value: string | undefined, example: string, sink: ProblemSink): void {
  if (value == null || (typeof value === 'string' && value !== '' && isLabelValue(value))) return;
  sink.error({
    ruleId: 'api/label', path, expected: `the value of a label of nodes, as \`${example}\``, found: described(value), fix: 'correct it, or leave it out for any',
  });
}

/** Holds how nodes of EKS are paid for. */
export function checkCapacityType(value: EksCapacityType | undefined, sink: ProblemSink): void {
  const types: readonly string[] = Object.values(EksCapacityType);
  if (value == null || types.includes(value)) return;
  sink.error({
    ruleId: 'props/type', path: 'capacityType', expected: `an EksCapacityType: ${types.join(', ')}`, found: described(value),
    fix: 'use one of them, as EksCapacityType.SPOT, or leave it out for any',
  });
}

/** Holds nodes of GKE. */
export function checkGkePool({ accelerator, machineType, pool, spot = false, spotGracePeriod }: GkeNodePoolProps, sink: ProblemSink): void {
  checkNodeText('accelerator', accelerator, 'nvidia-h100-80gb', sink);
  checkNodeText('machineType', machineType, 'a3-highgpu-8g', sink);
  checkNodeText('pool', pool, 'training', sink);
  checkSwitch('spot', spot, sink);
  if (spotGracePeriod == null) return;
  const path = 'spotGracePeriod';
  if (typeof spotGracePeriod.toSeconds !== 'function') {
    reportType(spotGracePeriod, { path, expected: 'a Duration', example: SECONDS_EXAMPLE }, sink);
    return;
  }
  checkSeconds(spotGracePeriod, { path, least: 1, example: SECONDS_EXAMPLE }, sink);
  const seconds = spotGracePeriod.toSeconds({ integral: false });
  if (seconds > MAX_SPOT_SECONDS) {
    sink.error({
      ruleId: 'train/spot-grace', path, expected: `at most ${MAX_SPOT_SECONDS} s, the most that GKE gives`, found: `${seconds} s`,
      fix: 'set it to what the node pool was set up with', link: CLOUDS.gke.spot.link,
    });
  }
  if (!spot) {
    sink.warn({
      ruleId: 'train/spot-grace', path, expected: '`spot: true` beside it', found: 'no Spot VMs, for which alone it is', fix: 'set `spot`, or leave it out',
    });
  }
}

/** Holds labels and taints of the user's own. */
export function checkPoolLabels({ labels, tolerations }: LabelledNodePoolProps, sink: ProblemSink): void {
  if (labels != null) checkLabels('labels', textsIn('labels', labels, "{ 'acme.com/pool': 'training' }", sink), sink);
  if (tolerations == null) return;
  checkTolerations({ tolerations: tolerationsIn('tolerations', tolerations, sink) }, sink);
}
