// Puts the compiled library into its one entry file. Loading it file by file would take three times as long, and every
// `cdk8s synth` waits for that. Type declarations stay as they are.
import { createRequire } from 'node:module';
import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ENTRY = fileURLToPath(new URL('../lib/index.js', import.meta.url));

await build({
  entryPoints: [ENTRY],
  outfile: ENTRY,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['cdk8s', 'cdk8s-plus-27', 'constructs'],
  logLevel: 'warning',
});

// Node finds the names that ES modules may import by reading the file, not by running it
const names = Object.keys(createRequire(import.meta.url)(ENTRY)).sort();
appendFileSync(ENTRY, `\n0 && (module.exports = { ${names.join(', ')} });\n`);
