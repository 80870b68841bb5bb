import type { Problem, ProblemSink } from '../findings/collector';

/** Why secrets belong into Secrets, and who may read those. */
export const SECRET_DOCS = 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/';

/** What a secret looks like, and what it is called in a message, which must not repeat it. */
const SECRETS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/[?&](sig|x-amz-signature|x-goog-signature)=/i, 'a signed URL'],
  [/\b(AccountKey|SharedAccessSignature)=/i, 'a key of an Azure storage account'],
  [/[?&](access_?token|token|api_?key|secret|password)=(?!\$\()[^&#]{8,}/i, 'a token in a URL'],
  // a reference to another variable is no secret
  [/^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:(?!\$\()[^/\s@]+@/i, 'a password in a URL'],
  [/\b(hf_[A-Za-z0-9]{30,}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,}|glpat-[\w-]{20,})\b/, 'an access token'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
];

/** Variables whose values are secrets whatever they look like. Many a name that ends in TOKEN is about words. */
const SECRET_NAMES = [
  /^(AWS_ACCESS_KEY_ID|AWS_SESSION_TOKEN|HF_TOKEN|HUGGING_?FACE_HUB_TOKEN|PGPASSWORD)$/,
  /_(SECRET|SAS_TOKEN|PASSWORD|API_KEY|SECRET_KEY|ACCESS_KEY|PRIVATE_KEY|STORAGE_KEY|CONNECTION_STRING)$/,
];

/** What kind of secret a text holds, for people; undefined where it looks harmless. */
export function secretIn(text: string): string | undefined {
  return SECRETS.find(([pattern]) => pattern.test(text))?.[1];
}

/** The same for a variable: its name alone can say that the value is a secret. */
export function secretInVariable(name: string, value: string): string | undefined {
  if (SECRET_NAMES.some(pattern => pattern.test(name)) && value.trim() !== '' && !/\$\([^)]+\)/.test(value)) return `a value for ${name}`;
  return secretIn(value);
}

/** Reports a secret that stands in a prop; `secret` is its kind, for people. */
export function reportSecret(secret: string, say: Pick<Problem, 'path' | 'fix' | 'link'>, sink: ProblemSink): void {
  sink.error({ ...say, ruleId: 'sec/literal-secret', expected: 'no secret: manifests are read by many', found: secret });
}
