import type { RuleRoom } from '../engine/room';

export const TRAIN: RuleRoom = { rules: [] };
