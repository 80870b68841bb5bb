import { Finding, Outcome, Severity } from '../../findings/finding';
import type { Manifest } from './manifest';
import type { Path } from './path';
import { podsOf, type PodSubject } from './pods';
import type { Detail, Rule } from './rule';

const API = 'api/';

/** What one run of the checker knows and gathers. */
export interface Run {
  /** Minor release of Kubernetes 1 that the manifests are meant for. */
  readonly minor: number;
  /** Nothing exists beyond the bundle and what was declared. */
  readonly assumeComplete: boolean;
  readonly findings: Finding[];
  /** Beside each finding the index of the object that it is about. */
  readonly owners: number[];
}

/** One object while it is judged: what checks read, and what they report to. */
export class Subject {
  private ownPods?: readonly PodSubject[];

  /**
   * @param index its place in the bundle
   * @param deferred the server does not look at this part of the object: a controller makes pods of it later, and fails then
   */
  constructor(
    public readonly manifest: Manifest, public readonly run: Run, public readonly index: number, private readonly deferred = false,
  ) {}

  /** The same object for a part that the server accepts unseen: what `api/x` finds there is `silent/x`. */
  public accepted(): Subject {
    return this.deferred ? this : new Subject(this.manifest, this.run, this.index, true);
  }

  /** Its pods and pod templates, looked for once. */
  public get pods(): readonly PodSubject[] {
    return this.ownPods ??= podsOf(this);
  }

  public get json(): any {
    return this.manifest.json;
  }

  /** Minor release of Kubernetes 1 that the manifest is meant for. */
  public get minor(): number {
    return this.run.minor;
  }

  /** The rule does not hold at `path`. */
  public report(rule: Rule, path: Path, detail: Detail): void {
    this.add(rule, path, detail, Outcome.VIOLATED, detail.severity ?? rule.severity);
  }

  /**
   * Whether the rule holds depends on something that is neither in the bundle nor declared. That is a violation where the
   * bundle is assumed to be complete.
   */
  public unresolved(rule: Rule, path: Path, detail: Detail): void {
    if (this.run.assumeComplete) this.report(rule, path, detail);
    else this.add(rule, path, detail, Outcome.UNRESOLVED, Severity.INFO);
  }

  private add(rule: Rule, path: Path, detail: Detail, outcome: Outcome, severity: Severity): void {
    if (this.manifest.external || !applies(rule, this.run.minor)) return;
    const { manifest } = this;
    const at = path.toString();
    this.run.owners.push(this.index);
    this.run.findings.push({
      ruleId: this.deferred && rule.id.startsWith(API) ? `silent/${rule.id.slice(API.length)}` : rule.id,
      severity,
      outcome,
      apiVersion: manifest.apiVersion,
      kind: manifest.kind,
      namespace: manifest.namespace,
      name: manifest.name,
      path: at,
      message: detail.message ?? sentenceOf(at || manifest.kind, detail),
      expected: detail.expected,
      found: detail.found,
      fix: detail.fix ?? rule.fix,
      link: rule.link,
      constructPath: manifest.origin.constructPath,
      constructType: manifest.origin.constructType,
      file: manifest.origin.file,
      line: manifest.origin.lineOf?.(at),
    });
  }
}

/** A document that is no object has neither path nor kind. */
function sentenceOf(where: string, { expected, found }: Detail): string {
  return `${where && `${where}: `}expected ${expected}, found ${found}`;
}

/** Whether the rule is one of the release. */
export function applies(rule: Rule, minor: number): boolean {
  return (rule.since === undefined || minor >= rule.since) && (rule.until === undefined || minor <= rule.until);
}
