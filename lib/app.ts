import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, AppProps, Chart, YamlOutputType } from 'cdk8s';
import { ProblemCollector } from './findings/collector';
import { Finding } from './findings/finding';
import { countOf, renderFindings } from './findings/text';
import { KubernetesVersion } from './kubernetes-version';
import { DEFAULT_TARGET, TARGET_CONTEXT } from './private/target';
import { Bundle, bundleOf, textOf } from './synth/bundle';
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
}

/**
 * A cdk8s app that checks everything before it writes anything.
 *
 * The files have the same names and bytes as those of cdk8s's `App`, in every `YamlOutputType`. What is different:
 *
 * - strings that Kubernetes would read as numbers, such as `0o755`, get quotes; cdk8s writes them bare;
 * - what is wrong with the app as a whole is reported in one error, and then no file or directory has been touched; so is what
 *   is wrong with one construct, when it is made. `cdk8s synth` deletes the output before it starts the app, `npx tsx main.ts`
 *   does not;
 * - two objects that are one in the cluster, and two files of one name, are refused;
 * - warnings of constructs are printed to stderr, each once;
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
  private readonly printed = new Set<Finding>();

  /**
   * @throws ValidationError if the target is no release that this library knows
   */
  constructor(props: MlAppProps = {}) {
    super(props);
    this.target = props.target ?? DEFAULT_TARGET;
    this.recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
    checkTarget(this);
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
   * Writes all manifests to the output directory, or nothing at all.
   *
   * @throws ValidationError naming every validation message, every object that cannot be rendered, every object that is
   * there twice, every file that would be written twice and a cycle of dependencies
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
    problems.throwIfAny('nothing was written');

    mkdirSync(this.outdir, { recursive: true });
    for (const directory of layout.directories) mkdirSync(join(this.outdir, directory), { recursive: true });
    for (const { path, text } of files) writeFileSync(join(this.outdir, path), text);
    if (this.recordsMetadata) writeFileSync(join(this.outdir, CONSTRUCT_METADATA), metadataOf(bundle));
    this.print();
  }

  /**
   * All manifests as one YAML text, in the order in which they are to be applied.
   *
   * @throws ValidationError as `synth()` does
   */
  public override synthYaml(): string {
    const bundle = bundleOf(this, YamlOutputType.FILE_PER_APP);
    const text = textOf(bundle.charts.flatMap(chart => chart.documents), new YamlWriter(), bundle.problems);
    bundle.problems.throwIfAny();
    this.print();
    return text;
  }

  /** To stderr: stdout may be the manifests' own way out. */
  private print(): void {
    const warnings = this.warnings.filter(warning => !this.printed.has(warning));
    if (warnings.length === 0) return;
    for (const warning of warnings) this.printed.add(warning);
    process.stderr.write(`${countOf(warnings.length, 'warning')}\n${renderFindings(warnings)}\n`);
  }
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
