import { Construct } from 'constructs';
import { ProblemCollector, under } from '../../findings/collector';
import { clusterObject } from '../../private/cluster-object';
import { isDnsSubdomain } from '../../private/name-forms';
import { nameFor } from '../../private/names';
import { checkClass } from './class-checks';
import { checkOneOf } from '../drivers/checks';
import { checkMountOptions } from '../drivers/mount-options';
import { Durability } from './durability';
import { StorageBackend } from './storage-backend';
import { checkIsBackend } from './tier-types';
import { checkTopologies, isPinned, topologiesOf } from './topologies';

const CLASS_LINK = 'https://kubernetes.io/docs/concepts/storage/storage-classes/';

/** What happens to a volume when its claim is deleted. */
export enum ReclaimPolicy {
  /** The volume and its data stay until somebody deletes them by hand. */
  RETAIN = 'Retain',
  /** The volume and its data are deleted with the claim. */
  DELETE = 'Delete',
}

/** When a claim gets its volume. */
export enum VolumeBindingMode {
  /** When the first pod that uses it is scheduled: the volume is made where the pod can run. */
  WAIT_FOR_FIRST_CONSUMER = 'WaitForFirstConsumer',
  /** At once, wherever the driver likes. */
  IMMEDIATE = 'Immediate',
}

/** A class of storage that claims can ask for. */
export interface IStorageTier {
  /** Name of the StorageClass. */
  readonly className: string;

  /** Where its volumes come from. */
  readonly backend: StorageBackend;

  /** The most durable data that it may hold; undefined where it is not known what becomes of its volumes. */
  readonly durability?: Durability;

  /** Whether its claims can grow; undefined where it is not known. */
  readonly allowExpansion?: boolean;
}

/** Options of a `StorageTier`. */
export interface StorageTierProps {
  /** Driver, volume type and parameters: `AwsEbs.gp3({ iops: 16000, throughput: 1000 })`. */
  readonly backend: StorageBackend;

  /**
   * Name of the StorageClass. Classes belong to the whole cluster: two charts need two names.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;

  /**
   * The most durable data that it is for. It decides on `reclaimPolicy`: volumes with precious data stay when their claim
   * is deleted, others go. Claims with more durable data are refused.
   *
   * @default Durability.PRECIOUS
   */
  readonly durability?: Durability;

  /**
   * What happens to the data when a claim is deleted. With DELETE no claim with precious data may use the tier.
   *
   * @default - RETAIN for precious data, else DELETE; the API's own default deletes
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * When a claim gets its volume.
   *
   * @default - WAIT_FOR_FIRST_CONSUMER where a volume is tied to a zone or a node, IMMEDIATE where it is not
   */
  readonly bindingMode?: VolumeBindingMode;

  /**
   * Whether claims can grow.
   *
   * @default - true where the driver can
   */
  readonly allowExpansion?: boolean;

  /**
   * Mount options, as `mount -o` takes them. Nobody checks them before a pod mounts the volume.
   *
   * @default - what suits the driver: `nfsvers=4.1` and `hard` for NFS, none for most
   */
  readonly mountOptions?: string[];

  /**
   * Zones that volumes may be made in. The driver's own topology key is used.
   *
   * @default - every zone
   */
  readonly zones?: string[];

  /**
   * Values of other topology keys of the driver that volumes may be made for.
   *
   * @default - none
   */
  readonly allowedTopologies?: { [key: string]: string[] };

  /**
   * Whether claims that name no class get this one. A cluster should have one such class only; of several, the newest
   * wins.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

/** A tier that exists in the cluster. */
export interface ExistingStorageTierProps {
  /** Name of the StorageClass in the cluster. */
  readonly className: string;

  /** Its driver and volume type: what claims are checked against. */
  readonly backend: StorageBackend;

