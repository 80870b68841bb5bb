import fc from 'fast-check';
import { KubernetesVersion } from '../../lib';
import {
  accelerator, checkpoints, containers, dataset, ending, env, envValues, fabric, nodes, pair, placement, probe, scheduling, toleration,
  volume,
} from './requests/parts';
import { settled } from './requests/settled';
import { dnsName, key, labels, maybe, memoryMiB, millis, objectName, oneOf, text } from './requests/texts';
import type { JobRequest, Request } from './requests/types';

const job: fc.Arbitrary<JobRequest> = fc.record({
  pair,
  name: maybe(dnsName),
  image: oneOf('ghcr.io/acme/train:1.4.2', 'train:1.0', `train@sha256:${'0'.repeat(64)}`),
  command: fc.tuple(oneOf('train.py', '-m', '007', 'true'), fc.array(text, { maxLength: 5 })).map(([first, rest]) => [first, ...rest]),
  workers: fc.integer({ min: 1, max: 12 }),
  memoryMiB,
  sharedMemoryMiB: maybe(fc.integer({ min: 1, max: 1000 })),
  cpuMillis: maybe(millis),
  accelerator: maybe(accelerator),
  fabric: maybe(fabric),
  nodes: maybe(nodes),
  env: maybe(env),
  envValues: maybe(envValues),
  nodeSelector: maybe(labels),
  podLabels: maybe(labels),
  podAnnotations: maybe(fc.dictionary(key, text, { maxKeys: 4 })),
  tolerations: maybe(fc.array(toleration, { maxLength: 3 })),
  placement: maybe(placement),
  priorityClass: maybe(objectName),
  disruptable: maybe(fc.boolean()),
  serviceAccount: maybe(objectName),
  identity: maybe(oneOf('aws', 'gcp', 'azure')),
  imagePullSecrets: maybe(fc.uniqueArray(objectName, { maxLength: 2 })),
  initContainers: maybe(containers),
  sidecars: maybe(containers),
  liveness: maybe(probe),
  readiness: maybe(probe),
  runAsUser: maybe(fc.nat(70_000)),
  runAsGroup: maybe(fc.nat(70_000)),
  graceSeconds: maybe(fc.integer({ min: 1, max: 7200 })),
  ending,
  scheduling: maybe(scheduling),
  checkpoints: maybe(checkpoints),
  volumes: fc.array(volume, { maxLength: 4 }),
}).map(({ pair: both, ...rest }) => ({ ...both, ...rest }));

/** Requests that the library takes: every framework on every engine that runs it, with what both of them can do. */
export const requests: fc.Arbitrary<Request> = fc.record({
  target: fc.constantFrom(...Object.values(KubernetesVersion)),
  job,
  datasets: fc.uniqueArray(dataset, { maxLength: 3, selector: ({ id }) => id }),
}).map(settled);
