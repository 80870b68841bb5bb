import { Chart, Size, Testing } from 'cdk8s';
import { WARNING_METADATA } from '../../../lib/findings/collector';
import { KubernetesVersion } from '../../../lib/kubernetes-version';
import { TARGET_CONTEXT } from '../../../lib/private/target';
import { CheckpointVolume, type PerWorkerCheckpointProps } from '../../../lib/storage/claims/checkpoint-volume';
import { AwsEbs } from '../../../lib/storage/drivers/aws/aws-ebs';
import type { DriverFacts } from '../../../lib/storage/drivers/driver-facts';
import { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { StorageTier, type StorageTierProps } from '../../../lib/storage/tiers/storage-tier';
import { DistributedTrainingJob, type DistributedTrainingJobProps } from '../../../lib';

export { errorsOf } from '../../support/findings';

/** A chart with a namespace, and a tier in it. */
export function world(target: KubernetesVersion = KubernetesVersion.V1_33): { chart: Chart; tier: StorageTier } {
  const app = Testing.app();
  app.node.setContext(TARGET_CONTEXT, target);
  const chart = new Chart(app, 'ml', { namespace: 'ml-training' });
  return { chart, tier: ebsTier(chart, 'fast') };
}

export function ebsTier(chart: Chart, id: string, props: Partial<StorageTierProps> = {}): StorageTier {
  return new StorageTier(chart, id, { backend: AwsEbs.gp3(), name: id, ...props });
}

/** A driver that there is not, with the facts that matter. */
export function driver(facts: Partial<DriverFacts> = {}): DriverFacts {
  return {
    title: 'Acme disks', provisioner: 'disks.acme.example', kind: 'block', asOf: '2026-01-01', link: 'https://acme.example/disks',
    dynamicProvisioning: true, staticProvisioning: true, filesystemModes: ['ReadWriteOnce'], blockModes: ['ReadWriteOnce'],
    parameters: [], unknownParameters: 'reject', expansion: true, snapshots: true, cloning: true, topologyKeys: [],
    bindingMode: 'Immediate', sizeEnforced: true, ...facts,
  };
}

/** A tier of a driver that there is not. */
export function tierOf(chart: Chart, id: string, facts: Partial<DriverFacts> = {}, parameters: Record<string, string> = {}): StorageTier {
  return new StorageTier(chart, id, { backend: StorageBackend._of({ driver: driver(facts), parameters }), name: id });
}

/** A job with a disk for each worker. */
export function job(
  chart: Chart, id: string, checkpoints: Partial<PerWorkerCheckpointProps> & Pick<PerWorkerCheckpointProps, 'tier'>, props: Partial<DistributedTrainingJobProps> = {},
): DistributedTrainingJob {
  return new DistributedTrainingJob(chart, id, {
    name: id,
    image: 'ghcr.io/acme/train:1.4.2',
    command: ['train.py'],
    workers: 3,
    memory: Size.gibibytes(16),
    checkpoints: CheckpointVolume.perWorker({ size: Size.gibibytes(500), path: '/checkpoints', ...checkpoints }),
    ...props,
  });
}

/** What a chart is warned of. */
export function warningsOf(chart: Chart): string[] {
  return chart.node.findAll().flatMap(one => one.node.metadata)
    .filter(({ type }) => type === WARNING_METADATA)
    .map(({ data: { ruleId, path, expected, found, fix } }) => `${ruleId} | ${path}: expected ${expected}, found ${found} | ${fix}`);
}

/** The objects of one kind that a chart writes. */
export function objectsOf(chart: Chart, kind: string): any[] {
  return Testing.synth(chart).filter(one => one.kind === kind);
}
