import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { checkLabelSelector } from '../../values/label-selector';
import { isDnsSubdomain } from '../../../private/name-forms';
import { isPathSegment, PATH_SEGMENT } from '../../values/path-segment';
import { oneOf, quoted } from '../../values/quote';

export const ROLE_RULE = errorRule({
  id: 'api/role-rule',
  title: 'A rule of a role has verbs, and either resources with their API groups or URLs',
  why: 'The API server refuses a rule that allows nothing: without verbs, without resources or groups, and with URLs in a role of a namespace. '
    + 'The core group is the empty text, not a missing one.',
  fix: 'give the rule `verbs`, `apiGroups` ([""] for pods, secrets, claims) and `resources`',
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole',
});

export const ROLE_BINDING = errorRule({
  id: 'api/role-binding',
  title: 'A binding names a role, and subjects that can have one',
  why: 'The API server refuses a binding without the kind and name of a role, of a namespace where the role is for all, and subjects that are '
    + 'no user, group or service account.',
  fix: 'name the role with kind and name, and service accounts with their namespace',
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
});

const ROOT = Path.ROOT;
const NONE: readonly Json[] = [];
const EMPTY: Json = {};
const GROUP = 'rbac.authorization.k8s.io';
const ROLE_KINDS = ['Role', 'ClusterRole'];
const CLUSTER_KINDS = ['ClusterRole'];
const SUBJECT_KINDS = ['ServiceAccount', 'User', 'Group'];

export function checkRole(subject: Subject): void {
  checkRules(subject, true);
}

export function checkClusterRole(subject: Subject): void {
  checkRules(subject, false);
  const rule: Json | undefined = subject.json.aggregationRule;
  if (rule === undefined) return;
  const selectors: readonly Json[] = rule.clusterRoleSelectors ?? NONE;
  const path = ROOT.field('aggregationRule');
  if (selectors.length === 0) {
    subject.report(ROLE_RULE, path.field('clusterRoleSelectors'), { expected: 'at least one selector', found: 'none' });
  }
  selectors.forEach((selector, i) => checkLabelSelector(subject, selector, path, `clusterRoleSelectors[${i}]`));
}

function checkRules(subject: Subject, isNamespaced: boolean): void {
  const rules: readonly Json[] = subject.json.rules ?? NONE;
  for (let i = 0; i < rules.length; i++) checkRule(subject, rules[i], i, isNamespaced);
}

function checkRule(subject: Subject, rule: Json, i: number, isNamespaced: boolean): void {
  const path = ROOT.field('rules').index(i);
  if (isEmpty(rule.verbs)) subject.report(ROLE_RULE, path.field('verbs'), { expected: 'at least one verb', found: 'none' });
  if (!isEmpty(rule.nonResourceURLs)) {
    const urls = path.field('nonResourceURLs');
    if (isNamespaced) subject.report(ROLE_RULE, urls, { expected: 'no URLs in a Role, which is of a namespace', found: quoted(rule.nonResourceURLs) });
    if (!isEmpty(rule.apiGroups) || !isEmpty(rule.resources) || !isEmpty(rule.resourceNames)) {
      subject.report(ROLE_RULE, urls, { expected: 'URLs or resources, not both', found: 'both' });
    }
    return;
  }
  for (const field of ['apiGroups', 'resources']) {
    if (isEmpty(rule[field])) subject.report(ROLE_RULE, path.field(field), { expected: 'at least one', found: 'none' });
  }
}

function isEmpty(list: readonly unknown[] | undefined): boolean {
  return list === undefined || list.length === 0;
}

export function checkRoleBinding(subject: Subject): void {
  checkBinding(subject, ROLE_KINDS, true);
}

export function checkClusterRoleBinding(subject: Subject): void {
  checkBinding(subject, CLUSTER_KINDS, false);
}

function checkBinding(subject: Subject, kinds: readonly string[], isNamespaced: boolean): void {
  const { apiGroup, kind, name = '' }: Json = subject.json.roleRef ?? EMPTY;
  const path = ROOT.field('roleRef');
  if (apiGroup && apiGroup !== GROUP) subject.report(ROLE_BINDING, path.field('apiGroup'), { expected: GROUP, found: quoted(apiGroup) });
  if (!kinds.includes(kind)) subject.report(ROLE_BINDING, path.field('kind'), { expected: oneOf(kinds), found: quoted(kind) });
  if (name === '' || !isPathSegment(name)) {
    subject.report(ROLE_BINDING, path.field('name'), { expected: name === '' ? 'the name of a role' : PATH_SEGMENT, found: quoted(name) });
  }
  const subjects: readonly Json[] = subject.json.subjects ?? NONE;
  for (let i = 0; i < subjects.length; i++) checkMember(subject, subjects[i], ROOT.field('subjects').index(i), isNamespaced);
}

function checkMember(subject: Subject, { kind, name, namespace, apiGroup }: Json, path: Path, isNamespaced: boolean): void {
  if (!name) subject.report(ROLE_BINDING, path.field('name'), { expected: 'a name', found: quoted(name) });
  if (!SUBJECT_KINDS.includes(kind)) {
    subject.report(ROLE_BINDING, path.field('kind'), { expected: oneOf(SUBJECT_KINDS), found: quoted(kind) });
    return;
  }
  const group = kind === 'ServiceAccount' ? '' : GROUP;
  if (apiGroup && apiGroup !== group) {
    subject.report(ROLE_BINDING, path.field('apiGroup'), { expected: group === '' ? 'none for a ServiceAccount' : group, found: quoted(apiGroup) });
  }
  if (kind !== 'ServiceAccount') return;
  if (name && !isDnsSubdomain(name)) subject.report(ROLE_BINDING, path.field('name'), { expected: 'the name of a service account', found: quoted(name) });
  if (!isNamespaced && !namespace) subject.report(ROLE_BINDING, path.field('namespace'), { expected: 'the namespace of the service account', found: 'none' });
}
