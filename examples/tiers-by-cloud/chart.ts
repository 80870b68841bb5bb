import { Chart } from 'cdk8s';
import {
  AwsEbs, AwsEfs, AzureDisk, GcpPersistentDisk, LocalVolumes, NfsCsi, ReclaimPolicy, StorageBackend, StorageTier,
} from 'cdk8s-ml';
import { Construct } from 'constructs';

/** The storage of one platform: the same names everywhere, so that charts which claim `fast` move between them. */
export class TiersChart extends Chart {
  constructor(scope: Construct, id: string, tiers: Record<string, StorageBackend>, zones?: string[]) {
    super(scope, id);
    for (const [name, backend] of Object.entries(tiers)) {
      new StorageTier(this, name, {
        name,
        backend,
        zones,
        // what is loaded again from its source need not stay when its claim goes
        reclaimPolicy: name === 'cache' ? ReclaimPolicy.DELETE : ReclaimPolicy.RETAIN,
        isDefault: name === 'balanced',
      });
    }
  }
}

export class AwsTiers extends TiersChart {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      'ultra-fast': AwsEbs.io2({ iops: 64000 }),
      'fast': AwsEbs.gp3({ iops: 16000, throughput: 1000 }),
      'balanced': AwsEbs.gp3(),
      'archive': AwsEbs.st1(),
      'shared': AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }),
    });
  }
}

export class GcpTiers extends TiersChart {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      'ultra-fast': GcpPersistentDisk.hyperdiskExtreme({ iops: 100000 }),
      'fast': GcpPersistentDisk.hyperdiskBalanced({ iops: 16000, throughput: 1000 }),
      'balanced': GcpPersistentDisk.balanced(),
      'archive': GcpPersistentDisk.standard(),
    }, ['us-central1-a']);
  }
}

export class AzureTiers extends TiersChart {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      'ultra-fast': AzureDisk.ultra({ iops: 64000, throughput: 4000 }),
      'fast': AzureDisk.premiumSsdV2({ iops: 16000, throughput: 1000 }),
      'balanced': AzureDisk.standardSsd({ zoneRedundant: true }),
      'archive': AzureDisk.standardHdd(),
    });
  }
}

export class OnPremisesTiers extends TiersChart {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      shared: NfsCsi.share({ server: 'nfs.example.com', share: '/export/ml' }),
      cache: LocalVolumes.preProvisioned(),
    });
  }
}
