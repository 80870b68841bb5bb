import type { RuleRoom } from '../engine/room';

export const SILENT: RuleRoom = { rules: [] };
