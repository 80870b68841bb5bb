import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DistributedTrainingJob, Engine, Framework, WorkerProbe } from '../../../lib';
import { errorsIn } from '../../support/checker';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { chartIn } from '../../support/manifests';
import { ENGINES, MINIMUM, refused, train } from '../../support/training';

const DELAYED = { initialDelay: Duration.minutes(15) };

describe('a worker', () => {
  test('has no probes unless they are asked for', () => {
    const { worker } = train();
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) expect(worker).not.toHaveProperty(probe);
  });

  test.each(ENGINES.map(engine => [engine.name, engine] as const))('has those of the user in a %s', (_, engine) => {
    const { worker, manifests, job } = train({
      engine,
      liveness: WorkerProbe.command(['cat', '/tmp/alive'], { ...DELAYED, period: Duration.minutes(1), timeout: Duration.seconds(5), failures: 5 }),
      readiness: WorkerProbe.tcp(9400),
    });
    expect(worker.livenessProbe).toEqual({
      exec: { command: ['cat', '/tmp/alive'] }, initialDelaySeconds: 900, periodSeconds: 60, timeoutSeconds: 5, failureThreshold: 5,
    });
    expect(worker.readinessProbe).toEqual({ tcpSocket: { port: 9400 } });
    expect(errorsIn(manifests)).toEqual([]);
    expect(warningsOn(job)).toEqual([]);
  });

  test('answers on HTTP', () => {
    expect(train({ readiness: WorkerProbe.http('/healthz', 8080) }).worker.readinessProbe).toEqual({ httpGet: { path: '/healthz', port: 8080 } });
  });
});

describe('a liveness probe', () => {
  const warnings = (liveness: WorkerProbe): string[] => warningsOn(train({ liveness }).job).map(lineOf);

  test('is worth a warning where it ends workers that wait for the others', () => {
    expect(warnings(WorkerProbe.tcp(9400))).toEqual([
      'train/liveness | liveness.initialDelay: expected at least 600 s before the first restart: workers wait as long for each other, and NCCL may take'
      + ' longer to start, found 30 s | set `initialDelay` above the longest start, as Duration.minutes(15), or leave `liveness` out: training needs none',
    ]);
    expect(warnings(WorkerProbe.tcp(9400, { initialDelay: Duration.seconds(569) }))).toHaveLength(1);
  });

  test('is worth none where it lets them wait, in whichever way', () => {
    expect(warnings(WorkerProbe.tcp(9400, { initialDelay: Duration.seconds(570) }))).toEqual([]);
    expect(warnings(WorkerProbe.tcp(9400, { period: Duration.minutes(2), failures: 5 }))).toEqual([]);
  });
});

describe('a readiness probe', () => {
  /** A job of MPI, whose launcher waits for its workers. */
  const warnings = (readiness: WorkerProbe): string[] => (
    warningsOn(new DistributedTrainingJob(chartIn(), 'train', { ...MINIMUM, framework: Framework.mpi(), engine: Engine.mpiJob(), readiness })).map(lineOf)
  );

  test('is worth no warning', () => {
    expect(warningsOn(train({ readiness: WorkerProbe.tcp(9400) }).job)).toEqual([]);
    expect(warnings(WorkerProbe.tcp(2222)).filter(line => line.startsWith('train/readiness'))).toEqual([]);
  });

  test('is worth one where the launcher would wait for the training, which waits for the launcher', () => {
    expect(warnings(WorkerProbe.tcp(9400)).filter(line => line.startsWith('train/readiness'))).toEqual([
      'train/readiness | readiness: expected a worker that is ready before the training begins, as WorkerProbe.tcp(2222) finds its sshd:'
      + ' the launcher is made when all are ready, found another probe with Engine.mpiJob() | probe the port of sshd, or leave `readiness` out',
    ]);
  });
});

describe('a probe is refused for', () => {
  test.each<[string, WorkerProbe, string]>([
    ['no command', WorkerProbe.command([]),
      "api/probe | readiness.command: expected a program and its arguments, each a text, found [] | set `command`, as ['cat', '/tmp/alive']"],
    ['a port beyond the last', WorkerProbe.tcp(65_536),
      'api/probe | readiness.port: expected a whole number from 1 to 65535, found 65536 | use a port that the worker listens on'],
    ['half a path', WorkerProbe.http('healthz', 8080),
      'api/probe | readiness.path: expected a path that begins with `/`, found "healthz" | use a path such as `/healthz`'],
    ['no failures', WorkerProbe.tcp(80, { failures: 0 }),
      'api/probe | readiness.failures: expected a whole number from 1 to 2147483647, found 0 | set `failures` to the probes that may fail, or leave it out'],
    ['no period', WorkerProbe.tcp(80, { period: Duration.seconds(0) }),
      'api/seconds | readiness.period: expected whole seconds from 1 to 2147483647, found 0 s | set `period`, as Duration.seconds(10)'],
    ['half a second', WorkerProbe.tcp(80, { timeout: Duration.millis(500) }),
      'api/seconds | readiness.timeout: expected whole seconds from 1 to 2147483647, found 0.5 s | set `timeout`, as Duration.seconds(5)'],
    ['a delay of parts of a second', WorkerProbe.tcp(80, { initialDelay: Duration.millis(1) }),
      'api/seconds | readiness.initialDelay: expected whole seconds from 0 to 2147483647, found 0.001 s | set `initialDelay`, as Duration.minutes(15)'],
  ])('%s', (_, readiness, line) => {
    expect(errorsOf(refused({ readiness }))).toEqual([line]);
  });

  test('being a command', () => {
    const props: any = { liveness: ['true'] };
    expect(errorsOf(refused(props))).toEqual([
      "props/type | liveness: expected a WorkerProbe, found [\"true\"] | set `liveness`, as WorkerProbe.command(['cat', '/tmp/alive'])",
    ]);
  });
});
