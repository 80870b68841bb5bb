import type { Json, Manifest } from '../engine/manifest';
import { Path } from '../engine/path';
import type { Subject } from '../engine/subject';
import { oneOf, quoted } from '../values/quote';
import { definitionOf, kindOfOtherCase, kindsOfGroup, relatedDefinition, type Schema } from './definition';
import { DefinitionMender } from './definition-mend';
import { isSoundObject } from './definition-sound';
import { isDeeper, isShallow, SERVER_DEPTH } from './depth';
import { Mender } from './mend';
import { coreNode, nodeOf, relatedCoreNode, type Node } from './nodes';
import { NOT_AN_OBJECT, TYPE, UNKNOWN_KIND, UNKNOWN_VERSION } from './rules';
import { described } from './scalars';
import { unserved, type Unserved } from './served';
import { isObject, isSound } from './sound';
import { meantBy } from './suggest';
import { typeFix, wordsOf } from './type-fix';

const METADATA = nodeOf('ObjectMeta');

/** How objects of a version of a kind are checked, for a release that serves it. */
interface Plan {
  readonly apiVersion: string;
  readonly minor: number;
  readonly node: Node | undefined;
  readonly definition: Schema | undefined;
}

/** By kind, of which there is hardly ever more than one version in a bundle. */
const plans = new Map<string, Plan>();

/**
 * Reports what the decoder of the API server refuses: unknown fields, wrong types, numbers out of range; of custom kinds, what
 * their definition refuses.
 *
 * @returns what the other rules may read: the object itself where its shape is right, else a copy without what is not
 */
export function checkShape(subject: Subject): Json {
  const { json, minor, manifest } = subject;
  const known = plans.get(manifest.kind);
  const plan = known !== undefined && known.apiVersion === manifest.apiVersion && known.minor === minor ? known : planOf(subject);
  if (plan === undefined) return ofUnknownKind(subject);
  if (plan.node === undefined) return ofDefinition(plan.definition!, json as Json, subject, subject);
  return isSound(plan.node, json, minor) ? json as Json : mended(plan.node, json as Json, subject, subject);
}

function planOf({ minor, manifest: { apiVersion, group, kind } }: Subject): Plan | undefined {
  const node = coreNode(apiVersion, kind);
  const definition = node === undefined ? definitionOf(apiVersion, kind) : undefined;
  if (node === undefined && definition === undefined) return undefined;
  if (unserved(apiVersion, group, kind, minor) !== undefined) return undefined;
  const plan = { apiVersion, minor, node, definition };
  plans.set(kind, plan);
  return plan;
}

/** Of a kind that the release does not serve, or that nothing is known about. */
function ofUnknownKind(subject: Subject): Json {
  const { json, minor, manifest: { apiVersion, kind, group } } = subject;
  // nothing is known of its shape, so that no rule is to read more of it
  if (!isIdentified(subject)) return isObject(json) ? { metadata: safe(json, subject).metadata } : {};
  const problem = unserved(apiVersion, group, kind, minor) ?? ofOtherCase(group, kind);
  if (problem !== undefined) {
    subject.report(UNKNOWN_VERSION, Path.ROOT.field(problem.field), problem);
  } else {
    const doubt = notKnownHere(apiVersion, group, kind);
    if (doubt !== undefined) subject.unresolved(UNKNOWN_KIND, Path.ROOT.field(doubt.field), doubt);
  }
  return ofOtherVersion(json as Json, subject);
}

function ofOtherCase(group: string, kind: string): Unserved | undefined {
  const meant = kindOfOtherCase(group, kind);
  return meant === undefined ? undefined : { field: 'kind', expected: meant, found: quoted(kind), fix: `did you mean ${meant}?` };
}

/** What may be a slip of the pen, or newer than what is known here of the custom kinds of the group. */
function notKnownHere(apiVersion: string, group: string, kind: string): Unserved | undefined {
  const kinds = kindsOfGroup(group);
  const versions = kinds.get(kind);
  if (versions !== undefined) return { field: 'apiVersion', expected: oneOf(versions), found: `${apiVersion}, which is not known here` };
  const meant = meantBy(kind, [...kinds.keys()]);
  return meant === undefined ? undefined : { field: 'kind', expected: meant, found: `${quoted(kind)}, which is not known here`, fix: `did you mean ${meant}?` };
}

