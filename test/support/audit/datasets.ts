import { FILE_SYSTEMS, SOURCES } from '../requests/sources';
import type { DatasetRequest } from '../requests/types';
import { expand } from '../shell';
import type { Audit, Step } from './audit';
import type { Template } from './templates';
import { claimAt, volumeAt } from './volumes';

type SourceRequest = NonNullable<DatasetRequest['source']>;

/** The pod of a loader. */
const POD: Step[] = ['spec', 'template', 'spec'];
const CONTAINER: Step[] = [...POD, 'containers', 0];

export function auditDataset(of: Audit, template: Template, mountPath: string, request: DatasetRequest): void {
  const { place, sizeGiB, mountOptions, source } = request;
  const { root, container } = template;
  of.expect(root, [...container, 'volumeMounts', { mountPath }, 'readOnly'], true);
  of.expect(root, [...volumeAt(of, template, mountPath), 'persistentVolumeClaim', 'readOnly'], true);
  const claimName = place === 'claim' ? 'existing-claim' : claimAt(of, template, mountPath);
  of.expect(root, [...volumeAt(of, template, mountPath), 'persistentVolumeClaim', 'claimName'], claimName ?? 'a claim');
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
  if (source) auditLoader(of, template, mountPath, claimName, source);
}

function auditLoader(of: Audit, template: Template, mountPath: string, claimName: string, source: SourceRequest): void {
  const { root, pod } = template;
  const volume = volumeAt(of, template, mountPath);
  const mounted = root && (of.at(of.find(root, volume) ?? []) as any)?.name as string;
  const command = root && of.find(root, [...pod, 'initContainers', { name: `wait-for-${mounted}` }, 'command', 4]);
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
  const args = of.listAt(loader, [...CONTAINER, 'args']);
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
