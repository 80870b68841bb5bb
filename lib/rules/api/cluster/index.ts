import type { RuleRoom } from '../../engine/room';

export const API_CLUSTER: RuleRoom = { rules: [] };
