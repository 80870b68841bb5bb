import { createHash } from 'crypto';

/** Eight letters and digits that change with a value. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}
