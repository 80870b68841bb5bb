import type { RuleRoom } from '../../engine/room';

export const API_POD: RuleRoom = { rules: [] };
