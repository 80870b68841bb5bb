import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { isDnsLabel } from '../../../private/name-forms';
import { oneOf, quoted } from '../../values/quote';
import { repeats } from '../../values/repeats';
import { checkEnv } from './env';
import { checkPorts } from './ports';
import { checkInitProbes, checkProbes } from './probes';
import { checkContainerResources } from './resources';
import { checkResizePolicy } from './resize';
import { checkContainerRestart, checkInitRestart } from './restart';
import { checkContainerSecurity } from './container-security';
import { isSidecar, type ContainerSite } from './site';

export const CONTAINERS = errorRule({
  id: 'api/containers',
  title: 'A pod has at least one container',
  why: 'The API server refuses a pod without containers; init containers do not count.',
  fix: 'add a container to `containers`',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#containers',
});

export const CONTAINER_NAME = errorRule({
  id: 'api/container-name',
  title: 'Every container and init container has a name of its own, a DNS label',
  why: 'Logs, probes and environment variables refer to containers by name; the API server refuses pods in which a name is missing, is no '
    + 'DNS label, or is there twice.',
  fix: 'name the container with lower case letters, digits and dashes, as `trainer`',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container',
});

export const IMAGE = errorRule({
  id: 'api/image',
  title: 'Every container has an image, without spaces around it',
  why: 'The schema does not ask for an image, but the API server refuses a pod without one, and a bare Pod whose image starts or ends with '
    + 'a space.',
  fix: 'name an image, as `ghcr.io/acme/train:1.4.2`',
  link: 'https://kubernetes.io/docs/concepts/containers/images/',
});

export const PULL_POLICY = errorRule({
  id: 'api/image-pull-policy',
  title: 'imagePullPolicy is Always, IfNotPresent or Never',
  why: 'The API server knows no other policy and refuses the pod.',
  fix: 'use one of them, or leave it out',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
});

export const TERMINATION_MESSAGE = errorRule({
  id: 'api/termination-message-policy',
  title: 'terminationMessagePolicy is File or FallbackToLogsOnError',
  why: 'The API server knows no other policy and refuses the pod.',
  fix: 'use one of them, or leave it out',
  link: 'https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/',
});

export const EPHEMERAL_CONTAINERS = errorRule({
  id: 'api/ephemeral-containers',
  title: 'Ephemeral containers are not written in manifests',
  why: 'They are added to running pods, by `kubectl debug`; the API server refuses to create a pod or a template that has some.',
  fix: 'remove `ephemeralContainers`; use `kubectl debug` on the running pod, or an init container with restartPolicy Always',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/',
});

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const CONTAINER_LABEL = 'a DNS label: at most 63 lower case letters, digits and dashes, no dash at either end';
/** Their containers may get their image from the TrainJob that uses them. */
const IMAGE_LATER = new Set(['TrainingRuntime', 'ClusterTrainingRuntime']);
const NONE: readonly Json[] = [];

/** Judges the containers of a pod, one after the other. */
export function checkContainers(pod: PodSubject): void {
  const { spec, subject } = pod;
  const containers: readonly Json[] = spec.containers ?? NONE;
  const inits: readonly Json[] = spec.initContainers ?? NONE;
  if (containers.length === 0) subject.report(CONTAINERS, pod.path.field('containers'), { expected: 'at least one container', found: 'none' });
  const path = pod.path.field('containers');
  for (let i = 0; i < containers.length; i++) {
    const site = { pod, container: containers[i], path: path.index(i), isInit: false };
    checkCommon(site);
    checkProbes(site);
    checkContainerRestart(site);
  }
  for (const i of repeats(containers, 'name')) reportTwice(pod, path.index(i), containers[i].name);
  if (inits.length > 0) checkInits(pod, inits, containers);
  if (spec.ephemeralContainers?.length > 0) {
    subject.report(EPHEMERAL_CONTAINERS, pod.path.field('ephemeralContainers'), {
      expected: 'no ephemeral containers', found: quoted(spec.ephemeralContainers.map(({ name }: Json) => name)),
    });
  }
}

function checkInits(pod: PodSubject, inits: readonly Json[], containers: readonly Json[]): void {
  const path = pod.path.field('initContainers');
  const names = new Set<unknown>();
  for (let i = 0; i < containers.length; i++) names.add(containers[i].name);
  for (let i = 0; i < inits.length; i++) {
    const container = inits[i];
    const site = { pod, container, path: path.index(i), isInit: true };
    checkCommon(site);
    checkInitRestart(site);
    if (isSidecar(container, pod.subject.minor)) checkProbes(site);
    else checkInitProbes(site);
    if (container.name && names.has(container.name)) reportTwice(pod, site.path, container.name);
    names.add(container.name);
  }
}

function reportTwice(pod: PodSubject, path: Path, name: string): void {
  pod.subject.report(CONTAINER_NAME, path.field('name'), { expected: 'a name that no other container of the pod has', found: quoted(name) });
}

function checkCommon(site: ContainerSite): void {
  const { pod: { subject }, container, path } = site;
  const { name, imagePullPolicy, terminationMessagePolicy } = container;
  if (name === undefined || name === '') subject.report(CONTAINER_NAME, path.field('name'), { expected: 'a name', found: 'none' });
  else if (!isDnsLabel(name)) subject.report(CONTAINER_NAME, path.field('name'), { expected: CONTAINER_LABEL, found: quoted(name) });
  checkImage(site);
  if (imagePullPolicy && !PULL_POLICIES.includes(imagePullPolicy)) {
    subject.report(PULL_POLICY, path.field('imagePullPolicy'), { expected: oneOf(PULL_POLICIES), found: quoted(imagePullPolicy) });
  }
  if (terminationMessagePolicy && !MESSAGE_POLICIES.includes(terminationMessagePolicy)) {
    subject.report(TERMINATION_MESSAGE, path.field('terminationMessagePolicy'), { expected: oneOf(MESSAGE_POLICIES), found: quoted(terminationMessagePolicy) });
  }
  if (container.ports !== undefined) checkPorts(site);
  if (container.env !== undefined || container.envFrom !== undefined) checkEnv(site);
  if (container.resources !== undefined) checkContainerResources(site);
  if (container.resizePolicy !== undefined) checkResizePolicy(site);
  if (container.securityContext !== undefined) checkContainerSecurity(site);
}

function checkImage({ pod, container: { image }, path }: ContainerSite): void {
  if (!image) {
    if (IMAGE_LATER.has(pod.kind)) return;
    pod.subject.report(IMAGE, path.field('image'), { expected: 'an image', found: 'none' });
  } else if (!pod.isTemplate && image.trim() !== image) {
    pod.subject.report(IMAGE, path.field('image'), { expected: 'an image without spaces around it', found: quoted(image) });
  }
}
