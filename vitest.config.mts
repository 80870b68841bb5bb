import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // jsii compiles beside the sources; tests always run the sources
    extensions: ['.ts', '.js', '.json'],
    alias: { 'cdk8s-ml': fileURLToPath(new URL('./lib/index.ts', import.meta.url)) },
  },
  test: {
    // real runs of trainings wait most of their time
    maxWorkers: availableParallelism() > 3 ? undefined : 2,
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    // the tests of a command-line start processes of their own
    testTimeout: 60_000,
  },
});
