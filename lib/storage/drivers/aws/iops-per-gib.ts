import type { Size } from 'cdk8s';
import type { ProblemSink } from '../../../findings/collector';
import { gibOf, quantityOf } from '../../../private/quantity';
import type { VolumeTypeFacts } from '../driver-facts';

/** IOPS that grow with the size of the claim. */
export interface IopsPerGiB {
  /** I/O operations a second for each GiB. */
  readonly value: number;
  /** Whether the driver raises the product to the least that the type takes; otherwise it refuses the claim. */
  readonly raised?: boolean;
}

/** Holds the ratio itself against the volume type, and against IOPS that are asked for beside it. */
export function checkIopsPerGiB(type: VolumeTypeFacts, { value }: IopsPerGiB, iops: number | undefined, sink: ProblemSink): void {
  const { name, iopsPerGiB: most, link } = type;
  const error = (rule: string, expected: string, found: unknown, fix: string) =>
    sink.error({ ruleId: `driver/${rule}`, path: 'iopsPerGiB', expected, found: String(found), fix, link });
  if (!type.iops || type.iops.notSettable) {
    error('iops-not-settable', `no \`iopsPerGiB\`: it ${type.iops?.notSettable ?? 'cannot be asked for'} (${name})`, value, 'leave `iopsPerGiB` out');
    return;
  }
  if (iops !== undefined) {
    error('iops-both', 'either `iops` or `iopsPerGiB`: the driver takes one of them', `iops ${iops} and iopsPerGiB ${value}`, 'leave one of the two out');
  }
  if (!Number.isInteger(value) || value < 1) {
    error('iops-not-an-integer', `a whole number of IOPS for each GiB, 1 or more (${name})`, value, 'round `iopsPerGiB`');
  } else if (most !== undefined && value > most) {
    error('iops-ratio', `at most ${most} IOPS for each GiB (${name})`, value, `lower \`iopsPerGiB\` to ${most}: the driver would do so without a word`);
  }
}

/** Holds what a claim of the size gets against what the volume type gives. */
export function checkIopsOfSize(type: VolumeTypeFacts, { value, raised }: IopsPerGiB, size: Size, sink: ProblemSink): void {
  const { name, iops: range, link } = type;
  if (!range || !Number.isInteger(value) || value < 1) return;
  const total = value * Math.ceil(gibOf(size));
  const found = `${total} IOPS with ${quantityOf(size)}`;
  if (range.min !== undefined && total < range.min && !raised) {
    const needed = Math.ceil(range.min / value);
    sink.error({
      ruleId: 'driver/iops-under-limit', path: 'size', expected: `at least ${range.min} IOPS (${name}): ${value} for each GiB of the claim`, found,
      fix: `use Size.gibibytes(${needed}), or set \`allowAutoIopsPerGiBIncrease\` of the tier`, link,
    });
  } else if (total > range.max) {
    sink.warn({
      ruleId: 'driver/iops-over-limit', path: 'size',
      expected: `at most ${range.max} IOPS (${name}): ${value} for each GiB of the claim, and what is above is cut off without a word`, found,
      fix: `use Size.gibibytes(${Math.floor(range.max / value)}) or less, or count on ${range.max} IOPS`, link,
    });
  }
}
