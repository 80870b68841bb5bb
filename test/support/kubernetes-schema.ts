import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { customSchemas } from './custom-schema';
import type { Manifest } from './manifests';

type Json = Record<string, any>;

const IMPORTS = join(dirname(createRequire(import.meta.url).resolve('cdk8s-plus-27/package.json')), 'lib/imports');

/** The kinds of Kubernetes that the library emits and that 1.27 has as they are. */
const KINDS = {
  StorageClass: 'storage.k8s.io/v1',
  PersistentVolume: 'v1',
  PersistentVolumeClaim: 'v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
};

const QUANTITY = {
  type: ['number', 'string'], pattern: '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$',
};

const TEXT = { type: 'string' };

function object(properties: Json, required: readonly string[] = []): Json {
  return { type: 'object', additionalProperties: false, properties, required: [...required] };
}

function list(items: Json): Json {
  return { type: 'array', items };
}

/** Kinds that we emit and that are newer than Kubernetes 1.27, or of projects whose definitions are not in `imports`. */
const NEWER_KINDS: Record<string, Json> = {
  // https://github.com/kubernetes/api/blob/master/resource/v1/types.go
  'resource.k8s.io/v1 ResourceClaimTemplate': object({
    spec: object({
      devices: object({
        requests: list(object({
          name: TEXT,
          exactly: object({
            deviceClassName: TEXT, allocationMode: { type: 'string', enum: ['ExactCount', 'All'] }, count: { type: 'integer' },
            selectors: list(object({ cel: object({ expression: TEXT }, ['expression']) })),
          }, ['deviceClassName']),
        }, ['name'])),
      }),
    }),
  }, ['spec']),
  // https://github.com/kubernetes-sigs/scheduler-plugins/blob/master/apis/scheduling/v1alpha1/types.go
  'scheduling.x-k8s.io/v1alpha1 PodGroup': object({
    minMember: { type: 'integer', minimum: 1 }, minResources: { type: 'object' }, scheduleTimeoutSeconds: { type: 'integer' },
  }),
};

/** Fields that we emit and that are newer than Kubernetes 1.27, where the types end. */
const NEWER: Record<string, Json> = {
  // on by default since 1.29
  JobSpec: {
    podReplacementPolicy: { type: 'string', enum: ['Failed', 'TerminatingOrFailed'] },
    // on by default since 1.31
    successPolicy: object({ rules: list(object({ succeededIndexes: TEXT, succeededCount: { type: 'integer' } })) }, ['rules']),
  },
  // on by default since 1.29: sidecars
  Container: { restartPolicy: { type: 'string', enum: ['Always'] } },
  // stable since 1.34: claims of devices
  PodResourceClaim: { resourceClaimName: TEXT, resourceClaimTemplateName: TEXT },
  // stable since 1.34
  PersistentVolumeClaimSpec: { volumeAttributesClassName: { type: 'string' } },
  // on by default since 1.35
  Volume: {
    image: {
      type: 'object', additionalProperties: false,
      properties: { pullPolicy: { type: 'string', enum: ['Always', 'Never', 'IfNotPresent'] }, reference: { type: 'string' } },
    },
  },
};

/** Fields that 1.27 says to be required and that its server does not ask for, as later types know. */
const NOT_REQUIRED: Record<string, string[]> = {
  // https://github.com/kubernetes-client/python/issues/2056
  PodFailurePolicyRule: ['onPodConditions'],
};

/** The generated types have every enum as a string. */
const ENUMS: Record<string, Record<string, string[]>> = {
  StorageClass: { reclaimPolicy: ['Retain', 'Delete'], volumeBindingMode: ['Immediate', 'WaitForFirstConsumer'] },
  PersistentVolumeSpec: { persistentVolumeReclaimPolicy: ['Retain', 'Delete', 'Recycle'], volumeMode: ['Filesystem', 'Block'] },
  PersistentVolumeClaimSpec: { volumeMode: ['Filesystem', 'Block'] },
  ServiceSpec: { type: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] },
  ServicePort: { protocol: ['TCP', 'UDP', 'SCTP'] },
  StatefulSetSpec: { podManagementPolicy: ['OrderedReady', 'Parallel'] },
  StatefulSetUpdateStrategy: { type: ['RollingUpdate', 'OnDelete'] },
  StatefulSetPersistentVolumeClaimRetentionPolicy: { whenDeleted: ['Retain', 'Delete'], whenScaled: ['Retain', 'Delete'] },
  CronJobSpec: { concurrencyPolicy: ['Allow', 'Forbid', 'Replace'] },
  JobSpec: { completionMode: ['Indexed', 'NonIndexed'] },
  PodFailurePolicyRule: { action: ['Ignore', 'FailJob', 'Count', 'FailIndex'] },
  PodSpec: { restartPolicy: ['Always', 'OnFailure', 'Never'], dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] },
  PodSecurityContext: { fsGroupChangePolicy: ['OnRootMismatch', 'Always'] },
  SeccompProfile: { type: ['RuntimeDefault', 'Localhost', 'Unconfined'] },
  Container: { imagePullPolicy: ['Always', 'IfNotPresent', 'Never'] },
  Toleration: { operator: ['Exists', 'Equal'], effect: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
};
const ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'];

/**
 * Strict schemas of manifests, from the types that cdk8s-plus generates from Kubernetes' own OpenAPI, and from the definitions of
 * custom kinds.
 */
