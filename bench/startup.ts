/**
 * Child process: loads packages and prints what that took.
 *
 *     node startup.js <package> ...
 */
import type { Sample } from './measure';

async function main(packages: string[]): Promise<void> {
  const before = process.cpuUsage();
  for (const name of packages) await import(name);
  const { user, system } = process.cpuUsage(before);
  const all = process.cpuUsage();
  const result: Sample = { part: (user + system) / 1000, process: (all.user + all.system) / 1000 };
  console.log(JSON.stringify(result));
}

void main(process.argv.slice(2));
