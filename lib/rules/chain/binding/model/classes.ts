import type { DriverFacts } from '../../../../storage/drivers/driver-facts';
import { inTreeProvisioner } from '../../../../storage/drivers/custom/in-tree';
import { DRIVERS } from '../../../../storage/drivers/registry';
import type { BundleView } from '../../../bundle/bundle-view';
import type { Json } from '../../../engine/manifest';
import type { Subject } from '../../../engine/subject';
import { type Places, placesOfTopologies } from './places';

/** The provisioner of classes whose volumes are made by hand. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';
const IN_TREE = 'kubernetes.io/';
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const DEFAULT_ANNOTATIONS = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];
const TYPE = 'storage.k8s.io/StorageClass';
const EMPTY: Json = {};

const BY_PROVISIONER: ReadonlyMap<string, DriverFacts> = new Map(DRIVERS.map(driver => [driver.provisioner, driver]));

/** How a class gets volumes. */
export type Provisioning =
  /** Its driver makes them. */
  | 'dynamic'
  /** They are made by hand: its provisioner makes none. */
  | 'static'
  /** Nothing answers to its provisioner. */
  | 'gone';

/** A StorageClass. */
export interface StorageClass {
  readonly subject: Subject;
  readonly name: string;
  /** '' where it is declared without. */
  readonly provisioner: string;
  /** What is known of its driver. */
  readonly driver?: DriverFacts;
  /** Undefined where it is declared without, and may have any. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly provisioning: Provisioning;
  /** WaitForFirstConsumer; undefined where it is declared without. */
  readonly waits: boolean | undefined;
  /** `allowedTopologies`. */
  readonly places: Places;
  /** The same, by the keys alone that its driver puts on volumes. */
  readonly volumePlaces: Places;
}

/** The storage classes of a bundle. */
export class StorageClasses {
  public readonly all: readonly StorageClass[];
  /** Those that claims without a class get; of several, the newest. */
  public readonly defaults: readonly StorageClass[];

  private readonly byName = new Map<string, StorageClass>();

  constructor(bundle: BundleView) {
    this.all = bundle.all(TYPE).map(classOf);
    this.defaults = this.all.filter(({ subject }) => isDefault(subject.json.metadata));
    for (const one of this.all) if (!this.byName.has(one.name)) this.byName.set(one.name, one);
  }

  public find(name: string): StorageClass | undefined {
    return this.byName.get(name);
  }
}

/** The class that a claim or a volume names: '' for none on purpose, undefined where nothing is said. */
export function classNameOf(metadata: Json, spec: Json): string | undefined {
  const annotations: Json | undefined = metadata.annotations;
  return annotations !== undefined && Object.hasOwn(annotations, CLASS_ANNOTATION) ? annotations[CLASS_ANNOTATION] : spec.storageClassName;
}

const KNOWN_MAX = 1_000;
/** The same few provisioners come again and again. */
const known = new Map<string, DriverFacts | undefined>();

/** What is known of the driver of a provisioner, under each of the names that it goes by. */
export function driverOf(provisioner: string): DriverFacts | undefined {
  if (known.has(provisioner)) return known.get(provisioner);
  const driver = factsOf(provisioner);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(provisioner, driver);
  return driver;
}

function factsOf(provisioner: string): DriverFacts | undefined {
  const name = inTreeProvisioner(provisioner)?.successor ?? provisioner;
  const facts = BY_PROVISIONER.get(name);
  if (facts || provisioner === NO_PROVISIONER) return facts;
  // Rook puts its own namespace before the name
  const ceph = /(?:^|\.)(rbd|cephfs)\.csi\.ceph\.com$/.exec(name);
  return ceph ? BY_PROVISIONER.get(`rook-ceph.${ceph[1]}.csi.ceph.com`) : undefined;
}

function classOf(subject: Subject): StorageClass {
  const { json, name, external } = subject.manifest;
  const provisioner: string = json.provisioner ?? '';
  const driver = driverOf(provisioner);
  const keys = driver?.topologyKeys ?? [];
  return {
    subject, name, provisioner, driver,
    parameters: json.parameters ?? (external ? undefined : EMPTY),
    provisioning: provisioningOf(provisioner, subject.minor),
    waits: json.volumeBindingMode === undefined && external ? undefined : json.volumeBindingMode === 'WaitForFirstConsumer',
    places: placesOfTopologies(json.allowedTopologies),
    volumePlaces: keys.length === 0 ? undefined : placesOfTopologies(json.allowedTopologies, key => keys.includes(key)),
  };
}

function provisioningOf(provisioner: string, minor: number): Provisioning {
  if (provisioner === NO_PROVISIONER) return 'static';
  if (!provisioner.startsWith(IN_TREE)) return 'dynamic';
  const facts = inTreeProvisioner(provisioner);
  if (!facts) return 'gone';
  if (facts.state === 'static' || facts.state === 'test-only') return 'gone';
  if (facts.state !== 'removed') return 'dynamic';
  return facts.since === undefined || minor >= Number(facts.since.split('.')[1]) ? 'gone' : 'dynamic';
}

/** Whether the annotations of a class make it the default. */
export function isDefault(metadata: Json | undefined): boolean {
  const annotations: Json | undefined = metadata?.annotations;
  return annotations !== undefined && DEFAULT_ANNOTATIONS.some(key => Object.hasOwn(annotations, key) && annotations[key] === 'true');
}
