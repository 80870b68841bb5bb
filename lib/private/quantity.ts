import { Size, SizeRoundingBehavior } from 'cdk8s';
import { described } from './described';

const KIB = 1024;
export const MIB = KIB * 1024;
export const GIB = MIB * 1024;
const UNITS: readonly [suffix: string, bytes: number][] = [
  ['Pi', GIB * KIB * KIB], ['Ti', GIB * KIB], ['Gi', GIB], ['Mi', MIB], ['Ki', KIB],
];

/** Whether it is a `Size`, of this copy of cdk8s or of another. */
export function isSize(value: unknown): value is Size {
  return typeof (value as Partial<Size> | null | undefined)?.toKibibytes === 'function';
}

/**
 * Bytes of a size, rounded up to a whole byte.
 *
 * @throws TypeError if it is none; constructs report that before, with the prop
 */
export function bytesOf(size: Size): number {
  if (!isSize(size)) throw new TypeError(`expected a Size, as Size.gibibytes(64), found ${described(size)}`);
  return Math.ceil(size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * KIB);
}

/** Size in GiB, with its fraction. */
export function gibOf(size: Size): number {
  return bytesOf(size) / GIB;
}

/**
 * Bytes as the API server writes them back: the largest binary suffix that needs no fraction, so that an applied
 * manifest shows no drift.
 */
export function quantityOfBytes(bytes: number): string {
  for (const [suffix, unit] of UNITS) {
    if (bytes >= unit && bytes % unit === 0) return `${bytes / unit}${suffix}`;
  }
  return String(bytes);
}

/** `Size.gibibytes(1024)` is `1Ti`. */
export function quantityOf(size: Size): string {
  return quantityOfBytes(bytesOf(size));
}
