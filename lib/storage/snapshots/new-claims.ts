import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ProblemSink } from '../../findings/collector';
import { ClaimExpansion } from '../claims/claim-expansion';
import { homeOf } from '../claims/home';
import { JobClaim, Maker } from '../claims/job-claim';
import type { IClaim } from '../claims/storage-claim';
import { SNAPSHOT_DOCS } from './wire';

/** Makers of claims of a job that are in the cluster before the job is: what grows has been used. */
const THERE_ALREADY: readonly Maker[] = ['expansion', 'user'];
const SET_CONTEXT = 'cdk8s-ml:snapshot-set';

/** Says that a set speaks for its snapshots, so that each of them need not. */
export function speaksForSnapshots(set: Construct): void {
  set.node.setContext(SET_CONTEXT, true);
}

/** Claims and snapshots of one chart are applied together: what is copied then is an empty volume. */
export function warnOfNewClaims(scope: Construct, claims: readonly IClaim[], path: string, sink: ProblemSink): void {
  if (scope.node.tryGetContext(SET_CONTEXT) === true) return;
  const chart = Chart.of(scope);
  const written = new Map(chart.node.findAll().filter(isClaim).filter(one => Chart.of(one) === chart).map(claim => [claim.name, claim]));
  const empty = claims.filter(claim => {
    if (claim instanceof JobClaim && THERE_ALREADY.includes(claim.spec.maker)) return false;
    const object = written.get(claim.claimName);
    if (object) return startsEmpty(object);
    // claims of a template are in no manifest
    return claim instanceof JobClaim && Chart.of(homeOf(claim)!) === chart;
  });
  if (empty.length === 0) return;
  const more = empty.length > 1 ? ` and ${empty.length - 1} more` : '';
  sink.warn({
    ruleId: 'chain/snapshot-of-new-claim',
    path,
    expected: 'a chart of its own, which is applied when there is something to keep: a snapshot is taken once, as soon as its claim has a volume',
    found: `the chart that makes ${empty[0].claimName}${more}, empty`,
    fix: 'put the snapshot into another chart, and apply that later',
    link: SNAPSHOT_DOCS,
  });
}

function isClaim(construct: Construct): construct is ApiObject {
  const isManifest = ApiObject.isApiObject(construct) && construct.kind === 'PersistentVolumeClaim';
  return isManifest && !(construct.node.scope instanceof ClaimExpansion);
}

/** A volume that is named is there already, with what is in it. */
function startsEmpty(claim: ApiObject): boolean {
  const { spec } = claim.toJson();
  return !spec?.dataSourceRef && !spec?.dataSource && !spec?.volumeName;
}
