import type { ProblemSink } from '../../findings/collector';
import { StorageBackend } from '../storage-backend';
import { checkOneOf, checkShape } from './checks';
import type { VolumeTypeFacts } from './driver-facts';
import { FS_TYPE_PARAMETER, FsType } from './fs-type';
import { GCP_PD, GCP_PD_TYPES } from './gcp-persistent-disk-facts';
import type { Performance } from './limits';

/** Options of every disk type of Compute Engine. */
export interface GcpDiskProps {
  /**
   * File system of the volumes.
   *
   * @default FsType.EXT4
   */
  readonly fsType?: FsType;

  /**
   * Labels of the disks: at most 64, keys of 1 to 63 lower case letters, digits, `_` and `-` that start with a letter,
   * values of up to 63 of the same.
   *
   * @default - none
   * @see https://cloud.google.com/compute/docs/labeling-resources
   */
  readonly labels?: { [key: string]: string };

  /**
   * Cloud KMS key that the disks are encrypted with: `projects/<p>/locations/<l>/keyRings/<r>/cryptoKeys/<k>`.
   *
   * @default - a key of Google's: disks are always encrypted
   */
  readonly kmsKey?: string;
}

/** Options of the disk types that can be kept in two zones. */
export interface GcpReplicableDiskProps extends GcpDiskProps {
  /**
   * Whether each disk has a copy in a second zone of its region. Of the zones of the tier, name two or more or none.
   *
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/regional-pd
   */
  readonly regional?: boolean;
}

/** Options of `pd-extreme` disks. */
export interface GcpExtremeDiskProps extends GcpDiskProps {
  /**
   * I/O operations a second: 2,500 to 120,000; some documents start at 10,000.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/extreme-persistent-disk
   */
  readonly iops?: number;
}

/** Options of `hyperdisk-balanced` disks. */
export interface GcpHyperdiskBalancedProps extends GcpDiskProps {
  /**
   * I/O operations a second: 3,000 to 160,000 and at most 500 for each GiB of the claim; from 2,000 with less than 6 GiB.
   *
   * @default - the provider's own for the size, 3,000 or more
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-balanced
   */
  readonly iops?: number;

  /**
   * MiB a second: 140 to 2,400, and at most a quarter of the IOPS.
   *
   * @default - the provider's own for the size, 140 or more
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-balanced
   */
  readonly throughput?: number;
}

/** Options of `hyperdisk-ml` disks. */
export interface GcpHyperdiskMlProps extends GcpDiskProps {
  /**
   * MiB a second, for all nodes that read the disk together: 400 to 1,200,000, and at least 0.12 for each GiB of the claim.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-ml
   */
  readonly throughput?: number;
}

/** Options of `hyperdisk-extreme` disks. */
export interface GcpHyperdiskExtremeProps extends GcpDiskProps {
  /**
   * I/O operations a second: 128 to 350,000 (500,000 on the newest machines), and 2 to 1,200 for each GiB of the claim.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-extreme
   */
  readonly iops?: number;
}

/** Options of `hyperdisk-throughput` disks. */
export interface GcpHyperdiskThroughputProps extends GcpDiskProps {
  /**
   * MiB a second: 20 to 2,400, and 10 to 90 for each TiB of the claim.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-throughput
   */
  readonly throughput?: number;
}

/**
 * Persistent Disks and Hyperdisks of Google Compute Engine, for one node at a time. Which types a node can attach depends
 * on its machine series.
 *
 * @example
 *
 * new StorageTier(chart, 'fast', { backend: GcpPersistentDisk.hyperdiskBalanced({ iops: 10000, throughput: 1000 }) });
 *
 * @see https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver
 */
export class GcpPersistentDisk {
  /** Hard disks, `pd-standard`: 10 GiB (regional 200 GiB) to 64 TiB. */
  public static standard(props: GcpReplicableDiskProps = {}): StorageBackend {
    return props.regional ? backend(GCP_PD_TYPES.regionalStandard, props, 2) : backend(GCP_PD_TYPES.standard, props);
  }

  /** SSD for most uses, `pd-balanced`: 10 GiB to 64 TiB. */
  public static balanced(props: GcpReplicableDiskProps = {}): StorageBackend {
    return props.regional ? backend(GCP_PD_TYPES.regionalBalanced, props, 2) : backend(GCP_PD_TYPES.balanced, props);
  }

