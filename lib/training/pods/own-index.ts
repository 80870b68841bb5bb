import { literal, type EnvVar } from '../../private/wire';
import type { IndexSource, Place } from '../engines/engine-spec';
import type { ProcessSpec } from '../frameworks/framework-spec';
import type { Wiring } from '../pairs';

/** Variables of the library itself start with it, so that they hide none of the user's. */
export const OWN_VARIABLES = 'CDK8S_ML_';

/** Variable with the pod's index where an operator tells the processes theirs. */
export const INDEX_VARIABLE = `${OWN_VARIABLES}INDEX`;

const POD_NAME = `${OWN_VARIABLES}POD_NAME`;

/** What any container of a pod can be told of the pod's own place. */
export interface OwnIndex {
  /** The variable that holds it. */
  readonly variable: EnvVar;
  /** `$(<variable>)`. */
  readonly reference: string;
  /** What `reference` is in the first pod of the role. */
  readonly first: string;
  /** Name of a directory of the pod's own. */
  readonly directory: string;
}

/** The pod's index, or its name where only that is known: both stay when the pod is made again. */
export function ownIndexOf(rankVariable: string, place: Place): OwnIndex {
  const { index } = place;
  const name = index.kind === 'field' ? rankVariable : POD_NAME;
  const reference = `$(${name})`;
  if (index.kind === 'field') return { variable: field(name, index.path), reference, first: '0', directory: `rank-${reference}` };
  return { variable: field(name, 'metadata.name'), reference, first: place.podName!(0), directory: reference };
}

/** What the container of a role starts with. */
export interface Start {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly EnvVar[];
}

/** Puts the pod's own index where the framework refers to it. */
export function startOf({ rankVariable, command, args, env }: ProcessSpec, index: IndexSource, wiring: Wiring): Start {
  if (wiring === 'operator') {
    const own = index.kind === 'variable' ? index.name : undefined;
    return { command: own ? command.map(word => word.replaceAll(`$(${rankVariable})`, `$(${own})`)) : command, args, env };
  }
  // first: a variable can only be referred to by what stands behind it
  if (index.kind === 'field') return { command, args, env: [field(rankVariable, index.path), ...env] };
  return fromHostname(rankVariable, { command, args, env });
}

/** Before Kubernetes 1.28 no field of a StatefulSet's pod holds its index: a shell takes it from the hostname, and makes way. */
function fromHostname(rankVariable: string, { command, args, env }: Start): Start {
  const reference = `$(${rankVariable})`;
  const refers = (text: string | undefined): text is string => text !== undefined && text.includes(reference);
  const exports = [
    `export ${rankVariable}="\${HOSTNAME##*-}"`,
    ...env.flatMap(({ name, value }) => refers(value) ? [`export ${name}=${shellText(value, rankVariable)}`] : []),
  ];
  const isInline = command.some(refers);
  const launcher = isInline ? command.map(word => shellText(word, rankVariable)) : [];
  return {
    command: ['/bin/sh', '-c', literal([...exports, ['exec', ...launcher, '"$@"'].join(' ')].join('; ')), 'sh', ...isInline ? [] : command],
    args,
    env: env.filter(({ value }) => !refers(value)),
  };
}

/** A text for the shell, in which the variable stands for its value. */
function shellText(text: string, variable: string): string {
  return text.split(`$(${variable})`).map(part => `'${part.replaceAll("'", "'\\''")}'`).join(`"$${variable}"`);
}

function field(name: string, fieldPath: string): EnvVar {
  return { name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } };
}
