import type { RuleRoom } from '../engine/room';

export const CUSTOM: RuleRoom = { rules: [] };
