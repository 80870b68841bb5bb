import type { RuleRoom } from '../../engine/room';

export const API_STORAGE: RuleRoom = { rules: [] };
