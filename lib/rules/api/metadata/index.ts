import type { RuleRoom } from '../../engine/room';

export const API_METADATA: RuleRoom = { rules: [] };