/** How many objects are of kinds that are neither refused nor have a shape that is known here. */
export function countUnknownKinds(manifests: readonly Manifest[], minor: number): number {
  let count = 0;
  for (let i = 0; i < manifests.length; i++) {
    const { apiVersion, group, kind } = manifests[i];
    const plan = plans.get(kind);
    if (plan !== undefined && plan.apiVersion === apiVersion && plan.minor === minor) continue;
    if (kind !== '' && apiVersion !== '' && isUnknown(apiVersion, group, kind, minor)) count++;
  }
  return count;
}

function isUnknown(apiVersion: string, group: string, kind: string, minor: number): boolean {
  if (coreNode(apiVersion, kind) !== undefined || definitionOf(apiVersion, kind) !== undefined) return false;
  return unserved(apiVersion, group, kind, minor) === undefined && kindOfOtherCase(group, kind) === undefined;
}

/** Rules are about kinds, and are not to fall over a version that they were not written for. */
function ofOtherVersion(json: Json, subject: Subject): Json {
  const { group, kind } = subject.manifest;
  const node = relatedCoreNode(group, kind);
  if (node !== undefined) return mended(node, json, subject, undefined);
  const definition = relatedDefinition(group, kind);
  return definition === undefined ? safe(json, subject) : ofDefinition(definition, json, subject, undefined);
}

function ofDefinition(schema: Schema, json: Json, subject: Subject, reporter: Subject | undefined): Json {
  const { minor } = subject;
  if (isSoundObject(schema, METADATA, json, minor)) return json;
  reportDepth(subject);
  const { metadata, ...rest } = json;
  const mender = new DefinitionMender(reporter);
  const known = metadata === undefined || metadata === null ? undefined : new Mender(reporter, minor).mend(METADATA, metadata, Path.ROOT.field('metadata'));
  const copy: Json = { ...mender.mend(schema, rest, Path.ROOT), ...known === undefined ? {} : { metadata: known } };
  mender.judge(schema, copy, Path.ROOT);
  return copy;
}

/** Whether it can be told what the object is to be. */
function isIdentified(subject: Subject): boolean {
  const { json, manifest: { apiVersion, kind } } = subject;
  if (!isObject(json)) {
    subject.report(NOT_AN_OBJECT, Path.ROOT, { expected: 'an object with apiVersion and kind', found: described(json) });
    return false;
  }
  return isNamed(subject, 'apiVersion', apiVersion) && isNamed(subject, 'kind', kind);
}

function isNamed(subject: Subject, field: string, value: string): boolean {
  if (value !== '') return true;
  const written: unknown = subject.json[field];
  const isText = written === undefined || written === null || written === '';
  const path = Path.ROOT.field(field);
  if (isText) subject.report(NOT_AN_OBJECT, path, { expected: 'text', found: 'none' });
  else subject.report(TYPE, path, { expected: 'text', found: wordsOf(written) || described(written), fix: typeFix('text', written, path) });
  return false;
}

function mended(node: Node, json: Json, subject: Subject, reporter: Subject | undefined): Json {
  reportDepth(subject);
  return new Mender(reporter, subject.minor).mend(node, json, Path.ROOT) as Json;
}

/** An object of a kind without a table: rules may read its metadata. */
function safe(json: Json, subject: Subject): Json {
  if (isSound(METADATA, json.metadata ?? {}, subject.minor) && isShallow(json)) return json;
  reportDepth(subject);
  const metadata = new Mender(undefined, subject.minor).mend(METADATA, json.metadata, Path.ROOT) ?? {};
  return isShallow(json) ? { ...json, metadata } : { apiVersion: json.apiVersion, kind: json.kind, metadata };
}

function reportDepth(subject: Subject): void {
  if (!isDeeper(subject.json, SERVER_DEPTH)) return;
  subject.report(TYPE, Path.ROOT, {
    expected: `lists and objects at most ${SERVER_DEPTH} deep in each other`, found: 'more', fix: 'look for a value that holds itself',
  });
}
