import { join } from 'node:path';

/** Folder of the package. */
export const ROOT = join(import.meta.dirname, '../..');

/** Environment for tools that remind of the end of a Node.js release. */
export function quietEnv(): NodeJS.ProcessEnv {
  return { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
}
