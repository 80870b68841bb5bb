import type { Size } from 'cdk8s';
import type { Problem, ProblemSink } from '../../findings/collector';
import { gibOf, quantityOf, quantityOfBytes, GIB } from '../../private/quantity';
import type { RangeFacts, VolumeTypeFacts } from './driver-facts';
import { checkIopsOfSize, checkIopsPerGiB, IopsPerGiB } from './aws/iops-per-gib';

/** Performance asked of a volume. */
export interface Performance {
  /** I/O operations a second. */
  readonly iops?: number;
  /** I/O operations a second for each GiB of the claim, in place of `iops`. */
  readonly iopsPerGiB?: IopsPerGiB;
  /** In the provider's own unit: MiB a second, Azure MB a second. */
  readonly throughput?: number;
}

/** Holds `iops` and `throughput` against what the volume type gives. */
export function checkPerformance(type: VolumeTypeFacts, asked: Performance, sink: ProblemSink): void {
  if (asked.iopsPerGiB !== undefined) checkIopsPerGiB(type, asked.iopsPerGiB, asked.iops, sink);
  if (asked.iopsPerGiB === undefined || asked.iops !== undefined) checkRange('iops', 'IOPS', asked.iops, type.iops, type, sink);
  checkRange('throughput', unitOf(type), asked.throughput, type.throughput, type, sink);
  checkThroughputOfIops(type, asked, sink);
}

/** Size, in GiB, of the volume that is made, and billed, for a claim of `gib`. */
export function effectiveGiB(type: VolumeTypeFacts, gib: number): number {
  const least = Math.max(gib, type.roundsUpToGiB ?? 0);
  const step = type.sizeSteps?.find(({ belowGiB }) => least <= belowGiB)?.stepGiB;
  return step === undefined ? least : Math.ceil(least / step) * step;
}

/** Holds the size of a claim against the volume type, and the performance asked for against the size. */
export function checkSize(type: VolumeTypeFacts, asked: Performance, size: Size, sink: ProblemSink): void {
  const gib = gibOf(size);
  const { minSizeGiB: min, olderMinSizeGiB: olderMin, maxSizeGiB: max, olderMaxSizeGiB: olderMax } = type;
  const problem: SizeProblem = (rule, expected, fix) => ({
    ruleId: `driver/${rule}`, path: 'size', expected, found: quantityOf(size), fix, link: type.link,
  });
  // one number to go to is enough: that of the older documents is the larger
  const isUnderOlder = olderMin !== undefined && gib < olderMin;
  if (min !== undefined && gib < min) {
    sink.error(problem('size-under-min', `at least ${sizeText(min)} (${nameOf(type)})`, `use Size.gibibytes(${min}), or another volume type`));
  } else if (isUnderOlder) {
    sink.warn(problem('size-under-older-limit',
      `at least ${sizeText(olderMin)}, as some of the provider's documents have it (${nameOf(type)})`,
      `use Size.gibibytes(${olderMin}), or check that your region takes less`));
  }
  const effective = effectiveGiB(type, gib);
  if (effective > gib && gib <= (max ?? Infinity) && !isUnderOlder) {
    sink.warn(problem('size-rounded-up',
      `a size that ${nameOf(type)} offers: this one is made, and billed, as ${sizeText(effective)}`, `use Size.gibibytes(${effective})`));
  }
  if (max !== undefined && gib > max) {
    sink.error(problem('size-over-max', `at most ${sizeText(max)} (${nameOf(type)})`, `use Size.gibibytes(${max}) or less, or another volume type`));
  } else if (olderMax !== undefined && gib > olderMax) {
    sink.warn(problem('size-over-older-limit',
      `at most ${sizeText(olderMax)} where the provider has not raised the limit yet (${nameOf(type)})`,
      `check that your region offers more, or use Size.gibibytes(${olderMax}) or less`));
  }
  // what every volume of the type has is no reason for a larger one
  const iops = asked.iops !== undefined && asked.iops > (type.iops?.baseline ?? 0) ? asked.iops : undefined;
  const unit = unitOf(type);
  if (asked.iopsPerGiB !== undefined) checkIopsOfSize(type, asked.iopsPerGiB, size, sink);
  const ratios: Ratio[] = [
    { path: 'iops', unit: 'IOPS', value: iops, most: type.iopsPerGiB, least: type.minIopsPerGiB, ceiling: type.minIopsCeiling },
    { path: 'throughput', unit, value: asked.throughput, most: type.throughputPerGiB, least: type.minThroughputPerGiB },
  ];
  for (const ratio of ratios) checkRatio(ratio, type, effective, problem, sink);
}

/** Performance that must suit the size. */
interface Ratio {
  readonly path: string;
  readonly unit: string;
  readonly value?: number;
  /** Most for each GiB. */
  readonly most?: number;
  /** Least for each GiB. */
  readonly least?: number;
  /** `least` makes a floor that rises no further than this. */
  readonly ceiling?: number;
}

