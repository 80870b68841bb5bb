import type { PodSubject } from '../../engine/pods';
import type { RuleRoom } from '../../engine/room';
import { LABEL_SELECTOR } from '../../values/label-selector';
import { NODE_SELECTOR } from '../../values/node-selector';
import { checkAffinity, POD_AFFINITY } from './affinity';
import { checkAnnotations, POD_ANNOTATION } from './annotations';
import { PRIVILEGE_ESCALATION, PROC_MOUNT } from './container-security';
import {
  checkContainers, CONTAINER_NAME, CONTAINERS, EPHEMERAL_CONTAINERS, IMAGE, PULL_POLICY, TERMINATION_MESSAGE,
} from './containers';
import { FIELD_REF, RESOURCE_FIELD_REF } from './downward';
import { ENV_KEY, ENV_NAME, ENV_SOURCE } from './env';
import { ENV_FILE } from './env-files';
import { checkNetwork, DNS_CONFIG, HOST_ALIAS, HOSTNAME } from './network';
import { checkObjectNames, OBJECT_NAME } from './object-names';
import { checkOs, OS } from './os';
import { ACTIVE_DEADLINE, checkPodFields, OVERHEAD, POD_GATE, POD_RESTART, PREEMPTION } from './pod-fields';
import { checkPodResources, POD_RESOURCES } from './pod-resources';
import { checkPodSecurity, HOST_NAMESPACES, SECURITY_POLICY, SYSCTL } from './pod-security';
import { checkHostPorts, CONTAINER_PORT, HOST_PORT } from './ports';
import { INIT_PROBE, LIFECYCLE, PROBE } from './probes';
import { APP_ARMOR_PROFILE, SECCOMP_PROFILE } from './profiles';
import { RESIZE_POLICY } from './resize';
import { checkPodClaims, RESOURCE_CLAIM } from './resource-claims';
import { EXTENDED_RESOURCE, HUGE_PAGES, REQUEST_OVER_LIMIT, RESOURCE_AMOUNT, RESOURCE_NAME } from './resources';
import { CONTAINER_RESTART } from './restart';
import { checkTolerations, TOLERATION } from './tolerations';
import { checkTopologySpread, TOPOLOGY_SPREAD } from './topology-spread';
import { USER_ID } from './user-ids';
import { checkHostProcess, WINDOWS_OPTIONS } from './windows';

/** What the API server checks of a pod apart from its metadata and volumes. */
function checkPod(pod: PodSubject): void {
  checkPodClaims(pod);
  checkContainers(pod);
  checkPodResources(pod);
  checkHostPorts(pod);
  checkPodFields(pod);
  checkPodSecurity(pod);
  checkAffinity(pod);
  checkNetwork(pod);
  checkTopologySpread(pod);
  checkHostProcess(pod);
  checkObjectNames(pod);
  if (pod.spec.tolerations !== undefined) checkTolerations(pod.subject, pod.spec.tolerations, pod.path.field('tolerations'));
  checkOs(pod);
  checkAnnotations(pod);
}

export const API_POD: RuleRoom = {
  rules: [
    CONTAINERS, CONTAINER_NAME, IMAGE, PULL_POLICY, TERMINATION_MESSAGE, EPHEMERAL_CONTAINERS, CONTAINER_RESTART, RESIZE_POLICY,
    CONTAINER_PORT, HOST_PORT, ENV_NAME, ENV_SOURCE, ENV_KEY, ENV_FILE, FIELD_REF, RESOURCE_FIELD_REF, PROBE, LIFECYCLE, INIT_PROBE,
    RESOURCE_NAME, RESOURCE_AMOUNT, REQUEST_OVER_LIMIT, EXTENDED_RESOURCE, HUGE_PAGES, RESOURCE_CLAIM, POD_RESOURCES, OVERHEAD, USER_ID,
    SECCOMP_PROFILE, APP_ARMOR_PROFILE, PRIVILEGE_ESCALATION, PROC_MOUNT, SECURITY_POLICY, SYSCTL, HOST_NAMESPACES, WINDOWS_OPTIONS, OS,
    POD_RESTART, PREEMPTION, ACTIVE_DEADLINE, POD_GATE, TOLERATION, NODE_SELECTOR, LABEL_SELECTOR, POD_AFFINITY, TOPOLOGY_SPREAD,
    DNS_CONFIG, HOST_ALIAS, HOSTNAME, OBJECT_NAME, POD_ANNOTATION,
  ],
  pods: [checkPod],
};
