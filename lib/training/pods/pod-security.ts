import type { ProblemSink } from '../../findings/collector';
import { BASELINE_CAPABILITIES, RESTRICTED_VOLUMES } from '../../private/pod-standards';
import type { Container, PodSpec } from '../../private/wire';

const DOCS = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';
const LABEL = 'pod-security.kubernetes.io/enforce';

/** A standard that lets pods in which the restricted one refuses. */
export type WiderStandard = 'baseline' | 'privileged';

/** What of a pod the restricted standard refuses. */
export interface Breach {
  /** The narrowest standard that allows it. */
  readonly needs: WiderStandard;
  /** For people: `the capability IPC_LOCK`. */
  readonly what: string;
}

type Json = Readonly<Record<string, any>>;

/** What the restricted standard refuses of a pod of this library. */
export function breachesOf(spec: PodSpec): Breach[] {
  const containers = [...spec.initContainers ?? [], ...spec.containers];
  return [
    ...hostBreaches(spec),
    ...(spec.volumes ?? []).flatMap(volumeBreaches),
    ...securityBreaches(spec.securityContext),
    ...containers.flatMap(container => containerBreaches(container)),
  ];
}

function hostBreaches(spec: Json): Breach[] {
  return ['hostNetwork', 'hostIPC', 'hostPID'].flatMap(field => spec[field] === true ? [{ needs: 'privileged', what: `\`${field}\`` } as const] : []);
}

function volumeBreaches({ name, ...source }: Json): Breach[] {
  const [type] = Object.keys(source);
  if (type === undefined || RESTRICTED_VOLUMES.includes(type)) return [];
  return [{ needs: type === 'hostPath' ? 'privileged' : 'baseline', what: `the ${type} volume \`${name}\`` }];
}

function containerBreaches({ securityContext, ports = [] }: Container): Breach[] {
  const { privileged, capabilities = {}, allowPrivilegeEscalation } = securityContext as Json;
  const added: readonly string[] = capabilities.add ?? [];
  return [
    ...securityBreaches(securityContext),
    ...privileged === true ? [{ needs: 'privileged', what: 'a privileged container' } as const] : [],
    ...allowPrivilegeEscalation === false ? [] : [{ needs: 'baseline', what: 'a container that may gain privileges' } as const],
    ...(capabilities.drop ?? []).includes('ALL') ? [] : [{ needs: 'baseline', what: 'a container that keeps capabilities' } as const],
    ...added.filter(name => name !== 'NET_BIND_SERVICE').map((name): Breach => ({
      needs: BASELINE_CAPABILITIES.has(name) ? 'baseline' : 'privileged', what: `the capability ${name}`,
    })),
    ...(ports as readonly Json[]).flatMap(({ hostPort }) => hostPort ? [{ needs: 'privileged', what: `the port ${hostPort} of the node` } as const] : []),
  ];
}

/** What pods and containers both say. */
function securityBreaches({ runAsUser, runAsNonRoot, seccompProfile }: Json): Breach[] {
  return [
    ...runAsUser === 0 || runAsNonRoot === false ? [{ needs: 'baseline', what: 'root' } as const] : [],
    ...seccompProfile?.type === 'Unconfined' ? [{ needs: 'privileged', what: 'no seccomp profile' } as const] : [],
  ];
}

/** Warns once of all that keeps the pods of a job out of restricted namespaces, and says what the namespace must be labelled. */
export function checkPodSecurity(specs: readonly PodSpec[], sink: ProblemSink): void {
  const breaches = specs.flatMap(breachesOf);
  if (breaches.length === 0) return;
  const level: WiderStandard = breaches.some(({ needs }) => needs === 'privileged') ? 'privileged' : 'baseline';
  const whats = [...new Set(breaches.map(({ what }) => what))];
  sink.warn({
    ruleId: 'sec/pod-standard',
    path: 'namespace',
    expected: `a namespace whose Pod Security Standard is ${level}${level === 'baseline' ? ' or privileged' : ''}: others refuse these pods`,
    found: `pods with ${whats.join(', ')}`,
    fix: `label the namespace with ${LABEL}: ${level}, or do without`,
    link: `${DOCS}#${level === 'baseline' ? 'restricted' : 'baseline'}`,
  });
}
