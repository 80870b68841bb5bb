import type { BundleView } from '../../../bundle/bundle-view';
import type { Claim } from '../../../bundle/claims';
import type { PodSubject } from '../../../engine/pods';
import { StorageClasses } from './classes';
import { needsOf, type Need } from './needs';
import { VolumePool } from './volume-pool';
import { volumesOf, type Volume } from './volumes';

const NONE: readonly never[] = [];

/** Claims, classes and volumes of a bundle, and who gets which: what the checks of the room read and fill. */
export class StorageChain {
  public readonly classes: StorageClasses;
  public readonly volumes: readonly Volume[];
  public readonly needs: ReadonlyMap<Claim, Need>;
  /** What the controller and the scheduler choose from. */
  public readonly pool: VolumePool;
  /** Needs of which an error was told: what follows from it is not. */
  public readonly told = new Set<Need>();

  private readonly byName = new Map<string, Volume>();
  private readonly ofClass = new Map<string, Volume[]>();
  private readonly ofPods = new Map<PodSubject, Need[]>();

  constructor(public readonly bundle: BundleView) {
    this.classes = new StorageClasses(bundle);
    this.volumes = volumesOf(bundle);
    this.needs = needsOf(bundle, this.classes);
    // of one that is declared by name alone nothing more is known
    this.pool = new VolumePool(this.volumes.filter(({ subject }) => subject.json.spec !== undefined));
    for (const volume of this.volumes) {
      if (!this.byName.has(volume.name)) this.byName.set(volume.name, volume);
      const known = this.ofClass.get(volume.className);
      if (known) known.push(volume); else this.ofClass.set(volume.className, [volume]);
    }
    for (const need of this.needs.values()) {
      for (const pod of need.pods) {
        const known = this.ofPods.get(pod);
        if (known) known.push(need); else this.ofPods.set(pod, [need]);
      }
    }
  }

  public volume(name: string): Volume | undefined {
    return this.byName.get(name);
  }

  /** Every volume of a class; '' for those of none. */
  public volumesOf(className: string): readonly Volume[] {
    return this.ofClass.get(className) ?? NONE;
  }

  /** What the claims of a pod ask for. */
  public needsOf(pod: PodSubject): readonly Need[] {
    return this.ofPods.get(pod) ?? NONE;
  }

  public take(volume: Volume, need: Need): void {
    volume.taker = need;
    need.bound.push(volume);
  }
}
