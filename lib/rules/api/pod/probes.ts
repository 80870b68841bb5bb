import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule, type Rule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isPort, isPortNumber, PORT_NAME, PORT_NUMBER } from '../../values/ports';
import { quoted } from '../../values/quote';
import { graceOf, type ContainerSite } from './site';

export const PROBE = errorRule({
  id: 'api/probe',
  title: 'A probe has exactly one handler with a port, a path or a command, and no negative times',
  why: 'The API server refuses a probe that asks nothing, or two things at once, that names no possible port, or whose counts are below zero. '
    + 'Liveness and startup probes succeed at once; a readiness probe has no grace period.',
  fix: 'keep one of exec, httpGet, tcpSocket and grpc, with a port from 1 to 65535 or the name of one',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
});

export const LIFECYCLE = errorRule({
  id: 'api/lifecycle',
  title: 'A lifecycle hook has exactly one handler, and sleeps no longer than the pod may take to end',
  why: 'The API server refuses a hook that does nothing or two things at once, and a `sleep` longer than `terminationGracePeriodSeconds`.',
  fix: 'keep one of exec, httpGet, tcpSocket and sleep; raise `terminationGracePeriodSeconds` for a longer sleep',
  link: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
});

export const INIT_PROBE = errorRule({
  id: 'api/init-container-probe',
  title: 'Only init containers that restart always have probes and lifecycle hooks',
  why: 'An ordinary init container ends before anything could ask it; the API server refuses its probes and hooks.',
  fix: 'remove them, or set `restartPolicy: Always` to make it a sidecar (Kubernetes 1.29 and newer)',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#differences-from-regular-containers',
});

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const COUNTS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const;
const PROBE_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const HOOK_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'sleep'];
/** Before it the server drops `sleep`. */
const SLEEP_SINCE = 30;
const SLEEP_ZERO_SINCE = 33;
const SCHEMES = ['HTTP', 'HTTPS'];
const HEADER = /^[-A-Za-z0-9]+$/;
const NONE: readonly Json[] = [];

/** Probes and hooks of a container that keeps running. */
export function checkProbes(site: ContainerSite): void {
  const { container, path } = site;
  for (let i = 0; i < PROBES.length; i++) {
    const probe = container[PROBES[i]];
    if (probe !== undefined) checkProbe(site.pod.subject, probe, path.field(PROBES[i]), PROBES[i] === 'readinessProbe');
  }
  const { lifecycle } = container;
  if (lifecycle === undefined) return;
  if (lifecycle.postStart !== undefined) checkHook(site, lifecycle.postStart, 'postStart');
  if (lifecycle.preStop !== undefined) checkHook(site, lifecycle.preStop, 'preStop');
}

/** An init container that ends has neither. */
export function checkInitProbes({ pod: { subject }, container, path }: ContainerSite): void {
  if (container.lifecycle !== undefined && !isDropped(container.lifecycle, subject.minor)) {
    subject.report(INIT_PROBE, path.field('lifecycle'), { expected: 'no lifecycle in an init container that ends', found: 'some' });
  }
  for (let i = 0; i < PROBES.length; i++) {
    if (container[PROBES[i]] === undefined) continue;
    subject.report(INIT_PROBE, path.field(PROBES[i]), { expected: `no ${PROBES[i]} in an init container that ends`, found: 'one' });
  }
}

/** The server drops a stop signal, and `sleep` in old releases, and then a lifecycle in which nothing is left. */
function isDropped({ preStop, postStart, stopSignal }: Json, minor: number): boolean {
  if (preStop === undefined && postStart === undefined) return stopSignal !== undefined;
  return minor < SLEEP_SINCE && isOnlySleep(preStop) && isOnlySleep(postStart);
}

function isOnlySleep(hook: Json | undefined): boolean {
  return hook === undefined || (hook.sleep !== undefined && !hasOther(hook));
}

/** Whether a hook has a handler other than `sleep`. */
function hasOther({ exec, httpGet, tcpSocket }: Json): boolean {
  return exec !== undefined || httpGet !== undefined || tcpSocket !== undefined;
}

