/** Who the processes of a pod are. */
export interface PodUser {
  readonly user: number;
  readonly group: number;
}

/** A user that no image gives meaning to and that is not root, so that images built as root run too. */
export const DEFAULT_USER_ID = 1000;

/**
 * Pod-level security that the `restricted` Pod Security Standard asks for. `OnRootMismatch` spares a volume of
 * checkpoints the recursive change of owner at every start.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podSecurity({ user, group }: PodUser): Record<string, unknown> {
  return {
    fsGroup: group,
    fsGroupChangePolicy: 'OnRootMismatch',
    runAsGroup: group,
    runAsNonRoot: user !== 0,
    runAsUser: user,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Container-level security that the `restricted` Pod Security Standard asks for, unless capabilities are added. */
export function containerSecurity(added: readonly string[] = []): Record<string, unknown> {
  return { allowPrivilegeEscalation: false, capabilities: { ...(added.length > 0 && { add: added }), drop: ['ALL'] } };
}