  /** SSD with more IOPS for each GiB, `pd-ssd`: 10 GiB to 64 TiB. */
  public static ssd(props: GcpReplicableDiskProps = {}): StorageBackend {
    return props.regional ? backend(GCP_PD_TYPES.regionalSsd, props, 2) : backend(GCP_PD_TYPES.ssd, props);
  }

  /** SSD whose IOPS are chosen, `pd-extreme`: 500 GiB to 64 TiB. */
  public static extreme(props: GcpExtremeDiskProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.extreme, props);
  }

  /** SSD whose IOPS and throughput are chosen, `hyperdisk-balanced`: 4 GiB to 64 TiB. */
  public static hyperdiskBalanced(props: GcpHyperdiskBalancedProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.hyperdiskBalanced, props);
  }

  /** For data that many nodes read and none writes, `hyperdisk-ml`: 4 GiB to 64 TiB. */
  public static hyperdiskMl(props: GcpHyperdiskMlProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.hyperdiskMl, props);
  }

  /** For the highest IOPS, `hyperdisk-extreme`: 64 GiB to 64 TiB. */
  public static hyperdiskExtreme(props: GcpHyperdiskExtremeProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.hyperdiskExtreme, props);
  }

  /** Cheap, for large files that are read from front to back, `hyperdisk-throughput`: 2 to 32 TiB. */
  public static hyperdiskThroughput(props: GcpHyperdiskThroughputProps = {}): StorageBackend {
    return backend(GCP_PD_TYPES.hyperdiskThroughput, props);
  }

  private constructor() {}
}

/** Plain JavaScript may pass what a disk type does not take: the limits answer it. */
function backend(type: VolumeTypeFacts, props: GcpReplicableDiskProps & Performance, zones = 1): StorageBackend {
  const { iops, throughput, labels = {} } = props;
  const isRegional = zones > 1;
  return StorageBackend._of({
    driver: GCP_PD,
    type,
    performance: { iops, throughput },
    minZones: zones,
    parameters: {
      'type': type.name,
      'replication-type': isRegional ? 'regional-pd' : undefined,
      'provisioned-iops-on-create': iops,
      // a quantity of bytes: without the suffix the driver reads 250 as 1 MiB
      'provisioned-throughput-on-create': throughput === undefined ? undefined : `${throughput}Mi`,
      'labels': Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',') || undefined,
      'disk-encryption-kms-key': props.kmsKey,
      [FS_TYPE_PARAMETER]: props.fsType ?? FsType.EXT4,
    },
    check: sink => {
      checkOneOf('fsType', props.fsType, FsType, GCP_PD.link, sink);
      if (props.regional && !isRegional) refuseRegional(type, sink);
      checkLabels(labels, sink);
      checkShape(props.kmsKey, {
        ruleId: 'driver/kms-key',
        path: 'kmsKey',
        pattern: /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
        expected: 'the full name of a Cloud KMS key',
        example: 'projects/acme/locations/us-central1/keyRings/storage/cryptoKeys/disks',
        link: GCP_PD.link,
      }, sink);
    },
  });
}

function refuseRegional(type: VolumeTypeFacts, sink: ProblemSink): void {
  sink.error({
    ruleId: 'driver/regional-type',
    path: 'regional',
    expected: `no \`regional\`: only standard, balanced and ssd disks have a copy in a second zone (${type.name})`,
    found: 'true',
    fix: 'leave `regional` out, or use GcpPersistentDisk.ssd()',
    link: GCP_PD.link,
  });
}

const MAX_LABELS = 64;

function checkLabels(labels: Readonly<Record<string, string>>, sink: ProblemSink): void {
  const link = 'https://cloud.google.com/compute/docs/labeling-resources';
  const count = Object.keys(labels).length;
  if (count > MAX_LABELS) {
    sink.error({
      ruleId: 'driver/labels', path: 'labels', expected: `at most ${MAX_LABELS} labels`, found: String(count), fix: 'leave some labels out', link,
    });
  }
  for (const [key, value] of Object.entries(labels)) {
    checkShape(`${key}=${value}`, {
      ruleId: 'driver/labels',
      path: `labels['${key}']`,
      pattern: /^\p{Ll}[\p{Ll}0-9_-]{0,62}=[\p{Ll}0-9_-]{0,63}$/u,
      expected: 'lower case letters, digits, `_` and `-`, up to 63 of them, in a key that starts with a letter and in its value',
      example: 'team=vision',
      link,
    }, sink);
  }
}
