import { App } from 'cdk8s';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MlApp, type MlAppProps } from '../../lib/app';
import { build, contentsOf, outcomeOf, recipes, withOutdir, type Outcome } from './random-app';

// a longer search: SEED=$RANDOM RUNS=20000 NODES=24 npx vitest run test/synth/same-bytes
const RUNS = { seed: Number(process.env.SEED ?? 20261120), numRuns: Number(process.env.RUNS ?? 300) };

function expectSame<T>(actual: Outcome<T>, expected: Outcome<T>): void {
  if ('value' in expected) {
    expect(actual).toEqual(expected);
  } else {
    const reason = expected.error.includes('cycle') ? /Dependency cycle detected: / : / is in no chart/;
    expect(actual).toEqual({ error: expect.stringMatching(reason) });
  }
}

test('files of a random app have the names and bytes that cdk8s gives them', () => {
  fc.assert(fc.property(recipes, recipe => {
    const files = (type: typeof App): Record<string, string> => withOutdir(outdir => {
      build(new type({ ...recipe.props, outdir, validate: false } as MlAppProps), recipe).synth();
      return contentsOf(outdir);
    });
    expectSame(outcomeOf(() => files(MlApp)), outcomeOf(() => files(App)));
  }), RUNS);
});

test('the YAML text of a random app is the one that cdk8s gives it', () => {
  fc.assert(fc.property(recipes, recipe => {
    const ours = outcomeOf(() => build(new MlApp({ validate: false }), recipe).synthYaml());
    expectSame(ours, outcomeOf(() => build(new App(), recipe).synthYaml()));
  }), RUNS);
});

test('a random app has the same text the second time, and no more dependencies than before', () => {
  fc.assert(fc.property(recipes, recipe => {
    const app = build(new MlApp({ validate: false }), recipe);
    const dependencies = (): number[] => app.node.findAll().map(construct => construct.node.dependencies.length);
    const before = dependencies();
    const first = outcomeOf(() => app.synthYaml());
    expect(outcomeOf(() => app.synthYaml())).toEqual(first);
    expect(dependencies()).toEqual(before);
  }), RUNS);
});
