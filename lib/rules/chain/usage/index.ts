import type { BundleView } from '../../bundle/bundle-view';
import type { RuleRoom } from '../../engine/room';
import { AFFINITY_NOBODY, checkAffinities } from './affinity';
import { checkCustomReferences, CUSTOM_REFERENCE_RULES } from './custom-references';
import { checkDerivedNames, DERIVED_NAME_RULES } from './derived-names';
import { checkDuplicates, DUPLICATE_OBJECT } from './duplicates';
import { checkFsGroups, FS_GROUP_RULES } from './fs-group';
import { checkGoverningServices, GOVERNING_RULES } from './governing';
import { heldClaims, reachOf, volumeOf, volumesByClaim, type Reach } from './holders';
import { KEY_MISSING } from './keys';
import { checkEmptyDirs, MEMORY_RULES } from './memory';
import { checkNamespaces, NAMESPACE_MISSING } from './namespaces';
import { checkOutputs, OUTPUT_RULES } from './outputs';
import { checkProbePorts, checkServicePorts, PORT_MISSING } from './ports';
import { checkPriorities, PRIORITY_VALUE } from './priority';
import { checkRaces, RACE_RULES } from './races';
import { checkReadOnly, READ_ONLY } from './read-only';
import { checkReferences, REFERENCE_RULES } from './references';
import { checkOverlap, checkRollout, ROLLOUT_RULES } from './rollout';
import { checkSelectors, podsByLabel, SELECTS_NOTHING } from './selectors';
import { checkSharing, SHARING_RULES } from './sharing';
import { checkVolumeModes, VOLUME_MODE } from './volume-mode';

/** What pods are to what they use, and to each other. */
export const CHAIN_USAGE: RuleRoom = {
  rules: [
    DUPLICATE_OBJECT, NAMESPACE_MISSING, ...REFERENCE_RULES, KEY_MISSING, ...CUSTOM_REFERENCE_RULES, PRIORITY_VALUE, ...GOVERNING_RULES,
    SELECTS_NOTHING, AFFINITY_NOBODY, PORT_MISSING, ...DERIVED_NAME_RULES, VOLUME_MODE, ...SHARING_RULES, ...ROLLOUT_RULES, ...RACE_RULES,
    ...OUTPUT_RULES, READ_ONLY, ...MEMORY_RULES, ...FS_GROUP_RULES,
  ],
  pods: [checkProbePorts, checkEmptyDirs],
  bundle: [
    checkDuplicates, checkNamespaces, checkReferences, checkCustomReferences, checkPriorities, checkByLabels, checkDerivedNames,
    checkVolumeModes, checkHeldClaims, checkFsGroups,
  ],
};

function checkByLabels(view: BundleView): void {
  if (view.pods.length === 0) return;
  const pods = podsByLabel(view);
  checkSelectors(view, pods, checkGoverningServices(view));
  checkServicePorts(view, pods);
  checkAffinities(view, pods);
}

function checkHeldClaims(view: BundleView): void {
  const byClaim = volumesByClaim(view);
  for (const held of heldClaims(view)) {
    const volume = volumeOf(view, held.claim, byClaim);
    const reach = (): Reach => reachOf(view, held.claim, volume);
    checkSharing(held, reach);
    checkRollout(held, reach);
    checkOverlap(held);
    checkRaces(held);
    checkOutputs(held);
    checkReadOnly(held, volume);
  }
}
