// Writes docs/rules.md from the rules.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = path => fileURLToPath(new URL(path, import.meta.url));
const compiled = at('../dist/build/rules-document.cjs');

await build({
  entryPoints: [at('rules-document.ts')],
  outfile: compiled,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  packages: 'external',
  // the sources, also where compiled files lie beside them
  resolveExtensions: ['.ts', '.js'],
  logLevel: 'warning',
});

const { rulesDocument } = createRequire(import.meta.url)(compiled);
mkdirSync(at('../docs'), { recursive: true });
writeFileSync(at('../docs/rules.md'), rulesDocument(at('../test/rules/cases')));
