/** Whether a name can stand in a URL of the API, which is all that some kinds ask of it. */
export function isPathSegment(name: string): boolean {
  return name !== '.' && name !== '..' && !name.includes('/') && !name.includes('%');
}

/** What such a name looks like, as findings say it. */
export const PATH_SEGMENT = 'a name without / and %, and not . or ..';
