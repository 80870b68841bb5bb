import type { Duration } from 'cdk8s';
import type { ProblemSink } from '../../../findings/collector';
import { StorageBackend } from '../../tiers/storage-backend';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import type { ClassFields } from '../class-fields';
import type { DriverFacts } from '../driver-facts';
import { FsType } from '../fs-type';
import { LONGHORN } from './longhorn-facts';
import { checkMountOptions } from '../mount-options';
import { checkSecret, DriverSecret, secretParameters } from '../secrets';
import { checkWhole } from '../whole-number';

/** Whether a replica is kept on the node of the pod. */
export enum LonghornDataLocality {
  /** Replicas lie anywhere. */
  DISABLED = 'disabled',
  /** One replica is brought to the node where there is room. */
  BEST_EFFORT = 'best-effort',
  /** The only replica is on the node, and the pod reads and writes without the network. */
  STRICT_LOCAL = 'strict-local',
}

/** What serves the volumes. */
export enum LonghornDataEngine {
  /** The stable one. */
  V1 = 'v1',
  /** The one built on SPDK. */
  V2 = 'v2',
}

/** Whether Longhorn moves replicas to even out its nodes. */
export enum LonghornAutoBalance {
  /** As the settings of Longhorn say. */
  IGNORED = 'ignored',
  /** Never. */
  DISABLED = 'disabled',
  /** As little as makes a volume survive the loss of a node. */
  LEAST_EFFORT = 'least-effort',
  /** Until replicas are spread evenly. */
  BEST_EFFORT = 'best-effort',
}

/** How Longhorn keeps the volumes. */
export interface LonghornProps {
  /**
   * Copies of each volume, on different nodes: 1 to 20.
   *
   * @default - the driver's own, 3; 1 with LonghornDataLocality.STRICT_LOCAL
   */
  readonly replicas?: number;

  /**
   * How long a replica may be in error before it is given up, in whole minutes.
   *
   * @default - the driver's own, 30 minutes
   */
  readonly staleReplicaTimeout?: Duration;

  /**
   * Whether a replica is kept on the node of the pod. STRICT_LOCAL takes one replica and no topologies, and volumes wait for
   * their pod.
   *
   * @default - the driver's own, LonghornDataLocality.DISABLED
   */
  readonly dataLocality?: LonghornDataLocality;

  /**
   * File system of the volumes. XFS needs 300 MiB.
   *
   * @default FsType.EXT4
   */
  readonly fsType?: FsType;

  /**
   * Secret with the key that volumes are encrypted with.
   *
   * @default - volumes are not encrypted
   */
  readonly encryptionSecret?: DriverSecret;

  /**
   * Whether raw block volumes can be attached to two nodes while a virtual machine moves: ReadWriteMany for them needs it.
   *
   * @default false
   */
  readonly migratable?: boolean;

  /**
   * Options with which nodes mount volumes that several of them share: Longhorn serves those over NFS. They take the place of
   * Longhorn's own, among which is `softerr`: after a long pause of the server a write fails, which can leave half a checkpoint.
   * With `hard` programs wait instead, and a node whose server never comes back has to be restarted.
   *
   * @default - `vers=4.1`, `noresvport` and `hard`
   * @see https://longhorn.io/docs/latest/nodes-and-volumes/volumes/rwx-volumes/
   */
  readonly nfsOptions?: string[];

  /**
   * Tags that a disk must have.
   *
   * @default - any disk
   */
  readonly diskTags?: string[];

  /**
   * Tags that a node must have.
   *
   * @default - any node
   */
  readonly nodeTags?: string[];

  /**
   * What serves the volumes.
   *
   * @default - the driver's own, LonghornDataEngine.V1
   */
  readonly dataEngine?: LonghornDataEngine;

  /**
   * Whether Longhorn moves replicas to even out its nodes.
   *
   * @default - the driver's own, LonghornAutoBalance.IGNORED
   */
  readonly replicaAutoBalance?: LonghornAutoBalance;

  /**
   * Keys of labels of nodes that Longhorn's setting `csi-allowed-topology-keys` lists. Only with them can a tier name places.
   *
   * @default - none
   */
  readonly topologyKeys?: string[];

  /**
   * Whether replicas lie only where the topology of the volume allows. Volumes wait for their pod then.
   *
   * @default false
   */
  readonly strictTopology?: boolean;
}

/**
 * Volumes that Longhorn keeps in several copies on the disks of the nodes. File systems can be shared by any number of nodes.
 * A clone must be exactly as large as its source.
 *
 * @example
 *
 * new StorageTier(chart, 'replicated', { backend: Longhorn.volumes({ replicas: 2 }) });
 *
 * @see https://longhorn.io/docs/latest/references/storage-class-parameters/
 */
