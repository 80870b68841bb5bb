import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';

/** One container of a pod while it is judged. */
export interface ContainerSite {
  readonly pod: PodSubject;
  readonly container: Json;
  readonly path: Path;
  /** It runs before the containers, or beside them where it restarts always. */
  readonly isInit: boolean;
}

/** The first release in which an init container may restart always. */
export const SIDECARS_SINCE = 29;

/** Whether an init container keeps running beside the others. */
export function isSidecar(container: Json, minor: number): boolean {
  return container.restartPolicy === 'Always' && minor >= SIDECARS_SINCE;
}

const GRACE_SECONDS = 30;

/** Seconds that containers have to end. */
export function graceOf(pod: PodSubject): number {
  return pod.spec.terminationGracePeriodSeconds ?? GRACE_SECONDS;
}
