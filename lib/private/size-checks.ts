import type { Size } from 'cdk8s';
import type { ProblemSink } from '../findings/collector';
import { bytesOf, quantityOf } from './quantity';

/** Reports a size of nothing; false for one. */
export function checkAboveZero(size: Size, say: { path: string; fix: string; link?: string }, sink: ProblemSink): boolean {
  if (bytesOf(size) > 0) return true;
  sink.error({ ...say, ruleId: 'api/quantity', expected: 'a size above 0', found: quantityOf(size) });
  return false;
}
