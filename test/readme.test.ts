import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { AwsEbs, StorageTier } from '../lib';
import manifest from '../package.json' with { type: 'json' };

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const blocks = [...readme.matchAll(/```\w*\n(.*?)```/gs)].map(match => match[1]);

test('the chart of the README is the one of the example', () => {
  const chart = readFileSync(join(import.meta.dirname, '../examples/imagenet-8x8/chart.ts'), 'utf8');
  expect(chart.slice(chart.indexOf('export class'))).toBe(blocks[0]);
});

test('the documents of the README are in the package', () => {
  const documents = [...readme.matchAll(/\]\((docs\/[^)#]+)/g)].map(match => match[1]);
  expect(documents).not.toEqual([]);
  expect(documents.filter(document => !manifest.files.includes(document))).toEqual([]);
});

test('the error in the README is what the library says', () => {
  const chart = new Chart(new App(), 'vision');
  let message = '';
  try {
    new StorageTier(chart, 'fast', { backend: AwsEbs.gp3({ iops: 90000, throughput: 4000 }) });
  } catch (error) {
    message = (error as Error).message;
  }
  expect(`${message}\n`).toBe(blocks.find(block => block.startsWith('2 problems')));
});
