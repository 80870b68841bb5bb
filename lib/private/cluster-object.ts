import { ApiObject, ApiObjectProps, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';

/**
 * An object that belongs to the whole cluster. A chart gives its namespace to every object in it; on these the API server
 * drops it, and tools that compare would find a difference for ever.
 */
export function clusterObject(scope: Construct, id: string, props: ApiObjectProps): ApiObject {
  const object = new ApiObject(scope, id, props);
  if (object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
