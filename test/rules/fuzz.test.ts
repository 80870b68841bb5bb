import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { KubernetesVersion, ManifestChecker, Outcome, Severity, type Finding } from '../../lib';
import { objectsIn } from '../support/checker';

const FOLDER = join(import.meta.dirname, 'cases');
/** Every manifest of the cases, good and bad. */
const BUNDLES: readonly any[][] = readdirSync(FOLDER).sort()
  .flatMap(file => parse(readFileSync(join(FOLDER, file), 'utf8')) as { bad: string; good: string }[])
  .flatMap(({ bad, good }) => [objectsIn(bad), objectsIn(good)]);
const TARGETS = Object.values(KubernetesVersion);
const SETTINGS = { seed: 20261120, numRuns: 3_000 };

/** Values that programs trip over. */
const ODD: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null, true, false, 0, -1, 0.5, 1e21, 2 ** 31, 2 ** 53, '', ' ', '-', '__proto__', 'constructor', 'toString', '0x10', '1e999', '9'.repeat(400),
    'a'.repeat(300), '\u0000', '\ud800', '${', '$(X)', '../..', '[', '*/0', [], {}, [null], [[]], { '': '' }, { constructor: null },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Every place of an object: the container and the key in it. */
function placesIn(value: any, found: [any, string | number][] = []): [any, string | number][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    placesIn(value[key], found);
  }
  return found;
}

function expectSound(findings: readonly Finding[]): void {
  for (const finding of findings) {
    expect(Object.values(Outcome)).toContain(finding.outcome);
    expect(Object.values(Severity)).toContain(finding.severity);
    for (const text of [finding.ruleId, finding.message, finding.expected, finding.found, finding.fix]) expect(typeof text).toBe('string');
    expect(typeof finding.path).toBe('string');
    expect(finding.found.length).toBeLessThan(2_000);
  }
}

function check(bundle: readonly unknown[], target: KubernetesVersion, assumeComplete: boolean): Finding[] {
  return new ManifestChecker({ target, assumeComplete, today: '2026-01-01' }).check([...bundle]).findings;
}

describe('the checker never fails', () => {
  test('on any JSON', () => {
    fc.assert(fc.property(fc.array(ODD, { maxLength: 5 }), fc.constantFrom(...TARGETS), fc.boolean(), (bundle, target, assumeComplete) => {
      expectSound(check(bundle, target, assumeComplete));
    }), SETTINGS);
  });

  test('on manifests in which something was replaced, removed, doubled or added', () => {
    const change = fc.record({ place: fc.nat(), how: fc.constantFrom('replace', 'remove', 'double', 'add'), value: ODD, key: fc.string() });
    fc.assert(fc.property(
      fc.constantFrom(...BUNDLES), fc.array(change, { minLength: 1, maxLength: 4 }), fc.constantFrom(...TARGETS), fc.boolean(),
      (bundle, changes, target, assumeComplete) => {
        const changed = structuredClone(bundle);
        for (const { place, how, value: odd, key } of changes) {
          const value: unknown = structuredClone(odd);
          const places = placesIn(changed);
          if (places.length === 0) break;
          const [holder, at] = places[place % places.length];
          if (how === 'replace') holder[at] = value;
          else if (how === 'remove') delete holder[at];
          else if (Array.isArray(holder)) holder.push(how === 'double' ? holder[Number(at)] : value);
          else holder[how === 'double' ? `${at}${at}` : key] = how === 'double' ? holder[at] : value;
        }
        expectSound(check(changed, target, assumeComplete));
      },
    ), SETTINGS);
  });

  test('on what is nested more deeply than any program should recurse', () => {
    let deep: any = {};
    for (let i = 0; i < 200_000; i++) deep = i % 2 === 0 ? { spec: deep } : [deep];
    for (const kind of ['Pod', 'Unknown', 'StatefulSet']) {
      expectSound(check([{ apiVersion: 'v1', kind, metadata: { name: 'a', annotations: deep }, spec: deep }, deep], KubernetesVersion.V1_36, true));
    }
  });

  test('and says the same of the same manifests, without changing them', () => {
    for (const bundle of BUNDLES) {
      const before = JSON.stringify(bundle);
      const first = check(bundle, KubernetesVersion.V1_36, true);
      expect(check(bundle, KubernetesVersion.V1_36, true)).toEqual(first);
      expect(JSON.stringify(bundle)).toBe(before);
    }
  });
});
