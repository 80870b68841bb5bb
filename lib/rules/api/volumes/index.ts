import type { RuleRoom } from '../../engine/room';

export const API_VOLUMES: RuleRoom = { rules: [] };
