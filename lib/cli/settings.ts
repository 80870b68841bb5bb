import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { KubernetesVersion } from '../kubernetes-version';
import type { FailOn } from '../rules/report';
import { decode, readSource } from '../rules/source';
import type { Suppression } from '../rules/suppression';
import { FAIL_ON, TARGETS } from './choices';
import { nameOf, SETTINGS_FILE } from './names';
import { SettingsReader } from './settings-reader';
import type { UsageProblems } from './usage';

/** What a settings file says. */
export interface Settings {
  readonly target?: KubernetesVersion;
  readonly external?: readonly unknown[];
  readonly assumeComplete?: boolean;
  readonly failOn?: FailOn;
  readonly suppressions?: readonly Suppression[];
  /** Patterns of files to leave out, from the working directory. */
  readonly ignore?: readonly string[];
}

const KEYS: readonly (keyof Settings)[] = ['target', 'external', 'assumeComplete', 'failOn', 'suppressions', 'ignore'];

/** @param file as it was named; the one of the working directory where none was */
export function readSettings(file: string | undefined, cwd: string, problems: UsageProblems): Settings {
  const path = resolve(cwd, file ?? SETTINGS_FILE);
  if (file === undefined && !existsSync(path)) return {};
  const name = nameOf(path, cwd);
  const text = textOf(path);
  if (text === undefined) {
    problems.add({ where: file === undefined ? name : `--config ${file}`, expected: 'a settings file', found: 'none that can be read' });
    return {};
  }
  return withIgnoredFrom(settingsIn(text, name, problems), relative(cwd, dirname(path)));
}

function textOf(path: string): string | undefined {
  try {
    return decode(readFileSync(path));
  } catch {
    return undefined;
  }
}

function settingsIn(text: string, name: string, problems: UsageProblems): Settings {
  const { manifests, findings } = readSource(name, text);
  for (const { line, expected, found, fix } of findings) problems.add({ where: `${name}:${line}`, expected, found, fix });
  if (manifests.length === 0) return {};
  if (manifests.length > 1) problems.add({ where: name, expected: 'one document', found: String(manifests.length) });
  const [{ json, origin }] = manifests;
  const reader = new SettingsReader(problem => {
    const place = `${name}:${origin.lineOf?.(problem.where)}`;
    problems.add({ ...problem, where: problem.where === '' ? place : `${place} ${problem.where}` });
  });
  const values = reader.mapping(json, '', KEYS);
  if (values === undefined) return {};
  return {
    target: reader.choice(values, 'target', TARGETS),
    failOn: reader.choice(values, 'failOn', FAIL_ON),
    assumeComplete: reader.boolean(values, 'assumeComplete'),
    external: reader.external(values),
    suppressions: reader.suppressions(values),
    ignore: reader.texts(values, 'ignore', 'a pattern of files'),
  };
}

/** Patterns are meant from the folder of the settings. */
function withIgnoredFrom(settings: Settings, folder: string): Settings {
  if (folder === '' || settings.ignore === undefined) return settings;
  const prefix = folder.split(sep).join('/');
  return { ...settings, ignore: settings.ignore.map(pattern => `${prefix}/${pattern}`) };
}
