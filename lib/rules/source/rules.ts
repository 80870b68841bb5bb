import { Finding, Outcome } from '../../findings/finding';
import { errorRule, type Detail, type Rule } from '../engine/rule';

export const UNREADABLE = errorRule({
  id: 'out/unreadable',
  title: 'Every document can be read',
  why: 'What cannot be read is applied by nobody, and could not be checked.',
  fix: 'mend the YAML or JSON at this line',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/#describing-a-kubernetes-object',
});
export const DUPLICATE_KEY = errorRule({
  id: 'out/duplicate-key',
  title: 'A key stands once in a mapping',
  why: 'kubectl keeps the last of them and drops the others in silence; Kustomize, and a server that is sent the YAML itself, refuse the document.',
  fix: 'keep one of the two',
  link: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
});

/** Rules about texts, which are known before there are objects. */
export const SOURCE_RULES: readonly Rule[] = [UNREADABLE, DUPLICATE_KEY];

/** What is wrong with a text. */
export function sourceFinding(rule: Rule, file: string, line: number | undefined, detail: Detail, path = ''): Finding {
  const judgement = `expected ${detail.expected}, found ${detail.found}`;
  return {
    ruleId: rule.id, severity: rule.severity, outcome: Outcome.VIOLATED, file, line, path,
    expected: detail.expected, found: detail.found, fix: detail.fix ?? rule.fix, link: rule.link,
    message: detail.message ?? (path ? `${path}: ${judgement}` : judgement),
  };
}
