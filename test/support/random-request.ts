import fc from 'fast-check';
import { KubernetesVersion } from '../../lib';

/** What a user asks for, as plain data: the same request is made into props and held against the manifests. */
export interface Request {
  readonly target: KubernetesVersion;
  readonly job: JobRequest;
  readonly datasets: readonly DatasetRequest[];
}

export interface JobRequest {
  readonly name?: string;
  readonly engine?: 'StatefulSet' | 'Job';
  readonly image: string;
  readonly command: readonly string[];
  readonly workers: number;
  readonly memoryMiB: number;
  readonly sharedMemoryMiB?: number;
  readonly cpuMillis?: number;
  readonly accelerator?: { readonly name: string; readonly count: number };
  readonly pytorch?: { readonly processesPerWorker?: number; readonly port?: number; readonly maxRestarts?: number };
  readonly env?: Readonly<Record<string, string>>;
  readonly envValues?: Readonly<Record<string, EnvRequest>>;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly { readonly key?: string; readonly value?: string; readonly effect?: string }[];
  readonly serviceAccount?: string;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly graceSeconds?: number;
  /** Only for a Job. */
  readonly ending: { readonly restarts?: number; readonly deadlineSeconds?: number; readonly ttlSeconds?: number };
  readonly checkpoints?: CheckpointRequest;
  readonly volumes: readonly VolumeRequest[];
}

export type EnvRequest =
  | { readonly kind: 'secret' | 'configMap'; readonly name: string; readonly key: string; readonly optional?: boolean }
  | { readonly kind: 'label'; readonly key: string }
  | { readonly kind: 'memory'; readonly divisor?: string };

export type CheckpointRequest =
  | {
    readonly kind: 'perWorker'; readonly name?: string; readonly sizeGiB: number; readonly whenDeleted?: string; readonly whenScaled?: string;
  }
  | { readonly kind: 'shared'; readonly sizeGiB: number; readonly directoryPerWorker?: boolean }
  | { readonly kind: 'existing'; readonly claim: string; readonly directoryPerWorker?: boolean };

export interface VolumeRequest {
  readonly kind: 'claim' | 'configMap' | 'secret' | 'scratch' | 'wire';
  readonly name: string;
  readonly sizeMiB?: number;
  readonly readOnly?: boolean;
  readonly subPath?: string;
}

export interface DatasetRequest {
  readonly id: string;
  readonly place: 'tier' | 'efs' | 'nfs' | 'volume' | 'claim';
  readonly sizeGiB: number;
  readonly mountOptions?: readonly string[];
  readonly source?: {
    readonly kind: 's3' | 'gcs' | 'http' | 'hub';
    readonly include: readonly string[];
    readonly revision: string;
    readonly loader: {
      readonly image: string;
      readonly cpuMillis?: number;
      readonly memoryMiB?: number;
      readonly retries?: number;
      readonly runAsUser?: number;
      readonly credentials: string;
    };
  };
}

/** Strings that a YAML writer or reader may take for something else. */
const TRICKY = [
  '', ' ', '0', '007', '1e3', '1E400', '0x1F', '0o17', '0b1', '1_000', '1.0', '.5', '-0', '12:30', '12:30:45', '190:20:30.15', 'true', 'False', 'no', 'Yes',
  'on', 'OFF', 'y', 'n', 'null', 'Null', '~', '.inf', '-.Inf', '.nan', '<<', '=', '2026-11-20', '2026-11-20T10:00:00Z', '2001-12-14t21:59:43.10-05:00',
  '-', '- a', '?', '? a', ':', 'a: b', 'a:', 'a #b', '#a', '&a', '*a', '!a', '!!str a', '|', '>', '%a', '@a', '`a', '"', "'", '\\', '\\n', '[a]', '{a}', ',',
  '---', '...', '--- a', '\n', 'a\n', '\na', 'a\nb', 'a\n\nb\n\n', ' a\n  b', 'a \nb', '  lead', 'trail  ', '\t', 'a\tb', '\r\n', 'a\rb', '\u0001',
  '\u0085', '\u00a0', '\u2028', '\ufeff', '\u200b', 'ÄÖ', '日本語', '😀', '$(HOME)', '$$', '${x}', '{{ x }}', 'x '.repeat(120), 'x'.repeat(300),
];
const text = fc.oneof(fc.constantFrom(...TRICKY), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ maxLength: 200 }));

const label = fc.constantFrom('1', '0', 'true', 'null', 'no', '1e3', '0x1F', '1_000', '1.0', '2026-11-20', 'vision', 'a.b_c-d', 'Y', '');
const key = fc.constantFrom('team', '7', 'true', 'null', 'example.com/a', 'a.b.example.com/C_d.e', 'node.kubernetes.io/instance-type', '1.0', 'y');
const labels = fc.dictionary(key, label, { maxKeys: 4 });
const dnsName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
/** Names of objects may begin with digits, and then look like numbers. */
const objectName = fc.oneof(dnsName, fc.constantFrom('007', '1e3', '12345', 'true', 'null', 'a.b', '0x1f'));
const variable = fc.constantFrom('A', 'NCCL_DEBUG', 'HOME', 'y', 'null', 'a.b-c', 'POD_NAME', 'NO', '_1', 'WANDB_PROJECT');
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });

const envValue: fc.Arbitrary<EnvRequest> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('secret' as const, 'configMap' as const), name: objectName, key: objectName, optional: maybe(fc.boolean()),
  }),
  fc.record({ kind: fc.constant('label' as const), key }),
  fc.record({ kind: fc.constant('memory' as const), divisor: maybe(fc.constantFrom('1', '1Mi', '1k')) }),
);

