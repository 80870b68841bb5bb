import type { RuleRoom } from '../engine/room';
import { SUPPRESSION_EXPIRED, SUPPRESSION_FORM } from './suppression-rules';

export const OUT: RuleRoom = { rules: [SUPPRESSION_FORM, SUPPRESSION_EXPIRED] };
