import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ApiObject, App, AppProps, Chart, YamlOutputType } from 'cdk8s';
import { Construct, DependencyGroup } from 'constructs';
import fc from 'fast-check';

/** A small app as data, so that two classes of app can be given the same tree. */
export interface Recipe {
  readonly nodes: readonly { kind: 'chart' | 'ownChart' | 'construct' | 'object'; parent: number; integer: boolean }[];
  readonly dependencies: readonly { from: number; to: number; grouped: boolean; anywhere: boolean }[];
  readonly props: AppProps;
}

export const OUTPUT_TYPES = [
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_CHART,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
];

const [MAX_NODES, MAX_DEPENDENCIES] = [Number(process.env.NODES ?? 16), Number(process.env.DEPENDENCIES ?? 5)];
const often = fc.nat(9).map(n => n > 0);

export const recipes: fc.Arbitrary<Recipe> = fc.record({
  nodes: fc.array(fc.record({
    kind: fc.constantFrom<Recipe['nodes'][0]['kind']>('chart', 'chart', 'ownChart', 'construct', 'object', 'object', 'object'),
    parent: fc.nat(MAX_NODES),
    integer: fc.boolean(),
  }), { minLength: 1, maxLength: MAX_NODES }),
  dependencies: fc.array(fc.record({
    from: fc.nat(MAX_NODES),
    to: fc.nat(MAX_NODES),
    grouped: fc.boolean(),
    anywhere: often.map(isOften => !isOften),
  }), { maxLength: MAX_DEPENDENCIES }),
  props: fc.record({
    yamlOutputType: fc.constantFrom(...OUTPUT_TYPES),
    outputFileExtension: fc.constantFrom(undefined, '.yaml', '.json'),
    recordConstructMetadata: fc.boolean(),
  }),
});

/** A user's chart with a `toJson()` of its own. */
class OwnChart extends Chart {
  public override toJson(): any[] {
    return [...(super.toJson() as unknown[]).reverse(), { apiVersion: 'v1', kind: 'Extra', metadata: { name: this.node.addr } }];
  }
}

/** An object class that changes what it renders, as generated L1 classes do. */
class OwnObject extends ApiObject {
  public override toJson(): any {
    return { ...super.toJson(), path: this.node.path };
  }
}

export function build<T extends App>(app: T, { nodes, dependencies }: Recipe): T {
  const all: Construct[] = [];
  nodes.forEach(({ kind, parent, integer }, i) => {
    const scopes = [app, ...all].filter(scope => kind !== 'object' || isInChart(scope));
    if (scopes.length === 0) return;
    const scope = scopes[parent % scopes.length];
    const id = integer ? String(50 - i) : `n${i}`;
    if (kind === 'chart') all.push(new Chart(scope, id));
    else if (kind === 'ownChart') all.push(new OwnChart(scope, id));
    else if (kind === 'construct') all.push(new Construct(scope, id));
    else all.push(new (integer ? OwnObject : ApiObject)(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data: { i } }));
  });
  for (const { from, to, grouped, anywhere } of dependencies) {
    const usable = anywhere ? all : all.filter(isInChart); // cdk8s wants both ends in a chart
    const [source, target] = [usable[from % usable.length], usable[to % usable.length]];
    if (!source || !target || source === target) continue; // cdk8s drops what depends on itself
    source.node.addDependency(grouped ? new DependencyGroup(target, source.node.children[0] ?? target) : target);
  }
  return app;
}

function isInChart(construct: Construct): boolean {
  return construct.node.scopes.some(scope => Chart.isChart(scope));
}

/** Runs `use` with a directory that does not exist yet and is gone afterwards. */
export function withOutdir<T>(use: (outdir: string) => T): T {
  const parent = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    return use(join(parent, 'out'));
  } finally {
    rmSync(parent, { recursive: true });
  }
}

/** Every file and directory below `directory`, with what is in it. */
export function contentsOf(directory: string): Record<string, string> {
  const entries = (readdirSync(directory, { recursive: true }) as string[]).sort().map(name => join(directory, name));
  return Object.fromEntries(entries.map(path => [relative(directory, path), statSync(path).isDirectory() ? '(directory)' : readFileSync(path, 'utf8')]));
}

export type Outcome<T> = { readonly value: T } | { readonly error: string };

/** What `use` returns or, if it throws, what the error says. */
export function outcomeOf<T>(use: () => T): Outcome<T> {
  try {
    return { value: use() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
