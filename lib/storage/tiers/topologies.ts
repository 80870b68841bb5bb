import type { ProblemSink } from '../../findings/collector';
import type { DriverFacts } from '../drivers/driver-facts';
import type { StorageBackend } from './storage-backend';

const LINK = 'https://kubernetes.io/docs/concepts/storage/storage-classes/#allowed-topologies';

/** The props of a tier that say where its volumes may be made. */
export interface Places {
  readonly zones?: readonly string[];
  readonly allowedTopologies?: Readonly<Record<string, readonly string[]>>;
}

/** `allowedTopologies` of a class; nothing where volumes may be made anywhere. */
export function topologiesOf(backend: StorageBackend, places: Places): Record<string, unknown> {
  const zoneKey = zoneKeyOf(backend._driver);
  const values = { ...(places.zones && zoneKey !== undefined && { [zoneKey]: places.zones }), ...places.allowedTopologies };
  const matchLabelExpressions = Object.entries(values).map(([key, of]) => ({ key, values: [...of] }));
  return matchLabelExpressions.length > 0 ? { allowedTopologies: [{ matchLabelExpressions }] } : {};
}

/** Whether all volumes are made in one zone, or on one node. */
export function isPinned(backend: StorageBackend, { zones, allowedTopologies = {} }: Places): boolean {
  return zones?.length === 1 || backend._driver.topologyKeys.some(key => allowedTopologies[key]?.length === 1);
}

/** Holds the places against the keys that the driver puts on its volumes: with another key no node ever matches. */
export function checkTopologies(backend: StorageBackend, places: Places, sink: ProblemSink): void {
  checkZones(backend, places, sink);
  checkKeys(backend._driver, places, sink);
  const lists: Record<string, readonly string[]> = places.zones ? { zones: places.zones } : {};
  for (const [key, values] of Object.entries(places.allowedTopologies ?? {})) lists[`allowedTopologies['${key}']`] = values;
  for (const [path, values] of Object.entries(lists)) {
    if (values.length > 0 && new Set(values).size === values.length && values.every(value => value !== '')) continue;
    sink.error({
      ruleId: 'api/allowed-topologies',
      path,
      expected: 'one or more values, none twice, none empty',
      found: JSON.stringify(values),
      fix: 'name each zone or node once, or leave the list out',
      link: LINK,
    });
  }
}

/** The key of a zone; a node's own disks have none. */
function zoneKeyOf(driver: DriverFacts): string | undefined {
  return driver.kind === 'local' ? undefined : driver.topologyKeys[0];
}

function checkZones(backend: StorageBackend, { zones, allowedTopologies = {} }: Places, sink: ProblemSink): void {
  const driver = backend._driver;
  const zoneKey = zoneKeyOf(driver);
  const error = (rule: string, path: string, expected: string, found: unknown, fix: string) =>
    sink.error({ ruleId: `driver/${rule}`, path, expected, found: JSON.stringify(found), fix, link: driver.link });
  if (zoneKey === undefined) {
    const where = driver.kind === 'local' ? 'are where their node is' : 'are reached from everywhere';
    if (zones) error('topology-key', 'zones', `no zones: volumes of ${driver.provisioner} ${where}`, zones, 'leave `zones` out');
    return;
  }
  if (zones && zoneKey in allowedTopologies) {
    error('topology-key', 'zones', `no zones, because allowedTopologies has ${zoneKey} already`, zones, 'leave one of the two out');
    return;
  }
  const path = zones ? 'zones' : `allowedTopologies['${zoneKey}']`;
  const named = (zones ?? allowedTopologies[zoneKey] ?? []).filter(zone => zone !== '');
  if (named.length > 0 && named.length < backend._minZones) {
    error('regional-zones', path, `${backend._minZones} zones or more: each volume has a copy in a second one`, named,
      `name another zone, or leave \`${path}\` out`);
  }
  const { zoneFormat } = driver;
  if (zoneFormat && named.some(zone => !zoneFormat.pattern.test(zone))) {
    error('zone-format', path, `zones as ${driver.provisioner} labels them: ${zoneFormat.example}`, named, 'put the region before the number of the zone');
  }
}

function checkKeys(driver: DriverFacts, { allowedTopologies }: Places, sink: ProblemSink): void {
  const known = driver.topologyKeys;
  for (const key of Object.keys(allowedTopologies ?? {})) {
    if (known.includes(key)) continue;
    sink.error({
      ruleId: 'driver/topology-key',
      path: 'allowedTopologies',
      expected: known.length > 0 ? `a topology key of ${driver.provisioner}: ${known.join(', ')}` : `no keys: ${driver.provisioner} has none`,
      found: key,
      fix: known.length === 0 ? 'leave `allowedTopologies` out'
        : `use ${known[0]}${zoneKeyOf(driver) === undefined ? '' : ', or `zones`'}`,
      link: driver.link,
    });
  }
}
