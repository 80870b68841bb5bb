/**
 * What the Pod Security Standards let pods have, for what makes pods and for the rules that judge them.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */

/** Capabilities that a runtime gives by itself, which the baseline standard lets pods ask for. */
export const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID',
  'SYS_CHROOT',
]);

/** Types of volumes that the restricted standard allows. */
export const RESTRICTED_VOLUMES: readonly string[] = [
  'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret',
];
