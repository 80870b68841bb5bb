import { errorRule, infoRule, warningRule, type Rule } from '../engine/rule';

const STANDARDS = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';
const BASELINE = `${STANDARDS}#baseline`;
const RESTRICTED = `${STANDARDS}#restricted`;
const REFUSED = 'A namespace that enforces the standard takes templates of such pods, and refuses each pod.';

export const HOST_PATH = warningRule({
  id: 'sec/host-path',
  title: 'A pod has no directories of its node',
  why: 'A hostPath is another directory on every node, and gives the pod what others keep there. Namespaces with the baseline standard refuse such pods.',
  fix: 'use a PersistentVolumeClaim, an emptyDir, or a local PersistentVolume',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
});
export const HOST_NAMESPACE = warningRule({
  id: 'sec/host-namespace',
  title: 'A pod has a network, processes and shared memory of its own',
  why: 'A pod in the namespaces of its node sees, and can disturb, what else runs there. Namespaces with the baseline standard refuse such pods.',
  fix: 'leave it out',
  link: BASELINE,
});
export const PRIVILEGED = warningRule({
  id: 'sec/privileged',
  title: 'A container is not privileged',
  why: 'A privileged container is root on its node. Namespaces with the baseline standard refuse such pods.',
  fix: 'leave `privileged` out; devices are given by resources such as nvidia.com/gpu or rdma/hca',
  link: BASELINE,
});
export const INLINE_NFS = infoRule({
  id: 'sec/inline-nfs',
  title: 'NFS is mounted by a PersistentVolume',
  why: 'A namespace with the restricted standard refuses pods with an nfs volume of their own, which has no mount options either.',
  fix: 'make a PersistentVolume and a claim of it',
  link: RESTRICTED,
});

export const HOST_PORT = errorRule({ id: 'sec/host-port', title: 'A container takes no port of its node', why: REFUSED, fix: 'leave hostPort out, and use a Service', link: BASELINE });
export const HOST_PROBE = errorRule({
  id: 'sec/host-probe', title: 'Probes and hooks of a container go to its own pod', why: REFUSED, fix: 'leave `host` out', link: BASELINE,
});
export const CAPABILITIES = errorRule({
  id: 'sec/capabilities', title: 'A container has only the capabilities that its namespace allows', why: REFUSED,
  fix: 'set `capabilities: { drop: [ALL] }`, and add none but NET_BIND_SERVICE', link: RESTRICTED,
});
export const APP_ARMOR = errorRule({
  id: 'sec/app-armor', title: 'The AppArmor profile is that of the runtime or of the node', why: REFUSED, fix: 'use RuntimeDefault or Localhost, or leave it out', link: BASELINE,
});
export const SELINUX = errorRule({
  id: 'sec/selinux', title: 'SELinux options name no user, no role, and a type of containers', why: REFUSED, fix: 'leave user, role and type out', link: BASELINE,
});
export const SECCOMP = errorRule({
  id: 'sec/seccomp', title: 'The seccomp profile is one that the namespace allows', why: REFUSED, fix: 'set `seccompProfile: { type: RuntimeDefault }` for the pod', link: RESTRICTED,
});
export const PROC_MOUNT = errorRule({ id: 'sec/proc-mount', title: 'A container sees the masked /proc', why: REFUSED, fix: 'leave procMount out', link: BASELINE });
export const SYSCTL = errorRule({ id: 'sec/sysctl', title: 'A pod sets only sysctls that are safe', why: REFUSED, fix: 'leave the sysctl out, or set it on the nodes', link: BASELINE });
export const HOST_PROCESS = errorRule({
  id: 'sec/host-process', title: 'A Windows container is no process of its node', why: REFUSED, fix: 'leave windowsOptions.hostProcess out', link: BASELINE,
});
export const VOLUME_TYPE = errorRule({
  id: 'sec/volume-type', title: 'A pod has only volumes of types that its namespace allows', why: REFUSED,
  fix: 'use a claim, ConfigMap, Secret, emptyDir, projected, downwardAPI, image, csi or ephemeral volume', link: RESTRICTED,
});
export const PRIVILEGE_ESCALATION = errorRule({
  id: 'sec/privilege-escalation', title: 'A process cannot get more rights than its parent', why: REFUSED, fix: 'set `allowPrivilegeEscalation: false`', link: RESTRICTED,
});
export const NON_ROOT = errorRule({
  id: 'sec/non-root', title: 'A container must not run as root', why: REFUSED, fix: 'set `runAsNonRoot: true` for the pod', link: RESTRICTED,
});
export const ROOT = errorRule({
  id: 'sec/root', title: 'A container does not ask for the user root', why: REFUSED, fix: 'use a user other than 0, or leave runAsUser out',
  link: RESTRICTED,
});

/** What namespaces refuse that hold their pods to a standard. */
export const STANDARD_RULES: readonly Rule[] = [
  HOST_PATH, HOST_NAMESPACE, PRIVILEGED, INLINE_NFS, HOST_PORT, HOST_PROBE, CAPABILITIES, APP_ARMOR, SELINUX, SECCOMP, PROC_MOUNT, SYSCTL,
  HOST_PROCESS, VOLUME_TYPE, PRIVILEGE_ESCALATION, NON_ROOT, ROOT,
];
