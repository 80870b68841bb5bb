import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const NONE: readonly never[] = [];
const EMPTY: Json = {};

/** A container, where it stands, and its securityContext. */
export interface ContainerPlace {
  readonly json: Json;
  readonly path: Path;
  readonly security: Json;
}

/** Every container of a pod, those that are gone before it starts too. */
export function containersOf({ spec, path }: PodSubject): ContainerPlace[] {
  const places: ContainerPlace[] = [];
  for (const list of LISTS) {
    const containers: readonly Json[] = spec[list] ?? NONE;
    for (let i = 0; i < containers.length; i++) {
      places.push({ json: containers[i], path: path.field(list).index(i), security: containers[i].securityContext ?? EMPTY });
    }
  }
  return places;
}
