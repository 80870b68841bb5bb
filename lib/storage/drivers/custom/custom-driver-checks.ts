import { PersistentVolumeMode } from 'cdk8s-plus-27';
import type { ProblemSink } from '../../../findings/collector';
import { isDnsSubdomain } from '../../../private/name-forms';
import { bytesOf, quantityOfBytes } from '../../../private/quantity';
import { checkOneOf, checkShape } from '../checks';
import type { StorageDriverProps } from './custom-driver-props';
import { CloneLimit, ConditionalAccessMode, DriverKind, DriverParameter, DriverParameterType } from './custom-driver-types';
import { fateOf, IN_TREE_LINK, InTreeFacts, inTreeProvisioner } from './in-tree';

const CLASS_LINK = 'https://kubernetes.io/docs/concepts/storage/storage-classes/';
const MODES_LINK = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes';
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';
const MODES = Object.fromEntries(['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'].map(mode => [mode, mode]));

/** Holds what a user says of a driver against what a driver can be. */
export function checkDriver(props: StorageDriverProps, sink: ProblemSink): void {
  checkProvisioner(props.provisioner, sink);
  checkOneOf('kind', props.kind, DriverKind, CLASS_LINK, sink);
  checkShape(props.documentation, {
    ruleId: 'driver/definition', path: 'documentation', pattern: /^https?:\/\/\S+$/, expected: 'the address of a page', example: 'https://example.com/docs', link: CLASS_LINK,
  }, sink);
  checkModes(props, sink);
  for (const list of ['parameters', 'snapshotParameters'] as const) checkDefinitions(list, props[list] ?? [], sink);
  checkTypes(props, sink);
  for (const [index, limit] of (props.cloneKeeps ?? []).entries()) checkOneOf(`cloneKeeps[${index}]`, limit, CloneLimit, CLASS_LINK, sink);
  if (props.kind === DriverKind.LOCAL && (props.topologyKeys ?? []).length === 0) {
    definition('topologyKeys', 'the key of the node: a node\'s own disks are reached from nowhere else', 'none', 'set `topologyKeys`, as to kubernetes.io/hostname', sink);
  }
}

/** The name of a driver: none of Kubernetes' own, which no driver answers to. */
function checkProvisioner(provisioner: string, sink: ProblemSink): void {
  if (typeof provisioner === 'string' && provisioner.startsWith('kubernetes.io/')) {
    const facts = inTreeProvisioner(provisioner);
    sink.error({
      ruleId: 'driver/in-tree-provisioner',
      path: 'provisioner',
      expected: `the name of a CSI driver: ${facts ? fateOf(facts) : provisioner === NO_PROVISIONER ? 'this one marks classes of volumes that are made by hand'
        : 'Kubernetes has no driver of its own under this name'}`,
      found: provisioner,
      fix: successorOf(provisioner, facts),
      link: IN_TREE_LINK,
    });
    return;
  }
  const [, prefix, name] = typeof provisioner === 'string' ? /^(?:([^/]*)\/)?([^/]*)$/.exec(provisioner) ?? [] : [];
  if (name !== undefined && name.length <= 63 && isDnsSubdomain(name) && (prefix === undefined || isDnsSubdomain(prefix))) return;
  definition('provisioner', 'the name of a driver: lower case letters, digits, `-` and `.`, at most 63 characters', JSON.stringify(provisioner) ?? 'none',
    'use a name such as csi.example.com', sink);
}

function successorOf(provisioner: string, facts: InTreeFacts | undefined): string {
  if (provisioner === NO_PROVISIONER) return 'use LocalVolumes.preProvisioned()';
  if (facts?.successor !== undefined) return `use ${facts.successor}${facts.startsAnew ? ', and make the volumes anew: nothing carries them over' : ''}`;
  return facts?.state === 'static' ? 'make such volumes by hand, or use the driver of who makes the devices' : 'use another storage: no driver takes its place';
}

