import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

const LABELS = { app: 'resnet' };
const SIZE = { requests: { storage: '500Gi' } };

/** Two workers with eight GPUs each that share a dataset, without a construct of cdk8s-ml. */
export class TrainingChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    new ApiObject(this, 'dataset', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'imagenet' },
      spec: { accessModes: ['ReadWriteMany'], storageClassName: 'efs', resources: SIZE },
    });
    new ApiObject(this, 'peers', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'resnet' },
      spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: LABELS, ports: [{ name: 'rendezvous', port: 29500 }] },
    });
    new ApiObject(this, 'workers', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'resnet' },
      spec: {
        completions: 2, parallelism: 2, completionMode: 'Indexed', backoffLimit: 6,
        podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
        template: { metadata: { labels: LABELS }, spec: { ...podSpec(), restartPolicy: 'Never' } },
      },
    });
  }
}

/** The same with three mistakes that are easy to make and hard to see. */
export class BadTrainingChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });
    new ApiObject(this, 'dataset', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'imagenet' },
      // a file system of AWS EFS has no raw devices: the claim waits for ever, and the pods with it
      spec: { accessModes: ['ReadWriteMany'], volumeMode: 'Block', storageClassName: 'efs', resources: SIZE },
    });
    // nobody made the service by which the workers find each other
    new ApiObject(this, 'workers', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'resnet' },
      spec: {
        completions: 2, parallelism: 2, completionMode: 'Indexed', backoffLimit: 6,
        // the API server refuses a job without a restart policy
        template: { metadata: { labels: LABELS }, spec: podSpec() },
      },
    });
  }
}

function podSpec(): object {
  return {
    subdomain: 'resnet',
    automountServiceAccountToken: false,
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
    containers: [{
      name: 'trainer',
      image: 'ghcr.io/acme/train:1.4.0',
      command: ['torchrun', '--nnodes=2', '--nproc-per-node=8', '--rdzv-backend=c10d', '--rdzv-endpoint=resnet-0.resnet:29500', 'train.py'],
      resources: { limits: { 'cpu': '32', 'memory': '256Gi', 'nvidia.com/gpu': '8' } },
      volumeMounts: [{ name: 'data', mountPath: '/data' }, { name: 'shm', mountPath: '/dev/shm' }],
    }],
    volumes: [
      { name: 'data', persistentVolumeClaim: { claimName: 'imagenet' } },
      { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '32Gi' } },
    ],
  };
}
