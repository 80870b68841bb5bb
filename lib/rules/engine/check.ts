import { BundleView } from '../bundle/bundle-view';
import type { Finding } from '../../findings/finding';
import { ROOMS } from '../rooms';
import { checkShape, countUnknownKinds } from '../schema/shape';
import type { Manifest } from './manifest';
import type { PodSubject } from './pods';
import type { BundleCheck, ObjectCheck, PodCheck } from './room';
import { Subject, type Run } from './subject';

const NONE: readonly never[] = [];
const ALL_OBJECTS = '*';
const OBJECT_CHECKS = new Map<string, ObjectCheck[]>();
const POD_CHECKS: PodCheck[] = [];
const BUNDLE_CHECKS: BundleCheck[] = [];

for (const room of ROOMS) {
  for (const [type, checks] of Object.entries(room.objects ?? {})) {
    OBJECT_CHECKS.set(type, [...OBJECT_CHECKS.get(type) ?? [], ...checks]);
  }
  POD_CHECKS.push(...room.pods ?? []);
  BUNDLE_CHECKS.push(...room.bundle ?? []);
}

/** What a run is asked to judge. */
export interface CheckRequest {
  readonly minor: number;
  readonly assumeComplete: boolean;
  readonly manifests: readonly Manifest[];
  /** What exists outside the bundle. */
  readonly external: readonly Manifest[];
}

/** What was found, and in what. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  /** The objects of the bundle, as they were judged. */
  readonly subjects: readonly Subject[];
  /** How many of them are of kinds whose shape is not known. */
  readonly unknownKinds: number;
}

/** Objects that go through the checks together. */
const CHUNK = 1_024;

/** Judges each object by itself and then all of them together, in the order of the bundle. */
export function check(request: CheckRequest): CheckResult {
  const run: Run = { minor: request.minor, assumeComplete: request.assumeComplete, findings: [], owners: [] };
  const subjects: Subject[] = [];
  for (let from = 0; from < request.manifests.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, request.manifests.length);
    for (let i = from; i < to; i++) subjects.push(new Subject(request.manifests[i], run, i));
    checkEach(subjects, from, run);
  }
  const external = request.external.map((manifest, i) => soundSubject(new Subject(manifest, run, subjects.length + i)));
  const view = new BundleView(run, external.length === 0 ? subjects : [...subjects, ...external]);
  for (const judge of BUNDLE_CHECKS) judge(view);
  return { findings: run.findings, subjects, unknownKinds: countUnknownKinds(request.manifests, request.minor) };
}

/**
 * Judges each object from `from` on by itself, and puts sound ones in the place of those that are not. One check goes through all
 * of them before the next one begins, so that its code stays at hand: that is a sixth faster than all checks on one object after
 * the other.
 */
function checkEach(subjects: Subject[], from: number, run: Run): void {
  const first = run.findings.length;
  for (let i = from; i < subjects.length; i++) subjects[i] = soundSubject(subjects[i]);
  const ofShape = run.findings.length;
  for (const judge of OBJECT_CHECKS.get(ALL_OBJECTS) ?? NONE) for (let i = from; i < subjects.length; i++) judge(subjects[i]);
  for (const [type, alike] of byType(subjects, from)) {
    for (const judge of OBJECT_CHECKS.get(type) ?? NONE) for (let i = 0; i < alike.length; i++) judge(alike[i]);
  }
  const pods: PodSubject[] = [];
  for (let i = from; i < subjects.length; i++) for (const pod of subjects[i].pods) pods.push(pod);
  for (const judge of POD_CHECKS) for (let i = 0; i < pods.length; i++) judge(pods[i]);
  if (run.findings.length > first) arrange(run, first, ofShape);
}

function byType(subjects: readonly Subject[], from: number): ReadonlyMap<string, readonly Subject[]> {
  const types = new Map<string, Subject[]>();
  for (let i = from; i < subjects.length; i++) {
    const subject = subjects[i];
    const { type } = subject.manifest;
    if (type === ALL_OBJECTS) continue;
    const known = types.get(type);
    if (known) known.push(subject); else types.set(type, [subject]);
  }
  return types;
}

/** The object as the other rules may read it. */
function soundSubject(subject: Subject): Subject {
  const sound = checkShape(subject);
  return sound === subject.json ? subject : new Subject({ ...subject.manifest, json: sound }, subject.run, subject.index);
}

/** What was found in one object. */
interface Found {
  readonly shape: Finding[];
  readonly rest: Finding[];
}

/** Puts what was found from `first` on into the order of the objects; up to `ofShape` it is about their shape. */
function arrange({ findings, owners }: Run, first: number, ofShape: number): void {
  const byOwner = new Map<number, Found>();
  for (let i = first; i < findings.length; i++) {
    let found = byOwner.get(owners[i]);
    if (!found) byOwner.set(owners[i], found = { shape: [], rest: [] });
    (i < ofShape ? found.shape : found.rest).push(findings[i]);
  }
  findings.length = owners.length = first;
  for (const owner of [...byOwner.keys()].sort((a, b) => a - b)) {
    const { shape, rest } = byOwner.get(owner)!;
    const refused = shape.flatMap(({ path }) => namesOf(path));
    // what is missing only because its shape was wrong has been told already
    const kept = refused.length === 0 ? rest : rest.filter(({ path }) => !refused.some(at => isAtOrBelow(path, at)));
    for (const one of [...shape, ...kept]) {
      findings.push(one);
      owners.push(owner);
    }
  }
}

const REQUESTED = '.requests[storage]';

/** How other findings call the same place: the server leaves `requests` out where a claim asks for no storage. */
function namesOf(path: string): readonly string[] {
  return path.endsWith(REQUESTED) ? [path, `${path.slice(0, -REQUESTED.length)}[storage]`] : [path];
}

function isAtOrBelow(path: string, at: string): boolean {
  return path.startsWith(at) && (path.length === at.length || path[at.length] === '.' || path[at.length] === '[');
}
