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

/** What the rules say that nobody has said before. */
export function newFindings(found: readonly Finding[], told: readonly Finding[]): Finding[] {
  return found.filter(one => one.ruleId !== REFUSED_BEFORE && !told.some(other => isSame(one, other)));
}

/** A construct that warned of its own props has said what the rule says of the object it made. */
function isSame(one: Finding, told: Finding): boolean {
  return one.ruleId === told.ruleId && one.constructPath !== undefined && told.constructPath !== undefined
    && (one.constructPath === told.constructPath || one.constructPath.startsWith(`${told.constructPath}/`));
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
