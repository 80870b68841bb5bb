import { AwsEbs } from '../drivers/aws/aws-ebs';
import { AwsEfs } from '../drivers/aws/aws-efs';
import { AzureDisk } from '../drivers/azure/azure-disk';
import { AzureFiles } from '../drivers/azure/azure-files';
import { AzureFilesProtocol } from '../drivers/azure/azure-files-props';
import { RookCeph } from '../drivers/ceph/rook-ceph';
import { GcpFilestore } from '../drivers/google/gcp-filestore';
import { GcpPersistentDisk } from '../drivers/google/gcp-persistent-disk';
import { LocalVolumes } from '../drivers/clusters/local';
import { NfsCsi } from '../drivers/clusters/nfs';
import type { AwsPlatformProps, CephPlatformProps, GcpPlatformProps, NfsPlatformProps } from './platform-props';
import type { PlatformSpec, TierOffer } from './tier-set';

/**
 * Performance of the tiers, alike on every cloud that lets one choose: `fast` feeds eight GPUs with checkpoints of tens of
 * GiB a minute, `ultra-fast` is for many small reads.
 */
const FAST = { iops: 16_000, throughput: 1_000 };
const ULTRA_FAST_IOPS = 64_000;

const OBJECT_STORAGE = 'keep what is rarely read in a bucket, and let DatasetSource load it when it is needed';

/** Where a cluster runs, and so what stands behind the tiers of a `PlatformTiers`. */
export class Platform {
  /** EKS or Kubernetes on EC2: EBS for disks, EFS for `shared`. */
  public static aws(props: AwsPlatformProps = {}): Platform {
    const { fileSystemId } = props;
    return new Platform({
      title: 'AWS',
      zonal: true,
      tiers: {
        'ultra-fast': { backend: AwsEbs.io2({ iops: ULTRA_FAST_IOPS }) },
        'fast': { backend: AwsEbs.gp3(FAST) },
        'balanced': { backend: AwsEbs.gp3() },
        'archive': { backend: AwsEbs.st1(), degraded: 'hard disks of 125 GiB or more, for long sequential reads', remedy: OBJECT_STORAGE },
        'shared': fileSystemId !== undefined
          ? { backend: AwsEfs.accessPoints({ fileSystemId }) }
          : { degraded: 'no file system to make access points on', remedy: "name one: Platform.aws({ fileSystemId: 'fs-…' })" },
      },
    });
  }

  /** GKE: Hyperdisk and Persistent Disk, Filestore for `shared`. */
  public static gcp(props: GcpPlatformProps = {}): Platform {
    return new Platform({
      title: 'Google Cloud',
      zonal: true,
      tiers: {
        'ultra-fast': { backend: GcpPersistentDisk.hyperdiskExtreme({ iops: ULTRA_FAST_IOPS }), degraded: 'attaches only to machine series with Hyperdisk Extreme, with 64 CPUs or more', remedy: 'use `fast` on other machines' },
        'fast': { backend: GcpPersistentDisk.hyperdiskBalanced(FAST) },
        'balanced': { backend: GcpPersistentDisk.balanced() },
        'archive': { backend: GcpPersistentDisk.standard(), degraded: 'hard disks, for long sequential reads', remedy: OBJECT_STORAGE },
        'shared': { backend: GcpFilestore.zonal({ network: props.network }), degraded: 'each claim is a Filestore instance of 1 TiB or more', remedy: 'share one claim between teams by `subPath`' },
      },
    });
  }

  /** AKS: managed disks, Azure Files by NFS for `shared`. */
  public static azure(): Platform {
    return new Platform({
      title: 'Azure',
      zonal: true,
      tiers: {
        'ultra-fast': { backend: AzureDisk.ultra({ iops: ULTRA_FAST_IOPS, throughput: 4_000 }), degraded: 'needs a node pool that was made with ultra disks enabled', remedy: 'make one, or use `fast`' },
        'fast': { backend: AzureDisk.premiumSsdV2(FAST) },
        'balanced': { backend: AzureDisk.standardSsd({ zoneRedundant: true }) },
        'archive': { backend: AzureDisk.standardHdd(), degraded: 'hard disks, for long sequential reads', remedy: OBJECT_STORAGE },
        'shared': { backend: AzureFiles.premium({ protocol: AzureFilesProtocol.NFS }), degraded: 'each claim is a share of 100 GiB or more', remedy: 'share one claim between teams by `subPath`' },
      },
    });
  }

  /** Rook: block pools of Ceph, CephFS for `shared`. */
  public static ceph(props: CephPlatformProps): Platform {
    const { clusterId, pool, fastPool, archivePool, fileSystem, operatorNamespace } = props;
    const block = (name: string) => RookCeph.blockPool({ clusterId, pool: name, operatorNamespace });
    const onPool = (special: string | undefined, what: string, remedy: string): TierOffer =>
      special !== undefined ? { backend: block(special) } : { backend: block(pool), degraded: `the common pool ${pool}, ${what}`, remedy };
    const fast = onPool(fastPool, 'as fast as its disks are', "name a pool on NVMe: Platform.ceph({ fastPool: '…' })");
    return new Platform({
      title: 'Ceph',
      zonal: false,
      tiers: {
        'ultra-fast': { degraded: 'no faster than `fast`: a pool promises no IOPS', remedy: fast.remedy, ...fast.backend && { backend: fast.backend } },
        'fast': fast,
        'balanced': { backend: block(pool) },
        'archive': onPool(archivePool, 'no cheaper than `balanced`', "name a pool on hard disks: Platform.ceph({ archivePool: '…' })"),
        'shared': fileSystem !== undefined
          ? { backend: RookCeph.fileSystem({ clusterId, fsName: fileSystem, operatorNamespace }) }
          : { degraded: 'no CephFS', remedy: "name one: Platform.ceph({ fileSystem: 'myfs' })" },
      },
    });
  }

  /** An NFS server, and nothing else: every tier is a directory on it. */
  public static nfs(props: NfsPlatformProps): Platform {
    const backend = NfsCsi.share(props);
    const degraded = (what: string): TierOffer => ({ backend, degraded: `a directory of ${props.server}: ${what}`, remedy: 'add disks to the nodes, or a storage system' });
    return new Platform({
      title: 'NFS',
      zonal: false,
      tiers: {
        'ultra-fast': degraded('every worker shares the network and the disks of one server'),
        'fast': degraded('every worker shares the network and the disks of one server'),
        'balanced': degraded('the size of a claim limits nobody'),
        'archive': degraded('no cheaper than the others'),
        'shared': { backend },
      },
    });
  }

  /** A cluster on one machine, for development: every tier is a directory of its node. */
  public static local(): Platform {
    const backend = LocalVolumes.localPath();
    const degraded: TierOffer = { backend, degraded: 'a directory of the node, without a limit, gone with it', remedy: 'use it for development only' };
    return new Platform({
      title: 'a local cluster',
      zonal: false,
      tiers: {
        'ultra-fast': degraded,
        'fast': degraded,
        'balanced': degraded,
        'archive': degraded,
        'shared': { degraded: 'no file system that many nodes can mount', remedy: 'run an NFS server and use Platform.nfs()' },
      },
    });
  }

  /** Name of the platform, for people. */
  public readonly title: string;

  /** @internal */
  public readonly _spec: PlatformSpec;

  private constructor(spec: PlatformSpec) {
    this.title = spec.title;
    this._spec = spec;
  }
}
