import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NAMESPACES } from './network';

const ROOT = join(import.meta.dirname, '../../..');
/** Where `npm run real:install` puts the frameworks. */
const BIN = join(ROOT, '.venv/bin');
/** Set where a run without the frameworks is to fail rather than to be left out: in CI. */
const REQUIRED = 'CDK8S_ML_REAL';

/** What a real run needs, or why there can be none. */
export interface Frameworks {
  /** Folder of `python` and `torchrun`. */
  readonly bin: string;
  /** Why tests of real runs are left out; undefined where they can run. */
  readonly missing: string | undefined;
}

/** Looks for the Python packages that a real run takes. */
export function frameworks(...modules: readonly string[]): Frameworks {
  const missing = missingOf(modules);
  if (missing !== undefined && process.env[REQUIRED] !== undefined) throw new Error(`${REQUIRED} is set, but ${missing}`);
  if (missing !== undefined) process.stderr.write(`No real run of ${modules.join(', ')}: ${missing}\n`);
  return { bin: BIN, missing };
}

function missingOf(modules: readonly string[]): string | undefined {
  if (!existsSync(join(BIN, 'python'))) return 'there is no .venv: `npm run real:install` makes it, where Python 3.10 or newer is';
  const find = `import importlib.util, sys; sys.exit(any(importlib.util.find_spec(name) is None for name in ${JSON.stringify(modules)}))`;
  if (spawnSync(join(BIN, 'python'), ['-c', find]).status !== 0) return `.venv lacks one of ${modules.join(', ')}: run \`npm run real:install\``;
  const [command, ...args] = NAMESPACES;
  if (spawnSync(command, args).status !== 0) return `this system lets no process have a network of its own: \`${NAMESPACES.join(' ')}\` fails`;
  return undefined;
}
