import { quantityOf } from '../../../private/quantity';
import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import type { VolumeTypeFacts } from '../driver-facts';
import { labelsText } from './gcp-checks';
import { checkFilestore, checkPlaces, checkShare } from './gcp-filestore-checks';
import { GCP_FILESTORE, GCP_FILESTORE_TYPES } from './gcp-filestore-facts';
import type { GcpFilestoreExistingProps, GcpFilestoreHighProps, GcpFilestoreMultishareProps, GcpFilestoreProps } from './gcp-filestore-props';

/**
 * NFS servers of Google Cloud Filestore, for any number of nodes. Each claim gets an instance of its own, which takes minutes
 * to make; a claim that is smaller than its tier begins is raised, and billed so. Claims of zonal and regional instances can
 * grow up to 9,984 GiB or from 10 TiB on, and never from the one into the other.
 *
 * @example
 *
 * new StorageTier(chart, 'shared', { backend: GcpFilestore.zonal({ network: 'ml-vpc' }) });
 *
 * @see https://cloud.google.com/filestore/docs/service-tiers
 */
export class GcpFilestore {
  /** Hard disks: 100 GiB to 63.9 TiB, with GKE 1.33 or newer; 1 TiB at least before, and that much of the quota still. */
  public static basicHdd(props: GcpFilestoreProps = {}): StorageBackend {
    return backend(GCP_FILESTORE_TYPES.basicHdd, props);
  }

  /** SSD: 2.5 to 63.9 TiB. */
  public static basicSsd(props: GcpFilestoreProps = {}): StorageBackend {
    return backend(GCP_FILESTORE_TYPES.basicSsd, props);
  }

  /** SSD in one zone, faster the larger it is: 1 to 9.75 TiB in steps of 256 GiB, 10 to 100 TiB in steps of 2.5 TiB. */
  public static zonal(props: GcpFilestoreHighProps = {}): StorageBackend {
    return backend(GCP_FILESTORE_TYPES.zonal, props);
  }

  /**
   * SSD in several zones of a region: 100 GiB (1 TiB in some documents) to 100 TiB, with GKE 1.33 or newer. As `zonal`, but
   * the loss of a zone leaves it readable and writable, for a higher price.
   */
  public static regional(props: GcpFilestoreHighProps = {}): StorageBackend {
    return backend(GCP_FILESTORE_TYPES.regional, props);
  }

  /** SSD in several zones of a region, the predecessor of `regional`: 1 to 10 TiB. */
  public static enterprise(props: GcpFilestoreHighProps = {}): StorageBackend {
    return backend(GCP_FILESTORE_TYPES.enterprise, props);
  }

  /** As `enterprise`, but an instance holds the volumes of many claims: for claims that are far smaller than 1 TiB. */
  public static enterpriseMultishare(props: GcpFilestoreMultishareProps = {}): StorageBackend {
    return backend(GCP_FILESTORE_TYPES.enterpriseMultishare, props, true);
  }

  /** The former name of `zonal` from 10 TiB on: 10 to 100 TiB in steps of 2.5 TiB. */
  public static highScaleSsd(props: GcpFilestoreHighProps = {}): StorageBackend {
    return backend(GCP_FILESTORE_TYPES.highScaleSsd, props);
  }

  /** A share of an instance that exists. */
  public static existing(props: GcpFilestoreExistingProps): FileSystem {
    const { location, instance, share, ip, mountOptions } = props;
    return FileSystem._of({
      driver: GCP_FILESTORE,
      description: `${ip}:/${share}`,
      source: {
        csi: {
          driver: GCP_FILESTORE.provisioner,
          volumeHandle: `modeInstance/${location}/${instance}/${share}`,
          volumeAttributes: { ip, volume: share },
        },
      },
      mountOptions,
      check: sink => checkShare(props, sink),
    });
  }

  private constructor() {}
}

/** Plain JavaScript may pass what a tier does not take: the checks answer it. */
function backend(type: VolumeTypeFacts, props: GcpFilestoreMultishareProps, multishare = false): StorageBackend {
  return StorageBackend._of({
    driver: GCP_FILESTORE,
    type,
    parameters: {
      'tier': type.name,
      'network': props.network,
      'connect-mode': props.connectMode,
      'reserved-ipv4-cidr': props.reservedIpv4Cidr,
      'reserved-ip-range': props.reservedIpRange,
      'location': props.location,
      'protocol': props.protocol,
      'instance-encryption-kms-key': props.kmsKey,
      'labels': labelsText(props.labels ?? {}),
      'resource-tags': props.resourceTags?.join(',') || undefined,
      'multishare': multishare ? true : undefined,
      'max-volume-size': props.maxVolumeSize && quantityOf(props.maxVolumeSize),
      'instance-storageclass-label': props.instanceLabel,
    },
    check: sink => checkFilestore(type, props, multishare, sink),
    checkClass: (fields, sink) => checkPlaces(type, props, fields, sink),
  });
}