  /**
   * Its reclaim policy: what claims with precious data are checked against.
   *
   * @default - not known, and not checked
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * Whether its claims can grow: what claims that are to grow are checked against.
   *
   * @default - not known, and not checked
   */
  readonly allowExpansion?: boolean;
}

/**
 * A class of storage: a StorageClass with its parameters checked against what the driver takes.
 *
 * @example
 *
 * new StorageTier(chart, 'fast', { backend: AwsEbs.gp3({ iops: 16000, throughput: 1000 }) });
 */
export class StorageTier extends Construct implements IStorageTier {
  /**
   * A StorageClass that is in the cluster already: nothing is emitted, claims name it and are checked against its driver.
   *
   * @throws ValidationError if the name is none that a class can have
   */
  public static existing(scope: Construct, id: string, props: ExistingStorageTierProps): IStorageTier {
    return new ExistingStorageTier(scope, id, props);
  }

  public readonly className: string;
  public readonly backend: StorageBackend;
  public readonly durability?: Durability;
  public readonly allowExpansion?: boolean;

  /** Whether claims that name no class get this one. */
  public readonly isDefault: boolean;

  /**
   * @throws ValidationError naming every prop that the driver would refuse
   */
  constructor(scope: Construct, id: string, props: StorageTierProps) {
    super(scope, id);
    checkReadable(this, props.backend, 'name', props.name);
    this.backend = props.backend;
    this.className = props.name ?? nameFor(this);
    this.durability = durabilityUnder(reclaimPolicyOf(props), props.durability);
    this.allowExpansion = props.allowExpansion ?? props.backend._driver.expansion;
    this.isDefault = props.isDefault ?? false;
    checkProps(this, props);

    clusterObject(this, 'Resource', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: this.className,
        annotations: props.isDefault ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : undefined,
      },
      ...classOf(props),
    });
  }
}

class ExistingStorageTier extends Construct implements IStorageTier {
  public readonly className: string;
  public readonly backend: StorageBackend;
  public readonly durability?: Durability;
  public readonly allowExpansion?: boolean;

  constructor(scope: Construct, id: string, props: ExistingStorageTierProps) {
    super(scope, id);
    checkReadable(this, props.backend, 'className', props.className);
    this.className = props.className;
    this.backend = props.backend;
    this.durability = props.reclaimPolicy && durabilityUnder(props.reclaimPolicy);
    this.allowExpansion = props.allowExpansion;
    const problems = new ProblemCollector(this, 'StorageTier');
    checkClassName(problems, 'className', props.className);
    problems.throwIfAny();
  }
}

function reclaimPolicyOf({ reclaimPolicy, durability = Durability.PRECIOUS }: StorageTierProps): ReclaimPolicy {
  return reclaimPolicy ?? (durability === Durability.PRECIOUS ? ReclaimPolicy.RETAIN : ReclaimPolicy.DELETE);
}

function durabilityUnder(reclaimPolicy: ReclaimPolicy, asked?: Durability): Durability {
  if (reclaimPolicy === ReclaimPolicy.RETAIN) return Durability.PRECIOUS;
  return asked === Durability.SCRATCH ? Durability.SCRATCH : Durability.REPRODUCIBLE;
}

function classOf(props: StorageTierProps): Record<string, unknown> {
  const { backend } = props;
  const mountOptions = props.mountOptions ?? backend._mountOptions;
  const parameters = backend.parameters;
  return {
    provisioner: backend.provisioner,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    reclaimPolicy: reclaimPolicyOf(props),
    volumeBindingMode: props.bindingMode ?? backend._driver.bindingMode,
    allowVolumeExpansion: props.allowExpansion ?? backend._driver.expansion,
    ...(mountOptions.length > 0 && { mountOptions: [...mountOptions] }),
    ...topologiesOf(backend, props),
  };
}

