import type { ProblemSink } from '../../../findings/collector';
import { StorageBackend } from '../../tiers/storage-backend';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import type { DriverFacts } from '../driver-facts';
import { FS_TYPE_PARAMETER, FsType } from '../fs-type';

const LEGACY = 'topolvm.cybozu.com';

/**
 * With thin device classes; of thick ones it makes no snapshots and no clones.
 *
 * @internal
 */
export const TOPOLVM: DriverFacts = {
  title: 'TopoLVM',
  provisioner: 'topolvm.io',
  madeBy: 'TopoLvm',
  kind: 'local',
  asOf: '2026-08-05, main',
  link: 'https://github.com/topolvm/topolvm/blob/main/docs/limitations.md',
  dynamicProvisioning: true,
  staticProvisioning: false,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  blockModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  parameters: [
    { name: 'topolvm.io/device-class', type: 'string' },
    { name: 'topolvm.io/lvcreate-option-class', type: 'string' },
    { name: FS_TYPE_PARAMETER, type: 'enum', values: ['ext4', 'xfs', 'btrfs'] },
  ],
  unknownParameters: 'ignore',
  expansion: true,
  snapshots: true,
  cloning: true,
  cloneKeeps: ['zone', 'class'],
  topologyKeys: ['topology.topolvm.io/node'],
  bindingMode: 'WaitForFirstConsumer',
  sizeEnforced: true,
};

/** Where TopoLVM cuts its volumes from. */
export interface TopoLvmProps {
  /**
   * Device class of the nodes' `lvmd` configuration.
   *
   * @default - the default device class of each node
   */
  readonly deviceClass?: string;

  /**
   * Option class of the nodes' `lvmd` configuration: stripes and other options of `lvcreate`.
   *
   * @default - none
   */
  readonly lvcreateOptionClass?: string;

  /**
   * File system of the volumes.
   *
   * @default FsType.EXT4
   */
  readonly fsType?: FsType;

  /**
   * Whether the device class is thin. Only of thin volumes are snapshots and clones made, and those stay on the node of their
   * source.
   *
   * @default false
   */
  readonly thin?: boolean;

  /**
   * Whether the driver was installed under its former name, `topolvm.cybozu.com`, which its parameters and its topology key then
   * have too.
   *
   * @default false
   */
  readonly legacyName?: boolean;
}

/**
 * Volumes that are cut from the disks of the pod's node, with as much room as they ask for. They are lost with their node.
 *
 * @example
 *
 * new StorageTier(chart, 'nvme', { backend: TopoLvm.deviceClass({ deviceClass: 'nvme', thin: true }) });
 *
 * @see https://github.com/topolvm/topolvm
 */
export class TopoLvm {
  /** A logical volume of a device class for each claim, made when its pod is scheduled. */
  public static deviceClass(props: TopoLvmProps = {}): StorageBackend {
    const driver = driverOf(props);
    return StorageBackend._of({
      driver,
      parameters: {
        [`${driver.provisioner}/device-class`]: props.deviceClass,
        [`${driver.provisioner}/lvcreate-option-class`]: props.lvcreateOptionClass,
        [FS_TYPE_PARAMETER]: props.fsType ?? FsType.EXT4,
      },
      check: sink => check(props, sink),
    });
  }

  private constructor() {}
}

function driverOf({ thin = false, legacyName = false }: TopoLvmProps): DriverFacts {
  const driver: DriverFacts = thin ? TOPOLVM : { ...TOPOLVM, snapshots: false, cloning: false, cloneKeeps: undefined };
  if (!legacyName) return driver;
  return {
    ...driver,
    provisioner: LEGACY,
    parameters: driver.parameters.map(facts => ({ ...facts, name: facts.name.replace(/^topolvm\.io/, LEGACY) })),
    topologyKeys: [`topology.${LEGACY}/node`],
  };
}

function check(props: TopoLvmProps, sink: ProblemSink): void {
  checkSwitch('thin', props.thin, TOPOLVM.link, sink);
  checkSwitch('legacyName', props.legacyName, TOPOLVM.link, sink);
  checkOneOf('fsType', props.fsType, FsType, TOPOLVM.link, sink);
  for (const path of ['deviceClass', 'lvcreateOptionClass'] as const) {
    checkShape(props[path], {
      ruleId: 'driver/topolvm-class', path, pattern: /^\S+$/, expected: 'the name of a class in the configuration of lvmd', example: 'ssd', link: TOPOLVM.link,
    }, sink);
  }
}
