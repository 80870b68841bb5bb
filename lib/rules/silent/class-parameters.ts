import type { Problem, ProblemSink } from '../../findings/collector';
import { Severity } from '../../findings/finding';
import { checkParameters } from '../../storage/drivers/custom/parameter-checks';
import { checkReservedParameters, RESERVED_PREFIX } from '../../storage/drivers/custom/reserved-parameters';
import type { DriverFacts, ParameterFacts } from '../../storage/drivers/driver-facts';
import { checkSnapshotParameters, isNamed } from '../../storage/snapshots/snapshot-parameters';
import { driverOf } from '../chain/binding/model/classes';
import { Path } from '../engine/path';
import { errorRule, warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { isDnsLabel, isDnsSubdomain } from '../../private/name-forms';
import { oneOf, quoted } from '../values/quote';
import { checkPerformanceOfClass } from './performance';

const PROVISIONER_LINK = 'https://kubernetes-csi.github.io/docs/external-provisioner.html#storageclass-parameters';

export const RESERVED_PARAMETER = errorRule({
  id: 'silent/reserved-parameter',
  title: 'Parameters below csi.storage.k8s.io/ are ones that the provisioner knows, in their case, Secrets with name and namespace',
  why: 'The API server takes anything. external-provisioner refuses every claim of a class with a name that it does not know, half a Secret, '
    + 'a variable that it does not have, or two file systems.',
  fix: 'use csi.storage.k8s.io/fstype, and the names and namespaces of Secrets in pairs',
  link: PROVISIONER_LINK,
});

export const DRIVER_PARAMETER = errorRule({
  id: 'chain/driver-parameter',
  title: 'The parameters of a class are those of its driver',
  why: 'Parameters are texts that only the driver reads: it refuses to make volumes or snapshots, or takes no notice of what it does not know.',
  fix: 'use the names and values of the driver\'s documents',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#parameters',
});

export const EXPANSION = warningRule({
  id: 'chain/expansion',
  title: 'A class that lets claims grow is of a driver that can make them grow',
  why: 'The API server takes `allowVolumeExpansion` for every driver. A claim that asks for more waits for ever where the driver cannot.',
  fix: 'leave `allowVolumeExpansion` out, or give the driver what it needs for it',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
});

type Parameters = Readonly<Record<string, string>>;

const PARAMETERS = Path.ROOT.field('parameters');
const IN_TREE = 'kubernetes.io/';
const IN_TREE_EBS = 'kubernetes.io/aws-ebs';
const FS_TYPE = 'fstype';
const EXPAND_SECRET = `${RESERVED_PREFIX}controller-expand-secret-name`;
const QUOTED_KEY = /^parameters\['(.*)'\]$/s;
const VARIABLE = /\$\{([^}]*)\}/g;
const NAMESPACE_VARIABLES = ['pv.name', 'pvc.namespace'];
const NAME_VARIABLES = [...NAMESPACE_VARIABLES, 'pvc.name'];
const ANNOTATION = /^pvc\.annotations\['[^']+'\]$/;

const NONE: Parameters = {};
const RIGHT_MAX = 32;
/** Parameters of each provisioner of which nothing was to be said: the same few classes come again and again. */
const right = new Map<string, Parameters[]>();

/** Holds the parameters of a StorageClass against its driver and the provisioner beside it. */
export function checkStorageClass(subject: Subject): void {
  const { provisioner = '', allowVolumeExpansion = false, parameters = NONE } = subject.json;
  const driver = driverOf(provisioner);
  if (provisioner.startsWith(IN_TREE)) {
    // its parameters are handed on to the driver as they are
    if (provisioner === IN_TREE_EBS && driver) checkPerformanceOfClass(subject, driver, spelled(driver, parameters).parameters);
    return;
  }
  if (allowVolumeExpansion && driver?.dynamicProvisioning) checkExpansion(subject, driver, parameters);
  const alike = right.get(provisioner);
  if (alike?.some(one => isSame(one, parameters))) return;
  const before = subject.run.findings.length;
  holdParameters(subject, driver, parameters);
  if (subject.run.findings.length > before || subject.manifest.external) return;
  // a copy: whoever made the object may change it
  if (alike === undefined) remember(provisioner, { ...parameters });
  else if (alike.length < RIGHT_MAX) alike.push({ ...parameters });
}

