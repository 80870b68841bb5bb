import { nearest } from '../private/nearest';
import { TOOL } from '../rules/report/tool';
import { ExitCode, type Io } from './io';
import { USAGE_ERROR } from './usage';

type Verb = (args: readonly string[], io: Io) => Promise<ExitCode>;

/** Each is loaded only when it is called. */
const VERBS: ReadonlyMap<string, () => Promise<Verb>> = new Map([
  ['check', async () => (await import('./check')).check],
]);

const HELP = `Usage: cdk8s-ml <command> [options]

Commands:
  check   judges manifests before anyone applies them

cdk8s-ml <command> --help says more; cdk8s-ml --version says which version this is.
`;

/** Runs a command and says with which code the process is to end. Never throws. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.print(HELP);
    return ExitCode.CLEAN;
  }
  if (name === '--version' || (name !== undefined && VERBS.has(name) && rest.includes('--version'))) {
    io.print(`${TOOL.version}\n`);
    return ExitCode.CLEAN;
  }
  const load = VERBS.get(name ?? '');
  if (!load) return unknown(name, io);
  try {
    const verb = await load();
    return await verb(rest, io);
  } catch (error) {
    const { name: kind, message } = error as Error;
    // a stack would say nothing to those who only use the command
    io.warn(`cdk8s-ml ${name}: ${kind === USAGE_ERROR ? '' : 'unexpected: '}${message}\n`);
    return ExitCode.UNUSABLE;
  }
}

function unknown(name: string | undefined, io: Io): ExitCode {
  if (name === undefined) {
    io.warn(HELP);
  } else {
    const near = nearest(name, [...VERBS.keys()]);
    io.warn(`cdk8s-ml: there is no command ${JSON.stringify(name)}${near ? `, did you mean ${near}?` : ''}\n\n${HELP}`);
  }
  return ExitCode.UNUSABLE;
}
