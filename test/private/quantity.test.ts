import { Size } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, gibOf, quantityOf, quantityOfBytes } from '../../lib/private/quantity';

const UNITS: Record<string, number> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 };

/** Bytes of a quantity, as Kubernetes reads it. */
function parse(quantity: string): number {
  const [, digits, unit] = /^(\d+)([KMGTP]i)?$/.exec(quantity)!;
  return Number(digits) * (unit ? UNITS[unit] : 1);
}

describe('a quantity', () => {
  test.each([
    [Size.gibibytes(500), '500Gi'], [Size.gibibytes(1024), '1Ti'], [Size.tebibytes(2), '2Ti'], [Size.mebibytes(1536), '1536Mi'], [Size.gibibytes(1.5), '1536Mi'],
    [Size.pebibyte(1), '1Pi'], [Size.kibibytes(1), '1Ki'], [Size.kibibytes(0.5), '512'], [Size.gibibytes(0), '0'],
  ])('is written as the API server writes it: %#', (size, quantity) => {
    expect(quantityOf(size)).toBe(quantity);
  });

  test('means as many bytes as were asked for', () => {
    fc.assert(fc.property(fc.maxSafeNat(), bytes => {
      expect(parse(quantityOfBytes(bytes))).toBe(bytes);
    }), { seed: 20261120 });
  });

  test('never is less than was asked for', () => {
    expect(bytesOf(Size.kibibytes(0.0001))).toBe(1);
    expect(gibOf(Size.mebibytes(512))).toBe(0.5);
  });
});
