import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from './manifests';
import { FILE_SYSTEMS, SOURCES, WIRE_SOURCE } from './build-request';
import type { CheckpointRequest, DatasetRequest, EnvRequest, JobRequest, Request, VolumeRequest } from './random-request';
import { expand } from './shell';

/** A key of a map, an index of a list, or the entry of a list that has these fields. */
type Step = string | number | Readonly<Record<string, unknown>>;

type SourceRequest = NonNullable<DatasetRequest['source']>;

/** Where a value stands: the index of the manifest, then keys. */
export type Place = readonly (string | number)[];

/** Holds manifests against what was asked for, and notes each place that it looked at. */
class Audit {
  public readonly missing: string[] = [];
  public readonly places: Place[] = [];

  constructor(private readonly manifests: readonly Manifest[]) {}

  /** The value must be exactly this, type and all; whatever was not asked for is left alone. */
  public expect(root: Place | undefined, path: readonly Step[], value: unknown): void {
    if (value === undefined) return;
    const place = root && this.find(root, path);
    const found = place && this.at(place);
    if (place && isDeepStrictEqual(found, value)) this.note(place, found);
    else this.missing.push(`${textOf(path)}: ${JSON.stringify(value)} (found ${JSON.stringify(found)})`);
  }

  /** The quantity must mean so many MiB. */
  public expectMiB(root: Place | undefined, path: readonly Step[], mib: number | undefined): void {
    if (mib === undefined) return;
    const place = root && this.find(root, path);
    const found = place && this.at(place);
    if (place && mibOf(found) === mib) this.places.push(place);
    else this.missing.push(`${textOf(path)}: ${mib} MiB (found ${JSON.stringify(found)})`);
  }

  /** The manifest of a kind whose name is this or like this. */
  public manifest(kind: string, name: string | RegExp): Place | undefined {
    const index = this.manifests.findIndex(({ kind: of, metadata }) =>
      of === kind && (name instanceof RegExp ? name.test(metadata?.name as string) : metadata?.name === name));
    if (index < 0) this.missing.push(`a ${kind} called ${String(name)}`);
    return index < 0 ? undefined : [index];
  }

  public find(root: Place, path: readonly Step[]): Place | undefined {
    let place = root;
    for (const step of path) {
      const here = this.at(place) as any;
      if (here === undefined || here === null) return undefined;
      if (typeof step !== 'object') {
        place = [...place, step];
        continue;
      }
      // of several variables of one name the last one counts
      const fits = (entry: any): boolean => Object.entries(step).every(([key, of]) => isDeepStrictEqual(entry?.[key], of));
      const index = (here as any[]).map(fits).lastIndexOf(true);
      if (index < 0) return undefined;
      place = [...place, index];
    }
    return place;
  }

  public at(place: Place): unknown {
    return place.reduce<any>((value, key) => value?.[key], this.manifests);
  }

  private note(place: Place, value: unknown): void {
    if (value === null || typeof value !== 'object') this.places.push(place);
    else for (const [key, of] of Object.entries(value)) this.note([...place, Array.isArray(value) ? Number(key) : key], of);
  }
}

/** What of a request is not in the manifests, and where all the rest stands. */
export function audit({ job, datasets }: Request, manifests: readonly Manifest[]): { missing: string[]; places: Place[] } {
  const of = new Audit(manifests);
  const kind = job.engine ?? (job.checkpoints?.kind === 'perWorker' ? 'StatefulSet' : 'Job');
  const workload = of.manifest(kind, job.name ?? /^vision-train-[0-9a-f]{8}$/);
  auditWorkload(of, workload, kind, job);
  auditPod(of, workload, job);
  if (job.checkpoints) auditCheckpoints(of, workload, job.checkpoints);
  job.volumes.forEach((volume, i) => auditVolume(of, workload, `/volumes/${i}`, volume));
  datasets.forEach((dataset, i) => auditDataset(of, workload, `/data/${i}`, dataset));
  return of;
}

const POD: Step[] = ['spec', 'template', 'spec'];
const CONTAINER: Step[] = [...POD, 'containers', 0];

