import type { Mount } from '../storage/volumes/mount';
import { copyContainer, INIT_ENV } from './pod-copies';
import { containerSecurity, podSecurity, PodUser } from './security';
import { type ContainerVolumes, GATE_PREFIX, mountsOf, volumesFor } from './pod-volumes';
import { Container, ContainerPort, EnvVar, literal, PodSpec, Resources, Toleration, Volume, VolumeMount } from './wire';

/** A container that runs to its end before the pod's own one starts, or beside it. */
export interface InitRequest {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly Readonly<Record<string, unknown>>[];
  readonly resources: Resources;
  readonly mounts: readonly Mount[];
  /** Image of what waits for its mounts, or fills them; its own where none is named. */
  readonly helperImage?: string;
  /** Mounts of the pod's `ownVolumes`. */
  readonly ownMounts?: readonly VolumeMount[];
  /** Whether it runs beside the pod's own container, and is stopped after it. From Kubernetes 1.29. */
  readonly sidecar?: boolean;
}

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
  /** What runs before it, in order; after the gates. */
  readonly init?: readonly InitRequest[];
  readonly user: PodUser;
  readonly restartPolicy: PodSpec['restartPolicy'];
  readonly terminationGracePeriodSeconds?: number;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Toleration[];
  readonly serviceAccountName?: string;
  /** Fields of the spec that are written as they are. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Fields of the pod's own container that are written as they are. */
  readonly container?: Readonly<Record<string, unknown>>;
  /** Linux capabilities of the pod's own container. */
  readonly capabilities?: readonly string[];
}

/** The one place where pods are built: security, volumes, gates and what the API's own defaults get wrong for training. */
export function podSpec(request: PodRequest): PodSpec {
  const mounts = request.mounts ?? [];
  const ownMounts = request.ownMounts ?? [];
  const own = withCopies(mounts).map(mount => ({ mount, image: request.image }));
  const others = (request.init ?? []).flatMap(({ mounts: those, image, helperImage = image }) => (
    withCopies(those).map(mount => ({ mount, image: helperImage }))
  ));
  const all = [...own, ...others];
  const volumes = volumesFor(all.map(({ mount }) => mount), ownMounts.map(mount => mount.name));
  const { volumeMounts, volumeDevices } = mountsOf(mounts, volumes);
  const initContainers = unique([
    ...all.flatMap(({ mount, image }) => mount._spec.gate ? [gateFor(image, volumes.nameOf(mount), mount)] : []),
    ...all.flatMap(({ mount, image }) => mount._spec.copy ? [copyContainer(image, mount, mount._spec.copy, volumes.nameOf)] : []),
    ...(request.init ?? []).map(init => initContainer(init, mountsOf(init.mounts, volumes))),
  ]);
  return {
    // neither is of use to training, and a Service called `master` would set MASTER_PORT in every pod of the namespace
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...some('initContainers', initContainers),
    containers: [{
      name: request.containerName,
      image: request.image,
      imagePullPolicy: 'IfNotPresent',
      // none: the image's entrypoint
      ...some('command', request.command),
      ...some('args', request.args),
      ...some('env', request.env),
      ...some('envFrom', request.envFrom),
      ...some('ports', request.ports),
      resources: request.resources,
      securityContext: containerSecurity(request.capabilities),
      ...request.container,
      ...some('volumeDevices', volumeDevices),
      ...some('volumeMounts', [...ownMounts, ...volumeMounts]),
    }],
    restartPolicy: request.restartPolicy,
    securityContext: podSecurity(request.user),
    ...(request.terminationGracePeriodSeconds !== undefined && { terminationGracePeriodSeconds: request.terminationGracePeriodSeconds }),
    ...(request.nodeSelector && { nodeSelector: { ...request.nodeSelector } }),
    ...some('tolerations', request.tolerations),
    ...(request.serviceAccountName !== undefined && { serviceAccountName: request.serviceAccountName }),
    ...request.spec,
    ...some('volumes', [...request.ownVolumes ?? [], ...volumes.volumes]),
  };
}

const GATE_SCRIPT = 'until [ -e "$1" ]; do echo "waiting for $1"; sleep 10; done';

/**
 * Holds a pod back until the marker of a complete dataset is there: plain manifests have no other order between a loader
 * and its readers. Runs the pod's own image, which the node needs anyway.
 */
function gateFor(image: string, volume: string, mount: Mount): Container {
  return {
    name: GATE_PREFIX + volume,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/sh', '-c', GATE_SCRIPT, 'gate', literal(`${mount.path}/${mount._spec.gate!.marker}`)],
    env: INIT_ENV,
    resources: { limits: { memory: '64Mi' }, requests: { cpu: '10m', memory: '64Mi' } },
    securityContext: containerSecurity(),
    volumeMounts: [{ name: volume, mountPath: mount.path, readOnly: true }],
  };
}

function initContainer(request: InitRequest, { volumeMounts, volumeDevices }: ContainerVolumes): Container {
  const { name, image, command, args, env, envFrom, resources, ownMounts = [], sidecar } = request;
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command,
    ...some('args', args),
    ...some('env', env),
    ...some('envFrom', envFrom),
    resources,
    ...(sidecar && { restartPolicy: 'Always' as const }),
    securityContext: containerSecurity(),
    ...some('volumeDevices', volumeDevices),
    ...some('volumeMounts', [...ownMounts, ...volumeMounts]),
  };
}

/** Mounts, and then those that some of them are filled from. */
function withCopies(mounts: readonly Mount[]): Mount[] {
  return [...mounts, ...mounts.flatMap(({ _spec: { copy } }) => copy ? [copy.from] : [])];
}

/** A dataset that is mounted twice is waited for once, and copied once. */
function unique(containers: readonly Container[]): Container[] {
  return containers.filter(({ name }, i) => containers.findIndex(other => other.name === name) === i);
}

function some<K extends string, T>(key: K, list: readonly T[] | undefined): Partial<Record<K, readonly T[]>> {
  return list && list.length > 0 ? { [key]: list } as Record<K, readonly T[]> : {};
}
