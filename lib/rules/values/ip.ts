/** IP addresses and blocks of them as the API server reads them: every form that it ever took, and what it takes now. */

/** First minor release that refuses forms which other programs read otherwise. */
const STRICT_SINCE = 36;

/** An address of 4 or 16 bytes. */
interface Address {
  readonly bytes: readonly number[];
  /** Zeros stand before a number, which other programs read as octal. */
  readonly hasLeadingZeros: boolean;
}

/** A block: `10.0.0.0/8`. */
export interface Block {
  readonly bytes: readonly number[];
  readonly prefix: number;
}

const CACHE_MAX = 500;
/** The same few addresses come again and again; null for what is none. */
const cache = new Map<string, Address | null>();

const DIGITS = /^\d+$/;
const HEX = /^[0-9A-Fa-f]+$/;

/** What an IP address would have to be, where it is none that the release takes. */
export function ipProblem(text: string, minor: number): string | undefined {
  const address = parse(text);
  if (!address) return 'an IP address';
  return minor < STRICT_SINCE ? undefined : looseness(address);
}

/** What a block of addresses would have to be, where it is none that the release takes. */
export function cidrProblem(text: string, minor: number): string | undefined {
  const [address, prefix] = split(text);
  if (!address) return 'a block of IP addresses such as 10.0.0.0/8';
  if (minor < STRICT_SINCE) return undefined;
  const problem = looseness(address);
  if (problem !== undefined) return problem;
  if (prefix.length > 1 && prefix.startsWith('0')) return 'a prefix length without zeros before it';
  return isMasked(address.bytes, Number(prefix)) ? undefined : `no bits set behind the first ${prefix}`;
}

/** The block that a text is; undefined where it is none. */
export function blockOf(text: string): Block | undefined {
  const [address, prefix] = split(text);
  return address && { bytes: address.bytes, prefix: Number(prefix) };
}

/** Whether all addresses of one block are in another, which has more. */
export function isInside(inner: Block, outer: Block): boolean {
  if (inner.bytes.length !== outer.bytes.length || inner.prefix <= outer.prefix) return false;
  for (let bit = 0; bit < outer.prefix; bit++) if (bitOf(inner.bytes, bit) !== bitOf(outer.bytes, bit)) return false;
  return true;
}

export function isIpv6(text: string): boolean {
  return text.includes(':') && parse(text) !== undefined;
}

/** Why an address cannot be that of an endpoint. */
export function endpointIpProblem(text: string): string | undefined {
  const bytes = parse(text)?.bytes;
  if (!bytes) return undefined;
  const four = bytes.length === 4 ? bytes : isMapped(bytes) ? bytes.slice(12) : undefined;
  if (four ? four.every(byte => byte === 0) : bytes.every(byte => byte === 0)) return 'an address that is not unspecified';
  if (four ? four[0] === 127 : bytes.slice(0, 15).every(byte => byte === 0) && bytes[15] === 1) return 'an address outside the loopback range';
  if (four ? four[0] === 169 && four[1] === 254 : bytes[0] === 0xfe && (bytes[1] & 0xc0) === 0x80) return 'an address outside the link-local range';
  if (four ? four[0] === 224 && four[1] === 0 && four[2] === 0 : bytes[0] === 0xff && (bytes[1] & 0x0f) === 0x02) {
    return 'an address outside the link-local multicast range';
  }
  return undefined;
}

function looseness({ bytes, hasLeadingZeros }: Address): string | undefined {
  if (hasLeadingZeros) return 'numbers without zeros before them';
  return isMapped(bytes) ? 'an IPv4 address in its own form, not inside an IPv6 one' : undefined;
}

function split(text: string): [Address | undefined, string] {
  const slash = text.indexOf('/');
  const prefix = text.slice(slash + 1);
  const address = slash < 0 || !DIGITS.test(prefix) ? undefined : parse(text.slice(0, slash));
  return [address && Number(prefix) <= 8 * address.bytes.length ? address : undefined, prefix];
}

function parse(text: string): Address | undefined {
  let address = cache.get(text);
  if (address === undefined) {
    address = (text.includes(':') ? parse6(text) : parse4(text)) ?? null;
    if (cache.size >= CACHE_MAX) cache.clear();
    cache.set(text, address);
  }
  return address ?? undefined;
}

function parse4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every(part => DIGITS.test(part) && Number(part) < 256)) return undefined;
  return { bytes: parts.map(Number), hasLeadingZeros: parts.some(part => part.length > 1 && part.startsWith('0')) };
}

function parse6(text: string): Address | undefined {
  const [before, after, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const head = groups(before, after === undefined);
  const tail = after === undefined ? { bytes: [], hasLeadingZeros: false } : groups(after, true);
  if (!head || !tail) return undefined;
  const missing = 16 - head.bytes.length - tail.bytes.length;
  if (after === undefined ? missing !== 0 : missing < 2) return undefined;
  return {
    bytes: [...head.bytes, ...new Array<number>(missing).fill(0), ...tail.bytes],
    hasLeadingZeros: head.hasLeadingZeros || tail.hasLeadingZeros,
  };
}

/** Groups of four hexadecimal digits, at the end of an address perhaps one in the form of IPv4. */
function groups(text: string, atEnd: boolean): Address | undefined {
  const bytes: number[] = [];
  let hasLeadingZeros = false;
  const parts = text === '' ? [] : text.split(':');
  for (let i = 0; i < parts.length; i++) {
    const last = atEnd && i === parts.length - 1 && parts[i].includes('.') ? parse4(parts[i]) : undefined;
    if (last) {
      bytes.push(...last.bytes);
      hasLeadingZeros ||= last.hasLeadingZeros;
      continue;
    }
    if (!HEX.test(parts[i]) || parseInt(parts[i], 16) > 0xffff) return undefined;
    bytes.push(parseInt(parts[i], 16) >> 8, parseInt(parts[i], 16) & 0xff);
    hasLeadingZeros ||= parts[i].length > 4;
  }
  return { bytes, hasLeadingZeros };
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes[10] === 0xff && bytes[11] === 0xff && bytes.slice(0, 10).every(byte => byte === 0);
}

function isMasked(bytes: readonly number[], prefix: number): boolean {
  for (let bit = prefix; bit < 8 * bytes.length; bit++) if (bitOf(bytes, bit) === 1) return false;
  return true;
}

function bitOf(bytes: readonly number[], bit: number): number {
  return bytes[bit >> 3] >> 7 - (bit & 7) & 1;
}
