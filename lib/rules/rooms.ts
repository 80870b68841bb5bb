import { API_CLUSTER } from './api/cluster';
import { API_METADATA } from './api/metadata';
import { API_POD } from './api/pod';
import { API_STORAGE } from './api/storage';
import { API_VOLUMES } from './api/volumes';
import { API_WORKLOADS } from './api/workloads';
import { CHAIN_BINDING } from './chain/binding';
import { CHAIN_USAGE } from './chain/usage';
import { CUSTOM } from './custom';
import type { RuleRoom } from './engine/room';
import { KEEP } from './keep';
import { OUT } from './out';
import { SCHEMA } from './schema';
import { SEC } from './sec';
import { SILENT } from './silent';
import { TRAIN } from './train';

/** Every rule and every check, in the order in which findings of one object are told. */
export const ROOMS: readonly RuleRoom[] = [
  SCHEMA, API_METADATA, API_POD, API_VOLUMES, API_STORAGE, API_WORKLOADS, API_CLUSTER, CUSTOM, SILENT, CHAIN_BINDING, CHAIN_USAGE, TRAIN,
  KEEP, SEC, OUT,
];
