import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rulesDocument } from '../../.build/rules-document';

test('docs/rules.md is what the rules make of it', () => {
  const committed = readFileSync(join(import.meta.dirname, '../../docs/rules.md'), 'utf8');
  const isSame = committed === rulesDocument(join(import.meta.dirname, 'cases'));
  expect(isSame, 'docs/rules.md is out of date: run `npm run docs`').toBe(true);
});
