import { Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { KubernetesVersion, MlApp } from '../../lib';

/** A synthesized object, read back as plain data. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: any;
  readonly spec: any;
  readonly [field: string]: any;
}

/** What a test says about the app around its constructs. */
export interface Surroundings {
  readonly target?: KubernetesVersion;
  readonly namespace?: string;
}

/** The chart that most tests build in. */
export function chartIn({ target, namespace = 'ml-training' }: Surroundings = {}): Chart {
  return new Chart(new MlApp({ target }), 'vision', { namespace });
}

/** What a chart emits. */
export function manifestsOf(chart: Chart): Manifest[] {
  return Testing.synth(chart) as Manifest[];
}

/** The manifests in a YAML text, as a Kubernetes client reads it. */
export function manifestsIn(yaml: string): Manifest[] {
  return parseAllDocuments(yaml, { version: '1.1' }).map(document => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as Manifest;
  });
}

/** All templates of pods in a value, however deep an engine puts them. */
export function templatesIn(value: any): any[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value.spec?.containers)) return [value];
  return Object.values(value).flatMap(templatesIn);
}

/** The only manifest of a kind. */
export function the(kind: string, manifests: readonly Manifest[]): Manifest {
  const found = manifests.filter(manifest => manifest.kind === kind);
  if (found.length !== 1) throw new Error(`expected one ${kind}, found ${found.length}`);
  return found[0];
}

/** The only entry of a list with that name. */
export function named(name: string, list: readonly any[] | undefined): any {
  const found = (list ?? []).filter(entry => entry.name === name);
  if (found.length !== 1) throw new Error(`expected one entry called ${name}, found ${found.length}`);
  return found[0];
}

/** Environment of a container: values, and what the others are from. */
export function envOf(container: any): Record<string, any> {
  return Object.fromEntries(((container.env ?? []) as any[]).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}
