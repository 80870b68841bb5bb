import { KubernetesVersion, ManifestChecker, Outcome } from '../../lib';
import type { Manifest } from './manifests';

const API = 'api/';

/** What a Kubernetes server would refuse of a manifest, a line for each reason. */
export function refusalsOf(manifest: Manifest, target = KubernetesVersion.V1_36): string[] {
  return new ManifestChecker({ target }).check([manifest]).findings
    .filter(({ ruleId, outcome }) => ruleId.startsWith(API) && outcome === Outcome.VIOLATED)
    .map(({ ruleId, message }) => `${ruleId} ${message}`);
}
