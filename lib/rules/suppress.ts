import { Finding, Outcome, Severity } from '../findings/finding';
import { IGNORE_ANNOTATION } from '../private/annotations';
import type { Json, Manifest } from './engine/manifest';
import { Path } from './engine/path';
import type { Rule } from './engine/rule';
import type { PodSubject } from './engine/pods';
import { SUPPRESSION_EXPIRED, SUPPRESSION_FORM } from './out/suppression-rules';
import type { SuppressedFinding, Suppression } from './suppression';
import { isDay, isRulePattern, meantRule } from './suppression-checks';

/** `<rule>: <reason>` or `<rule> until 2027-01-31: <reason>`. */
const LINE = /^(\S+?)(?:\s+until\s+(\S+?))?\s*:\s*(.*)$/;
const METADATA = Path.ROOT.field('metadata');

/** An object, and the pods that its annotations can stand in. */
export interface Annotated {
  readonly json: any;
  readonly manifest: Manifest;
  readonly pods: readonly PodSubject[];
}

/** What is left of the findings, and what is not. */
export interface Suppressed {
  readonly findings: Finding[];
  readonly suppressed: SuppressedFinding[];
}

/** Takes out what the objects' own annotations and the checker's settings suppress. */
export function suppress(
  findings: readonly Finding[], subjects: readonly Annotated[], settings: readonly Suppression[], today: string,
): Suppressed {
  const extra: Finding[] = [];
  const annotated = annotationsOf(subjects, today, extra);
  const inForce = settings.filter(one => isInForce(one, today));
  for (const { rule, until } of settings) {
    if (until !== undefined && until < today) extra.push(finding(SUPPRESSION_EXPIRED, rule, until, today));
  }
  if (annotated.size === 0 && inForce.length === 0) return { findings: [...findings, ...extra], suppressed: [] };

  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const one of findings) {
    const by = annotated.get(keyOf(one))?.find(({ rule }) => isOf(rule, one.ruleId)) ?? inForce.find(setting => isMeant(setting, one));
    if (by) suppressed.push({ finding: one, reason: by.reason, until: by.until }); else kept.push(one);
  }
  return { findings: [...kept, ...extra], suppressed };
}

/** Whether settings suppress a finding, whoever found it. */
export function isSuppressed(found: Finding, settings: readonly Suppression[], today: string): boolean {
  return settings.some(one => isInForce(one, today) && isMeant(one, found));
}

function isInForce({ until }: Suppression, today: string): boolean {
  return until === undefined || until >= today;
}

/** Annotations of the objects and of their pod templates, which the constructs of a volume can reach. */
function annotationsOf(subjects: readonly Annotated[], today: string, extra: Finding[]): ReadonlyMap<string, Suppression[]> {
  const annotated = new Map<string, Suppression[]>();
  const read = (metadata: Json | undefined, path: Path, manifest: Manifest): void => {
    const text: unknown = metadata?.annotations?.[IGNORE_ANNOTATION];
    if (typeof text !== 'string') return;
    const at = path.field('annotations').key(IGNORE_ANNOTATION).toString();
    const key = keyOf(manifest);
    annotated.set(key, [...annotated.get(key) ?? [], ...readAnnotation(text, manifest, at, today, extra)]);
  };
  for (const { json, pods, manifest } of subjects) {
    read(json?.metadata, METADATA, manifest);
    for (let i = 0; i < pods.length; i++) if (pods[i].isTemplate) read(pods[i].metadata, pods[i].metadataPath, manifest);
  }
  return annotated;
}

function readAnnotation(text: string, manifest: Manifest, at: string, today: string, extra: Finding[]): Suppression[] {
  const read: Suppression[] = [];
  for (const line of text.split('\n').map(one => one.trim()).filter(one => one !== '')) {
    const [, rule, until, reason] = LINE.exec(line) ?? [];
    if (!rule || !reason || (until !== undefined && !isDay(until))) {
      extra.push(finding(SUPPRESSION_FORM, '`<rule>: <reason>`', JSON.stringify(line), today, { manifest, at }));
    } else if (!isRulePattern(rule)) {
      const meant = meantRule(rule);
      const expected = `the id of a rule${meant === undefined ? '' : `, such as ${meant}`}`;
      extra.push(finding(SUPPRESSION_FORM, expected, JSON.stringify(rule), today, { manifest, at }));
    } else if (until !== undefined && until < today) {
      extra.push(finding(SUPPRESSION_EXPIRED, rule, until, today, { manifest, at }));
    } else {
      read.push({ rule, until, reason });
    }
  }
  return read;
}

/** Where a suppression stands. */
interface Place {
  readonly manifest: Manifest;
  readonly at: string;
}

function finding(rule: Rule, what: string, found: string, today: string, place?: Place): Finding {
  const expected = rule === SUPPRESSION_EXPIRED ? `a day from ${today} on for ${what}` : what;
  const path = place?.at ?? 'suppressions';
  const manifest = place?.manifest;
  return {
    ruleId: rule.id, severity: Severity.WARNING, outcome: Outcome.VIOLATED, path, expected, found, fix: rule.fix, link: rule.link,
    message: `${path}: expected ${expected}, found ${found}`,
    apiVersion: manifest?.apiVersion, kind: manifest?.kind, namespace: manifest?.namespace, name: manifest?.name,
    constructPath: manifest?.origin.constructPath, constructType: manifest?.origin.constructType,
    file: manifest?.origin.file, line: manifest?.origin.lineOf?.(path),
  };
}

function keyOf({ apiVersion, kind, namespace, name }: Pick<Finding, 'apiVersion' | 'kind' | 'namespace' | 'name'>): string {
  return `${apiVersion} ${kind} ${namespace} ${name}`;
}

function isMeant(one: Suppression, found: Finding): boolean {
  return isOf(one.rule, found.ruleId)
    && (one.kind === undefined || one.kind === found.kind)
    && (one.namespace === undefined || one.namespace === found.namespace)
    && (one.name === undefined || one.name === found.name)
    && (one.constructPath === undefined || found.constructPath === one.constructPath
      || found.constructPath?.startsWith(`${one.constructPath}/`) === true);
}

function isOf(pattern: string, ruleId: string): boolean {
  return pattern === ruleId || (pattern.endsWith('/*') && ruleId.startsWith(pattern.slice(0, -1)));
}
