/** The text of docs/rules.md: every rule of the catalogue, with the manifests that its tests show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { KubernetesVersion, ManifestChecker } from '../lib';
import { Severity } from '../lib/findings/finding';
import type { Rule } from '../lib/rules/engine/rule';
import { ROOMS } from '../lib/rules/rooms';
import { SOURCE_RULES } from '../lib/rules/source/rules';

/** Of the suppressions in the examples. */
const TODAY = '2026-01-01';

interface Case {
  readonly rule: string;
  readonly bad: string;
  readonly target?: string;
  readonly assumeComplete?: boolean;
  readonly external?: readonly unknown[];
}

const FAMILIES: ReadonlyMap<string, string> = new Map([
  ['api', 'What the API server refuses'],
  ['silent', 'What the API server accepts, and breaks'],
  ['chain', 'The storage chain: pod, claim, class or volume, driver'],
  ['train', 'Training'],
  ['keep', 'Durability'],
  ['sec', 'Security'],
  ['out', 'The output and its suppressions'],
]);

const HEAD = `# Rules

Made by \`npm run docs\` from the rules themselves; the manifests are those of their tests, which have each of them
mended as well.

The severity is the usual one; where the object at hand makes it milder or graver, the finding says so. An **error** cannot work,
or loses data. A **warning** works, but not as one might expect, or only sometimes. What depends on something outside the bundle that nobody declared is *unresolved*: an info, and an error or a warning only with
\`assumeComplete\`.

In pod templates that the API server accepts unseen, those of custom resources and, before Kubernetes 1.34, those of StatefulSets,
what breaks a rule \`api/x\` is reported as \`silent/x\`: the object is accepted, and its pods are refused later.

A finding is suppressed by an annotation of its object, \`cdk8s-ml/ignore: "<rule>: <reason>"\`, or in the settings of the checker.
`;

/** @param cases the folder of the cases */
export function rulesDocument(cases: string): string {
  const shown = new Map(readdirSync(cases).sort()
    .flatMap(file => parse(readFileSync(join(cases, file), 'utf8')) as Case[])
    .map(one => [one.rule, one]));
  const rules = [...ROOMS.flatMap(room => room.rules), ...SOURCE_RULES];
  const families = [...FAMILIES].map(([family, title]) => {
    const ofFamily = rules.filter(({ id }) => id.startsWith(`${family}/`)).sort((a, b) => a.id < b.id ? -1 : 1);
    return { family, title, ofFamily };
  }).filter(({ ofFamily }) => ofFamily.length > 0);
  const index = families.map(({ family, title, ofFamily }) => `| [\`${family}/\`](#${family}) | ${title} | ${ofFamily.length} |`);
  return [
    HEAD,
    ['| family | what it is about | rules |', '|---|---|---|', ...index].join('\n'),
    '',
    ...families.map(({ family, title, ofFamily }) => familyText(family, title, ofFamily, shown)),
  ].join('\n');
}

function familyText(family: string, title: string, rules: readonly Rule[], cases: ReadonlyMap<string, Case>): string {
  const index = rules.map(rule => `| [\`${rule.id}\`](#${anchorOf(rule)}) | ${rule.severity} | ${cell(rule.title)} |`);
  return [
    `<a name="${family}"></a>\n`,
    `## ${title}\n`,
    ['| rule | severity | what holds |', '|---|---|---|', ...index].join('\n'),
    '',
    ...rules.map(rule => ruleText(rule, cases.get(rule.id))),
  ].join('\n');
}

function ruleText(rule: Rule, shown: Case | undefined): string {
  const [since, until] = [rule.since, rule.until];
  const releases = since !== undefined && until !== undefined ? `Kubernetes 1.${since} to 1.${until}`
    : since !== undefined ? `Kubernetes 1.${since} and later` : until !== undefined ? `Kubernetes 1.${until} and earlier` : '';
  const facts = [`**${rule.severity}**`, releases, `[source](${rule.link})`].filter(one => one !== '');
  return [
    `### ${rule.id}\n`,
    `${facts.join(' · ')}\n`,
    `${sentence(rule.title)} ${sentence(rule.why)}\n`,
    `Fix: ${rule.fix}.\n`,
    ...shown ? [exampleText(shown, rule)] : [],
  ].join('\n');
}

/** What the checker says of the bad manifest. */
function findingText({ bad, target, assumeComplete, external }: Case, { id }: Rule): string[] {
  const checker = new ManifestChecker({
    target: (target ?? KubernetesVersion.V1_36) as KubernetesVersion, assumeComplete, external: external && [...external], today: TODAY,
  });
  const found = checker.check(parseAllDocuments(bad).map(one => one.toJS() as unknown)).findings.find(({ ruleId }) => ruleId === id);
  return found ? [`\`${found.path}\`: expected ${found.expected}, found ${found.found}.\n`] : [];
}

function exampleText(shown: Case, rule: Rule): string {
  const { bad, target, assumeComplete, external } = shown;
  const settings = [
    ...target === undefined ? [] : [`for Kubernetes ${target}`],
    ...assumeComplete ? ['with `assumeComplete`'] : [],
    ...external ? [`with \`external\` ${external.map(one => `\`${JSON.stringify(one)}\``).join(', ')}`] : [],
  ];
  const verb = rule.severity === Severity.ERROR ? 'Broken' : 'Found';
  return [
    `${verb}${settings.length > 0 ? `, ${settings.join(', ')}` : ''}:\n`,
    `\`\`\`yaml\n${bad.trimEnd()}\n\`\`\`\n`,
    ...findingText(shown, rule),
  ].join('\n');
}

/** As GitHub makes it of a heading. */
function anchorOf({ id }: Rule): string {
  return id.toLowerCase().replace(/[^a-z0-9 _-]/g, '').replace(/ /g, '-');
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}
