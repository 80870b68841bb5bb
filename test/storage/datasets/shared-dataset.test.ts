import { Chart, Size, Yaml } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { AwsEfs, DatasetSource, FileSystem, MlApp, Nfs, SharedDataset, SharedDatasetProps } from '../../../lib';
import { chartIn, Manifest, manifestsOf, the } from '../../support/manifests';
import { SHARED } from '../../support/training';

const EFS = AwsEfs.existing('fs-0123456789abcdef0', { path: '/imagenet' });
const NFS = Nfs.existing('10.0.0.5', '/export/imagenet');
const SIZE = Size.tebibytes(2);
const SOURCE = DatasetSource.http([{ url: 'https://example.com/data.tar' }]);

/** What keeps data that has no source when its release goes. */
const KEPT = {
  'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
  'helm.sh/resource-policy': 'keep',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

interface Emitted {
  readonly dataset: SharedDataset;
  readonly manifests: readonly Manifest[];
}

function emit(props: SharedDatasetProps | ((chart: Chart) => SharedDatasetProps)): Emitted {
  const chart = chartIn();
  const dataset = new SharedDataset(chart, 'imagenet', typeof props === 'function' ? props(chart) : props);
  return { dataset, manifests: manifestsOf(chart) };
}

describe('a dataset with a tier', () => {
  const { dataset, manifests } = emit({ tier: SHARED, size: SIZE });

  test('is a new claim that many nodes can mount', () => {
    expect(manifests).toEqual([{
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: dataset.claimName, namespace: 'ml-training', annotations: KEPT },
      spec: {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '2Ti' } },
        storageClassName: 'shared',
        volumeMode: 'Filesystem',
      },
    }]);
    expect(dataset.claimName).toMatch(/^vision-imagenet-[0-9a-f]{8}$/);
  });
});

describe.each<[string, FileSystem, object, string[]]>([
  ['EFS', EFS, { csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-0123456789abcdef0:/imagenet' } }, ['ReadWriteMany']],
  ['NFS', NFS, { nfs: { server: '10.0.0.5', path: '/export/imagenet' } }, ['ReadOnlyMany']],
])('a dataset on %s that exists', (_, fileSystem, source, accessModes) => {
  const { dataset, manifests } = emit({ fileSystem, size: SIZE });
  const volume = the('PersistentVolume', manifests);
  const claim = the('PersistentVolumeClaim', manifests);

  test('is a volume of that file system, and a claim', () => {
    expect(manifests).toHaveLength(2);
    expect(volume.spec).toMatchObject(source);
    expect(claim.metadata.name).toBe(dataset.claimName);
  });

  test('ties volume and claim to each other', () => {
    expect(claim.spec.volumeName).toBe(volume.metadata.name);
    expect(volume.spec.claimRef).toEqual({
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: claim.metadata.name, namespace: claim.metadata.namespace,
    });
  });

  test('keeps every class out of it', () => {
    expect([volume.spec.storageClassName, claim.spec.storageClassName]).toEqual(['', '']);
  });

  test('binds: size and modes of both are the same', () => {
    expect([volume.spec.capacity.storage, claim.spec.resources.requests.storage]).toEqual(['2Ti', '2Ti']);
    expect([volume.spec.accessModes, claim.spec.accessModes]).toEqual([accessModes, accessModes]);
  });

  test('keeps the data when the claim goes', () => {
    expect(volume.spec.persistentVolumeReclaimPolicy).toBe('Retain');
  });

  test('has a volume for the whole cluster, with a name that no other namespace makes', () => {
    expect(volume.metadata).toEqual({ name: `ml-training-${claim.metadata.name}`, annotations: KEPT });
    expect(claim.metadata.namespace).toBe('ml-training');
  });
});

describe('the modes of a file system', () => {
  const modesWith = (source?: DatasetSource): string[] => {
    const { manifests } = emit({ fileSystem: NFS, size: SIZE, source });
    return ['PersistentVolume', 'PersistentVolumeClaim'].flatMap(kind => the(kind, manifests).spec.accessModes as string[]);
  };

  test('let nobody write where the driver can say so', () => {
    expect(modesWith()).toEqual(['ReadOnlyMany', 'ReadOnlyMany']);
  });

  test('let the loader write', () => {
    expect(modesWith(SOURCE)).toEqual(['ReadWriteMany', 'ReadWriteMany']);
  });
});

describe('mount options of a file system', () => {
  const optionsOf = (fileSystem: FileSystem, mountOptions?: string[]): unknown =>
    the('PersistentVolume', emit({ fileSystem, size: SIZE, mountOptions }).manifests).spec.mountOptions;

  test('are what suits it', () => {
    expect(optionsOf(NFS)).toEqual(['nfsvers=4.1', 'hard']);
    expect(optionsOf(EFS)).toBeUndefined();
  });

  test('are what the user says', () => {
    expect(optionsOf(NFS, ['nfsvers=3', 'hard', 'nconnect=16'])).toEqual(['nfsvers=3', 'hard', 'nconnect=16']);
    expect(optionsOf(NFS, [])).toBeUndefined();
    expect(optionsOf(AwsEfs.existing('fs-0123456789abcdef0', { mountOptions: ['iam'] }))).toEqual(['iam']);
  });
});

describe('a dataset on a volume that exists', () => {
  test('is a claim for that volume and no other', () => {
    const { manifests } = emit({ volumeName: 'imagenet.v1', size: SIZE });
    expect(manifests.map(({ kind }) => kind)).toEqual(['PersistentVolumeClaim']);
    expect(manifests[0].spec).toEqual({
      accessModes: ['ReadWriteMany'],
      resources: { requests: { storage: '2Ti' } },
      storageClassName: '',
      volumeMode: 'Filesystem',
      volumeName: 'imagenet.v1',
    });
  });

  test.each(Object.values(PersistentVolumeAccessMode))('has the mode of the volume: %s', accessMode => {
    expect(emit({ volumeName: 'imagenet', size: SIZE, accessMode }).manifests[0].spec.accessModes).toEqual([accessMode]);
  });
});

describe('a dataset with a claim that exists', () => {
  test('emits nothing', () => {
    const { dataset, manifests } = emit(chart => ({ claim: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'team-data') }));
    expect(manifests).toEqual([]);
    expect(dataset.claimName).toBe('team-data');
    expect(dataset.loaderJobName).toBeUndefined();
  });

  test('can be loaded', () => {
    const { dataset, manifests } = emit(chart => ({ claim: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'team-data'), source: SOURCE }));
    expect(manifests.map(({ kind }) => kind)).toEqual(['Job']);
    expect(manifests[0].metadata.name).toBe(dataset.loaderJobName);
    expect(manifests[0].spec.template.spec.volumes[0].persistentVolumeClaim).toEqual({ claimName: 'team-data' });
  });
});

