import { warningRule } from '../engine/rule';

const DOCS = 'https://github.com/cdk8s-ml/cdk8s-ml#suppressing-findings';

export const SUPPRESSION_FORM = warningRule({
  id: 'out/suppression-form',
  title: 'A suppression names a rule and a reason',
  why: 'A suppression that cannot be read, gives no reason or names no rule suppresses nothing.',
  fix: 'write `<rule>: <reason>` or `<rule> until <year-month-day>: <reason>`, a line for each rule',
  link: DOCS,
});
export const SUPPRESSION_EXPIRED = warningRule({
  id: 'out/suppression-expired',
  title: 'No suppression is past its last day',
  why: 'A suppression past its `until` suppresses nothing any more.',
  fix: 'mend what is suppressed, or decide anew and give it a later day',
  link: DOCS,
});