const sizeGiB = fc.constantFrom(1, 100, 500, 1024, 1536, 2048);

const checkpoints: fc.Arbitrary<CheckpointRequest> = fc.oneof(
  fc.record({
    kind: fc.constant('perWorker' as const),
    name: maybe(dnsName.filter(name => name !== 'shared-memory')),
    sizeGiB,
    whenDeleted: maybe(fc.constantFrom('Retain', 'Delete')),
    whenScaled: maybe(fc.constantFrom('Retain', 'Delete')),
  }),
  fc.record({ kind: fc.constant('shared' as const), sizeGiB, directoryPerWorker: maybe(fc.boolean()) }),
  fc.record({ kind: fc.constant('existing' as const), claim: objectName, directoryPerWorker: maybe(fc.boolean()) }),
);

const volume: fc.Arbitrary<VolumeRequest> = fc.record({
  kind: fc.constantFrom('claim', 'configMap', 'secret', 'scratch', 'wire'),
  name: objectName,
  sizeMiB: maybe(fc.integer({ min: 1, max: 5000 })),
  readOnly: maybe(fc.boolean()),
  subPath: maybe(fc.constantFrom('a', 'a/b c', '007', 'true', '$(HOME)')),
});

const dataset: fc.Arbitrary<DatasetRequest> = fc.record({
  id: fc.constantFrom('imagenet', '7b', 'llama_3.1', 'ÄÖ', 'checkpoints', 'x'.repeat(80)),
  place: fc.constantFrom('tier', 'efs', 'nfs', 'volume', 'claim'),
  sizeGiB,
  mountOptions: maybe(fc.constantFrom(['hard'], ['hard', 'nconnect=16', 'y'])),
  source: maybe(fc.record({
    kind: fc.constantFrom('s3', 'gcs', 'http', 'hub'),
    include: fc.array(text, { maxLength: 3 }),
    revision: fc.constantFrom('1', '2026-11-20', '1e3', 'true'),
    loader: fc.record({
      image: fc.constantFrom('ghcr.io/acme/loader:1', 'loader:1.0'),
      cpuMillis: maybe(fc.integer({ min: 1, max: 64000 })),
      memoryMiB: maybe(fc.integer({ min: 64, max: 100_000 })),
      retries: maybe(fc.nat(10)),
      runAsUser: maybe(fc.nat(70_000)),
      credentials: objectName,
    }),
  })),
});

const job: fc.Arbitrary<JobRequest> = fc.record({
  name: maybe(dnsName),
  engine: maybe(fc.constantFrom('StatefulSet', 'Job')),
  image: fc.constantFrom('ghcr.io/acme/train:1.4.2', 'train:1.0', `train@sha256:${'0'.repeat(64)}`),
  command: fc.tuple(fc.constantFrom('train.py', '-m', '007', 'true'), fc.array(text, { maxLength: 5 }))
    .map(([first, rest]) => [first, ...rest]),
  workers: fc.integer({ min: 1, max: 12 }),
  memoryMiB: fc.integer({ min: 1024, max: 2_000_000 }),
  sharedMemoryMiB: maybe(fc.integer({ min: 1, max: 1000 })),
  cpuMillis: maybe(fc.integer({ min: 1, max: 128_000 })),
  accelerator: maybe(fc.record({ name: fc.constantFrom('nvidia.com/gpu', 'amd.com/gpu'), count: fc.integer({ min: 1, max: 16 }) })),
  pytorch: maybe(fc.record({
    processesPerWorker: maybe(fc.integer({ min: 1, max: 16 })),
    port: maybe(fc.integer({ min: 1024, max: 65535 })),
    maxRestarts: maybe(fc.nat(10)),
  })),
  env: maybe(fc.dictionary(variable.map(name => `P_${name}`), text, { maxKeys: 5 })),
  envValues: maybe(fc.dictionary(variable, envValue, { maxKeys: 4 })),
  nodeSelector: maybe(labels),
  podLabels: maybe(labels),
  podAnnotations: maybe(fc.dictionary(key, text, { maxKeys: 4 })),
  tolerations: maybe(fc.array(fc.record({
    key, value: maybe(label), effect: maybe(fc.constantFrom('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
  }), { maxLength: 3 })),
  serviceAccount: maybe(objectName),
  runAsUser: maybe(fc.nat(70_000)),
  runAsGroup: maybe(fc.nat(70_000)),
  graceSeconds: maybe(fc.integer({ min: 1, max: 7200 })),
  ending: fc.record({
    restarts: maybe(fc.nat(10)), deadlineSeconds: maybe(fc.integer({ min: 1, max: 1e6 })), ttlSeconds: maybe(fc.nat(1e6)),
  }),
  checkpoints: maybe(checkpoints),
  volumes: fc.array(volume, { maxLength: 4 }),
});

/** Requests that the library takes: an engine only does what it can. */
export const requests: fc.Arbitrary<Request> = fc.record({
  target: fc.constantFrom(...Object.values(KubernetesVersion)),
  job,
  datasets: fc.uniqueArray(dataset, { maxLength: 3, selector: ({ id }) => id }),
}).map(request => {
  const perWorker = request.job.checkpoints?.kind === 'perWorker';
  const engine = perWorker && request.job.engine === 'Job' ? undefined : request.job.engine;
  const ends = engine === 'Job' || (engine === undefined && !perWorker);
  return { ...request, job: { ...request.job, engine, ending: ends ? request.job.ending : {} } };
});
