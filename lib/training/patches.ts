import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { ProblemCollector } from '../findings/collector';

/**
 * Applies a user's operations to the object that stands for a job.
 *
 * @throws ValidationError naming the first operation that cannot be applied
 */
export function applyPatches(job: Construct, patches: readonly JsonPatch[]): void {
  const object = ApiObject.of(job);
  const problems = new ProblemCollector(job, 'DistributedTrainingJob');
  const failed = firstFailure(object, patches);
  if (failed) {
    problems.error({
      ruleId: 'props/patch',
      path: `patches[${failed.index}]`,
      expected: `an operation that the ${object.kind} has a place for`,
      found: failed.found,
      fix: 'look the path up in the manifest: pods stand where the kind has its template',
      link: 'https://datatracker.ietf.org/doc/html/rfc6902',
    });
  }
  problems.throwIfAny();
  object.addJsonPatch(...patches);
}

function firstFailure(object: ApiObject, patches: readonly JsonPatch[]): { index: number; found: string } | undefined {
  let json: unknown = object.toJson();
  for (let index = 0; index < patches.length; index++) {
    try {
      json = JsonPatch.apply(json, patches[index]);
    } catch {
      return { index, found: JSON.stringify(patches[index]._toJson()) };
    }
  }
  return undefined;
}
