import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDns1035Label, isDnsLabel, isDnsSubdomain } from '../../../private/name-forms';
import { isPathSegment, PATH_SEGMENT } from '../../values/path-segment';
import { quoted } from '../../values/quote';
import { kindNames, type NameForm } from './kinds';

export const NAME = errorRule({
  id: 'api/name',
  title: 'An object has a name, and one that its kind may have',
  why: 'Names become parts of URLs, host names and labels, so that the API server refuses capitals, underscores, blanks and, for some kinds, '
    + 'dots or more than 63 characters.',
  fix: 'give it a name of small letters, digits and dashes, such as `resnet-50`',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names',
});

export const NAMESPACE = errorRule({
  id: 'api/namespace',
  title: 'A namespace is named as a namespace can be named',
  why: 'There can be no namespace of a name that is no DNS label, so that nothing can be created in it.',
  fix: 'name an existing namespace, or leave `namespace` out and say it to kubectl',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
});

const METADATA = Path.ROOT.field('metadata');
const NO_METADATA: Json = {};
/** The first release in which the name of a Service may start with a digit. */
const SERVICE_DIGIT_SINCE = 36;

/** Kinds of which the server looks only at the name that it makes of a prefix. */
const PREFIX_UNSEEN: ReadonlySet<string> = new Set(['ReplicationController', 'resource.k8s.io/DeviceClass']);

const LABEL = 'at most 63 small letters, digits and dashes, with a letter or digit at both ends';
const SUBDOMAIN = 'at most 253 small letters, digits, dashes and dots, with a letter or digit at both ends of each part';
const LABEL_1035 = 'at most 63 small letters, digits and dashes, a letter first and a letter or digit last';

/** Judges `metadata.name`, `generateName` and `namespace`. */
export function checkNames(subject: Subject): void {
  const { type, group, kind } = subject.manifest;
  const metadata = metadataOf(subject);
  const known = kindNames(type, group, kind);
  const form = known?.form ?? 'segment';
  const { name, generateName, namespace } = metadata;
  const isPrefixJudged = isText(generateName) && !PREFIX_UNSEEN.has(type);
  if (isPrefixJudged) judge(subject, 'generateName', generateName, maskDash(generateName), form);
  if (isText(name)) judge(subject, 'name', name, name, form);
  else if (isText(generateName)) {
    // what comes of a prefix can be wrong where the prefix by itself is not
    const isToldAlready = isPrefixJudged && nameProblem(maskDash(generateName), form, subject.minor) !== undefined;
    if (!isToldAlready) judge(subject, 'name', generateName, generatedName(generateName), form);
  } else if (known && !known.isNameOptional) subject.report(NAME, METADATA.field('name'), { expected: 'a name', found: quoted(name) });
  if (known?.isNamespaced && isText(namespace) && !isDnsLabel(namespace)) {
    subject.report(NAMESPACE, METADATA.field('namespace'), { expected: LABEL, found: quoted(namespace) });
  }
}

/** Metadata of any object: of a kind without a schema it may be anything. */
export function metadataOf(subject: Subject): Json {
  const metadata = subject.json.metadata;
  return typeof metadata === 'object' && metadata !== null ? metadata : NO_METADATA;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function judge(subject: Subject, field: string, given: string, name: string, form: NameForm): void {
  const expected = nameProblem(name, form, subject.minor);
  if (expected !== undefined) subject.report(NAME, METADATA.field(field), { expected, found: quoted(given) });
}

const PREFIX_MAX = 58;
const SUFFIX = 'xxxxx';

/** A name such as the server makes of a prefix. */
function generatedName(prefix: string): string {
  return prefix.slice(0, PREFIX_MAX) + SUFFIX;
}

/** The name that an object will have, or one of the same form; '' where there is none. */
export function effectiveName({ name, generateName }: Json): string {
  return isText(name) ? name : isText(generateName) ? generatedName(generateName) : '';
}

/** The server takes a dash at the end of a prefix, and with it does not look at the character before. */
function maskDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;
}

function nameProblem(name: string, form: NameForm, minor: number): string | undefined {
  switch (form) {
    case 'subdomain': return isDnsSubdomain(name) ? undefined : SUBDOMAIN;
    case 'label': return isDnsLabel(name) ? undefined : LABEL;
    case 'segment': return isPathSegment(name) ? undefined : PATH_SEGMENT;
    case 'service': return serviceNameProblem(name, minor);
  }
}

/** What the name of a Service would have to be, where it is none in the release. */
export function serviceNameProblem(name: string, minor: number): string | undefined {
  if (minor >= SERVICE_DIGIT_SINCE) return isDnsLabel(name) ? undefined : LABEL;
  return isDns1035Label(name) ? undefined : LABEL_1035;
}
