import type { Plan } from '../requests/plan';
import { WIRE_SOURCE } from '../requests/sources';
import type { CheckpointRequest, VolumeRequest } from '../requests/types';
import type { Audit, Place, Step } from './audit';
import type { Template } from './templates';

/** A container of a pod. */
type Mounting = Pick<Template, 'root' | 'pod' | 'container'>;

/** Frameworks whose processes write into one directory together. */
const TOGETHER: readonly Plan['framework'][] = ['torchrunElastic', 'deepspeed', 'accelerate', 'tensorflow', 'tensorflowParameterServer', 'jax'];

export function auditCheckpoints(of: Audit, request: CheckpointRequest, { framework }: Plan, template: Template): void {
  const mountPath = '/checkpoints';
  const { root, controller, container } = template;
  if (request.kind === 'perWorker') {
    const claims: Step[] = [...controller, 'volumeClaimTemplates', 0];
    const name = request.name ?? 'checkpoints';
    of.expect(root, [...claims, 'metadata', 'name'], name);
    of.expect(root, [...claims, 'spec', 'storageClassName'], 'disk');
    of.expectMiB(root, [...claims, 'spec', 'resources', 'requests', 'storage'], request.sizeGiB * 1024);
    of.expect(root, [...controller, 'persistentVolumeClaimRetentionPolicy', 'whenDeleted'], request.whenDeleted);
    of.expect(root, [...controller, 'persistentVolumeClaimRetentionPolicy', 'whenScaled'], request.whenScaled);
    of.expect(root, [...container, 'volumeMounts', { mountPath }, 'name'], name);
    return;
  }
  const claimName = request.kind === 'existing' ? request.claim : claimAt(of, template, mountPath);
  of.expect(root, [...volumeAt(of, template, mountPath), 'persistentVolumeClaim', 'claimName'], claimName ?? 'a claim');
  if (request.kind === 'shared' && claimName !== undefined) {
    const claim = of.manifest('PersistentVolumeClaim', claimName);
    of.expect(claim, ['spec', 'storageClassName'], 'shared');
    of.expectMiB(claim, ['spec', 'resources', 'requests', 'storage'], request.sizeGiB * 1024);
  }
  const mount = root && of.find(root, [...container, 'volumeMounts', { mountPath }]);
  const expression = mount && (of.at(mount) as any).subPathExpr;
  if ((expression !== undefined) !== (request.directoryPerWorker ?? !TOGETHER.includes(framework))) of.missing.push(`directoryPerWorker (found ${expression})`);
}

export function auditVolume(of: Audit, mounting: Mounting, mountPath: string, request: VolumeRequest): void {
  const { kind, name, sizeMiB, subPath } = request;
  const { root, container } = mounting;
  const mount: Step[] = [...container, 'volumeMounts', { mountPath }];
  const volume = volumeAt(of, mounting, mountPath);
  const expect = (path: Step[], value: unknown): void => of.expect(root, path, value);
  if (kind === 'claim') expect([...volume, 'persistentVolumeClaim', 'claimName'], name);
  if (kind === 'configMap') expect([...volume, 'configMap', 'name'], name);
  if (kind === 'secret') expect([...volume, 'secret', 'secretName'], name);
  if (kind === 'wire') expect([...volume, 'csi'], WIRE_SOURCE.csi);
  if (kind === 'scratch' && sizeMiB === undefined) expect([...volume, 'emptyDir'], {});
  if (kind === 'scratch') of.expectMiB(root, [...volume, 'emptyDir', 'sizeLimit'], sizeMiB);
  expect([...mount, 'subPath'], subPath);
  const place = root && of.find(root, mount);
  if (request.readOnly ?? (kind === 'configMap' || kind === 'secret')) expect([...mount, 'readOnly'], true);
  else if (place && of.at([...place, 'readOnly'])) of.missing.push(`${mountPath}: writable`);
}

/** The volume of a pod that is mounted there. */
export function volumeAt(of: Audit, { root, pod, container }: Mounting, mountPath: string): Step[] {
  const mount = root && of.find(root, [...container, 'volumeMounts', { mountPath }, 'name']);
  return [...pod, 'volumes', { name: mount && of.at(mount) }];
}

export function claimAt(of: Audit, mounting: Mounting, mountPath: string): string | undefined {
  const claim: Place | undefined = mounting.root && of.find(mounting.root, [...volumeAt(of, mounting, mountPath), 'persistentVolumeClaim', 'claimName']);
  return claim && of.at(claim) as string;
}