type SizeProblem = (rule: string, expected: string, fix: string) => Problem;

function checkRatio(ratio: Ratio, type: VolumeTypeFacts, gib: number, problem: SizeProblem, sink: ProblemSink): void {
  const { path, unit, value, most, least, ceiling } = ratio;
  if (value === undefined) return;
  if (most !== undefined && value > most * gib) {
    const needed = Math.ceil(value / most);
    sink.error(problem(`${path}-ratio`,
      `at least ${sizeText(needed)} for ${value} ${unit} (${nameOf(type)} gives ${perSize(most, unit)})`,
      `use Size.gibibytes(${needed}), or lower \`${path}\` of the tier to ${Math.floor(most * gib)}`));
  }
  if (least !== undefined && value < Math.min(least * gib, ceiling ?? Infinity)) {
    sink.error(problem(`${path}-under-ratio`,
      `at most ${sizeText(Math.floor(value / least))} for ${value} ${unit}` +
        ` (${nameOf(type)} wants at least ${perSize(least, unit)}${ceiling === undefined ? '' : `, up to ${ceiling}`})`,
      `raise \`${path}\` of the tier to ${Math.ceil(Math.min(least * gib, ceiling ?? Infinity))} or leave it out, or use a smaller volume`));
  }
}

function checkThroughputOfIops(type: VolumeTypeFacts, asked: Performance, sink: ProblemSink): void {
  const { throughput } = asked;
  const iops = asked.iops ?? type.iops?.baseline;
  const ratio = type.throughputPerIops;
  if (ratio === undefined || throughput === undefined || iops === undefined) return;
  // a value that is out of its own range has its own error, and no IOPS can make it right
  if (throughput <= iops * ratio || throughput > (type.throughput?.max ?? Infinity)) return;
  const most = Math.floor(iops * ratio);
  sink.error({
    ruleId: 'driver/throughput-ratio',
    path: 'throughput',
    expected: `at most ${most} ${unitOf(type)} with ${iops} IOPS (${nameOf(type)} gives ${ratio} ${unitOf(type)} for each of the IOPS)`,
    found: String(throughput),
    fix: `raise \`iops\` to ${Math.ceil(throughput / ratio)}, or lower \`throughput\` to ${most}`,
    link: type.link,
  });
}

function checkRange(
  path: string, unit: string, value: number | undefined, range: RangeFacts | undefined, type: VolumeTypeFacts, sink: ProblemSink,
): void {
  const problem = (rule: string, expected: string, fix: string): Problem => ({
    ruleId: `driver/${path}-${rule}`, path, expected: `${expected} (${nameOf(type)})`, found: foundText(value), fix, link: type.link,
  });
  if (value === undefined) {
    if (range?.required) {
      sink.error(problem('missing', `${unit} from ${range.min ?? 1} to ${range.max}`, `set \`${path}\`: ${nameOf(type)} has no default`));
    }
    return;
  }
  if (!range || range.notSettable) {
    sink.error(problem('not-settable', `no \`${path}\`: it ${range?.notSettable ?? 'cannot be asked for'}`, `leave \`${path}\` out`));
  } else if (!Number.isInteger(value)) {
    sink.error(problem('not-an-integer', `a whole number of ${unit}`, `round \`${path}\``));
  } else if (value > range.max) {
    sink.error(problem('over-limit', `at most ${range.max} ${unit}`, `lower \`${path}\` to ${range.max}`));
  } else if (range.min !== undefined && value < range.min) {
    sink.error(problem('under-limit', `at least ${range.min} ${unit}`,
      `raise \`${path}\` to ${range.min}${range.required ? '' : ', or leave it out'}`));
  } else if (range.olderMax !== undefined && value > range.olderMax) {
    sink.warn(problem('over-older-limit', `at most ${range.olderMax} ${unit} where the provider has not raised the limit yet`,
      `check that your region and machines offer more than ${range.olderMax} ${unit}, or lower \`${path}\``));
  } else if (range.olderMin !== undefined && value < range.olderMin) {
    sink.warn(problem('under-older-limit', `at least ${range.olderMin} ${unit}, as some of the provider's documents have it`,
      `raise \`${path}\` to ${range.olderMin}, or check that your region takes less`));
  }
}

/** Name of a volume type for people. */
export function nameOf(type: VolumeTypeFacts): string {
  return type.title ?? type.name;
}

function unitOf(type: VolumeTypeFacts): string {
  return type.throughputUnit ?? 'MiB/s';
}

function sizeText(gib: number): string {
  return quantityOfBytes(gib * GIB);
}

/** A small ratio reads better for each TiB. */
function perSize(ratio: number, unit: string): string {
  return ratio < 1 && Number.isInteger(ratio * 1024) ? `${ratio * 1024} ${unit} for each TiB` : `${ratio} ${unit} for each GiB`;
}

/** Plain JavaScript can pass anything. */
function foundText(value: unknown): string {
  return typeof value === 'number' ? String(value) : value === undefined ? 'none' : JSON.stringify(value);
}
