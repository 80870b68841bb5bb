import type { RuleRoom } from '../../engine/room';

export const CHAIN_USAGE: RuleRoom = { rules: [] };
