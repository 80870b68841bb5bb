import type { ProblemSink } from '../../findings/collector';
import { checkIsSize, checkTexts, type PropType, reportType, textsIn } from '../../private/prop-types';

const EXAMPLE = "{ name: 'fetch', image: 'busybox:1.37', command: ['sh', '-c', 'true'], memory: Size.mebibytes(64) }";

/** Holds containers before and beside the one that trains to their types; undefined where nothing of them is of use to other checks. */
export function containersIn(path: string, value: unknown, sink: ProblemSink): unknown[] | undefined {
  const expected = 'a container';
  if (!Array.isArray(value)) {
    reportType(value, { path, expected: `a list, each of it ${expected}`, example: `[${EXAMPLE}]` }, sink);
    return undefined;
  }
  const right = value.map((one: unknown, i) => {
    const at = `${path}[${i}]`;
    if (isObject(one)) return isContainer(one, at, sink);
    reportType(one, { path: at, expected, example: EXAMPLE }, sink);
    return false;
  });
  return right.every(isRight => isRight) ? value : undefined;
}

/** Every member is looked at, so that all that is wrong is told at once. */
function isContainer(container: Readonly<Record<string, unknown>>, at: string, sink: ProblemSink): boolean {
  const { name, command, args, memory, cpu, env, envValues, mounts } = container;
  let wrong = 0;
  const counting: ProblemSink = {
    error: problem => {
      wrong++;
      sink.error(problem);
    },
    warn: problem => sink.warn(problem),
  };
  const hold = (isRight: boolean, found: unknown, type: PropType): void => {
    if (!isRight) reportType(found, { ...type, path: `${at}.${type.path}` }, counting);
  };
  hold(typeof name === 'string', name, { path: 'name', expected: 'a text', example: "'fetch'" });
  checkTexts(`${at}.command`, command, "['sh', '-c', 'true']", counting);
  if (args != null) checkTexts(`${at}.args`, args, "['--verbose']", counting);
  checkIsSize(`${at}.memory`, memory as never, 'Size.mebibytes(64)', counting);
  if (cpu != null) hold(isObject(cpu) && typeof cpu.amount === 'string', cpu, { path: 'cpu', expected: 'a Cpu', example: 'Cpu.millis(100)' });
  if (env != null) textsIn(`${at}.env`, env, "{ LOG_LEVEL: 'info' }", counting);
  if (envValues != null) {
    const isRight = isObject(envValues) && Object.values(envValues).every(one => isObject(one) && ('value' in one || 'valueFrom' in one));
    const example = "{ TOKEN: EnvValue.fromSecretValue({ secret, key: 'token' }) }";
    hold(isRight, envValues, { path: 'envValues', expected: 'EnvValues by their names', example });
  }
  if (mounts != null) {
    const isRight = Array.isArray(mounts) && mounts.every(one => isObject(one) && '_spec' in one);
    hold(isRight, mounts, { path: 'mounts', expected: 'a list, each of it a volume at a path', example: "[spool.at('/spool')]" });
  }
  return wrong === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
