import { Finding, Outcome, Severity } from '../findings/finding';
import type { KubernetesVersion } from '../kubernetes-version';
import { described } from '../private/described';
import { render } from './report';
import { ReportFormat } from './report/format';
import { SEVERITIES, type SuppressedFinding } from './suppression';

/** What a checker has to say of a bundle. */
export class CheckReport {
  /**
   * @param target the release that was checked for
   * @param objects how many objects were judged
   * @param findings what was found, in the order of the bundle
   * @param suppressed what was found and is suppressed
   * @param unknownKinds how many objects are of kinds whose shape is not known
   *
   * @internal
   */
  constructor(
    /** The release that was checked for. */
    public readonly target: KubernetesVersion,
    /** How many objects were judged. */
    public readonly objects: number,
    /** What was found and is not suppressed, in the order of the bundle. */
    public readonly findings: Finding[],
    /** What was found and is suppressed. */
    public readonly suppressed: SuppressedFinding[],
    /** How many objects are of kinds whose shape is not known here: of these only their metadata was judged. */
    public readonly unknownKinds: number = 0,
  ) {}

  /**
   * Whether no rule is violated at the severity or a worse one. What is unresolved does not count.
   *
   * @throws TypeError if there is no such severity
   */
  public passes(threshold: Severity = Severity.ERROR): boolean {
    return this.violations(threshold).length === 0;
  }

  /**
   * The violations of the severity and of worse ones.
   *
   * @throws TypeError if there is no such severity
   */
  public violations(threshold: Severity = Severity.INFO): Finding[] {
    requireOne('a severity', threshold, SEVERITIES);
    const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(threshold) + 1);
    return this.findings.filter(({ outcome, severity }) => outcome === Outcome.VIOLATED && counted.includes(severity));
  }

  /** What could not be decided, since it depends on what is neither in the bundle nor declared. */
  public get unresolved(): Finding[] {
    return this.findings.filter(({ outcome }) => outcome === Outcome.UNRESOLVED);
  }

  /**
   * The report as a text of the format, without colours.
   *
   * @throws TypeError if there is no such format
   */
  public render(format: ReportFormat): string {
    requireOne('a format', format, Object.values(ReportFormat));
    return render(this, format);
  }
}

/** Plain JavaScript may give anything. */
function requireOne(what: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'string' || !known.includes(value)) throw new TypeError(`expected ${what}, one of ${known.join(', ')}, found ${described(value)}`);
}
