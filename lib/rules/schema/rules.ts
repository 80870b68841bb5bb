import { errorRule, infoRule } from '../engine/rule';

const OBJECTS = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/';
const VALIDATION = 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation';
const DEPRECATIONS = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';

export const UNKNOWN_FIELD = errorRule({
  id: 'api/unknown-field',
  title: 'A field is one that the kind has in the release',
  why: 'A server that is asked to be strict refuses the object; one that is not drops the field, and what it asked for never happens.',
  fix: 'correct the name of the field, or move it to where it belongs',
  link: VALIDATION,
});

export const TYPE = errorRule({
  id: 'api/type',
  title: 'A value has the type of its field',
  why: 'The server cannot decode the object and refuses all of it.',
  fix: 'write numbers, true and false without quotes, text that looks like one of them with quotes, and `- ` before the elements of a list',
  link: OBJECTS,
});

export const INTEGER = errorRule({
  id: 'api/integer',
  title: 'A number is whole and within the range of its field',
  why: 'The server cannot decode a fraction, or a number that 32 or 64 bits do not hold, and refuses all of the object.',
  fix: 'write a whole number within the range',
  link: 'https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#primitive-types',
});

export const QUANTITY = errorRule({
  id: 'api/quantity',
  title: 'A quantity is a number with a suffix that Kubernetes knows',
  why: 'The server cannot decode the object and refuses all of it.',
  fix: 'use Ki, Mi, Gi, Ti, Pi or Ei (powers of 1024), or m, k, M, G, T, P or E (of 1000), right behind the number',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
});

export const ENCODING = errorRule({
  id: 'api/encoding',
  title: 'Bytes are base64 and times are RFC 3339',
  why: 'The server cannot decode the object and refuses all of it.',
  fix: 'encode bytes as standard base64 with its padding, or write text into `stringData`; write times as 2026-01-31T08:00:00Z',
  link: 'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data',
});

export const NOT_AN_OBJECT = errorRule({
  id: 'api/object',
  title: 'A document is an object with apiVersion and kind',
  why: 'Without both the server does not know what it is given.',
  fix: 'write `apiVersion` and `kind`; a document that is no object of Kubernetes belongs in another file',
  link: OBJECTS,
});

export const UNKNOWN_VERSION = errorRule({
  id: 'api/version',
  title: 'The release serves the kind under this apiVersion',
  why: 'The server has no such resource, so nothing is made of the object.',
  fix: 'write an apiVersion that the release serves',
  link: DEPRECATIONS,
});

export const UNKNOWN_KIND = infoRule({
  id: 'silent/unknown-kind',
  title: 'A custom resource is of a kind and version that is known here',
  why: 'The group is known, but not this kind or version of it. Where the cluster does not know it either, nothing is made of the object; where it does, its shape could not be checked here.',
  fix: 'compare kind and apiVersion with the definition that the cluster has',
  link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/',
});

const DEFINITIONS = 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/';
const REFUSED = 'The server holds the object against the definition of its kind, and refuses it.';

export const CRD_REQUIRED = errorRule({
  id: 'api/crd-required',
  title: 'A custom resource has the fields that its definition requires',
  why: REFUSED,
  fix: 'write the field',
  link: `${DEFINITIONS}#validation`,
});

export const CRD_ENUM = errorRule({
  id: 'api/crd-enum',
  title: 'A value of a custom resource is one of those that its definition allows',
  why: REFUSED,
  fix: 'write one of the values, in the same case',
  link: `${DEFINITIONS}#validation`,
});

export const CRD_PATTERN = errorRule({
  id: 'api/crd-pattern',
  title: 'Text of a custom resource has the form that its definition asks for',
  why: REFUSED,
  fix: 'write the text in that form',
  link: `${DEFINITIONS}#validation`,
});

export const CRD_BOUNDS = errorRule({
  id: 'api/crd-bounds',
  title: 'Numbers, texts and lists of a custom resource are within the bounds of its definition',
  why: REFUSED,
  fix: 'stay within the bounds',
  link: `${DEFINITIONS}#validation`,
});

export const CRD_DUPLICATE = errorRule({
  id: 'api/crd-duplicate',
  title: 'No two elements of a list with keys have the same',
  why: REFUSED,
  fix: 'take one of the two out, or change its key',
  link: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
});

export const CRD_RULE = errorRule({
  id: 'api/crd-rule',
  title: 'A custom resource obeys the rules of its definition',
  why: REFUSED,
  fix: 'change one of the fields that the rule is about',
  link: `${DEFINITIONS}#validation-rules`,
});
