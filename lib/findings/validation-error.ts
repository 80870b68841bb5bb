import { Finding } from './finding';
import { countOf, renderFindings } from './text';

/**
 * Thrown for bad input: one error with every finding, as data in `findings` and as text in `message`.
 *
 * @jsii ignore
 */
export class ValidationError extends Error {
  /** All that is wrong, in the order found. */
  public readonly findings!: readonly Finding[];

  constructor(findings: readonly Finding[], consequence?: string) {
    const head = countOf(findings.length, 'problem') + (consequence ? `, ${consequence}` : '');
    super(`${head}\n${renderFindings(findings)}`);
    this.name = 'ValidationError';
    // not enumerable: Node would print them once more below the message of an uncaught error
    Object.defineProperty(this, 'findings', { value: findings, enumerable: false });
  }
}
