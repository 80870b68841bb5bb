import type { BundleView } from '../bundle/bundle-view';
import type { PodSubject } from './pods';
import type { Rule } from './rule';
import type { Subject } from './subject';

/** Judges one object by itself. */
export type ObjectCheck = (subject: Subject) => void;
/** Judges one pod or pod template by itself. */
export type PodCheck = (pod: PodSubject) => void;
/** Judges what objects are to each other. */
export type BundleCheck = (bundle: BundleView) => void;

/** Rules that belong together, and the checks that report them. */
export interface RuleRoom {
  readonly rules: readonly Rule[];
  /** By type: `apps/StatefulSet`, `Pod`; `*` for every object, those of unknown kinds too. */
  readonly objects?: Readonly<Record<string, readonly ObjectCheck[]>>;
  readonly pods?: readonly PodCheck[];
  readonly bundle?: readonly BundleCheck[];
}
