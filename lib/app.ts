import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, AppProps, Chart, YamlOutputType } from 'cdk8s';
import { ProblemCollector } from './findings/collector';
import { Finding, Severity } from './findings/finding';
import { countOf, renderFindings } from './findings/text';
import { KubernetesVersion } from './kubernetes-version';
import { DEFAULT_TARGET, TARGET_CONTEXT } from './private/target';
import type { CheckReport } from './rules/check-report';
import type { ManifestCheckerProps } from './rules/manifest-checker';
import { isSuppressed } from './rules/suppress';
import type { Suppression } from './rules/suppression';
import { Bundle, bundleOf, textOf } from './synth/bundle';
import { judge, newFindings } from './synth/judge';
import { layOut, refuseCollisions } from './synth/layout';
import { orderOf } from './synth/order';
import { Problems } from './synth/problems';
import { allBelow, readTree } from './synth/tree';
import { warningsOf } from './synth/validations';
import { YamlWriter } from './synth/yaml';

const CONSTRUCT_METADATA = 'construct-metadata.json';

/** Options of an `MlApp`. */
export interface MlAppProps extends AppProps {
  /**
   * The Kubernetes release that the manifests are meant for. The output also works on every later one.
   *
   * @default KubernetesVersion.V1_33
   */
  readonly target?: KubernetesVersion;

  /**
   * Whether the rules judge everything before it is written. Without them the files are only rendered.
   *
   * @default true
   */
  readonly validate?: boolean;

  /**
   * What exists outside the app, each an object such as `{ kind: 'StorageClass', name: 'gp3', provisioner: 'ebs.csi.aws.com' }`,
   * a manifest, or in short `'Secret/ml-training/hub'`: kind, namespace where it has one, and name.
   *
   * @default - nothing is known of it; what refers to it is unresolved
   */
  readonly external?: any[];

  /**
   * Whether nothing exists beyond the app and what `external` declares. What refers to something else is then an error.
   *
   * @default false
   */
  readonly assumeComplete?: boolean;

  /**
   * Findings of rules to live with, besides those that objects suppress by their annotation `cdk8s-ml/ignore`.
   *
   * @default - none
   */
  readonly suppressions?: Suppression[];
}

/**
 * A cdk8s app that checks everything before it writes anything.
 *
 * The files have the same names and bytes as those of cdk8s's `App`, in every `YamlOutputType`. What is different:
 *
 * - every object is judged, by shape, by the API server's own rules and by the storage chain; an error stops the synth;
 * - strings that Kubernetes would read as numbers, such as `0o755`, get quotes; cdk8s writes them bare;
 * - what is wrong with the app as a whole is reported in one error, and then no file or directory has been touched; so is what
 *   is wrong with one construct, when it is made. `cdk8s synth` deletes the output before it starts the app, `npx tsx main.ts`
 *   does not;
 * - two objects that are one in the cluster, and two files of one name, are refused;
 * - warnings of constructs and of rules are printed to stderr, each once;
 * - the time it takes grows with the number of charts and objects, not with its square, and dependencies between
 *   constructs are followed without being written into the tree.
 *
 * @example
 *
 * const app = new MlApp({ target: KubernetesVersion.V1_33 });
 * new Chart(app, 'vision', { namespace: 'ml-training' });
 * app.synth();
 */
export class MlApp extends App {
  /** The Kubernetes release that the manifests are meant for. */
  public readonly target: KubernetesVersion;

  private readonly recordsMetadata: boolean;
  private readonly checks: ManifestCheckerProps;
  private readonly validates: boolean;
  /** Warnings that were printed: those of constructs are the same objects every time, those of rules have the same text. */
  private readonly printed = new Set<Finding | string>();

  /**
   * @throws ValidationError if the target is no release that this library knows
   */
  constructor(props: MlAppProps = {}) {
    super(props);
    this.target = props.target ?? DEFAULT_TARGET;
    this.recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
    checkTarget(this);
    this.validates = props.validate ?? true;
    this.checks = { target: this.target, external: props.external, assumeComplete: props.assumeComplete, suppressions: props.suppressions };
    this.node.setContext(TARGET_CONTEXT, this.target);
  }

  /** What the constructs of this app warn about, in the order of the tree. */
  public get warnings(): Finding[] {
    return warningsOf(allBelow(this));
  }

  /**
   * The charts in the order in which they are written: those that others depend on first.
   *
   * @throws ValidationError if dependencies form a cycle
   */
  public override get charts(): Chart[] {
    const problems = new Problems();
    const order = orderOf(readTree(this, problems), problems);
    problems.throwIfAny();
    return [...order.charts];
  }