function checkProbe(subject: Subject, probe: Json, path: Path, isReadiness: boolean): void {
  checkHandlers(PROBE, subject, probe, path, PROBE_HANDLERS);
  for (let i = 0; i < COUNTS.length; i++) {
    if (probe[COUNTS[i]] < 0) subject.report(PROBE, path.field(COUNTS[i]), { expected: 'a count of 0 or more', found: quoted(probe[COUNTS[i]]) });
  }
  const { successThreshold, terminationGracePeriodSeconds: grace } = probe;
  if (!isReadiness && successThreshold && successThreshold !== 1) {
    subject.report(PROBE, path.field('successThreshold'), { expected: '1, as only a readiness probe may ask for more', found: quoted(successThreshold) });
  }
  if (grace === undefined) return;
  if (isReadiness) subject.report(PROBE, path.field('terminationGracePeriodSeconds'), { expected: 'none in a readiness probe', found: quoted(grace) });
  else if (grace <= 0) subject.report(PROBE, path.field('terminationGracePeriodSeconds'), { expected: 'seconds above 0', found: quoted(grace) });
}

function checkHook(site: ContainerSite, hook: Json, field: string): void {
  const { pod, path } = site;
  const { minor } = pod.subject;
  if (minor < SLEEP_SINCE) {
    if (hook.sleep !== undefined && isOnlySleep(hook)) return;
    checkHandlers(LIFECYCLE, pod.subject, hook, path.field('lifecycle').field(field), HOOK_HANDLERS.slice(0, -1));
    return;
  }
  checkHandlers(LIFECYCLE, pod.subject, hook, path.field('lifecycle').field(field), HOOK_HANDLERS);
  if (hook.sleep === undefined || hasOther(hook)) return;
  const { seconds = 0 } = hook.sleep;
  const least = minor >= SLEEP_ZERO_SINCE ? 0 : 1;
  if (seconds >= least && seconds <= graceOf(pod)) return;
  pod.subject.report(LIFECYCLE, path.fields('lifecycle', field, 'sleep'), {
    expected: `${least} to ${graceOf(pod)} seconds, the terminationGracePeriodSeconds of the pod`, found: quoted(seconds),
  });
}

/** Only the first handler is looked into; every other one is refused. */
function checkHandlers(rule: Rule, subject: Subject, handlers: Json, path: Path, names: readonly string[]): void {
  let first: string | undefined;
  for (let i = 0; i < names.length; i++) {
    const handler = handlers[names[i]];
    if (handler === undefined) continue;
    if (first === undefined) {
      first = names[i];
      checkHandler(rule, subject, first, handler, path);
    } else subject.report(rule, path.field(names[i]), { expected: `no other handler beside ${first}`, found: names[i] });
  }
  if (first === undefined) subject.report(rule, path, { expected: `one of ${names.join(', ')}`, found: 'none' });
}

function checkHandler(rule: Rule, subject: Subject, name: string, handler: Json, path: Path): void {
  switch (name) {
    case 'exec':
      if (!(handler.command?.length > 0)) subject.report(rule, path.fields('exec', 'command'), { expected: 'a command', found: 'none' });
      break;
    case 'httpGet':
      checkHttpGet(rule, subject, handler, path);
      break;
    case 'tcpSocket':
      if (!isPort(handler.port)) reportPort(rule, subject, handler.port, path.field('tcpSocket'));
      break;
    case 'grpc':
      if (!isPortNumber(handler.port)) reportPort(rule, subject, handler.port, path.field('grpc'));
      break;
  }
}

function reportPort(rule: Rule, subject: Subject, port: unknown, path: Path): void {
  subject.report(rule, path.field('port'), { expected: typeof port === 'string' ? PORT_NAME : PORT_NUMBER, found: quoted(port) });
}

function checkHttpGet(rule: Rule, subject: Subject, { port, scheme, httpHeaders = NONE }: Json, path: Path): void {
  if (!isPort(port)) reportPort(rule, subject, port, path.field('httpGet'));
  if (scheme && !SCHEMES.includes(scheme)) {
    subject.report(rule, path.fields('httpGet', 'scheme'), { expected: 'HTTP or HTTPS', found: quoted(scheme) });
  }
  for (let i = 0; i < httpHeaders.length; i++) {
    const { name } = httpHeaders[i];
    if (name && HEADER.test(name)) continue;
    subject.report(rule, path.fields('httpGet', 'httpHeaders'), { expected: 'header names of letters, digits and -', found: name ? quoted(name) : 'none' });
  }
}
