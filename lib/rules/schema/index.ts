import type { RuleRoom } from '../engine/room';

export const SCHEMA: RuleRoom = { rules: [] };
