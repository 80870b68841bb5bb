import { Size } from 'cdk8s';
import { PersistentVolumeClaim } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { AzureDisk, CheckpointVolume, GcpPersistentDisk, IStorageTier, LocalVolumes, NfsCsi } from '../../../lib';
import { chartIn, named, the } from '../../support/manifests';
import { DISK, SHARED, train } from '../../support/training';

const SIZE = { size: Size.gibibytes(500), path: '/checkpoints' };

describe('a checkpoint volume', () => {
  test('says where the workers find it', () => {
    const claim = PersistentVolumeClaim.fromClaimName(chartIn(), 'claim', 'a');
    expect(CheckpointVolume.perWorker({ tier: DISK, ...SIZE }).path).toBe('/checkpoints');
    expect(CheckpointVolume.shared({ tier: SHARED, ...SIZE }).path).toBe('/checkpoints');
    expect(CheckpointVolume.existing({ claim, path: '/other' }).path).toBe('/other');
  });

  test('can serve several jobs, each with claims of its own', () => {
    const checkpoints = CheckpointVolume.perWorker({ tier: DISK, ...SIZE });
    const claims = ['a', 'b'].flatMap(name => train({ name, workers: 2, checkpoints }).job.checkpointClaims);
    expect(claims).toEqual(['checkpoints-a-0', 'checkpoints-a-1', 'checkpoints-b-0', 'checkpoints-b-1']);
  });

  test.each<[string, IStorageTier['backend'], string]>([
    ['Compute Engine', GcpPersistentDisk.balanced(), 'ReadWriteOncePod'],
    ['Azure', AzureDisk.premiumSsdV2(), 'ReadWriteOncePod'],
    ['NFS', NfsCsi.share({ server: 'nfs.example.com', share: '/export' }), 'ReadWriteOncePod'],
    ['a node', LocalVolumes.localPath(), 'ReadWriteOnce'],
  ])('for each worker is for as few pods as the driver of %s can say', (_, backend, mode) => {
    const { workload } = train({ checkpoints: CheckpointVolume.perWorker({ tier: { className: 'x', backend }, ...SIZE }) });
    expect(workload.spec.volumeClaimTemplates[0].spec).toMatchObject({ accessModes: [mode], storageClassName: 'x' });
  });

  test('shared by all is of the class of its tier', () => {
    const tier = { className: 'nfs', backend: NfsCsi.share({ server: 'nfs.example.com', share: '/export' }) };
    const { manifests } = train({ checkpoints: CheckpointVolume.shared({ tier, ...SIZE }) });
    expect(the('PersistentVolumeClaim', manifests).spec).toMatchObject({ accessModes: ['ReadWriteMany'], storageClassName: 'nfs' });
  });

  test.each([true, false])('that exists can have a directory for each worker: %s', directoryPerWorker => {
    const { worker } = train(chart => ({
      checkpoints: CheckpointVolume.existing({ claim: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'a'), path: '/c', directoryPerWorker }),
    }));
    expect('subPathExpr' in named('checkpoints', worker.volumeMounts)).toBe(directoryPerWorker);
  });
});
