import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { isThere } from './sources/source';

const FEW = 16;
/** What a claim template becomes. */
const CLAIM: Json = { persistentVolumeClaim: {} };
const NONE: readonly Json[] = [];

/** The volumes that containers of a pod can mount, by name: its own and those of claim templates, which come first. */
export class NamedVolumes {
  private readonly volumes: readonly Json[];
  /** Only of many: most pods have so few that looking through them is faster. */
  private readonly byName: ReadonlyMap<string, Json> | undefined;

  constructor(private readonly pod: PodSubject) {
    this.volumes = pod.spec.volumes ?? NONE;
    if (this.size > FEW) this.byName = this.mapped();
  }

  public get size(): number {
    return this.volumes.length + this.pod.claimTemplates.length;
  }

  /** Undefined where the pod has none of the name. */
  public find(name: string | undefined): Json | undefined {
    if (!isThere(name)) return undefined;
    if (this.byName) return this.byName.get(name!);
    const { claimTemplates } = this.pod;
    for (let i = 0; i < claimTemplates.length; i++) if (claimTemplates[i].metadata?.name === name) return CLAIM;
    for (let i = 0; i < this.volumes.length; i++) if (this.volumes[i].name === name) return this.volumes[i];
    return undefined;
  }

  public names(): string[] {
    return [...this.mapped().keys()];
  }

  private mapped(): Map<string, Json> {
    const volumes = new Map<string, Json>();
    for (const { metadata } of this.pod.claimTemplates) if (isThere(metadata?.name)) volumes.set(metadata.name, CLAIM);
    for (const volume of this.volumes) if (isThere(volume.name) && !volumes.has(volume.name)) volumes.set(volume.name, volume);
    return volumes;
  }
}