function remember(provisioner: string, parameters: Parameters): void {
  if (right.size >= RIGHT_MAX) right.clear();
  right.set(provisioner, [parameters]);
}

function isSame(one: Parameters, other: Parameters): boolean {
  let more = 0;
  for (const key in one) {
    if (one[key] !== other[key]) return false;
    more++;
  }
  for (const key in other) if (other[key] !== undefined) more--;
  return more === 0;
}

function holdParameters(subject: Subject, driver: DriverFacts | undefined, parameters: Parameters): void {
  checkReservedParameters(parameters, 'parameters', sinkOf(subject, undefined));
  checkSecretVariables(subject, parameters);
  if (driver === undefined || !driver.dynamicProvisioning) return;
  const known = spelled(driver, parameters);
  checkParameters(driver, known.parameters, 'parameters', sinkOf(subject, driver, known.written));
  checkPerformanceOfClass(subject, driver, known.parameters);
}

/** What a class does not say although its driver makes no volumes without. */
export interface MissingParameters {
  readonly driver: DriverFacts;
  readonly names: readonly string[];
}

/** The parameters that a class must have and has not; undefined where it has all. */
export function missingParameters({ json }: Subject): MissingParameters | undefined {
  const { provisioner = '', parameters = NONE } = json;
  if (provisioner.startsWith(IN_TREE)) return undefined;
  const driver = driverOf(provisioner);
  if (!driver?.dynamicProvisioning || !driver.parameters.some(facts => isMissing(facts, parameters))) return undefined;
  const known = spelled(driver, parameters).parameters;
  const names = driver.parameters.filter(facts => isMissing(facts, known)).map(({ name }) => name);
  return names.length > 0 ? { driver, names } : undefined;
}

function isMissing({ name, required }: ParameterFacts, parameters: Parameters): boolean {
  return required === true && !Object.hasOwn(parameters, name);
}

/** Holds the parameters of a VolumeSnapshotClass against its driver. */
export function checkSnapshotClass(subject: Subject): void {
  const driver = driverOf(subject.json.driver ?? '');
  if (driver?.snapshots) checkSnapshotParameters(driver, subject.json.parameters ?? {}, sinkOf(subject, driver));
}

/** Holds the parameters of a VolumeAttributesClass against its driver. */
export function checkAttributesClass(subject: Subject): void {
  const driver = driverOf(subject.json.driverName ?? '');
  if (driver === undefined) return;
  const { attributes } = driver;
  if (attributes === undefined) {
    subject.report(DRIVER_PARAMETER, Path.ROOT.field('driverName'), { expected: 'a driver whose volumes can change their attributes', found: driver.title });
    return;
  }
  for (const name of Object.keys(subject.json.parameters ?? {})) {
    if (attributes.some(one => isNamed(one, name) || one.toLowerCase() === name.toLowerCase())) continue;
    subject.report(DRIVER_PARAMETER, PARAMETERS.key(name), {
      expected: `${oneOf(attributes)}: nothing else of ${driver.title} can change`, found: quoted(name),
    });
  }
}

/** Parameters in the spelling of a driver's facts. */
interface Spelled {
  readonly parameters: Parameters;
  /** As the class has them. */
  readonly written: ReadonlyMap<string, string>;
}

/**
 * The parameters in the spelling of the facts: drivers that refuse what they do not know compare names without case, the others
 * with. Counted ones, as tagSpecification_3, are left out, and so is the older name of the file system, which the provisioner takes.
 */
function spelled(driver: DriverFacts, parameters: Parameters): Spelled {
  const { byLowerCase, counted } = namesOf(driver);
  const values = new Map<string, string>();
  const written = new Map<string, string>();
  for (const name of Object.keys(parameters)) {
    const lower = name.toLowerCase();
    if (name === '' || lower === FS_TYPE || counted.some(one => isNamed(one, lower))) continue;
    const known = byLowerCase.get(lower);
    values.set(known ?? name, parameters[name]);
    if (known !== undefined) written.set(known, name);
  }
  return { parameters: Object.fromEntries(values), written };
}

/** How the parameters of a driver are called. */
interface DriverNames {
  /** Empty for a driver that compares names with case. */
  readonly byLowerCase: ReadonlyMap<string, string>;
  /** Those that end in a number, in lower case before `_N`. */
  readonly counted: readonly string[];
}

const NAMES = new Map<DriverFacts, DriverNames>();

