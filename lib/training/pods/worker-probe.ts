import type { Duration } from 'cdk8s';
import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { given } from '../../private/given';
import { checkSeconds, isInt32From, MAX_INT32 } from '../../private/int32-checks';
import { reportType } from '../../private/prop-types';
import { MAX_PORT } from '../frameworks/options';
import type { PodConcern } from './pod-part';

const PROBE_DOCS = 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/';
/** What Kubernetes takes where a probe does not say. */
const DEFAULT_PERIOD_SECONDS = 10;
const DEFAULT_FAILURES = 3;
/** Time that workers wait for each other at most, before NCCL begins with its own. */
const START_SECONDS = 600;

/** When a worker is probed. */
export interface WorkerProbeProps {
  /**
   * Time from the start of the container to the first probe.
   *
   * @default - none
   */
  readonly initialDelay?: Duration;

  /**
   * Time between two probes, at least a second.
   *
   * @default Duration.seconds(10)
   */
  readonly period?: Duration;

  /**
   * Time after which a probe has failed, at least a second.
   *
   * @default Duration.seconds(1)
   */
  readonly timeout?: Duration;

  /**
   * How many probes must fail one after the other.
   *
   * @default 3
   */
  readonly failures?: number;
}

/**
 * A question that the kubelet asks a worker again and again. A training needs none: a process that ends is seen without, and one
 * that hangs in a collective still answers.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export class WorkerProbe {
  /** A program in the worker's container, which must end with 0. */
  public static command(command: string[], props: WorkerProbeProps = {}): WorkerProbe {
    return new WorkerProbe({ exec: { command } }, given(props));
  }

  /** A TCP port of the worker, which must accept a connection. */
  public static tcp(port: number, props: WorkerProbeProps = {}): WorkerProbe {
    return new WorkerProbe({ tcpSocket: { port } }, given(props));
  }

  /** A path of an HTTP server in the worker, whose answer must have a status from 200 to 399. */
  public static http(path: string, port: number, props: WorkerProbeProps = {}): WorkerProbe {
    return new WorkerProbe({ httpGet: { path, port } }, given(props));
  }

  private constructor(private readonly handler: Handler, private readonly props: WorkerProbeProps) {}

  /** @internal */
  public get _wire(): Record<string, unknown> {
    const { initialDelay, period, timeout, failures } = this.props;
    return {
      ...this.handler,
      ...(initialDelay && { initialDelaySeconds: initialDelay.toSeconds() }),
      ...(period && { periodSeconds: period.toSeconds() }),
      ...(timeout && { timeoutSeconds: timeout.toSeconds() }),
      ...(failures !== undefined && { failureThreshold: failures }),
    };
  }

  /**
   * Port that must accept a connection; undefined for another probe.
   *
   * @internal
   */
  public get _tcpPort(): number | undefined {
    return this.handler.tcpSocket?.port;
  }

  /**
   * Port that is asked, by whichever protocol; undefined for a program.
   *
   * @internal
   */
  public get _port(): number | undefined {
    return (this.handler.tcpSocket ?? this.handler.httpGet)?.port;
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    const { initialDelay, period, timeout, failures } = this.props;
    checkHandler(this.handler, sink);
    checkTime(initialDelay, { path: 'initialDelay', least: 0, example: 'Duration.minutes(15)' }, sink);
    checkTime(period, { path: 'period', least: 1, example: 'Duration.seconds(10)' }, sink);
    checkTime(timeout, { path: 'timeout', least: 1, example: 'Duration.seconds(5)' }, sink);
    if (failures === undefined || isInt32From(1, failures)) return;
    sink.error({
      ruleId: 'api/probe', path: 'failures', expected: `a whole number from 1 to ${MAX_INT32}`, found: described(failures),
      fix: 'set `failures` to the probes that may fail, or leave it out', link: PROBE_DOCS,
    });
  }

  /**
   * Warns of a probe that ends a worker which still waits for the others.
   *
   * @internal
   */
  public _checkLiveness(sink: ProblemSink): void {
    const { initialDelay, period, failures = DEFAULT_FAILURES } = this.props;
    if (![initialDelay, period].every(isTime)) return;
    const seconds = (duration: Duration | undefined, otherwise: number): number => duration?.toSeconds({ integral: false }) ?? otherwise;
    const killedAfter = seconds(initialDelay, 0) + seconds(period, DEFAULT_PERIOD_SECONDS) * failures;
    if (!(killedAfter < START_SECONDS)) return;
    sink.warn({
      ruleId: 'train/liveness',
      path: 'initialDelay',
      expected: `at least ${START_SECONDS} s before the first restart: workers wait as long for each other, and NCCL may take longer to start`,
      found: `${killedAfter} s`,
      fix: 'set `initialDelay` above the longest start, as Duration.minutes(15), or leave `liveness` out: training needs none',
      link: PROBE_DOCS,
    });
  }
}

/** Exactly one of them. */
interface Handler {
  readonly exec?: { readonly command: string[] };
  readonly tcpSocket?: { readonly port: number };
  readonly httpGet?: { readonly path: string; readonly port: number };
}

function checkHandler({ exec, tcpSocket, httpGet }: Handler, sink: ProblemSink): void {
  if (exec) {
    const { command } = exec;
    if (Array.isArray(command) && command.length > 0 && command.every(word => typeof word === 'string')) return;
    sink.error({
      ruleId: 'api/probe', path: 'command', expected: 'a program and its arguments, each a text', found: described(command),
      fix: "set `command`, as ['cat', '/tmp/alive']", link: PROBE_DOCS,
    });
    return;
  }
  const port = (tcpSocket ?? httpGet)!.port;
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) {
    sink.error({
      ruleId: 'api/probe', path: 'port', expected: `a whole number from 1 to ${MAX_PORT}`, found: described(port), fix: 'use a port that the worker listens on',
      link: PROBE_DOCS,
    });
  }
  if (!httpGet || (typeof httpGet.path === 'string' && httpGet.path.startsWith('/'))) return;
  sink.error({
    ruleId: 'api/probe', path: 'path', expected: 'a path that begins with `/`', found: described(httpGet.path), fix: 'use a path such as `/healthz`', link: PROBE_DOCS,
  });
}

function isTime(value: unknown): boolean {
  return value === undefined || typeof (value as Partial<Duration>).toSeconds === 'function';
}

function checkTime(value: Duration | undefined, say: { path: string; least: number; example: string }, sink: ProblemSink): void {
  if (isTime(value)) checkSeconds(value, say, sink);
  else reportType(value, { ...say, expected: 'a Duration' }, sink);
}

/** Probes of the containers that train: none unless asked for. */
export const probes: PodConcern = ({ liveness, readiness }, { role }) => role.accelerated ? {
  container: {
    ...(liveness && { livenessProbe: liveness._wire }),
    ...(readiness && { readinessProbe: readiness._wire }),
  },
} : {};
