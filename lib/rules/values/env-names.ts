/** Names of environment variables, and keys of ConfigMaps and Secrets. */

const KEY_MAX = 253;
const STRICT_ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const KEY = /^[-._a-zA-Z0-9]+$/;
const EQUALS = 61;

/** The first release that takes nearly every name. */
const ANY_NAME_SINCE = 32;

/** What the name of a variable looks like, as findings say it. */
export function envNameForm(minor: number): string {
  return minor >= ANY_NAME_SINCE ? 'a variable name of printable ASCII characters without ='
    : 'a variable name of letters, digits, _, - and ., without a digit or .. at its start';
}

/** What a key of a ConfigMap or Secret looks like, as findings say it. */
export const CONFIG_KEY = `a key of at most ${KEY_MAX} letters, digits, -, _ and ., not . itself and not starting with ..`;

/** Whether a variable can be called so in the release. */
export function isEnvName(text: string, minor: number): boolean {
  return minor >= ANY_NAME_SINCE ? isAnyEnvName(text) : STRICT_ENV_NAME.test(text) && text !== '.' && !text.startsWith('..');
}

/** Whether the newest releases take it for the name of a variable. */
export function isAnyEnvName(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code > 126 || code === EQUALS) return false;
  }
  return text.length > 0;
}

/** Whether data of a ConfigMap or Secret can have the key. */
export function isConfigKey(text: string): boolean {
  return text.length <= KEY_MAX && KEY.test(text) && text !== '.' && !text.startsWith('..');
}