function auditWorkload(of: Audit, workload: Place | undefined, kind: string, job: JobRequest): void {
  if (kind === 'StatefulSet') {
    of.expect(workload, ['spec', 'replicas'], job.workers);
  } else {
    of.expect(workload, ['spec', 'completions'], job.workers);
    of.expect(workload, ['spec', 'parallelism'], job.workers);
    of.expect(workload, ['spec', 'backoffLimit'], job.ending.restarts === undefined ? undefined : job.ending.restarts * job.workers);
    of.expect(workload, ['spec', 'activeDeadlineSeconds'], job.ending.deadlineSeconds);
    of.expect(workload, ['spec', 'ttlSecondsAfterFinished'], job.ending.ttlSeconds);
  }
  if (job.name !== undefined) of.expect(of.manifest('Service', job.name), ['metadata', 'name'], job.name);
  const service = of.manifest('Service', /./);
  of.expect(service, ['spec', 'ports', 0, 'port'], job.pytorch?.port);
  for (const field of ['podLabels', 'podAnnotations'] as const) {
    for (const [key, value] of Object.entries(job[field] ?? {})) {
      of.expect(workload, ['spec', 'template', 'metadata', field === 'podLabels' ? 'labels' : 'annotations', key], value);
    }
  }
}

function auditPod(of: Audit, workload: Place | undefined, job: JobRequest): void {
  const expect = (path: readonly Step[], value: unknown): void => of.expect(workload, path, value);
  expect([...CONTAINER, 'image'], job.image);
  expect([...CONTAINER, 'args'], job.command);
  for (const side of ['requests', 'limits']) {
    of.expectMiB(workload, [...CONTAINER, 'resources', side, 'memory'], job.memoryMiB);
    if (job.accelerator) expect([...CONTAINER, 'resources', side, job.accelerator.name], String(job.accelerator.count));
  }
  expect([...CONTAINER, 'resources', 'requests', 'cpu'], job.cpuMillis && `${job.cpuMillis}m`);
  of.expectMiB(workload, [...POD, 'volumes', { name: 'shared-memory' }, 'emptyDir', 'sizeLimit'], job.sharedMemoryMiB);

  const { processesPerWorker, port, maxRestarts } = job.pytorch ?? {};
  const pet = { PET_NPROC_PER_NODE: processesPerWorker, PET_MASTER_PORT: port, PET_MAX_RESTARTS: maxRestarts };
  for (const [name, value] of Object.entries(pet)) {
    expect([...CONTAINER, 'env', { name }, 'value'], value === undefined ? undefined : String(value));
  }
  for (const [name, value] of Object.entries(job.env ?? {})) expect([...CONTAINER, 'env', { name }, 'value'], value);
  for (const [name, value] of Object.entries(job.envValues ?? {})) expect([...CONTAINER, 'env', { name }, 'valueFrom'], referenceOf(value));

  for (const [key, value] of Object.entries(job.nodeSelector ?? {})) expect([...POD, 'nodeSelector', key], value);
  for (const { key, value, effect } of job.tolerations ?? []) {
    const toleration = withoutUndefined({ key, operator: value === undefined ? 'Exists' : 'Equal', value, effect });
    const all = workload && of.at([...workload, ...POD, 'tolerations'] as Place) as object[] | undefined;
    expect([...POD, 'tolerations', all?.findIndex(one => isDeepStrictEqual(one, toleration)) ?? 0], toleration);
  }
  if (job.accelerator) expect([...POD, 'tolerations', { key: job.accelerator.name }, 'operator'], 'Exists');
  expect([...POD, 'serviceAccountName'], job.serviceAccount);
  expect([...POD, 'securityContext', 'runAsUser'], job.runAsUser);
  expect([...POD, 'securityContext', 'runAsGroup'], job.runAsGroup);
  expect([...POD, 'securityContext', 'fsGroup'], job.runAsGroup);
  expect([...POD, 'terminationGracePeriodSeconds'], job.graceSeconds);
}

