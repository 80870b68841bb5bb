import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';

/** `pod`: the name of one pod of the Service, `train-0.train`; `service`: the Service itself. */
export type Dial = 'pod' | 'service';

const CONTAINER_LISTS = ['containers', 'initContainers'] as const;
const NONE: readonly never[] = [];
const HOST_VARIABLE = /ADDR|HOST|MASTER|ENDPOINT|URL|PEERS|SERVER/;
const DOT = 46;
const COLON = 58;

/** Whether a pod reaches for a Service by its name, as far as its variables, command and arguments tell. */
export function dialsOf({ spec, subject }: PodSubject, service: string): Dial | undefined {
  const { namespace } = subject.manifest;
  let found: Dial | undefined;
  for (const list of CONTAINER_LISTS) {
    const containers: readonly Json[] = spec[list] ?? NONE;
    for (const { env = NONE, command = NONE, args = NONE } of containers) {
      for (const { name = '', value } of env) {
        if (typeof value !== 'string') continue;
        const dial = dialIn(value, service, namespace) ?? (HOST_VARIABLE.test(name) && isHost(value, service) ? 'service' : undefined);
        if (dial === 'pod') return dial;
        found ??= dial;
      }
      for (const text of [...command, ...args] as unknown[]) {
        const dial = typeof text === 'string' ? dialIn(text, service, namespace) : undefined;
        if (dial === 'pod') return dial;
        found ??= dial;
      }
    }
  }
  return found;
}

function dialIn(text: string, service: string, namespace: string): Dial | undefined {
  let found: Dial | undefined;
  for (let at = text.indexOf(service); at >= 0; at = text.indexOf(service, at + service.length)) {
    const end = at + service.length;
    if (isNameCode(text.charCodeAt(at - 1)) || isNameCode(text.charCodeAt(end))) continue;
    if (text.charCodeAt(at - 1) === DOT && endsPodName(text.charCodeAt(at - 2))) return 'pod';
    if (isPort(text, end) || isDomain(text, end, namespace)) found = 'service';
  }
  return found;
}

function isHost(value: string, service: string): boolean {
  return value === service || value.startsWith(`${service}.`);
}

/** Small letters, digits and the dash. */
function isNameCode(code: number): boolean {
  return code === 45 || isDigit(code) || (code >= 97 && code <= 122);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The last character of `train-0`, `$(HOSTNAME)`, `${HOSTNAME}`. */
function endsPodName(code: number): boolean {
  return isDigit(code) || code === 41 || code === 125;
}

function isPort(text: string, at: number): boolean {
  return text.charCodeAt(at) === COLON && isDigit(text.charCodeAt(at + 1));
}

function isDomain(text: string, at: number, namespace: string): boolean {
  if (text.charCodeAt(at) !== DOT) return false;
  return text.startsWith('svc', at + 1) || (namespace !== '' && text.startsWith(`${namespace}.svc`, at + 1));
}
