import { ApiObject, type Chart } from 'cdk8s';
import type { Finding } from '../findings/finding';
import type { CheckReport } from '../rules/check-report';
import { manifestOf, type Manifest, type Origin } from '../rules/engine/manifest';
import { ManifestChecker, type ManifestCheckerProps } from '../rules/manifest-checker';
import { itemsOf } from '../rules/read-manifests';
import type { RenderedChart, RenderedDocument } from './render';

/** Refused by the synth itself, which also knows the files. */
const REFUSED_BEFORE = 'out/duplicate-object';

/** Judges what an app has rendered, each object under the construct that it is from. */
export function judge(charts: readonly RenderedChart[], props: ManifestCheckerProps): CheckReport {
  return new ManifestChecker(props)._check(manifestsOf(charts));
}

/** What the rules say that nobody has said before: a construct that warned of its own props has said it of the object it made. */
export function newFindings(found: readonly Finding[], told: readonly Finding[] = []): Finding[] {
  const toldOf = new Map<string, Set<string>>();
  for (const { ruleId, constructPath } of told) {
    if (constructPath === undefined) continue;
    const paths = toldOf.get(ruleId);
    if (paths) paths.add(constructPath); else toldOf.set(ruleId, new Set([constructPath]));
  }
  return found.filter(({ ruleId, constructPath }) => ruleId !== REFUSED_BEFORE && !isAtOrBelow(constructPath, toldOf.get(ruleId)));
}

/** Whether a construct, or one that it is in, is among them. */
function isAtOrBelow(path: string | undefined, among: ReadonlySet<string> | undefined): boolean {
  if (path === undefined || among === undefined) return false;
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) if (among.has(path.slice(0, end))) return true;
  return false;
}

function manifestsOf(charts: readonly RenderedChart[]): Manifest[] {
  const manifests: Manifest[] = [];
  for (const { documents } of charts) {
    for (const document of documents) {
      const origin = originOf(document);
      for (const item of itemsOf(document.json)) manifests.push(manifestOf(item, origin));
    }
  }
  return manifests;
}

/** The class of an ApiObject says less than the kind that a report shows anyway. */
function originOf({ construct }: RenderedDocument): Origin {
  const constructType = ApiObject.isApiObject(construct) ? undefined : (construct as Chart).constructor.name;
  return { constructPath: construct.node.path, constructType };
}
