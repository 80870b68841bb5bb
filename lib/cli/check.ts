import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { countOf } from '../findings/text';
import { DEFAULT_TARGET } from '../private/target';
import type { CheckReport } from '../rules/check-report';
import { ManifestChecker } from '../rules/manifest-checker';
import { render, ReportFormat, type FailOn } from '../rules/report';
import { summaryText } from '../rules/report/summary';
import { Texts } from '../rules/source';
import type { Suppression } from '../rules/suppression';
import { describeOptions, readArguments, type Arguments, type OptionFacts } from './arguments';
import { FAIL_ON, FORMATS, TARGETS } from './choices';
import { readExternals } from './external';
import { findInputs, STANDARD_INPUT, type Input } from './inputs';
import { ExitCode, showsColours, type Io } from './io';
import { SETTINGS_FILE, statsOf } from './names';
import { readSettings } from './settings';
import { UsageProblems } from './usage';

const OPTIONS: Readonly<Record<string, OptionFacts>> = {
  'target': { type: 'string', short: 't', value: 'release', about: `Kubernetes release, ${TARGETS[0]} to ${TARGETS.at(-1)} (default ${DEFAULT_TARGET})` },
  'format': { type: 'string', short: 'f', value: FORMATS.join('|'), about: 'how the report is written (default text)' },
  'output': { type: 'string', short: 'o', value: 'file', about: 'where the report is written, in a folder that exists (default and -: standard output)' },
  'fail-on': { type: 'string', value: FAIL_ON.join('|'), about: 'least severity that leads to exit code 2 (default error)' },
  'external': { type: 'string', short: 'e', multiple: true, value: 'object|file', about: 'what exists outside, as Secret/ml-training/hub or in a file; may be repeated' },
  'assume-complete': { type: 'boolean', about: 'nothing exists beyond the manifests and what is external' },
  'config': { type: 'string', short: 'c', value: 'file', about: `settings (default ${SETTINGS_FILE} where there is one)` },
  'help': { type: 'boolean', short: 'h', about: 'shows this' },
};

const HELP = `Usage: cdk8s-ml check [options] <files, folders, patterns or ->

Judges manifests of YAML or JSON before anyone applies them: by shape, by the API server's own rules, and by the storage chain
from pod to driver. In folders, .yaml, .yml and .json files are read, and what is no Kubernetes object is left out.

${describeOptions(OPTIONS)}

Settings file: target, external, assumeComplete, failOn, ignore (patterns of files), suppressions (rule, reason, until, kind,
namespace, name). Options come before settings; what is external is added.

Exit codes: 0 clean, 1 wrong use or unreadable input, 2 findings at the threshold or above.
`;

/** The same sign as for the standard input. */
const STANDARD_OUTPUT = STANDARD_INPUT;

/** What a call asks for. */
interface Request {
  readonly checker: ManifestChecker;
  readonly suppressions: readonly Suppression[];
  readonly inputs: readonly Input[];
  readonly format: ReportFormat;
  readonly failOn: FailOn;
  /** Absolute; undefined for the standard output. */
  readonly output: string | undefined;
}

/** `cdk8s-ml check`. */
export async function check(args: readonly string[], io: Io): Promise<ExitCode> {
  const problems = new UsageProblems();
  const given = readArguments(args, OPTIONS, problems);
  if (given.flag('help')) {
    io.print(HELP);
    return ExitCode.CLEAN;
  }
  const request = readRequest(given, io.cwd, problems);
  const texts = await readInputs(request.inputs, io);
  const report = texts.judge(request.checker, request.suppressions);
  if (!write(report, request, texts, io)) return ExitCode.UNUSABLE;
  return exitCodeOf(report, request, texts, io);
}

/** @throws UsageError with everything that is wrong */
function readRequest(given: Arguments, cwd: string, problems: UsageProblems): Request {
  const settings = readSettings(given.text('config'), cwd, problems);
  const choose = <T extends string>(option: string, choices: readonly T[]): T | undefined => {
    const value = given.text(option);
    const chosen = choices.find(one => one === value);
    if (value !== undefined && chosen === undefined) {
      problems.add({ where: `--${option}`, expected: `one of ${choices.join(', ')}`, found: JSON.stringify(value) });
    }
    return chosen;
  };
  const target = choose('target', TARGETS) ?? settings.target;
  const format = choose('format', FORMATS) ?? ReportFormat.TEXT;
  const failOn = choose('fail-on', FAIL_ON) ?? settings.failOn ?? FAIL_ON[0];
  const external = [...settings.external ?? [], ...readExternals(given.texts('external'), cwd, problems)];
  if (given.positionals.length === 0) {
    problems.add({ where: 'arguments', expected: 'files, folders, patterns or -', found: 'none', fix: 'see cdk8s-ml check --help' });
  }
  const inputs = findInputs(given.positionals, cwd, settings.ignore ?? [], problems);
  const output = outputOf(given.text('output'), cwd, problems);
  problems.throwIfAny();
  const suppressions = [...settings.suppressions ?? []];
  const assumeComplete = given.flag('assume-complete') || settings.assumeComplete;
  return { checker: new ManifestChecker({ target, external, assumeComplete, suppressions }), suppressions, inputs, format, failOn, output };
}

function outputOf(file: string | undefined, cwd: string, problems: UsageProblems): string | undefined {
  if (file === undefined || file === STANDARD_OUTPUT) return undefined;
  const path = resolve(cwd, file);
  if (!statsOf(dirname(path))?.isDirectory()) {
    problems.add({ where: '--output', expected: 'a file in a folder that exists', found: JSON.stringify(file), fix: 'make the folder first, or correct its name' });
  }
  if (statsOf(path)?.isDirectory()) problems.add({ where: '--output', expected: 'a file', found: `the folder ${file}` });
  return path;
}

async function readInputs(inputs: readonly Input[], io: Io): Promise<Texts> {
  const texts = new Texts();
  for (const { file, path, wasFound } of inputs) texts.add(file, await bytesOf(path, io), { leavesForeign: wasFound });
  return texts;
}

async function bytesOf(path: string | undefined, io: Io): Promise<Buffer | Error> {
  try {
    return path === undefined ? await io.readInput() : readFileSync(path);
  } catch (error) {
    return error as Error;
  }
}

function write(report: CheckReport, { format, failOn, output }: Request, { textOf }: Texts, io: Io): boolean {
  const text = render(report, format, {
    colours: output === undefined && showsColours(io),
    textOf,
    failOn,
  });
  if (output === undefined) {
    io.print(text);
    return true;
  }
  try {
    writeFileSync(output, text);
  } catch (error) {
    io.warn(`cdk8s-ml: the report could not be written: ${(error as Error).message}\n`);
    return false;
  }
  io.warn(`${summaryText(report)}\n`);
  return true;
}

function exitCodeOf(report: CheckReport, { failOn }: Request, { foreign, isIncomplete, manifests }: Texts, io: Io): ExitCode {
  if (foreign > 0) io.warn(`${countOf(foreign, 'document')} without apiVersion and kind left out\n`);
  if (isIncomplete) return ExitCode.UNUSABLE;
  if (manifests.length === 0) {
    io.warn('cdk8s-ml: no Kubernetes object was found, so nothing was checked\n');
    return ExitCode.UNUSABLE;
  }
  return failOn === 'never' || report.passes(failOn) ? ExitCode.CLEAN : ExitCode.FINDINGS;
}
