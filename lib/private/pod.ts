import type { Mount } from '../storage/mount';
import { containerSecurity, podSecurity, PodUser } from './security';
import { GATE_PREFIX, volumesFor } from './pod-volumes';
import { Container, ContainerPort, EnvVar, literal, PodSpec, Resources, Toleration, Volume, VolumeMount } from './wire';

/** What a pod of this library is made from. */
export interface PodRequest {
  readonly containerName: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly Readonly<Record<string, unknown>>[];
  readonly ports?: readonly ContainerPort[];
  readonly resources: Resources;
  readonly mounts?: readonly Mount[];
  /** Volumes that need no name of ours, with their mounts: shared memory, claims of a template (mount only). */
  readonly ownVolumes?: readonly Volume[];
  readonly ownMounts?: readonly VolumeMount[];
  readonly user: PodUser;
  readonly restartPolicy: PodSpec['restartPolicy'];
  readonly terminationGracePeriodSeconds?: number;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Toleration[];
  readonly serviceAccountName?: string;
}

/** The one place where pods are built: security, volumes, gates and what the API's own defaults get wrong for training. */
export function podSpec(request: PodRequest): PodSpec {
  const mounts = request.mounts ?? [];
  const ownMounts = request.ownMounts ?? [];
  const { volumes, volumeMounts } = volumesFor(mounts, ownMounts.map(mount => mount.name));
  const gates = mounts.flatMap((mount, i) => mount._spec.gate ? [gateFor(request.image, volumeMounts[i], mount._spec.gate.marker)] : []);
  return {
    // neither is of use to training, and a Service called `master` would set MASTER_PORT in every pod of the namespace
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...some('initContainers', unique(gates)),
    containers: [{
      name: request.containerName,
      image: request.image,
      imagePullPolicy: 'IfNotPresent',
      command: request.command,
      ...some('args', request.args),
      ...some('env', request.env),
      ...some('envFrom', request.envFrom),
      ...some('ports', request.ports),
      resources: request.resources,
      securityContext: containerSecurity(),
      ...some('volumeMounts', [...ownMounts, ...volumeMounts]),
    }],
    restartPolicy: request.restartPolicy,
    securityContext: podSecurity(request.user),
    ...(request.terminationGracePeriodSeconds !== undefined && { terminationGracePeriodSeconds: request.terminationGracePeriodSeconds }),
    ...(request.nodeSelector && { nodeSelector: { ...request.nodeSelector } }),
    ...some('tolerations', request.tolerations),
    ...(request.serviceAccountName !== undefined && { serviceAccountName: request.serviceAccountName }),
    ...some('volumes', [...request.ownVolumes ?? [], ...volumes]),
  };
}

const GATE_SCRIPT = 'until [ -e "$1" ]; do echo "waiting for $1"; sleep 10; done';

/**
 * Holds a pod back until the marker of a complete dataset is there: plain manifests have no other order between a loader
 * and its readers. Runs the pod's own image, which the node needs anyway.
 */
function gateFor(image: string, mount: VolumeMount, marker: string): Container {
  return {
    name: GATE_PREFIX + mount.name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/sh', '-c', GATE_SCRIPT, 'gate', literal(`${mount.mountPath}/${marker}`)],
    // images for training ask for every GPU of the node when the runtime shows them
    env: [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }],
    resources: { limits: { memory: '64Mi' }, requests: { cpu: '10m', memory: '64Mi' } },
    securityContext: containerSecurity(),
    volumeMounts: [mount],
  };
}

/** A dataset that is mounted twice is waited for once. */
function unique(gates: readonly Container[]): Container[] {
  return [...new Map(gates.map(gate => [gate.name, gate])).values()];
}

function some<K extends string, T>(key: K, list: readonly T[] | undefined): Partial<Record<K, readonly T[]>> {
  return list && list.length > 0 ? { [key]: list } as Record<K, readonly T[]> : {};
}
