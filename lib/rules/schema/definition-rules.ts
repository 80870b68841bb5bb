import type { Json } from '../engine/manifest';

/** A rule in CEL of a custom resource definition, which the server checks on a create. */
export interface DefinitionRule {
  /** As the definition has it. */
  readonly text: string;
  /** What has to hold, in words. */
  readonly expected: string;
  /** Whether it holds; the value has the types of its schema. */
  readonly holds: (value: any) => boolean;
  /** The field below the value that is to be changed, where it is not the value. */
  readonly at?: readonly string[];
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/.+$/;
const RFC_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const NONE: readonly never[] = [];

/** What the server calls the object; where that is unknown, a name that is right. */
function nameIn(metadata: Json | undefined): string {
  return metadata?.name ?? `${metadata?.generateName || 'x'}12345`;
}

/**
 * By what the definitions say. Absent fields have the defaults that the server has filled in by then; where there is none, a rule
 * that reads one does not hold.
 */
const RULES: ReadonlyMap<string, Omit<DefinitionRule, 'text'>> = new Map([
  ["!(has(self.startupPolicy) && self.startupPolicy.startupPolicyOrder == 'InOrder' && self.replicatedJobs.exists(x, has(x.dependsOn)))", {
    expected: 'either a startupPolicy that is InOrder, or replicated jobs with dependsOn',
    holds: ({ startupPolicy, replicatedJobs }: Json) =>
      startupPolicy?.startupPolicyOrder !== 'InOrder' || replicatedJobs?.every((job: Json) => job.dependsOn === undefined) === true,
  }],
  ['self.templates.all(t, !has(t.metadata.namespace) || size(t.metadata.namespace) == 0)', {
    expected: 'templates with metadata and without a namespace: claims are made in the namespace of the object',
    holds: ({ templates }: Json) => templates?.every(({ metadata }: Json) => metadata !== undefined && !metadata.namespace) === true,
  }],
  ...['cohort', 'cohortName'].map((cohort): [string, Omit<DefinitionRule, 'text'>] => [
    `!has(self.${cohort}) && has(self.resourceGroups) ? self.resourceGroups.all(rg, rg.flavors.all(f, f.resources.all(r, !has(r.borrowingLimit)))) : true`, {
      expected: `a ${cohort}, or no borrowingLimit`,
      holds: (spec: Json) => spec[cohort] !== undefined || !(spec.resourceGroups ?? NONE).some((group: Json) =>
        group.flavors.some((flavor: Json) => flavor.resources.some((resource: Json) => resource.borrowingLimit !== undefined))),
    },
  ]),
  ["!has(self.preference) || (self.whenCanBorrow == 'TryNextFlavor' && self.whenCanPreempt == 'TryNextFlavor')", {
    expected: 'no preference unless whenCanBorrow and whenCanPreempt are TryNextFlavor',
    holds: ({ preference, whenCanBorrow, whenCanPreempt = 'TryNextFlavor' }: Json) =>
      preference === undefined || (whenCanBorrow === 'TryNextFlavor' && whenCanPreempt === 'TryNextFlavor'),
  }],
  ["!(self.reclaimWithinCohort == 'Never' && has(self.borrowWithinCohort) &&  self.borrowWithinCohort.policy != 'Never')", {
    expected: 'borrowWithinCohort.policy Never where reclaimWithinCohort is Never',
    holds: ({ reclaimWithinCohort = 'Never', borrowWithinCohort }: Json) =>
      reclaimWithinCohort !== 'Never' || (borrowWithinCohort?.policy ?? 'Never') === 'Never',
  }],
  ['self.flavors.all(x, size(x.resources) == size(self.coveredResources))', {
    expected: 'as many resources in each flavor as there are coveredResources',
    holds: ({ flavors, coveredResources }: Json) => flavors.every((flavor: Json) => flavor.resources.length === coveredResources.length),
  }],
  ['!has(self.topologyName) || self.nodeLabels.size() >= 1', {
    expected: 'at least one label of nodes beside a topologyName',
    holds: ({ topologyName, nodeLabels }: Json) => topologyName === undefined || Object.keys(nodeLabels ?? {}).length > 0,
  }],
  ["self.all(x, x.effect in ['NoSchedule', 'PreferNoSchedule', 'NoExecute'])", {
    expected: 'effects NoSchedule, PreferNoSchedule or NoExecute',
    holds: (taints: Json[]) => taints.every(({ effect }) => EFFECTS.includes(effect)),
  }],
  ["self.all(x, !has(x.key) ? x.operator == 'Exists' : true)", {
    expected: 'operator Exists where there is no key',
    holds: (tolerations: Json[]) => tolerations.every(({ key, operator }) => key !== undefined || operator === 'Exists'),
  }],
  ["self.all(x, has(x.tolerationSeconds) ? x.effect == 'NoExecute' : true)", {
    expected: 'effect NoExecute where there are tolerationSeconds',
    holds: (tolerations: Json[]) => tolerations.every(({ tolerationSeconds, effect }) => tolerationSeconds === undefined || effect === 'NoExecute'),
  }],
  ["self.all(x, !has(x.operator) || x.operator in ['Equal', 'Exists'])", {
    expected: 'operators Equal or Exists',
    holds: (tolerations: Json[]) => tolerations.every(({ operator }) => operator === undefined || operator === 'Equal' || operator === 'Exists'),
  }],
  ["self.all(x, has(x.operator) && x.operator == 'Exists' ? !has(x.value) : true)", {
    expected: 'no value where the operator is Exists',
    holds: (tolerations: Json[]) => tolerations.every(({ operator, value }) => operator !== 'Exists' || value === undefined),
  }],
  ["self.all(x, !has(x.effect) || x.effect in ['NoSchedule', 'PreferNoSchedule', 'NoExecute'])", {
    expected: 'effects NoSchedule, PreferNoSchedule or NoExecute',
    holds: (tolerations: Json[]) => tolerations.every(({ effect }) => effect === undefined || EFFECTS.includes(effect)),
  }],
  ['(has(self.volumeHandle) && !has(self.snapshotHandle)) || (!has(self.volumeHandle) && has(self.snapshotHandle))', {
    expected: 'either volumeHandle or snapshotHandle',
    holds: ({ volumeHandle, snapshotHandle }: Json) => (volumeHandle === undefined) !== (snapshotHandle === undefined),
  }],
  ['has(self.name) && has(self.__namespace__)', {
    expected: 'a name and a namespace',
    holds: ({ name, namespace }: Json) => name !== undefined && namespace !== undefined,
  }],
  [`(has(self.volumeSnapshotContentName) && !has(self.persistentVolumeClaimName)) || \
(!has(self.volumeSnapshotContentName) && has(self.persistentVolumeClaimName))`, {
    expected: 'either volumeSnapshotContentName or persistentVolumeClaimName',
    holds: ({ volumeSnapshotContentName, persistentVolumeClaimName }: Json) =>
      (volumeSnapshotContentName === undefined) !== (persistentVolumeClaimName === undefined),
  }],
  ['size(self) > 0', { expected: 'a name, or no field at all', holds: (text: string) => text !== '' }],
  ['[has(self.torch), has(self.mpi), has(self.jax), has(self.xgboost),has(self.flux)].filter(x, x).size() <= 1', {
    expected: 'at most one of torch, mpi, jax, xgboost and flux',
    holds: (policy: Json) => ['torch', 'mpi', 'jax', 'xgboost', 'flux'].filter(name => policy[name] !== undefined).length <= 1,
  }],
  ['self >= 1', { expected: 'at least 1', holds: (value: number) => value >= 1 }],
  ["!self.exists(c, c == 'node')", {
    expected: 'containers other than node, which is always told',
    holds: (names: string[]) => !names.includes('node'),
  }],
  ["self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')", {
    expected: 'a name of lower-case letters, digits and dashes that starts with a letter (RFC 1035)',
    holds: ({ metadata }: Json) => RFC_1035.test(nameIn(metadata)),
    at: ['metadata', 'name'],
  }],
  ['size(self.metadata.name) <= 63', {
    expected: 'a name of at most 63 characters',
    holds: ({ metadata }: Json) => nameIn(metadata).length <= 63,
    at: ['metadata', 'name'],
  }],
  ["self == '' || self.matches('^[A-Za-z][A-Za-z0-9+.-]*://.+$')", {
    expected: 'a URI with a scheme, such as s3://bucket/path or hf://model',
    holds: (text: string) => text === '' || SCHEME.test(text),
  }],
  ["self in ['trainer.kubeflow.org/trainjob-controller', 'kueue.x-k8s.io/multikueue']", {
    expected: 'trainer.kubeflow.org/trainjob-controller or kueue.x-k8s.io/multikueue',
    holds: (text: string) => text === 'trainer.kubeflow.org/trainjob-controller' || text === 'kueue.x-k8s.io/multikueue',
  }],
]);

/** What a rule of a definition means. A definition with a rule that is not here is not to be used. */
export function definitionRule(text: string): DefinitionRule {
  const rule = RULES.get(text);
  if (rule === undefined) throw new Error(`no check is written for the rule ${text}`);
  return { text, ...rule };
}