describe('whoever mounts a dataset', () => {
  test('may only read, at the volume and at the mount', () => {
    const mount = emit({ tier: SHARED, size: SIZE }).dataset.at('/data');
    expect(mount.readOnly).toBe(true);
    expect(mount.path).toBe('/data');
    expect(mount._spec.volume.source).toEqual({
      persistentVolumeClaim: { claimName: expect.stringMatching(/^vision-imagenet-/), readOnly: true },
    });
  });

  test('waits for a marker where a loader writes one', () => {
    const { dataset, manifests } = emit({ tier: SHARED, size: SIZE, source: SOURCE });
    const [marker] = the('Job', manifests).spec.template.spec.containers[0].args as string[];
    expect(dataset.at('/data')._spec.gate).toEqual({ marker });
    expect(emit({ tier: SHARED, size: SIZE }).dataset.at('/data')._spec.gate).toBeUndefined();
  });
});

describe('the version of a dataset', () => {
  const labelsOf = (version?: string, family?: string) => {
    const chart = chartIn();
    SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem: NFS, size: SIZE, version, family });
    const manifests = manifestsOf(chart);
    return [the('PersistentVolume', manifests), the('PersistentVolumeClaim', manifests)].map(({ metadata }) => metadata.labels);
  };

  test('is a label of its volume and of its claim', () => {
    const labels = { 'cdk8s-ml/dataset': 'vision', 'cdk8s-ml/version': 'v2' };
    expect(labelsOf('v2', 'vision')).toEqual([labels, labels]);
  });

  test('is one of a family that is called as the construct is', () => {
    const labels = { 'cdk8s-ml/dataset': 'imagenet', 'cdk8s-ml/version': 'v2' };
    expect(labelsOf('v2')).toEqual([labels, labels]);
  });

  test('leaves no label where there is none', () => {
    expect(labelsOf()).toEqual([undefined, undefined]);
  });
});

test('names of datasets have room for the loader, whatever the id', () => {
  for (const id of ['7b', 'llama_3.1', 'ÄÖ', 'a'.repeat(200)]) {
    const dataset = new SharedDataset(chartIn(), id, { tier: SHARED, size: SIZE, source: SOURCE });
    expect(dataset.claimName).toMatch(/^[a-z]([-a-z0-9]{0,47}[a-z0-9])?$/);
    expect(dataset.loaderJobName).toMatch(/^[a-z][-a-z0-9]{0,61}[a-z0-9]$/);
  }
});

test('two datasets of one id in two namespaces have volumes of their own', () => {
  const app = new MlApp();
  const names = ['research', 'production'].flatMap(namespace => {
    const chart = new Chart(app, namespace, { namespace });
    SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem: EFS, size: SIZE });
    return manifestsOf(chart).filter(({ kind }) => kind === 'PersistentVolume').map(({ metadata }) => metadata.name as string);
  });
  expect(new Set(names).size).toBe(2);
});

describe('the whole output of a dataset', () => {
  test.each<[string, SharedDatasetProps]>([
    ['with a tier', { tier: SHARED, size: SIZE }],
    ['on EFS', { fileSystem: EFS, size: SIZE }],
    ['on NFS, loaded', { fileSystem: NFS, size: SIZE, source: SOURCE }],
    ['on a volume that exists', { volumeName: 'imagenet', size: SIZE, accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY }],
  ])('%s', (_, props) => {
    expect(Yaml.stringify(...emit(props).manifests)).toMatchSnapshot();
  });
});
