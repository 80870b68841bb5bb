import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // jsii compiles beside the sources; tests always run the sources
    extensions: ['.ts', '.js', '.json'],
    alias: { 'cdk8s-ml': fileURLToPath(new URL('./lib/index.ts', import.meta.url)) },
  },
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    // the tests of a command-line start processes of their own
    testTimeout: 60_000,
  },
});
