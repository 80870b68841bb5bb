import { Finding, Outcome, Severity } from '../findings/finding';
import { ValidationError } from '../findings/validation-error';
import { KubernetesVersion } from '../kubernetes-version';
import { described } from '../private/described';
import { DEFAULT_TARGET, minorOf } from '../private/target';
import { CheckReport } from './check-report';
import { check } from './engine/check';
import type { Manifest } from './engine/manifest';
import { readExternal, readManifests } from './read-manifests';
import { suppress } from './suppress';
import type { Suppression } from './suppression';
import { isDay, isRulePattern, meantRule } from './suppression-checks';

/** What a checker is to know beyond the manifests. */
export interface ManifestCheckerProps {
  /**
   * The Kubernetes release that the manifests are meant for.
   *
   * @default KubernetesVersion.V1_33
   */
  readonly target?: KubernetesVersion;

  /**
   * What exists outside the bundle, each an object such as `{ kind: 'StorageClass', name: 'gp3', provisioner: 'ebs.csi.aws.com' }`,
   * a manifest, or in short `'Secret/ml-training/hub'`: kind, namespace where it has one, and name.
   *
   * @default - nothing is known of it
   */
  readonly external?: any[];

  /**
   * Whether nothing exists beyond the bundle and what `external` declares. What refers to something else is then violated
   * instead of unresolved.
   *
   * @default false
   */
  readonly assumeComplete?: boolean;

  /**
   * Findings to live with, besides those that objects suppress by their annotation `cdk8s-ml/ignore`.
   *
   * @default - none
   */
  readonly suppressions?: Suppression[];

  /**
   * The day on which suppressions are held against their `until`, `2026-12-31`.
   *
   * @default - today, in UTC
   */
  readonly today?: string;
}

/**
 * Judges manifests before anyone applies them, whoever wrote them: by shape, by the API server's own rules and by the
 * storage chain from pod to driver.
 *
 * @example
 *
 * const report = new ManifestChecker({ target: KubernetesVersion.V1_36 }).check(Testing.synth(chart));
 * expect(report.violations()).toEqual([]);
 */
export class ManifestChecker {
  /** The release that is checked for. */
  public readonly target: KubernetesVersion;

  private readonly external: readonly Manifest[];

  /**
   * @throws ValidationError if the target is no release that this library knows, something declared is no object, or a
   * suppression names no rule, no reason or no day
   */
  constructor(private readonly props: ManifestCheckerProps = {}) {
    this.target = props.target ?? DEFAULT_TARGET;
    const problems: Finding[] = [];
    const known = Object.values(KubernetesVersion);
    if (!known.includes(this.target)) {
      problems.push(problem('target', `a Kubernetes release from ${known[0]} to ${known[known.length - 1]}`, described(this.target), 'take one of KubernetesVersion'));
    }
    const external: Manifest[] = [];
    (props.external ?? []).forEach((value, i) => {
      const manifest = readExternal(value);
      if (manifest) external.push(manifest);
      else problems.push(problem(`external[${i}]`, 'an object with its kind and name', described(value), "declare it as 'Secret/ml-training/hub', or as a manifest"));
    });
    (props.suppressions ?? []).forEach(({ rule, reason, until }, i) => {
      if (typeof reason !== 'string' || reason.trim() === '') {
        problems.push(problem(`suppressions[${i}].reason`, 'why the finding is lived with', described(reason), 'say why'));
      }
      if (typeof rule !== 'string' || !isRulePattern(rule)) {
        const meant = typeof rule === 'string' ? meantRule(rule) : undefined;
        const fix = meant === undefined ? 'take one of docs/rules.md' : `did you mean ${meant}?`;
        problems.push(problem(`suppressions[${i}].rule`, 'the id of a rule, or `<family>/*`', described(rule), fix));
      }
      if (until !== undefined && (typeof until !== 'string' || !isDay(until))) {
        problems.push(problem(`suppressions[${i}].until`, 'a day such as 2027-01-31', described(until), 'write it as year-month-day'));
      }
    });
    if (problems.length > 0) throw new ValidationError(problems);
    this.external = external;
  }

  /**
   * Judges wire objects, as they are in YAML. Lists (`kind: List`) are judged by their items.
   *
   * @throws TypeError if it is given no list
   */
  public check(manifests: any[]): CheckReport {
    if (!Array.isArray(manifests)) throw new TypeError(`expected a list of objects, found ${described(manifests)}`);
    return this._check(readManifests(manifests));
  }

  /**
   * The same for objects whose origin is known.
   *
   * @internal
   */
  public _check(manifests: readonly Manifest[]): CheckReport {
    const { findings: found, subjects, unknownKinds } = check({
      minor: minorOf(this.target), assumeComplete: this.props.assumeComplete ?? false, manifests, external: this.external,
    });
    const today = this.props.today ?? new Date().toISOString().slice(0, 10);
    const { findings, suppressed } = suppress(found, subjects, this.props.suppressions ?? [], today);
    return new CheckReport(this.target, manifests.length, findings, suppressed, unknownKinds);
  }
}

function problem(path: string, expected: string, found: string, fix: string): Finding {
  return {
    ruleId: 'props/checker', severity: Severity.ERROR, outcome: Outcome.VIOLATED, constructPath: 'ManifestChecker', path, expected, found, fix,
    message: `${path}: expected ${expected}, found ${found}`,
  };
}
