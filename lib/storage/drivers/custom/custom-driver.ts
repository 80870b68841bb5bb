import { ProblemSink, under } from '../../../findings/collector';
import { gibOf } from '../../../private/quantity';
import { FileSystem } from '../../volumes/file-system';
import { StorageBackend } from '../../tiers/storage-backend';
import { checkShape } from '../checks';
import { checkDriver, compiles } from './custom-driver-checks';
import type { DriverExistingProps, DriverVolumesProps, StorageDriverProps } from './custom-driver-props';
import type { ConditionalAccessMode, DriverParameter, DriverVolumeType } from './custom-driver-types';
import type { ConditionalModeFacts, DriverFacts, ParameterFacts, VolumeTypeFacts } from '../driver-facts';
import { checkMountOptions } from '../mount-options';
import { checkParameters } from './parameter-checks';
import { isReserved } from './reserved-parameters';
import { checkSecret, secretRef } from '../secrets';

const CSI_LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/#csi';

/**
 * A driver that the library does not know, described once by its user: tiers and file systems of it are checked as those of any
 * other driver.
 *
 * @example
 *
 * const fast = StorageDriver.define({
 *   title: 'Fast disks',
 *   provisioner: 'csi.example.com',
 *   kind: DriverKind.BLOCK,
 *   documentation: 'https://example.com/docs',
 *   expansion: true,
 *   parameters: [{ name: 'type', values: ['ssd', 'hdd'], required: true }],
 * });
 * new StorageTier(chart, 'fast', { backend: fast.volumes({ parameters: { type: 'ssd' } }) });
 */
export class StorageDriver {
  /** A driver, as its documents describe it. What is wrong with it is said where it is used. */
  public static define(props: StorageDriverProps): StorageDriver {
    return new StorageDriver(props);
  }

  /** Name of the driver, as `provisioner` of a StorageClass. */
  public readonly provisioner: string;

  private constructor(private readonly props: StorageDriverProps) {
    this.provisioner = props.provisioner;
  }

  /** Volumes that the driver makes for claims. */
  public volumes(props: DriverVolumesProps = {}): StorageBackend {
    const { iopsParameter, throughputParameter } = this.props;
    const type = this.props.volumeTypes?.find(({ name }) => name === props.volumeType);
    const parameters: Record<string, string> = {
      ...type?.parameters,
      ...props.parameters,
      ...(iopsParameter !== undefined && props.iops !== undefined && { [iopsParameter]: String(props.iops) }),
      ...(throughputParameter !== undefined && props.throughput !== undefined && { [throughputParameter]: String(props.throughput) }),
    };
    const driver = factsOf(this.props, parameters);
    return StorageBackend._of({
      driver,
      type: type && typeOf(type, driver),
      performance: { iops: props.iops, throughput: props.throughput },
      parameters,
      mountOptions: this.props.mountOptions,
      check: sink => {
        checkDriver(this.props, under('driver', sink));
        checkParameters(driver, parameters, 'parameters', sink);
        this.checkAsked(props, type, sink);
      },
    });
  }

  /** A volume that exists and that many nodes can mount. */
  public existing(volumeHandle: string, props: DriverExistingProps = {}): FileSystem {
    const { volumeAttributes, fsType, nodeStageSecret, nodePublishSecret } = props;
    const mountOptions = props.mountOptions ?? this.props.mountOptions ?? [];
    const driver = factsOf(this.props, {});
    return FileSystem._of({
      driver,
      description: `${this.provisioner}:${volumeHandle}`,
      source: {
        csi: {
          driver: this.provisioner,
          volumeHandle,
          ...(fsType !== undefined && { fsType }),
          ...(volumeAttributes && { volumeAttributes: { ...volumeAttributes } }),
          ...(nodeStageSecret && { nodeStageSecretRef: secretRef(nodeStageSecret) }),
          ...(nodePublishSecret && { nodePublishSecretRef: secretRef(nodePublishSecret) }),
        },
      },
      mountOptions,
      check: sink => {
        checkDriver(this.props, under('driver', sink));
        checkExisting(driver, volumeHandle, sink);
        checkSecret('nodeStageSecret', nodeStageSecret, sink);
        checkSecret('nodePublishSecret', nodePublishSecret, sink);
        if (driver.kind === 'file') checkMountOptions(mountOptions, 'mountOptions', sink);
      },
    });
  }

  private checkAsked(props: DriverVolumesProps, type: DriverVolumeType | undefined, sink: ProblemSink): void {
    const error = (path: string, expected: string, found: unknown, fix: string) =>
      sink.error({ ruleId: 'driver/custom-volumes', path, expected, found: String(found), fix, link: this.props.documentation });
    const names = (this.props.volumeTypes ?? []).map(({ name }) => name);
    if (props.volumeType !== undefined && !type) {
      error('volumeType', names.length > 0 ? `one of ${names.join(', ')}` : 'no type: the driver is described without any', JSON.stringify(props.volumeType),
        names.length > 0 ? `use ${names[0]}` : 'leave `volumeType` out, or describe it in `volumeTypes`');
    }
    for (const name of ['iops', 'throughput'] as const) {
      if (props[name] === undefined || this.props[`${name}Parameter`] !== undefined) continue;
      error(name, `no \`${name}\`: the driver is described without a parameter for it`, props[name], `set \`${name}Parameter\` of the driver, or leave \`${name}\` out`);
    }
    for (const [name, value] of Object.entries(type?.parameters ?? {})) {
      const own = props.parameters?.[name];
      if (own === undefined || own === value) continue;
      error(`parameters['${name}']`, `${value}, which the type ${props.volumeType} stands for`, own, `leave ${name} out, or use another type`);
    }
  }
}

