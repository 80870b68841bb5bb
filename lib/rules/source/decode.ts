/** Byte order marks, and what they say of the bytes behind them. */
const UTF16_LE = Buffer.from([0xff, 0xfe]);
const UTF16_BE = Buffer.from([0xfe, 0xff]);

/**
 * The text of a file of YAML or JSON: UTF-8, or UTF-16 with a byte order mark.
 *
 * @returns undefined for what is no text
 */
export function decode(bytes: Buffer): string | undefined {
  const encoding = bytes.subarray(0, 2).equals(UTF16_LE) ? 'utf-16le' : bytes.subarray(0, 2).equals(UTF16_BE) ? 'utf-16be' : 'utf-8';
  try {
    // takes the mark away as well
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
