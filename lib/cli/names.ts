import { statSync, type Stats } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

/** Settings, read from the working directory where there are any. */
export const SETTINGS_FILE = 'cdk8s-ml.yaml';

/** The name of a file from the working directory; the whole path of one elsewhere. */
export function nameOf(path: string, cwd: string): string {
  const name = relative(cwd, path);
  return slashed(name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name) ? path : name);
}

/** A path as it is written everywhere but on Windows. */
export function slashed(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}

/** What stands at a path; undefined where nothing does, or nothing that can be looked at. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
