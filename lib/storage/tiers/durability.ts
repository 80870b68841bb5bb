/** What the loss of data would mean. It decides what becomes of a volume, and what may hold the data. */
export enum Durability {
  /** Gone with the pod, and nobody minds: caches, spilled batches. */
  SCRATCH = 'scratch',
  /** Can be made again from its source: a dataset that a loader copies. Deleted with its claim. */
  REPRODUCIBLE = 'reproducible',
  /** Cannot be made again: checkpoints, models, data without a copy. Kept when its claim, its job or its release goes. */
  PRECIOUS = 'precious',
}

const RANKS = [Durability.SCRATCH, Durability.REPRODUCIBLE, Durability.PRECIOUS];

/** Whether what keeps `held` keeps data as durable as `needed`. */
export function keeps(held: Durability, needed: Durability): boolean {
  return RANKS.indexOf(held) >= RANKS.indexOf(needed);
}

/**
 * Annotations that make Helm, Argo CD and Flux leave an object alone when it is no longer in the manifests. Without them
 * a claim goes with its release, and the data with the claim.
 *
 * @see https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export function keepAnnotations(durability: Durability): Record<string, string> | undefined {
  if (durability !== Durability.PRECIOUS) return undefined;
  return {
    'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
    'helm.sh/resource-policy': 'keep',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  };
}
