import type { RuleRoom } from '../../engine/room';
import { AUTOSCALER, checkAutoscaler } from './autoscaler';
import { checkDisruptionBudget, DISRUPTION_BUDGET } from './budget';
import { checkConfigMap, checkSecret, CONFIG_DATA, SECRET_TYPE } from './config';
import { checkEndpoints, ENDPOINTS } from './endpoints';
import { checkIngress, INGRESS_BACKEND, INGRESS_RULE } from './ingress';
import { checkLimitRange, LIMIT_RANGE } from './limit-range';
import { METRIC } from './metrics';
import { checkNamespace } from './namespace';
import { checkNetworkPolicy, NETWORK_PEER, NETWORK_PORT, POLICY_TYPE } from './network-policy';
import { checkDefaultPriority, checkPriorityClass, DEFAULT_PRIORITY, PRIORITY_CLASS } from './priority';
import { checkResourceQuota, QUOTA_RESOURCES, QUOTA_SCOPE } from './quota';
import { checkClusterRole, checkClusterRoleBinding, checkRole, checkRoleBinding, ROLE_BINDING, ROLE_RULE } from './rbac';
import { checkRuntimeClass, RUNTIME_HANDLER } from './runtime-class';
import { checkService, SERVICE_TYPE, SESSION_AFFINITY } from './service';
import { CLUSTER_IP } from './service-ips';
import { SERVICE_PORTS } from './service-ports';
import { IP_ADDRESS, TRAFFIC_POLICY } from './service-traffic';

export const API_CLUSTER: RuleRoom = {
  rules: [
    SERVICE_TYPE, SERVICE_PORTS, CLUSTER_IP, SESSION_AFFINITY, TRAFFIC_POLICY, IP_ADDRESS, ENDPOINTS, CONFIG_DATA, SECRET_TYPE,
    QUOTA_RESOURCES, QUOTA_SCOPE, LIMIT_RANGE, PRIORITY_CLASS, DEFAULT_PRIORITY, DISRUPTION_BUDGET, NETWORK_PEER,
    NETWORK_PORT, POLICY_TYPE, ROLE_RULE, ROLE_BINDING, INGRESS_RULE, INGRESS_BACKEND, AUTOSCALER, METRIC, RUNTIME_HANDLER,
  ],
  objects: {
    ConfigMap: [checkConfigMap],
    Endpoints: [checkEndpoints],
    LimitRange: [checkLimitRange],
    Namespace: [checkNamespace],
    ResourceQuota: [checkResourceQuota],
    Secret: [checkSecret],
    Service: [checkService],
    'autoscaling/HorizontalPodAutoscaler': [checkAutoscaler],
    'networking.k8s.io/Ingress': [checkIngress],
    'networking.k8s.io/NetworkPolicy': [checkNetworkPolicy],
    'node.k8s.io/RuntimeClass': [checkRuntimeClass],
    'policy/PodDisruptionBudget': [checkDisruptionBudget],
    'rbac.authorization.k8s.io/ClusterRole': [checkClusterRole],
    'rbac.authorization.k8s.io/ClusterRoleBinding': [checkClusterRoleBinding],
    'rbac.authorization.k8s.io/Role': [checkRole],
    'rbac.authorization.k8s.io/RoleBinding': [checkRoleBinding],
    'scheduling.k8s.io/PriorityClass': [checkPriorityClass],
  },
  bundle: [checkDefaultPriority],
};
