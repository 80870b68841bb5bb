import type { Size } from 'cdk8s';
import { bytesOf } from '../../private/quantity';

/** How NFS is mounted. */
export interface NfsMountProps {
  /**
   * Version of the protocol. 4.1 and newer go on with their locks after a pause of the server.
   *
   * @default '4.1'
   */
  readonly version?: string;

  /**
   * Whether a server that is away is waited for. Without it a pause becomes an I/O error, and a half-written checkpoint.
   *
   * @default true
   */
  readonly hard?: boolean;

  /**
   * Largest read, in whole KiB. 1 MiB lets a data loader fetch a sample in one go.
   *
   * @default - what client and server agree on, mostly 1 MiB
   */
  readonly readSize?: Size;

  /**
   * Largest write, in whole KiB.
   *
   * @default - what client and server agree on, mostly 1 MiB
   */
  readonly writeSize?: Size;

  /**
   * TCP connections to the server, 1 to 16: more than one fills a network that a single connection cannot.
   *
   * @default - one
   */
  readonly connections?: number;

  /**
   * Seconds that attributes of files are believed without asking the server. Long for datasets, which do not change.
   *
   * @default - 3 to 60 s
   */
  readonly attributeCacheSeconds?: number;

  /**
   * Whether reading a file changes its time of access, which is a write for each read.
   *
   * @default false
   */
  readonly accessTimes?: boolean;

  /**
   * Whether a new connection may use another local port than the one that broke. Cloud file servers want it.
   *
   * @default false
   */
  readonly newPorts?: boolean;
}

/**
 * Mount options of NFS by their meaning.
 *
 * @example
 *
 * new StorageTier(chart, 'shared', { backend, mountOptions: NfsMount.options({ connections: 8, readSize: Size.mebibytes(1) }) });
 *
 * @see https://man7.org/linux/man-pages/man5/nfs.5.html
 */
export class NfsMount {
  /** The options as a tier or a dataset takes them in `mountOptions`. */
  public static options(props: NfsMountProps = {}): string[] {
    const { connections, attributeCacheSeconds, readSize, writeSize } = props;
    return [
      `nfsvers=${props.version ?? '4.1'}`,
      props.hard === false ? 'soft' : 'hard',
      ...(readSize ? [`rsize=${bytesOf(readSize)}`] : []),
      ...(writeSize ? [`wsize=${bytesOf(writeSize)}`] : []),
      ...(connections !== undefined ? [`nconnect=${connections}`] : []),
      ...(attributeCacheSeconds !== undefined ? [`actimeo=${attributeCacheSeconds}`] : []),
      ...(props.accessTimes ? [] : ['noatime']),
      ...(props.newPorts ? ['noresvport'] : []),
    ];
  }

  private constructor() {}
}
