import { Severity } from '../../findings/finding';
import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import type { Rule } from '../engine/rule';
import { BASELINE_CAPABILITIES } from '../../private/pod-standards';
import { quoted } from '../values/quote';
import type { ContainerPlace } from './containers';
import {
  APP_ARMOR, CAPABILITIES, HOST_NAMESPACE, HOST_PATH, HOST_PORT, HOST_PROBE, HOST_PROCESS, PRIVILEGED, PROC_MOUNT, SECCOMP, SELINUX, SYSCTL,
} from './rules';
import type { PodStandard } from './pod-standard';

const NONE: readonly never[] = [];
const EMPTY: Json = {};

/** Safe sysctls, and the release whose policy first allows them. */
const SYSCTLS: ReadonlyMap<string, number> = new Map([
  ['kernel.shm_rmid_forced', 0], ['net.ipv4.ip_local_port_range', 0], ['net.ipv4.tcp_syncookies', 0], ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0], ['net.ipv4.ip_local_reserved_ports', 27], ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29], ['net.ipv4.tcp_keepalive_intvl', 29], ['net.ipv4.tcp_keepalive_probes', 29], ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
]);
const SELINUX_TYPES = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t']);
/** What a DaemonSet that works on nodes cannot do without. */
const OF_NODE = new Set([HOST_NAMESPACE, HOST_PATH, PRIVILEGED]);
const PROFILES = new Set(['RuntimeDefault', 'Localhost']);
const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;
/** Releases whose policies first know of these. */
const HOST_PROBES_SINCE = 34;
const USER_NAMESPACES_SINCE = 35;
const ENGINE_TYPE_SINCE = 31;
const SECCOMP_FIELD_SINCE = 19;

/** Reports what the baseline standard refuses, which restricted refuses as well. */
export function checkBaseline(pod: PodSubject, containers: readonly ContainerPlace[], standard: PodStandard): void {
  const at = `${standard.level} namespace`;
  const refuse = (rule: Rule, path: Path, expected: string, found: unknown): void => {
    const fix = pod.kind === 'DaemonSet' && OF_NODE.has(rule) ? 'run it in a namespace of its own, whose standard is privileged' : undefined;
    pod.subject.report(rule, path, { expected: `${expected} in a ${at}`, found: quoted(found), fix, severity: Severity.ERROR });
  };
  const { spec, path } = pod;
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) if (spec[field] === true) refuse(HOST_NAMESPACE, path.field(field), 'false', true);
  const volumes: readonly Json[] = spec.volumes ?? NONE;
  volumes.forEach(({ hostPath }, i) => {
    if (hostPath) refuse(HOST_PATH, path.field('volumes').index(i).field('hostPath'), 'no directory of the node', hostPath.path);
  });
  checkPodSecurity(pod, standard, refuse);
  for (const container of containers) checkContainer(container, spec, standard, refuse);
}

type Refuse = (rule: Rule, path: Path, expected: string, found: unknown) => void;

function checkPodSecurity({ spec, path, metadata, metadataPath }: PodSubject, { minor, level }: PodStandard, refuse: Refuse): void {
  const security: Json = spec.securityContext ?? EMPTY;
  const at = path.field('securityContext');
  checkProfiles(security, at, minor, level, refuse);
  if (security.windowsOptions?.hostProcess === true) refuse(HOST_PROCESS, at.fields('windowsOptions', 'hostProcess'), 'false', true);
  const sysctls: readonly Json[] = security.sysctls ?? NONE;
  sysctls.forEach(({ name }, i) => {
    const since = SYSCTLS.get(name);
    if (since === undefined || minor < since) refuse(SYSCTL, at.field('sysctls').index(i).field('name'), 'a safe sysctl', name);
  });
  const annotations: Json = metadata.annotations ?? EMPTY;
  for (const key in annotations) {
    const value: unknown = annotations[key];
    if (!key.startsWith(APP_ARMOR_ANNOTATION) || value === '' || value === 'runtime/default' || String(value).startsWith('localhost/')) continue;
    refuse(APP_ARMOR, metadataPath.field('annotations').key(key), 'runtime/default or localhost/<profile>', value);
  }
}