export class KubernetesSchema {
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly custom = customSchemas();

  constructor() {
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, schemas: [{ $id: 'kubernetes', definitions: definitions() }] });
    for (const kind of Object.keys(KINDS)) this.validators.set(kind, ajv.compile({ $ref: `kubernetes#/definitions/${kind}` }));
    for (const [key, spec] of Object.entries(NEWER_KINDS)) this.custom.set(key, () => ajv.compile(newer(key, spec)));
  }

  /** What is wrong with a manifest, a line for each problem. */
  public problemsOf(manifest: Manifest): string[] {
    const { apiVersion, kind } = manifest;
    const validate = this.custom.get(`${apiVersion} ${kind}`)?.() ?? this.validators.get(kind);
    if (!validate) return [`kind ${kind} has no schema`];
    return validate(manifest) ? [] : (validate.errors ?? []).map(lineOf);
  }
}

function lineOf({ instancePath, message, params }: ErrorObject): string {
  const { additionalProperty, allowedValues } = params as { additionalProperty?: string; allowedValues?: string[] };
  return `${instancePath} ${message}${additionalProperty ? `: ${additionalProperty}` : ''}${allowedValues ? `: ${allowedValues.join(', ')}` : ''}`;
}

function newer(key: string, spec: Json): Json {
  const [apiVersion, kind] = key.split(' ');
  const metadata = { allOf: [{ $ref: 'kubernetes#/definitions/ObjectMeta' }, { type: 'object', required: ['name'] }] };
  return object({ apiVersion: { const: apiVersion }, kind: { const: kind }, metadata, spec }, ['apiVersion', 'kind', 'metadata', 'spec']);
}

function definitions(): Json {
  const generator = createGenerator({
    path: join(IMPORTS, 'k8s.d.ts'), type: '*', expose: 'all', topRef: true, jsDoc: 'none', skipTypeCheck: true, additionalProperties: false,
  });
  const all: Json = {};
  for (const kind of Object.keys(KINDS)) Object.assign(all, generator.createSchema(`Kube${kind}Props`).definitions);

  // classes in the generated code, plain values in manifests
  all.Quantity = QUANTITY;
  all.IntOrString = { type: ['integer', 'string'] };
  const wireNames = readWireNames();
  for (const [name, schema] of Object.entries(all) as [string, Json][]) {
    if (schema.properties) useWireNames(schema, wireNames(name));
    Object.assign(schema.properties ?? {}, NEWER[name]);
    if (NOT_REQUIRED[name]) schema.required = (schema.required as string[]).filter(field => !NOT_REQUIRED[name].includes(field));
  }
  for (const [kind, apiVersion] of Object.entries(KINDS)) {
    const schema = all[kind] = all[`Kube${kind}Props`];
    Object.assign(schema.properties, { apiVersion: { const: apiVersion }, kind: { const: kind } });
    schema.required = ['apiVersion', 'kind', ...schema.required ?? []];
    schema.properties.metadata = { allOf: [schema.properties.metadata, { type: 'object', required: ['name'] }] };
  }
  restoreEnums(all);
  return integers(all);
}

/** Fields of the types are called as JavaScript has it; what they become in a manifest is in the functions beside them. */
function readWireNames(): (type: string) => Record<string, string> {
  const code = readFileSync(join(IMPORTS, 'k8s.js'), 'utf8');
  const names = new Map<string, Record<string, string>>();
  for (const [, type, body] of code.matchAll(/^function toJson_(\w+)\(obj\) \{[^]*?const result = \{\n([^]*?)\n {4}\};/gm)) {
    names.set(type, Object.fromEntries([...body.matchAll(/^ {8}'([^']+)':.*?\bobj\.(\w+)/gm)].map(([, wire, name]) => [name, wire])));
  }
  return type => {
    const found = names.get(type);
    if (!found) throw new Error(`no toJson_${type} in k8s.js`);
    return found;
  };
}

function useWireNames(schema: Json, wireNames: Record<string, string>): void {
  const wire = (name: string): string => {
    if (!(name in wireNames)) throw new Error(`no wire name of ${name}`);
    return wireNames[name];
  };
  schema.properties = Object.fromEntries(Object.entries(schema.properties as Json).map(([name, of]) => [wire(name), of]));
  if (schema.required) schema.required = (schema.required as string[]).map(wire);
}

function restoreEnums(all: Json): void {
  for (const [name, fields] of Object.entries(ENUMS)) {
    for (const [field, values] of Object.entries(fields)) {
      if (!all[name]?.properties?.[field]) throw new Error(`no field ${name}.${field}`);
      all[name].properties[field] = { type: 'string', enum: values };
    }
  }
  for (const name of ['PersistentVolumeSpec', 'PersistentVolumeClaimSpec']) {
    all[name].properties.accessModes = { type: 'array', minItems: 1, items: { type: 'string', enum: ACCESS_MODES } };
  }
}

/** The numbers of these kinds are all whole, but for those in quantities. */
function integers(all: Json): Json {
  return JSON.parse(JSON.stringify(all, (_, value: unknown) => {
    const { type, format } = (value ?? {}) as Json;
    if (type === 'number') return { ...value as Json, type: 'integer' };
    // dates are a class in the types
    if (format === 'date-time') return { type: 'string' };
    return value;
  })) as Json;
}
