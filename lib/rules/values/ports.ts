const NAME = /^[a-z0-9](?:-?[a-z0-9])*$/;
const LETTER = /[a-z]/;
const NAME_MAX = 15;

/** Name of a port of a container: `rdzv`. */
export function isPortName(name: string): boolean {
  return name.length <= NAME_MAX && NAME.test(name) && LETTER.test(name);
}

export function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65535;
}

/** What the name of a port looks like, as findings say it. */
export const PORT_NAME = 'at most 15 small letters, digits and dashes, at least one letter, no dash at either end and no two together';
/** What the number of a port is, as findings say it. */
export const PORT_NUMBER = 'a port from 1 to 65535';

/** A reference to a port: its number, or its name. */
export function isPort(port: unknown): boolean {
  return typeof port === 'number' ? isPortNumber(port) : typeof port === 'string' && isPortName(port);
}

/** What such a reference would have to be, where it is none. */
export function portProblem(port: unknown): string | undefined {
  if (isPort(port)) return undefined;
  return typeof port === 'string' ? `the name of a port: ${PORT_NAME}` : PORT_NUMBER;
}
