import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { reportType } from '../../private/prop-types';
import type { WorkerToleration } from '../pods/worker-toleration';

const MEMBERS = ['key', 'value', 'effect'] as const;
const EXAMPLE = "{ key: 'acme.com/pool' }";

/** Holds tolerations to their types, as one without a key is for every taint; undefined where nothing of them is of use to other checks. */
export function tolerationsIn(path: string, value: unknown, sink: ProblemSink): WorkerToleration[] | undefined {
  if (!Array.isArray(value)) {
    reportType(value, { path, expected: 'a list of taints', example: `[${EXAMPLE}]` }, sink);
    return undefined;
  }
  const right = value.map((one: unknown, i) => isToleration(one, `${path}[${i}]`, sink));
  return right.every(isRight => isRight) ? value as WorkerToleration[] : undefined;
}

function isToleration(value: unknown, at: string, sink: ProblemSink): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    reportType(value, { path: at, expected: 'a taint', example: EXAMPLE }, sink);
    return false;
  }
  const unknown = Object.keys(value).filter(name => !(MEMBERS as readonly string[]).includes(name));
  for (const name of unknown) {
    sink.error({
      ruleId: 'props/unknown', path: `${at}.${name}`, expected: `${MEMBERS.join(', ')} of a taint, and no more`,
      found: described((value as Record<string, unknown>)[name]), fix: 'leave it out: a taint is tolerated with any value where none is said',
    });
  }
  const wrong = MEMBERS.filter(member => !isTextOrNone((value as WorkerToleration)[member]));
  for (const member of wrong) {
    const found: unknown = (value as WorkerToleration)[member];
    const plain = typeof found === 'number' || typeof found === 'boolean';
    sink.error({
      ruleId: 'props/type', path: `${at}.${member}`, expected: 'a text', found: described(found),
      fix: plain ? `write it as a text: '${found}'` : `set \`${member}\` to a text, or leave it out`,
    });
  }
  return unknown.length + wrong.length === 0;
}

function isTextOrNone(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}
