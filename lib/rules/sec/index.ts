import type { RuleRoom } from '../engine/room';

export const SEC: RuleRoom = { rules: [] };
