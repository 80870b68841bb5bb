import type { RuleRoom } from '../../engine/room';

export const API_WORKLOADS: RuleRoom = { rules: [] };