/** Kubernetes takes the newest of several default classes, whichever that is after a restore or a new apply. */
function checkOnlyDefault(tier: StorageTier, problems: ProblemCollector): void {
  if (!tier.isDefault) return;
  const other = tier.node.root.node.findAll()
    .find((one): one is StorageTier => one instanceof StorageTier && one !== tier && one.isDefault);
  if (!other) return;
  problems.error({
    ruleId: 'silent/two-default-classes',
    path: 'isDefault',
    expected: 'one default class in a cluster: of several, claims without a class get the newest',
    found: `${other.className} (${other.node.path}) as well`,
    fix: 'leave `isDefault` out of one of them',
    link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass',
  });
}

/** Nothing else can be checked of a tier without a backend. */
function checkReadable(scope: Construct, backend: unknown, path: string, name: string | undefined): void {
  const problems = new ProblemCollector(scope, 'StorageTier');
  if (checkIsBackend(backend, problems)) return;
  if (name !== undefined) checkClassName(problems, path, name);
  problems.throwIfAny();
}

function checkProps(scope: StorageTier, props: StorageTierProps): void {
  const problems = new ProblemCollector(scope, 'StorageTier');
  const { backend } = props;
  const driver = backend._driver;
  if (props.name !== undefined) checkClassName(problems, 'name', props.name);
  checkOnlyDefault(scope, problems);
  backend._check(under('backend', problems));
  if (props.durability === Durability.PRECIOUS && props.reclaimPolicy === ReclaimPolicy.DELETE) {
    problems.error({
      ruleId: 'keep/reclaim-delete',
      path: 'reclaimPolicy',
      expected: 'RETAIN: precious data must outlive its claim',
      found: 'DELETE',
      fix: 'leave `reclaimPolicy` out, or say Durability.REPRODUCIBLE',
      link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
    });
  }

  if (!driver.dynamicProvisioning && driver.kind !== 'local') {
    problems.error({
      ruleId: 'driver/no-dynamic-provisioning',
      path: 'backend',
      expected: 'a driver that makes volumes for a class',
      found: `${driver.provisioner}, which only serves volumes made by hand`,
      fix: 'mount what exists with SharedDataset.onFileSystem()',
      link: driver.link,
    });
  }
  if (props.allowExpansion && !driver.expansion) {
    problems.error({
      ruleId: 'driver/expansion-unsupported',
      path: 'allowExpansion',
      expected: `false: ${driver.title} cannot grow a volume`,
      found: 'true',
      fix: 'leave `allowExpansion` out',
      link: driver.link,
    });
  }
  if (props.bindingMode === VolumeBindingMode.IMMEDIATE && driver.bindingMode === 'WaitForFirstConsumer' && !isPinned(backend, props)) {
    const local = driver.kind === 'local' || driver.topologyKeys.length === 0;
    problems.warn({
      ruleId: 'driver/immediate-zonal',
      path: 'bindingMode',
      expected: `WAIT_FOR_FIRST_CONSUMER, or one ${local ? 'node' : 'zone'}: a volume that is bound at once may be where its pod cannot run`,
      found: 'IMMEDIATE',
      fix: local ? 'leave `bindingMode` out' : 'leave `bindingMode` out, or set `zones` to the one zone of the pods',
      link: `${CLASS_LINK}#volume-binding-mode`,
    });
  }
  checkOneOf('reclaimPolicy', props.reclaimPolicy, ReclaimPolicy, CLASS_LINK, problems);
  checkOneOf('bindingMode', props.bindingMode, VolumeBindingMode, CLASS_LINK, problems);
  if (driver.kind === 'file') checkMountOptions(props.mountOptions ?? [], 'mountOptions', problems);
  checkTopologies(backend, props, problems);
  checkClass(backend, props.name, classOf(props), problems);
  problems.throwIfAny();
}

function checkClassName(problems: ProblemCollector, path: string, name: string): void {
  if (isDnsSubdomain(name)) return;
  problems.error({
    ruleId: 'api/name',
    path,
    expected: 'a DNS subdomain: lower case letters, digits, `-` and `.`, at most 253 characters',
    found: JSON.stringify(name),
    fix: 'use a name such as `fast-ssd`',
    link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names',
  });
}
