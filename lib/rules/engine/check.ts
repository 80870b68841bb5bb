import { BundleView } from '../bundle/bundle-view';
import type { Finding } from '../../findings/finding';
import { ROOMS } from '../rooms';
import { checkShape } from '../schema/shape';
import type { Manifest } from './manifest';
import { podsOf } from './pods';
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

/** Judges each object by itself and then all of them together, in the order of the bundle. */
export function check(request: CheckRequest): Finding[] {
  const run: Run = { minor: request.minor, assumeComplete: request.assumeComplete, findings: [] };
  const subjects: Subject[] = [];
  for (const manifest of request.manifests) subjects.push(checkObject(manifest, run));
  for (const manifest of request.external) subjects.push(soundSubject(new Subject(manifest, run)));
  const view = new BundleView(run, subjects);
  for (const judge of BUNDLE_CHECKS) judge(view);
  return run.findings;
}

function checkObject(manifest: Manifest, run: Run): Subject {
  const first = run.findings.length;
  const subject = soundSubject(new Subject(manifest, run));
  const ofShape = run.findings.length;
  for (const judge of OBJECT_CHECKS.get(ALL_OBJECTS) ?? NONE) judge(subject);
  for (const judge of OBJECT_CHECKS.get(manifest.type) ?? NONE) judge(subject);
  const pods = podsOf(subject);
  for (let i = 0; i < pods.length; i++) for (const judge of POD_CHECKS) judge(pods[i]);
  if (ofShape > first && run.findings.length > ofShape) dropConsequences(run.findings, first, ofShape);
  return subject;
}

/** The object as the other rules may read it. */
function soundSubject(subject: Subject): Subject {
  const sound = checkShape(subject);
  return sound === subject.json ? subject : new Subject({ ...subject.manifest, json: sound }, subject.run);
}

/** What is missing only because its shape was wrong has been told already. */
function dropConsequences(findings: Finding[], first: number, ofShape: number): void {
  const refused = findings.slice(first, ofShape).map(({ path }) => path);
  const kept = findings.slice(ofShape).filter(({ path }) => !refused.some(at => isAtOrBelow(path, at)));
  findings.length = ofShape;
  findings.push(...kept);
}

function isAtOrBelow(path: string, at: string): boolean {
  return path.startsWith(at) && (path.length === at.length || path[at.length] === '.' || path[at.length] === '[');
}