function checkContainer({ json, path, security }: ContainerPlace, spec: Json, { minor, level }: PodStandard, refuse: Refuse): void {
  const at = path.field('securityContext');
  checkProfiles(security, at, minor, level, refuse);
  if (security.privileged === true) refuse(PRIVILEGED, at.field('privileged'), 'false', true);
  if (security.windowsOptions?.hostProcess === true) refuse(HOST_PROCESS, at.fields('windowsOptions', 'hostProcess'), 'false', true);
  if (security.procMount !== undefined && security.procMount !== 'Default' && !mayUnmask(spec, minor, level)) {
    refuse(PROC_MOUNT, at.field('procMount'), 'Default', security.procMount);
  }
  if (level === 'baseline' || minor < RESTRICTED_CAPABILITIES_SINCE) {
    const added: readonly string[] = security.capabilities?.add ?? NONE;
    added.forEach((name, i) => {
      if (!BASELINE_CAPABILITIES.has(name)) refuse(CAPABILITIES, at.fields('capabilities', 'add').index(i), 'one of the capabilities that a runtime gives by default', name);
    });
  }
  const ports: readonly Json[] = json.ports ?? NONE;
  ports.forEach(({ hostPort }, i) => {
    if (hostPort) refuse(HOST_PORT, path.field('ports').index(i).field('hostPort'), 'no port of the node', hostPort);
  });
  if (minor >= HOST_PROBES_SINCE) checkHosts(json, path, refuse);
}

/** The release from which the restricted standard has rules of its own for capabilities. */
export const RESTRICTED_CAPABILITIES_SINCE = 22;

/** AppArmor, SELinux and seccomp: the same fields for the pod and for a container. */
function checkProfiles(security: Json, at: Path, minor: number, level: string, refuse: Refuse): void {
  const armor: unknown = security.appArmorProfile?.type;
  if (security.appArmorProfile && !PROFILES.has(armor as string)) refuse(APP_ARMOR, at.fields('appArmorProfile', 'type'), 'RuntimeDefault or Localhost', armor);
  const options: Json | undefined = security.seLinuxOptions;
  if (options) {
    const type: string = options.type ?? '';
    if (!SELINUX_TYPES.has(type) && !(type === 'container_engine_t' && minor >= ENGINE_TYPE_SINCE)) {
      refuse(SELINUX, at.fields('seLinuxOptions', 'type'), 'a type of containers, such as container_t,', type);
    }
    for (const field of ['user', 'role']) if (options[field]) refuse(SELINUX, at.fields('seLinuxOptions', field), `no ${field}`, options[field]);
  }
  // the restricted standard asks for more
  if (level === 'restricted' || minor < SECCOMP_FIELD_SINCE || !security.seccompProfile) return;
  const seccomp: unknown = security.seccompProfile.type;
  if (!PROFILES.has(seccomp as string)) refuse(SECCOMP, at.fields('seccompProfile', 'type'), 'RuntimeDefault or Localhost', seccomp);
}

/** In a user namespace of its own a pod may see all of /proc, but not under the restricted standard. */
function mayUnmask(spec: Json, minor: number, level: string): boolean {
  return level === 'baseline' && minor >= USER_NAMESPACES_SINCE && spec.hostUsers === false;
}

function checkHosts(container: Json, path: Path, refuse: Refuse): void {
  for (const probe of PROBES) if (container[probe]) checkHost(container[probe], path.field(probe), refuse);
  for (const hook of HOOKS) if (container.lifecycle?.[hook]) checkHost(container.lifecycle[hook], path.fields('lifecycle', hook), refuse);
}

function checkHost(action: Json, path: Path, refuse: Refuse): void {
  for (const via of ['httpGet', 'tcpSocket']) if (action[via]?.host) refuse(HOST_PROBE, path.fields(via, 'host'), 'no host', action[via].host);
}