  /**
   * What the rules say of everything in this app, without writing anything: of shape, of the API server's own rules and of the
   * storage chain.
   *
   * @throws ValidationError if an object cannot be rendered
   */
  public check(): CheckReport {
    const { charts, problems } = bundleOf(this, YamlOutputType.FILE_PER_APP);
    problems.throwIfAny();
    return judge(charts, this.checks);
  }

  /**
   * Writes all manifests to the output directory, or nothing at all.
   *
   * @throws ValidationError naming every validation message, every object that cannot be rendered, every object that is
   * there twice, every file that would be written twice, a cycle of dependencies and every rule of severity error that is
   * violated
   */
  public override synth(): void {
    const bundle = bundleOf(this, this.yamlOutputType);
    const { problems, order } = bundle;
    const layout = layOut(this, bundle.charts, {
      outputType: this.yamlOutputType,
      extension: this.outputFileExtension,
      numbered: order.numbered,
    }, problems);
    const metadata = this.recordsMetadata ? [{ path: CONSTRUCT_METADATA, construct: this, documents: [] }] : [];
    refuseCollisions([...layout.files, ...metadata], bundle.repeats, problems);
    const writer = new YamlWriter();
    const files = layout.files.map(({ path, documents }) => ({ path, text: textOf(documents, writer, problems) }));
    const report = this.judged(bundle);
    problems.throwIfAny('nothing was written');

    mkdirSync(this.outdir, { recursive: true });
    for (const directory of layout.directories) mkdirSync(join(this.outdir, directory), { recursive: true });
    for (const { path, text } of files) writeFileSync(join(this.outdir, path), text);
    if (this.recordsMetadata) writeFileSync(join(this.outdir, CONSTRUCT_METADATA), metadataOf(bundle));
    this.print(report);
  }

  /**
   * All manifests as one YAML text, in the order in which they are to be applied.
   *
   * @throws ValidationError as `synth()` does
   */
  public override synthYaml(): string {
    const bundle = bundleOf(this, YamlOutputType.FILE_PER_APP);
    const text = textOf(bundle.charts.flatMap(chart => chart.documents), new YamlWriter(), bundle.problems);
    const report = this.judged(bundle);
    bundle.problems.throwIfAny();
    this.print(report);
    return text;
  }

  /** Errors of rules are problems of the bundle like any other. */
  private judged({ charts, problems }: Bundle): CheckReport | undefined {
    if (!this.validates) return undefined;
    const report = judge(charts, this.checks);
    problems.addAll(newFindings(report.violations(Severity.ERROR)));
    return report;
  }

  /** To stderr: stdout may be the manifests' own way out. */
  private print(report: CheckReport | undefined): void {
    const today = new Date().toISOString().slice(0, 10);
    const ofConstructs = this.warnings.filter(warning => !isSuppressed(warning, this.checks.suppressions ?? [], today));
    const ofRules = newFindings(report?.violations(Severity.WARNING) ?? [], ofConstructs);
    const warnings = [
      ...ofConstructs.filter(warning => !this.printed.has(warning)),
      ...ofRules.filter(warning => !this.printed.has(keyOf(warning))),
    ];
    for (const warning of ofConstructs) this.printed.add(warning);
    for (const warning of ofRules) this.printed.add(keyOf(warning));
    if (warnings.length > 0) process.stderr.write(`${countOf(warnings.length, 'warning')}\n${renderFindings(warnings)}\n`);
    this.printRest(report);
  }

  /** What is not green either, in a line. */
  private printRest(report: CheckReport | undefined): void {
    const counts = [[report?.unresolved.length ?? 0, 'unresolved'], [report?.suppressed.length ?? 0, 'suppressed']] as const;
    const rest = counts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`).join(', ');
    if (rest === '' || this.printed.has(rest)) return;
    this.printed.add(rest);
    process.stderr.write(`${rest}: check() of the app lists them\n`);
  }
}

function keyOf({ ruleId, constructPath, message }: Finding): string {
  return `${ruleId} ${constructPath} ${message}`;
}

function checkTarget(app: MlApp): void {
  const known = Object.values(KubernetesVersion);
  if (known.includes(app.target)) return;
  const problems = new ProblemCollector(app, 'MlApp');
  problems.error({
    ruleId: 'app/target',
    path: 'target',
    expected: `a Kubernetes release from ${known[0]} to ${known[known.length - 1]}`,
    found: JSON.stringify(app.target) ?? String(app.target),
    fix: 'take one of KubernetesVersion',
  });
  problems.throwIfAny();
}

/** Which construct each object is from, as `cdk8s synth` hands it to validation plugins. */
function metadataOf({ order }: Bundle): string {
  const resources: Record<string, { path: string }> = {};
  for (const chart of order.charts) {
    for (const object of order.objectsOf(chart)) resources[object.name] = { path: object.node.path };
  }
  return JSON.stringify({ version: '1.0.0', resources });
}
