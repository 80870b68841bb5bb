import type { Json } from '../engine/manifest';
import type { ContainerFacts } from './pod-facts';

const NONE: readonly Json[] = [];

/** What a process of a cluster with parameter servers is, by its `TF_CONFIG`; undefined for any other. */
export function parameterServerRole(container: ContainerFacts): string | undefined {
  const config = configOf(container);
  if (config === undefined || !/"ps"\s*:\s*\[/.test(config)) return undefined;
  return /"type"\s*:\s*"(\w+)"/.exec(config)?.[1];
}

/** Whether it waits for its chief, and does not end by itself. */
export function waitsForChief(container: ContainerFacts): boolean {
  const role = parameterServerRole(container);
  return role === 'ps' || (role !== undefined && role !== 'chief' && /"chief"\s*:\s*\[/.test(configOf(container)!));
}

function configOf({ json, line }: ContainerFacts): string | undefined {
  const env: readonly Json[] = json.env ?? NONE;
  // a shell may export it
  const config: unknown = env.find(({ name }) => name === 'TF_CONFIG')?.value ?? line.script?.text;
  return typeof config === 'string' ? config : undefined;
}
