import type { Finding } from '../../findings/finding';
import { CheckReport } from '../check-report';
import type { Manifest } from '../engine/manifest';
import type { ManifestChecker } from '../manifest-checker';
import { suppress } from '../suppress';
import type { Suppression } from '../suppression';
import { decode } from './decode';
import { readSource, type SourceOptions } from './read-source';
import { sourceFinding, UNREADABLE } from './rules';

/** The texts that a bundle is read from. */
export class Texts {
  /** The objects in all of them. */
  public readonly manifests: Manifest[] = [];
  private readonly findings: Finding[] = [];
  private readonly byFile = new Map<string, string>();
  private left = 0;

  /** Reads a file, or says why it cannot be read. */
  public add(file: string, bytes: Buffer | Error, options: SourceOptions = {}): void {
    const text = bytes instanceof Error ? bytes : decode(bytes) ?? new Error('bytes that are no UTF-8');
    if (text instanceof Error) {
      const detail = { expected: 'a file of text', found: text.message, fix: 'check the name, the rights and the encoding' };
      this.findings.push(sourceFinding(UNREADABLE, file, undefined, detail));
      return;
    }
    this.byFile.set(file, text);
    const { manifests, findings, foreign } = readSource(file, text, options);
    for (const manifest of manifests) this.manifests.push(manifest);
    for (const finding of findings) this.findings.push(finding);
    this.left += foreign;
  }

  /** How many documents were left out since they are no Kubernetes objects. */
  public get foreign(): number {
    return this.left;
  }

  /** Whether something could not be read at all. */
  public get isIncomplete(): boolean {
    return this.findings.some(({ ruleId }) => ruleId === UNREADABLE.id);
  }

  /** For the lines around a finding. */
  public readonly textOf = (file: string): string | undefined => this.byFile.get(file);

  /**
   * What is wrong with the texts, and then what is wrong with the objects in them.
   *
   * @param manifests those of these texts, if more is known of them by now
   */
  public judge(
    checker: ManifestChecker, suppressions: readonly Suppression[], manifests: readonly Manifest[] = this.manifests,
  ): CheckReport {
    const report = checker._check(manifests);
    if (this.findings.length === 0) return report;
    const known = new Set(this.findings);
    const ofTexts = suppress(this.findings, manifests.map(manifest => ({ manifest, json: manifest.json, pods: [] })), suppressions, '');
    return new CheckReport(
      report.target,
      report.objects,
      // what suppressions themselves are to blame for is in the report already
      [...ofTexts.findings.filter(finding => known.has(finding)), ...report.findings],
      [...ofTexts.suppressed, ...report.suppressed],
      report.unknownKinds,
    );
  }
}
