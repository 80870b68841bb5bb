import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { ClaimExpansion, StorageClaim } from '../../../lib';
import { errorsOf } from '../../support/findings';
import { chartIn } from '../../support/manifests';
import { DISK } from '../../support/training';

test('a claim does not grow to what is no Size', () => {
  const chart = chartIn();
  const claim = StorageClaim.existing(chart, 'claim', { claimName: 'data-0', tier: DISK, size: Size.gibibytes(100) });
  const grow = (size: any) => errorsOf(() => new ClaimExpansion(chart, `to-${String(size)}`, { claims: [claim], size }));
  expect(grow('1Ti')).toEqual(['props/type | size: expected a Size, found "1Ti" | set `size`, as Size.gibibytes(1000)']);
  expect(grow(undefined)).toEqual(['props/required | size: expected a Size, found none | set `size`, as Size.gibibytes(1000)']);
});
