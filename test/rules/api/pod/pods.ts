import { Outcome, type Finding, type KubernetesVersion } from '../../../../lib';
import { findingsIn } from '../../../support/checker';

const IMAGE = 'ghcr.io/acme/train:1.4.2';

/** A bare Pod of one container, with more in its spec and its container. */
export function podOf(container: object = {}, spec: object = {}, metadata: object = {}): any {
  return {
    apiVersion: 'v1', kind: 'Pod',
    metadata: { name: 'trainer', namespace: 'ml-training', ...metadata },
    spec: { containers: [{ name: 'trainer', image: IMAGE, ...container }], ...spec },
  };
}

/** The same pod as the template of a workload. */
export function templateOf(kind: 'Deployment' | 'StatefulSet' | 'Job', container: object = {}, spec: object = {}, metadata: object = {}): any {
  const labels = { app: 'trainer' };
  const job = kind === 'Job';
  return {
    apiVersion: job ? 'batch/v1' : 'apps/v1', kind,
    metadata: { name: 'trainer', namespace: 'ml-training' },
    spec: {
      ...job ? {} : { selector: { matchLabels: labels } },
      template: {
        metadata: { labels, ...metadata },
        spec: { ...job ? { restartPolicy: 'Never' } : {}, containers: [{ name: 'trainer', image: IMAGE, ...container }], ...spec },
      },
    },
  };
}

/** Violations of the server's rules, and of those that it leaves to break later. */
export function violations(manifest: any, minor = 36): Finding[] {
  const found = findingsIn([manifest], { target: `1.${minor}` as KubernetesVersion });
  return found.filter(({ ruleId, outcome }) => outcome === Outcome.VIOLATED && /^(api|silent)\//.test(ruleId));
}

/** `<rule> <path>` of every violation of the server's rules. */
export function refusals(manifest: any, minor = 36): string[] {
  return violations(manifest, minor).filter(({ ruleId }) => ruleId.startsWith('api/')).map(({ ruleId, path }) => `${ruleId} ${path}`);
}