function namesOf(driver: DriverFacts): DriverNames {
  let names = NAMES.get(driver);
  if (!names) {
    const all = driver.parameters.map(({ name }) => name);
    names = {
      byLowerCase: new Map(driver.unknownParameters === 'reject' ? all.map(name => [name.toLowerCase(), name]) : []),
      counted: all.filter(name => name.endsWith('_N')).map(name => `${name.slice(0, -2).toLowerCase()}_N`),
    };
    NAMES.set(driver, names);
  }
  return names;
}

/** Reports problems of the constructors' checks as rules. */
function sinkOf(subject: Subject, driver: DriverFacts | undefined, written?: ReadonlyMap<string, string>): ProblemSink {
  const report = (problem: Problem, severity: Severity): void => {
    const rule = RULE_OF.get(problem.ruleId);
    if (rule === undefined || (driver !== undefined && rule === RESERVED_PARAMETER)) return;
    const key = QUOTED_KEY.exec(problem.path)?.[1];
    const { expected, found, fix } = problem;
    subject.report(rule, key === undefined ? PARAMETERS : PARAMETERS.key(written?.get(key) ?? key), {
      expected, found, fix, severity: isOnlyCase(driver, key, problem) ? Severity.WARNING : severity,
    });
  };
  return { error: problem => report(problem, Severity.ERROR), warn: problem => report(problem, Severity.WARNING) };
}

/** What is missing depends on who uses the class: that is judged with the whole bundle. */
const RULE_OF = new Map([
  ['driver/reserved-parameter', RESERVED_PARAMETER],
  ['driver/secret-pair', RESERVED_PARAMETER],
  ['driver/fstype-twice', RESERVED_PARAMETER],
  ['driver/unknown-parameter', DRIVER_PARAMETER],
  ['driver/parameter-value', DRIVER_PARAMETER],
  ['driver/snapshot-parameter', DRIVER_PARAMETER],
]);

/** Some drivers take a value in any case, and nobody says which. */
function isOnlyCase(driver: DriverFacts | undefined, key: string | undefined, { ruleId, found }: Problem): boolean {
  if (ruleId !== 'driver/parameter-value') return false;
  const facts = driver?.parameters.find(({ name }) => name === key);
  const values = facts?.type === 'boolean' ? ['true', 'false'] : facts?.values ?? [];
  return values.some(value => JSON.stringify(value).toLowerCase() === found.toLowerCase());
}

/** Variables in the names of Secrets, which the provisioner fills in for each claim. */
function checkSecretVariables(subject: Subject, parameters: Parameters): void {
  for (const name of Object.keys(parameters)) {
    if (!name.startsWith(RESERVED_PREFIX)) continue;
    const isNamespace = name.endsWith('secret-namespace');
    if (!isNamespace && !name.endsWith('secret-name')) continue;
    const value = parameters[name];
    const known = isNamespace ? NAMESPACE_VARIABLES : NAME_VARIABLES;
    const unknown = [...value.matchAll(VARIABLE)].map(([, variable]) => variable).find(variable =>
      !known.includes(variable) && (isNamespace || !ANNOTATION.test(variable)));
    const plain = value.replace(VARIABLE, 'x');
    const report = (expected: string): void => subject.report(RESERVED_PARAMETER, PARAMETERS.key(name), { expected, found: quoted(value) });
    if (unknown !== undefined) report(`only the variables ${oneOf(known.map(one => `\${${one}}`))}`);
    else if (isNamespace ? !isDnsLabel(plain) : !isDnsSubdomain(plain)) report(`the ${isNamespace ? 'namespace' : 'name'} of a Secret`);
  }
}

function checkExpansion(subject: Subject, driver: DriverFacts, parameters: Parameters): void {
  const path = Path.ROOT.field('allowVolumeExpansion');
  if (!driver.expansion) {
    subject.report(EXPANSION, path, { expected: `none: claims of ${driver.title} cannot grow`, found: 'true', fix: 'leave `allowVolumeExpansion` out' });
  } else if (driver.expansionNeedsSecret && !Object.hasOwn(parameters, EXPAND_SECRET)) {
    subject.report(EXPANSION, path, {
      expected: `the Secret that ${driver.title} makes volumes grow with`, found: 'none',
      fix: `add ${EXPAND_SECRET} and its namespace`,
    });
  }
}