function auditCheckpoints(of: Audit, workload: Place | undefined, request: CheckpointRequest): void {
  const mountPath = '/checkpoints';
  if (request.kind === 'perWorker') {
    const template: Step[] = ['spec', 'volumeClaimTemplates', 0];
    const name = request.name ?? 'checkpoints';
    of.expect(workload, [...template, 'metadata', 'name'], name);
    of.expect(workload, [...template, 'spec', 'storageClassName'], 'disk');
    of.expectMiB(workload, [...template, 'spec', 'resources', 'requests', 'storage'], request.sizeGiB * 1024);
    of.expect(workload, ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted'], request.whenDeleted);
    of.expect(workload, ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled'], request.whenScaled);
    of.expect(workload, [...CONTAINER, 'volumeMounts', { mountPath }, 'name'], name);
    return;
  }
  const claimName = request.kind === 'existing' ? request.claim : claimAt(of, workload, mountPath);
  of.expect(workload, [...volumeAt(of, workload, mountPath), 'persistentVolumeClaim', 'claimName'], claimName ?? 'a claim');
  if (request.kind === 'shared' && claimName !== undefined) {
    const claim = of.manifest('PersistentVolumeClaim', claimName);
    of.expect(claim, ['spec', 'storageClassName'], 'shared');
    of.expectMiB(claim, ['spec', 'resources', 'requests', 'storage'], request.sizeGiB * 1024);
  }
  const mount = workload && of.find(workload, [...CONTAINER, 'volumeMounts', { mountPath }]);
  const expression = mount && (of.at(mount) as any).subPathExpr;
  if ((expression !== undefined) !== (request.directoryPerWorker ?? true)) of.missing.push(`directoryPerWorker (found ${expression})`);
}

function auditVolume(of: Audit, workload: Place | undefined, mountPath: string, request: VolumeRequest): void {
  const { kind, name, sizeMiB, subPath } = request;
  const mount: Step[] = [...CONTAINER, 'volumeMounts', { mountPath }];
  const volume = volumeAt(of, workload, mountPath);
  const expect = (path: Step[], value: unknown): void => of.expect(workload, path, value);
  if (kind === 'claim') expect([...volume, 'persistentVolumeClaim', 'claimName'], name);
  if (kind === 'configMap') expect([...volume, 'configMap', 'name'], name);
  if (kind === 'secret') expect([...volume, 'secret', 'secretName'], name);
  if (kind === 'wire') expect([...volume, 'csi'], WIRE_SOURCE.csi);
  if (kind === 'scratch' && sizeMiB === undefined) expect([...volume, 'emptyDir'], {});
  if (kind === 'scratch') of.expectMiB(workload, [...volume, 'emptyDir', 'sizeLimit'], sizeMiB);
  expect([...mount, 'subPath'], subPath);
  const place = workload && of.find(workload, mount);
  if (request.readOnly ?? (kind === 'configMap' || kind === 'secret')) expect([...mount, 'readOnly'], true);
  else if (place && of.at([...place, 'readOnly'])) of.missing.push(`${mountPath}: writable`);
}

function auditDataset(of: Audit, workload: Place | undefined, mountPath: string, request: DatasetRequest): void {
  const { place, sizeGiB, mountOptions, source } = request;
  of.expect(workload, [...CONTAINER, 'volumeMounts', { mountPath }, 'readOnly'], true);
  of.expect(workload, [...volumeAt(of, workload, mountPath), 'persistentVolumeClaim', 'readOnly'], true);
  const claimName = place === 'claim' ? 'existing-claim' : claimAt(of, workload, mountPath);
  of.expect(workload, [...volumeAt(of, workload, mountPath), 'persistentVolumeClaim', 'claimName'], claimName ?? 'a claim');
  if (claimName === undefined) return;
  if (place !== 'claim') {
    const claim = of.manifest('PersistentVolumeClaim', claimName);
    of.expectMiB(claim, ['spec', 'resources', 'requests', 'storage'], sizeGiB * 1024);
    of.expect(claim, ['spec', 'storageClassName'], place === 'tier' ? 'shared' : '');
    if (place === 'volume') of.expect(claim, ['spec', 'volumeName'], 'existing-volume');
    if (place === 'efs' || place === 'nfs') {
      const volume = of.manifest('PersistentVolume', `ml-training-${claimName}`);
      of.expect(claim, ['spec', 'volumeName'], `ml-training-${claimName}`);
      of.expectMiB(volume, ['spec', 'capacity', 'storage'], sizeGiB * 1024);
      of.expect(volume, ['spec', 'mountOptions'], mountOptions);
      of.expect(volume, ['spec', 'claimRef', 'name'], claimName);
      if (place === 'efs') of.expect(volume, ['spec', 'csi', 'volumeHandle'], FILE_SYSTEMS.efs);
      else of.expect(volume, ['spec', 'nfs'], FILE_SYSTEMS.nfs);
    }
  }
  if (source) auditLoader(of, workload, mountPath, claimName, source);
}

function auditLoader(of: Audit, workload: Place | undefined, mountPath: string, claimName: string, source: SourceRequest): void {
  const volume = volumeAt(of, workload, mountPath);
  const mounted = workload && (of.at(of.find(workload, volume) ?? []) as any)?.name as string;
  const command = workload && of.find(workload, [...POD, 'initContainers', { name: `wait-for-${mounted}` }, 'command', 4]);
  const marker = command && String(of.at(command)).slice(mountPath.length + 1);
  const loader = of.manifest('Job', loaderName(claimName, marker));
  const { image, cpuMillis, memoryMiB, retries, runAsUser, credentials } = source.loader;
  of.expect(loader, [...CONTAINER, 'args', 0], marker ?? 'a marker');
  of.expect(loader, [...POD, 'volumes', 0, 'persistentVolumeClaim', 'claimName'], claimName);
  of.expect(loader, [...CONTAINER, 'image'], image);
  of.expect(loader, [...CONTAINER, 'resources', 'requests', 'cpu'], cpuMillis && `${cpuMillis}m`);
  of.expectMiB(loader, [...CONTAINER, 'resources', 'limits', 'memory'], memoryMiB);
  of.expectMiB(loader, [...CONTAINER, 'resources', 'requests', 'memory'], memoryMiB);
  of.expect(loader, ['spec', 'backoffLimit'], retries);
  of.expect(loader, [...POD, 'securityContext', 'runAsUser'], runAsUser);
  of.expect(loader, [...CONTAINER, 'envFrom', 0, 'secretRef', 'name'], credentials);
  const args = (loader && of.at(of.find(loader, [...CONTAINER, 'args']) ?? []) as string[] | undefined) ?? [];
  for (const argument of argumentsOf(source)) {
    const index = args.findIndex(arg => typeof arg === 'string' && expand(arg, {}) === argument);
    of.expect(loader, [...CONTAINER, 'args', index], index < 0 ? argument : args[index]);
  }
}

/** Several datasets may be loaded into one claim: the marker tells their loaders apart. */
function loaderName(claimName: string, marker: string | undefined): RegExp {
  const owner = claimName === 'existing-claim' ? marker?.split('.')[2] ?? '' : claimName;
  return new RegExp(`^${owner}-load-[0-9a-f]{8}$`);
}

function argumentsOf({ kind, include, revision }: SourceRequest): string[] {
  switch (kind) {
    case 's3': return [SOURCES.s3, '007', 'https://minio:9000', ...include.map(pattern => `--include=${pattern}`)];
    case 'gcs': return [SOURCES.gcs, ...include.slice(0, 1).map(pattern => `--exclude=${pattern}`)];
    case 'http': return [SOURCES.http, '0'.repeat(64)];
    case 'hub': return [SOURCES.hub, revision, ...include.map(pattern => `--include=${pattern}`)];
  }
}

function volumeAt(of: Audit, workload: Place | undefined, mountPath: string): Step[] {
  const mount = workload && of.find(workload, [...CONTAINER, 'volumeMounts', { mountPath }, 'name']);
  return [...POD, 'volumes', { name: mount && of.at(mount) }];
}

function claimAt(of: Audit, workload: Place | undefined, mountPath: string): string | undefined {
  const claim = workload && of.find(workload, [...volumeAt(of, workload, mountPath), 'persistentVolumeClaim', 'claimName']);
  return claim && of.at(claim) as string;
}

function referenceOf(request: EnvRequest): object {
  switch (request.kind) {
    case 'secret': return { secretKeyRef: withoutUndefined({ key: request.key, name: request.name, optional: request.optional }) };
    case 'configMap': return { configMapKeyRef: withoutUndefined({ key: request.key, name: request.name, optional: request.optional }) };
    case 'label': return { fieldRef: { fieldPath: `metadata.labels['${request.key}']` } };
    case 'memory': return { resourceFieldRef: withoutUndefined({ divisor: request.divisor, resource: 'limits.memory' }) };
  }
}

function mibOf(quantity: unknown): number | undefined {
  const parts = typeof quantity === 'string' ? /^(\d+)([MGTP]i)$/.exec(quantity) : null;
  return parts ? Number(parts[1]) * 1024 ** ['Mi', 'Gi', 'Ti', 'Pi'].indexOf(parts[2]) : undefined;
}

function withoutUndefined(of: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined));
}

function textOf(path: readonly Step[]): string {
  return path.map(step => typeof step === 'object' ? JSON.stringify(step) : String(step)).join('.');
}