export class Longhorn {
  /** A volume for each claim. */
  public static volumes(props: LonghornProps = {}): StorageBackend {
    const strict = props.dataLocality === LonghornDataLocality.STRICT_LOCAL;
    const waits = strict || props.strictTopology;
    const driver: DriverFacts = {
      ...LONGHORN,
      topologyKeys: props.topologyKeys ?? [],
      bindingMode: waits ? 'WaitForFirstConsumer' : 'Immediate',
    };
    const nfsOptions = props.nfsOptions ?? ['vers=4.1', 'noresvport', 'hard'];
    return StorageBackend._of({
      driver,
      parameters: {
        numberOfReplicas: props.replicas ?? (strict ? 1 : undefined),
        staleReplicaTimeout: minutesOf(props.staleReplicaTimeout),
        dataLocality: props.dataLocality,
        fsType: props.fsType ?? FsType.EXT4,
        ...(props.encryptionSecret && { encrypted: true }),
        migratable: props.migratable,
        nfsOptions: joined(nfsOptions),
        diskSelector: joined(props.diskTags),
        nodeSelector: joined(props.nodeTags),
        dataEngine: props.dataEngine,
        replicaAutoBalance: props.replicaAutoBalance,
        strictTopology: props.strictTopology,
        ...secretParameters(props.encryptionSecret, ['provisioner', 'node-stage', 'node-publish']),
      },
      check: sink => {
        checkProps(props, sink);
        checkMountOptions(nfsOptions, 'nfsOptions', sink);
      },
      checkClass: (fields, sink) => checkClass(props, fields, sink),
    });
  }

  private constructor() {}
}

function joined(texts: readonly string[] | undefined): string | undefined {
  return texts && texts.length > 0 ? texts.join(',') : undefined;
}

function minutesOf(duration: Duration | undefined): number | undefined {
  return duration?.toMinutes({ integral: false });
}

function checkProps(props: LonghornProps, sink: ProblemSink): void {
  const { link } = LONGHORN;
  checkWhole(props.replicas, { path: 'replicas', min: 1, max: 20, link }, sink);
  checkWhole(minutesOf(props.staleReplicaTimeout), { path: 'staleReplicaTimeout', min: 1, unit: 'minutes', link }, sink);
  checkOneOf('dataLocality', props.dataLocality, LonghornDataLocality, link, sink);
  checkOneOf('fsType', props.fsType, FsType, link, sink);
  checkOneOf('dataEngine', props.dataEngine, LonghornDataEngine, link, sink);
  checkOneOf('replicaAutoBalance', props.replicaAutoBalance, LonghornAutoBalance, link, sink);
  checkSwitch('migratable', props.migratable, link, sink);
  checkSwitch('strictTopology', props.strictTopology, link, sink);
  checkSecret('encryptionSecret', props.encryptionSecret, sink);
  for (const path of ['diskTags', 'nodeTags'] as const) {
    for (const [index, tag] of (props[path] ?? []).entries()) {
      checkShape(tag, {
        ruleId: 'driver/longhorn-tag', path: `${path}[${index}]`, pattern: /^[^\s,]+$/, expected: 'a tag without spaces and commas, which divide tags', example: 'nvme', link,
      }, sink);
    }
  }
  if (props.dataLocality === LonghornDataLocality.STRICT_LOCAL && props.replicas !== undefined && props.replicas !== 1) {
    sink.error({
      ruleId: 'driver/longhorn-strict-local',
      path: 'replicas',
      expected: '1: with strict-local the only copy is on the node of the pod',
      found: String(props.replicas),
      fix: 'leave `replicas` out, or use LonghornDataLocality.BEST_EFFORT',
      link,
    });
  }
}

function checkClass(props: LonghornProps, fields: ClassFields, sink: ProblemSink): void {
  const { link } = LONGHORN;
  if (props.dataLocality === LonghornDataLocality.STRICT_LOCAL && fields.allowedTopologies !== undefined) {
    sink.error({
      ruleId: 'driver/longhorn-strict-local',
      path: 'allowedTopologies',
      expected: 'no topologies: Longhorn refuses them with strict-local',
      found: JSON.stringify(fields.allowedTopologies),
      fix: 'leave `allowedTopologies` out, or use LonghornDataLocality.BEST_EFFORT',
      link,
    });
  }
  if (props.strictTopology && fields.volumeBindingMode === 'Immediate') {
    sink.error({
      ruleId: 'driver/longhorn-strict-topology',
      path: 'bindingMode',
      expected: 'WAIT_FOR_FIRST_CONSUMER: with strictTopology the volume must know the node of its pod',
      found: 'IMMEDIATE',
      fix: 'leave `bindingMode` out',
      link,
    });
  }
}