function checkModes(props: StorageDriverProps, sink: ProblemSink): void {
  const { filesystemModes = [], blockModes = [], conditionalModes = [] } = props;
  for (const [list, modes] of Object.entries({ filesystemModes, blockModes })) {
    for (const [index, mode] of modes.entries()) checkOneOf(`${list}[${index}]`, mode, MODES, MODES_LINK, sink);
  }
  if (props.filesystemModes?.length === 0 && blockModes.length === 0 && conditionalModes.length === 0) {
    definition('filesystemModes', 'one mode or more, or block modes', 'none', 'leave `filesystemModes` out: it is ReadWriteOnce then', sink);
  }
  const overNetwork = props.kind === DriverKind.FILE || props.kind === DriverKind.OBJECT;
  const raw = blockModes.length > 0 ? 'blockModes' : conditionalModes.some(({ volumeMode }) => volumeMode === PersistentVolumeMode.BLOCK) ? 'conditionalModes' : undefined;
  if (overNetwork && raw !== undefined) {
    definition(raw, `no raw block modes: drivers of the kind ${props.kind} have no devices`, raw === 'blockModes' ? blockModes.join(', ') : 'Block',
      'leave them out, or use DriverKind.BLOCK', sink);
  }
  for (const [index, mode] of conditionalModes.entries()) checkCondition(mode, `conditionalModes[${index}]`, sink);
}

function checkCondition(mode: ConditionalAccessMode, path: string, sink: ProblemSink): void {
  checkOneOf(`${path}.accessMode`, mode.accessMode, MODES, MODES_LINK, sink);
  const asks = mode.values !== undefined || mode.minimum !== undefined;
  if (mode.parameter === undefined && !mode.fromSource) {
    definition(path, 'a condition: `parameter`, or `fromSource`', 'none', 'set one, or put the mode among those that every claim gets', sink);
  } else if (asks !== (mode.parameter !== undefined)) {
    definition(`${path}.parameter`, 'a parameter with `values` or a `minimum`', mode.parameter === undefined ? 'no parameter' : mode.parameter,
      asks ? 'set `parameter`' : 'set `values` or `minimum`', sink);
  }
}

function checkDefinitions(list: string, parameters: readonly DriverParameter[], sink: ProblemSink): void {
  const seen = new Set<string>();
  for (const [index, parameter] of parameters.entries()) {
    const path = `${list}[${index}]`;
    const { name, valueType, values, minimum, maximum, pattern } = parameter;
    checkOneOf(`${path}.valueType`, valueType, DriverParameterType, CLASS_LINK, sink);
    if (typeof name !== 'string' || name === '') definition(`${path}.name`, 'a name', JSON.stringify(name) ?? 'none', 'set it', sink);
    if (seen.has(name)) definition(`${path}.name`, 'a name that no other parameter has', name, 'leave one of the two out', sink);
    seen.add(name);
    if (valueType === DriverParameterType.ENUM && (values ?? []).length === 0) definition(`${path}.values`, 'the words that it takes', 'none', 'set `values`', sink);
    if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
      definition(`${path}.minimum`, `at most the maximum, ${maximum}`, String(minimum), 'exchange the two', sink);
    }
    if (pattern !== undefined && !compiles(pattern)) definition(`${path}.pattern`, 'a regular expression', pattern, 'mend it', sink);
  }
}

function checkTypes({ volumeTypes = [] }: StorageDriverProps, sink: ProblemSink): void {
  const seen = new Set<string>();
  for (const [index, type] of volumeTypes.entries()) {
    const path = `volumeTypes[${index}]`;
    if (seen.has(type.name)) definition(`${path}.name`, 'a name that no other volume type has', type.name, 'leave one of the two out', sink);
    seen.add(type.name);
    const ranges: [string, number | undefined, number | undefined][] = [
      ['minSize', type.minSize && bytesOf(type.minSize), type.maxSize && bytesOf(type.maxSize)],
      ['minIops', type.minIops, type.maxIops],
      ['minThroughput', type.minThroughput, type.maxThroughput],
    ];
    for (const [name, min, max] of ranges) {
      if (min === undefined || max === undefined || min <= max) continue;
      const text = name === 'minSize' ? quantityOfBytes : String;
      definition(`${path}.${name}`, `at most \`${name.replace('min', 'max')}\`, ${text(max)}`, text(min), 'exchange the two', sink);
    }
  }
}

/** A pattern that JavaScript can read: the text comes from the user. */
export function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function definition(path: string, expected: string, found: string, fix: string, sink: ProblemSink): void {
  sink.error({ ruleId: 'driver/definition', path, expected, found, fix, link: CLASS_LINK });
}
