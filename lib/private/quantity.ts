import { Size, SizeRoundingBehavior } from 'cdk8s';

const KIB = 1024;
export const MIB = KIB * 1024;
export const GIB = MIB * 1024;
const UNITS: readonly [suffix: string, bytes: number][] = [
  ['Pi', GIB * KIB * KIB], ['Ti', GIB * KIB], ['Gi', GIB], ['Mi', MIB], ['Ki', KIB],
];

/** Bytes of a size, rounded up to a whole byte. */
export function bytesOf(size: Size): number {
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
