import type { BundleView } from '../../../bundle/bundle-view';
import type { Json } from '../../../engine/manifest';
import type { Subject } from '../../../engine/subject';
import { valueOf } from '../../../values/quantity';
import { quoted } from '../../../values/quote';
import { classNameOf } from './classes';
import type { Need } from './needs';
import { both, type Places, placesOfTerms, placesOfVolumeLabels } from './places';

const EMPTY: Json = {};
const NONE: readonly never[] = [];

/** A PersistentVolume. */
export interface Volume {
  readonly subject: Subject;
  readonly name: string;
  /** '' for none. */
  readonly className: string;
  readonly capacity: number;
  readonly modes: readonly string[];
  readonly volumeMode: string;
  /** `volumeAttributesClassName`; '' for none. */
  readonly attributes: string;
  readonly labels: Json;
  /** The claim that it is reserved for, or bound to. */
  readonly claimRef: Json | undefined;
  /** Where it can be reached from. */
  readonly places: Places;
  /** The same, once it is bound: the scheduler then reads its labels as well. */
  readonly boundPlaces: Places;
  /** The need that it is bound to. */
  taker?: Need;
}

/** Every PersistentVolume of a bundle, in its order. */
export function volumesOf(bundle: BundleView): Volume[] {
  return bundle.all('PersistentVolume').map(subject => {
    const { json, name } = subject.manifest;
    const metadata: Json = json.metadata ?? EMPTY;
    const spec: Json = json.spec ?? EMPTY;
    const labels: Json = metadata.labels ?? EMPTY;
    const places = placesOfTerms(spec.nodeAffinity?.required?.nodeSelectorTerms);
    return {
      subject, name, labels, places,
      className: classNameOf(metadata, spec) ?? '',
      capacity: valueOf(spec.capacity?.storage) ?? 0,
      modes: spec.accessModes ?? NONE,
      volumeMode: spec.volumeMode ?? 'Filesystem',
      attributes: spec.volumeAttributesClassName ?? '',
      claimRef: spec.claimRef,
      boundPlaces: both(places, placesOfVolumeLabels(labels)),
    };
  });
}

/** Why a volume cannot be what a claim asks for. */
export interface Misfit {
  /** Path in the spec of the claim. */
  readonly field: readonly string[];
  /** `too small: 1Gi`, for people. */
  readonly reason: string;
}

/**
 * Why a volume does not fit a claim; undefined where it does. Who it is reserved for is another matter.
 *
 * @param how `chosen`: the controller looks for a volume; `named`: the claim names it; `reserved`: it names the claim
 */
export function misfitOf(volume: Volume, need: Need, how: 'chosen' | 'named' | 'reserved'): Misfit | undefined {
  if (how !== 'reserved' && volume.className !== need.className) {
    return { field: ['storageClassName'], reason: volume.className === '' ? 'of no class' : `of class ${quoted(volume.className)}` };
  }
  if (volume.volumeMode !== need.volumeMode) return { field: ['volumeMode'], reason: `with volumeMode ${volume.volumeMode}` };
  for (const mode of need.modes) {
    if (!volume.modes.includes(mode)) return { field: ['accessModes'], reason: `with ${quoted(volume.modes)} only` };
  }
  if (volume.capacity < need.request) return { field: ['resources', 'requests'], reason: `too small, with ${sizeOf(volume.subject.json)}` };
  if (volume.attributes !== need.attributes) {
    return { field: ['volumeAttributesClassName'], reason: volume.attributes === '' ? 'of no attributes class' : `of attributes class ${quoted(volume.attributes)}` };
  }
  if (how === 'chosen' && need.selector && !selects(need.selector, volume.labels)) return { field: ['selector'], reason: 'with other labels' };
  return undefined;
}

/** Whether a label selector matches. */
export function selects({ matchLabels, matchExpressions = NONE }: Json, labels: Json): boolean {
  for (const key in matchLabels) if (!Object.hasOwn(labels, key) || labels[key] !== matchLabels[key]) return false;
  for (const { key = '', operator, values = NONE } of matchExpressions as readonly Json[]) {
    const value: string | undefined = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (!answers(operator, value, values)) return false;
  }
  return true;
}

function answers(operator: unknown, value: string | undefined, values: readonly string[]): boolean {
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return true;
  }
}

function sizeOf(json: Json): string {
  return String(json.spec?.capacity?.storage ?? 'none');
}
