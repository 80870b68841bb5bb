import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { nameOf } from '../cli/names';
import type { CheckReport } from '../rules/check-report';
import type { Manifest } from '../rules/engine/manifest';
import { ManifestChecker } from '../rules/manifest-checker';
import { render } from '../rules/report';
import { summaryOf } from '../rules/report/summary';
import { Texts } from '../rules/source';
import type { ValidationContext } from './context';
import type { Properties } from './properties';
import { violationsOf } from './violations';

export { readProperties } from './properties';

/** Judges what `cdk8s synth` has written, and tells it. */
export function validate({ manifests, metadata, report }: ValidationContext, properties: Properties): void {
  const { target, external, assumeComplete, suppressions = [], failOn } = properties;
  const texts = new Texts();
  const paths = new Map<string, string>();
  for (const path of manifests) {
    const file = nameOf(resolve(path), process.cwd());
    paths.set(file, path);
    texts.add(file, readFileSync(path), { leavesForeign: true });
  }
  const checker = new ManifestChecker({ target, external, assumeComplete, suppressions });
  const judged = texts.judge(checker, suppressions, withConstructs(texts.manifests, metadata));
  write(judged, texts, properties);
  const violations = violationsOf(judged.findings, file => paths.get(file ?? '') ?? file ?? '');
  for (const violation of violations) report.addViolation(violation);
  report.submit(failOn === 'never' || judged.passes(failOn) ? 'success' : 'failure', summaryRows(judged));
}

function write(report: CheckReport, { textOf }: Texts, { failOn, reports }: Properties): void {
  for (const [format, file] of reports) {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, render(report, format, { textOf, failOn }));
  }
}

/** The construct of each object, where its name says which one that is: cdk8s-cli knows constructs by names only. */
function withConstructs(manifests: readonly Manifest[], metadata: ValidationContext['metadata']): Manifest[] {
  const times = new Map<string, number>();
  for (const { name } of manifests) times.set(name, (times.get(name) ?? 0) + 1);
  return manifests.map(manifest => {
    if (times.get(manifest.name) !== 1 || !Object.hasOwn(metadata, manifest.name)) return manifest;
    return { ...manifest, origin: { ...manifest.origin, constructPath: metadata[manifest.name].path } };
  });
}

/** What the summary of cdk8s-cli shows. */
function summaryRows(report: CheckReport): Record<string, string> {
  const { errors, warnings, infos, unresolved } = summaryOf(report);
  const rows = {
    Kubernetes: report.target, Objects: report.objects, Errors: errors, Warnings: warnings, Infos: infos, Unresolved: unresolved,
  };
  const suppressed = report.suppressed.map(({ finding, reason }, i): [string, string] =>
    [`Suppressed ${i + 1}`, `${finding.ruleId} on ${finding.kind} ${finding.name}: ${reason}`]);
  return Object.fromEntries([...Object.entries(rows).map(([row, value]) => [row, String(value)]), ...suppressed]) as Record<string, string>;
}
