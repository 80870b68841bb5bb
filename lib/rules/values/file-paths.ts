/** Paths of files, as the API server tells them apart. */

const SLASH = 47;

/** Whether it starts at the root. */
export function isAbsolute(path: string): boolean {
  return path.charCodeAt(0) === SLASH;
}

/** Whether one of its elements is `..`. */
export function hasBackstep(path: string): boolean {
  return path.includes('..') && path.split('/').includes('..');
}

/** Whether it stays below the folder that it is taken from. */
export function isBelow(path: string): boolean {
  return !isAbsolute(path) && !hasBackstep(path);
}

/** The same, for the files of a volume: names that start with `..` are its own. */
export function isFreeBelow(path: string): boolean {
  return isBelow(path) && !path.startsWith('..');
}
