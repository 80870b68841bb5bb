import { expect, test } from 'vitest';
import { Path } from '../../../lib/rules/engine/path';

test('a path is written as the API server writes it', () => {
  const container = Path.ROOT.fields('spec', 'template', 'spec', 'containers').index(0);
  expect(container.field('image').toString()).toBe('spec.template.spec.containers[0].image');
  expect(container.fields('resources', 'limits').key('nvidia.com/gpu').toString()).toBe('spec.template.spec.containers[0].resources.limits[nvidia.com/gpu]');
  expect(Path.ROOT.toString()).toBe('');
});