function checkExisting(driver: DriverFacts, volumeHandle: string, sink: ProblemSink): void {
  checkShape(volumeHandle, {
    ruleId: 'driver/volume-handle', path: 'volumeHandle', pattern: /\S/, expected: 'what the driver knows the volume by', example: 'vol-1', link: CSI_LINK,
  }, sink);
  const error = (expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/no-static-provisioning', path: 'driver', expected, found, fix, link: driver.link });
  if (!driver.staticProvisioning) {
    error('a driver that mounts volumes which exist', `${driver.provisioner}, which only makes volumes for claims`, 'use volumes() and a StorageTier');
  } else if (driver.provisioner.includes('/')) {
    error('the name of a CSI driver, without `/`', driver.provisioner, 'mount the volume by other means: it is no CSI volume');
  } else if (![...driver.filesystemModes, ...(driver.conditionalModes ?? []).map(({ mode }) => mode)].some(mode => mode.endsWith('Many'))) {
    error('a driver whose volumes many nodes can mount', `${driver.filesystemModes.join(', ')} of ${driver.provisioner}`,
      'add the mode to `filesystemModes` if the driver has it');
  }
}

function factsOf(props: StorageDriverProps, used: Readonly<Record<string, string>>): DriverFacts {
  const topologyKeys = props.topologyKeys ?? [];
  // where nobody knows the parameters, those that are used are taken for known
  const parameters = props.parameters?.map(parameterOf)
    ?? Object.keys(used).filter(name => !isReserved(name)).map((name): ParameterFacts => ({ name, type: 'string' }));
  return {
    title: props.title,
    provisioner: props.provisioner,
    kind: props.kind,
    asOf: props.asOf ?? 'as its user describes it',
    link: props.documentation,
    dynamicProvisioning: props.dynamicProvisioning ?? true,
    staticProvisioning: props.staticProvisioning ?? true,
    filesystemModes: props.filesystemModes ?? ['ReadWriteOnce'],
    blockModes: props.blockModes ?? [],
    conditionalModes: props.conditionalModes?.map(conditionOf),
    parameters,
    unknownParameters: props.rejectsUnknownParameters ? 'reject' : 'ignore',
    attributes: props.attributes,
    expansion: props.expansion ?? false,
    expansionNeedsSecret: props.expansionNeedsSecret,
    snapshots: props.snapshots ?? false,
    snapshotParameters: props.snapshotParameters?.map(parameterOf),
    cloning: props.cloning ?? false,
    cloneKeeps: props.cloneKeeps,
    topologyKeys,
    bindingMode: props.bindingMode ?? (topologyKeys.length > 0 ? 'WaitForFirstConsumer' : 'Immediate'),
    sizeEnforced: props.sizeEnforced ?? true,
  };
}

function parameterOf({ name, valueType, values, minimum, maximum, pattern, required }: DriverParameter): ParameterFacts {
  return {
    name,
    type: valueType ?? (values === undefined ? 'string' : 'enum'),
    values,
    min: minimum,
    max: maximum,
    pattern: pattern === undefined || !compiles(pattern) ? undefined : new RegExp(`^(?:${pattern})$`),
    required,
  };
}

function conditionOf({ accessMode, volumeMode, parameter, values, minimum, fromSource }: ConditionalAccessMode): ConditionalModeFacts {
  const whens = [
    ...(parameter === undefined ? [] : [values ? `${parameter} is ${values.join(' or ')}` : `${parameter} is ${minimum} or more`]),
    ...(fromSource ? ['it is filled from a snapshot or a claim'] : []),
  ];
  return {
    mode: accessMode,
    volumeMode: volumeMode ?? 'Filesystem',
    parameter: parameter === undefined ? undefined : { name: parameter, in: values, min: minimum },
    source: fromSource ? ['VolumeSnapshot', 'PersistentVolumeClaim'] : undefined,
    when: whens.join(', and '),
  };
}

function typeOf(type: DriverVolumeType, { link }: DriverFacts): VolumeTypeFacts {
  return {
    name: type.name,
    minSizeGiB: type.minSize && gibOf(type.minSize),
    maxSizeGiB: type.maxSize && gibOf(type.maxSize),
    roundsUpToGiB: type.roundsUpTo && gibOf(type.roundsUpTo),
    iops: type.maxIops === undefined ? undefined : { min: type.minIops ?? 1, max: type.maxIops },
    iopsPerGiB: type.iopsPerGiB,
    throughput: type.maxThroughput === undefined ? undefined : { min: type.minThroughput ?? 1, max: type.maxThroughput },
    throughputPerIops: type.throughputPerIops,
    link,
  };
}
