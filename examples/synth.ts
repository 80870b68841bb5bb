/* Synthesizes every example with the cdk8s command, as its user would, into dist/<example>. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const here = __dirname;
const out = resolve(here, '../dist');

for (const example of readdirSync(here).sort()) {
  const cwd = join(here, example);
  if (!existsSync(join(cwd, 'cdk8s.yaml'))) continue;
  console.log(`\n${example}`);
  const output = relative(cwd, join(out, example));
  const { status } = spawnSync('npx', ['cdk8s', 'synth', '--check-upgrade=false', '--output', output], { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
console.log(`\nEvery example is in ${relative(process.cwd(), out)}/`);
