import type { RuleRoom } from '../engine/room';

export const KEEP: RuleRoom = { rules: [] };
