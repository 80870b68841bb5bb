import type { RuleRoom } from '../../engine/room';

export const CHAIN_BINDING: RuleRoom = { rules: [] };
