/** Forms of names, as the API server tells them apart. Scans of characters: every object has many names. */

const DOT = 46;
const DASH = 45;
const UNDERSCORE = 95;

/** Longest DNS label; pods, Services and label values share the limit. */
export const DNS_LABEL_MAX = 63;
/** The most characters of a DNS subdomain. */
export const SUBDOMAIN_MAX = 253;

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAlphanumeric(code: number): boolean {
  return isLower(code) || isDigit(code) || (code >= 65 && code <= 90);
}

/** Lower-case letters, digits and dashes between `from` and `to`, no dash at either end, at least one character. */
function isLabelPart(text: string, from: number, to: number): boolean {
  if (from >= to || text.charCodeAt(from) === DASH || text.charCodeAt(to - 1) === DASH) return false;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isLower(code) && !isDigit(code) && code !== DASH) return false;
  }
  return true;
}

/** RFC 1123 label: `gpu-0`, at most 63 characters. */
export function isDnsLabel(text: string): boolean {
  return text.length <= DNS_LABEL_MAX && isLabelPart(text, 0, text.length);
}

/** RFC 1035 label: the same, and starts with a letter. */
export function isDns1035Label(text: string, maxLength = DNS_LABEL_MAX): boolean {
  return text.length <= maxLength && isDnsLabel(text) && isLower(text.charCodeAt(0));
}

/** RFC 1123 subdomain: labels of any length with dots between them, at most 253 characters. */
export function isDnsSubdomain(text: string): boolean {
  // not `>`: what is no text, and is told elsewhere, has no length
  if (!(text.length <= SUBDOMAIN_MAX)) return false;
  let from = 0;
  for (let dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
    if (!isLabelPart(text, from, dot)) return false;
    from = dot + 1;
  }
  return isLabelPart(text, from, text.length);
}

/** Letters, digits, `-`, `_` and `.` between `from` and the end, alphanumeric at both ends. */
function isNamePart(text: string, from: number): boolean {
  const to = text.length;
  if (to - from > DNS_LABEL_MAX || from >= to) return false;
  if (!isAlphanumeric(text.charCodeAt(from)) || !isAlphanumeric(text.charCodeAt(to - 1))) return false;
  for (let i = from + 1; i < to - 1; i++) {
    const code = text.charCodeAt(i);
    if (!isAlphanumeric(code) && code !== DASH && code !== DOT && code !== UNDERSCORE) return false;
  }
  return true;
}

const KNOWN_MAX = 2_000;
/** The same keys of labels come again and again. */
const known = new Set<string>();

/** Key of a label, name of a resource: `[<subdomain>/]<name of at most 63 characters>`. */
export function isQualifiedName(text: string): boolean {
  if (known.has(text)) return true;
  if (!hasQualifiedForm(text)) return false;
  if (known.size >= KNOWN_MAX) known.clear();
  known.add(text);
  return true;
}

function hasQualifiedForm(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return isNamePart(text, 0);
  return isDnsSubdomain(text.slice(0, slash)) && isNamePart(text, slash + 1);
}

/** Value of a label: empty, or at most 63 characters like the name of a key. */
export function isLabelValue(text: string): boolean {
  return text === '' || isNamePart(text, 0);
}
