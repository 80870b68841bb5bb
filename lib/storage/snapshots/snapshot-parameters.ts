import type { ProblemSink } from '../../findings/collector';
import { nearest } from '../../private/nearest';
import type { DriverFacts, ParameterFacts } from '../drivers/driver-facts';
import { RESERVED_PREFIX } from '../drivers/custom/reserved-parameters';
import type { IStorageTier } from '../tiers/storage-tier';

type Parameters = Readonly<Record<string, string>>;

const SECRET_STEMS = ['snapshotter-secret-', 'snapshotter-list-secret-'];
/** What external-snapshotter keeps for itself, for every driver. */
const RESERVED = SECRET_STEMS.flatMap(stem => [`${RESERVED_PREFIX}${stem}name`, `${RESERVED_PREFIX}${stem}namespace`]);

/**
 * Parameters of a snapshot class: those given, and of those that the driver demands the ones that leave no choice or that
 * the tier has as well.
 */
export function snapshotParametersOf({ backend }: IStorageTier, given: Parameters = {}): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const { name, required, values } of backend._driver.snapshotParameters ?? []) {
    const value = values?.length === 1 ? values[0] : fromTier(backend.parameters, name);
    if (required && given[name] === undefined && value !== undefined) filled[name] = value;
  }
  return { ...filled, ...given };
}

/** The Secret that makes a driver's volumes makes its snapshots, too. */
function fromTier(parameters: Parameters, name: string): string | undefined {
  return parameters[name] ?? parameters[name.replace('/snapshotter-secret-', '/provisioner-secret-')];
}

/** Holds the parameters of a snapshot class against what its driver takes. */
export function checkSnapshotParameters(driver: DriverFacts, parameters: Parameters, sink: ProblemSink): void {
  const known = driver.snapshotParameters ?? [];
  for (const [name, value] of Object.entries(parameters)) {
    const facts = known.find(one => isNamed(one.name, name));
    if (facts) checkValue(facts, name, value, driver, sink);
    else if (!RESERVED.includes(name)) refuseUnknown(name, driver, sink);
  }
  for (const { name, required } of known) {
    if (!required || parameters[name]) continue;
    sink.error({
      ruleId: 'driver/snapshot-parameter',
      path: 'parameters',
      expected: `${name}, which ${driver.title} demands`,
      found: 'none',
      fix: `set \`parameters['${name}']\``,
      link: driver.link,
    });
  }
}

/** Whether a name is the one that facts have; `_N` there stands for a number. */
export function isNamed(fact: string, name: string): boolean {
  return fact === name || (fact.endsWith('_N') && name.startsWith(fact.slice(0, -1)) && /^[1-9]\d*$/.test(name.slice(fact.length - 1)));
}

function refuseUnknown(name: string, driver: DriverFacts, sink: ProblemSink): void {
  const names = (driver.snapshotParameters ?? []).map(one => one.name);
  const near = nearest(name, names);
  const ofVolumes = driver.parameters.some(one => isNamed(one.name, name));
  const what = driver.unknownParameters === 'reject' ? 'refuses every snapshot of a class with any other' : 'loses any other without a word';
  sink.error({
    ruleId: 'driver/snapshot-parameter',
    path: `parameters['${name}']`,
    expected: `${names.length > 0 ? `one of ${names.join(', ')}` : 'no parameters'}: ${driver.title} ${what}`,
    found: name,
    fix: ofVolumes ? 'leave it out: it is a parameter of volumes, and a snapshot is as its volume is' : near ? `use ${near}` : 'leave it out',
    link: driver.link,
  });
}

function checkValue(facts: ParameterFacts, name: string, value: unknown, driver: DriverFacts, sink: ProblemSink): void {
  const expected = wrongFor(facts, value);
  if (expected === undefined) return;
  sink.error({
    ruleId: 'driver/snapshot-parameter',
    path: `parameters['${name}']`,
    expected,
    found: JSON.stringify(value),
    fix: 'correct the value, or leave it out',
    link: driver.link,
  });
}

/** What a value had to be; undefined where it is right. */
function wrongFor({ type, values, min, max, pattern }: ParameterFacts, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'a text: all parameters of classes are';
  if (values && !values.includes(value)) return `one of ${values.join(', ')}`;
  if (type === 'boolean' && value !== 'true' && value !== 'false') return 'true or false';
  if (type === 'integer') {
    const inside = /^\d+$/.test(value) && Number(value) >= (min ?? 0) && Number(value) <= (max ?? Number.MAX_SAFE_INTEGER);
    return inside ? undefined : `a whole number${min === undefined ? '' : ` from ${min}`}${max === undefined ? '' : ` to ${max}`}`;
  }
  if (pattern && !pattern.test(value)) return `a text that matches ${pattern.source}`;
  return value === '' && type === 'string' && !values ? 'a text that is not empty' : undefined;
}
