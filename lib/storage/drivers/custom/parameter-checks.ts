import type { ProblemSink } from '../../../findings/collector';
import { nearest } from '../../../private/nearest';
import type { DriverFacts, ParameterFacts } from '../driver-facts';
import { checkReservedParameters, isReserved } from './reserved-parameters';

const CLASS_LINK = 'https://kubernetes.io/docs/concepts/storage/storage-classes/#parameters';
const MAX_ENTRIES = 512;
const MAX_BYTES = 256 * 1024;

/** Holds the parameters of a class against the API, external-provisioner and what its driver knows. */
export function checkParameters(driver: DriverFacts, parameters: Readonly<Record<string, unknown>>, path: string, sink: ProblemSink): void {
  checkMap(parameters, path, sink);
  checkReservedParameters(parameters, path, sink);
  const names = driver.parameters.map(({ name }) => name);
  for (const [name, value] of Object.entries(parameters)) {
    const facts = driver.parameters.find(one => one.name === name);
    const at = `${path}['${name}']`;
    if (facts) checkValue(facts, value, at, driver, sink);
    else if (!isReserved(name) && name !== '') unknown(driver, name, names, at, sink);
  }
  for (const { name } of driver.parameters.filter(facts => facts.required && !(facts.name in parameters))) {
    sink.error({
      ruleId: 'driver/parameter-missing',
      path: `${path}['${name}']`,
      expected: `a value: ${driver.title} makes no volumes without it`,
      found: 'none',
      fix: `set ${name}`,
      link: driver.link,
    });
  }
}

/** What the API itself takes. */
function checkMap(parameters: Readonly<Record<string, unknown>>, path: string, sink: ProblemSink): void {
  const error = (at: string, expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'api/parameters', path: at, expected, found, fix, link: CLASS_LINK });
  const entries = Object.entries(parameters);
  if (entries.length > MAX_ENTRIES) error(path, `at most ${MAX_ENTRIES} parameters`, String(entries.length), 'use fewer');
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(String(value)), 0);
  if (bytes > MAX_BYTES) error(path, `at most ${MAX_BYTES} bytes of names and values`, String(bytes), 'use shorter values');
  for (const [name, value] of entries) {
    if (name === '') error(`${path}['']`, 'a name', '""', 'leave it out');
    if (typeof value !== 'string') error(`${path}['${name}']`, 'a text: the API takes no other values', JSON.stringify(value), `use ${JSON.stringify(String(value))}`);
  }
}

function unknown(driver: DriverFacts, name: string, names: readonly string[], path: string, sink: ProblemSink): void {
  const near = nearest(name, names);
  const problem = {
    ruleId: 'driver/unknown-parameter',
    path,
    expected: driver.unknownParameters === 'reject'
      ? `a parameter of ${driver.title}, which makes no volumes where it finds another`
      : `a parameter of ${driver.title}, which takes no notice of others: the setting is lost`,
    found: name,
    fix: near === undefined ? 'leave it out' : `use ${near}`,
    link: driver.link,
  };
  if (driver.unknownParameters === 'reject') sink.error(problem); else sink.warn(problem);
}

function checkValue(facts: ParameterFacts, value: unknown, path: string, driver: DriverFacts, sink: ProblemSink): void {
  if (typeof value !== 'string') return;
  const expected = expectedOf(facts, value);
  if (expected === undefined) return;
  const near = facts.values && nearest(value, facts.values);
  sink.error({
    ruleId: 'driver/parameter-value',
    path,
    expected: `${expected} (${driver.title})`,
    found: JSON.stringify(value),
    fix: near === undefined ? `use ${expected}` : `use ${JSON.stringify(near)}`,
    link: driver.link,
  });
}

/** What a value should be; undefined where it is. */
function expectedOf({ type, values = [], min, max, pattern }: ParameterFacts, value: string): string | undefined {
  switch (type) {
    case 'enum': return values.includes(value) ? undefined : `one of ${values.join(', ')}`;
    case 'boolean': return value === 'true' || value === 'false' ? undefined : 'true or false, in lower case';
    case 'quantity': return /^[0-9]+(\.[0-9]+)?(m|k|[KMGTPE]i|[MGTPE])?$/.test(value) ? undefined : 'a quantity such as 1Gi';
    case 'integer': {
      const number = Number(value);
      if (/^-?[0-9]+$/.test(value) && number >= (min ?? -Infinity) && number <= (max ?? Infinity)) return undefined;
      return `a whole number${min === undefined ? '' : `, ${min} or more`}${max === undefined ? '' : `, at most ${max}`}`;
    }
    default: return pattern === undefined || pattern.test(value) ? undefined : `a text that matches ${pattern.source}`;
  }
}
