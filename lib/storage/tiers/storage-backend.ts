import type { Size } from 'cdk8s';
import type { ProblemSink } from '../../findings/collector';
import type { ClassFields } from '../drivers/class-fields';
import type { DriverFacts, VolumeTypeFacts } from '../drivers/driver-facts';
import { checkPerformance, checkSize, Performance } from '../drivers/limits';

/** What a driver's file says to make a backend. */
export interface BackendSpec {
  readonly driver: DriverFacts;
  readonly type?: VolumeTypeFacts;
  /** Parameters of the class; what is undefined is left out. */
  readonly parameters?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly performance?: Performance;
  /** Zones that one volume lies in; a tier that names its zones must name as many. */
  readonly minZones?: number;
  /** Mount options that the driver wants where the user gives none. */
  readonly mountOptions?: readonly string[];
  /** Checks that only this driver has. */
  readonly check?: (sink: ProblemSink) => void;
  /** Checks of this driver on the rest of the class: mount options, binding, topologies. */
  readonly checkClass?: (fields: ClassFields, sink: ProblemSink) => void;
}

/**
 * Where the volumes of a tier come from: a driver, one of its volume types and the parameters for it.
 *
 * Made by the drivers' own classes: `AwsEbs.gp3()`, `AzureDisk.premiumSsdV2()`, `NfsCsi.share()` …
 */
export class StorageBackend {
  /** @internal */
  public static _of(spec: BackendSpec): StorageBackend {
    return new StorageBackend(spec);
  }

  /** Name of the driver, as `provisioner` of a StorageClass. */
  public readonly provisioner: string;

  /** Volume type as the driver names it; undefined where it has only one. */
  public readonly volumeType?: string;

  /** @internal */
  public readonly _driver: DriverFacts;

  /** @internal */
  public readonly _minZones: number;

  /** @internal */
  public readonly _mountOptions: readonly string[];

  private constructor(private readonly spec: BackendSpec) {
    this.provisioner = spec.driver.provisioner;
    this.volumeType = spec.type?.name;
    this._driver = spec.driver;
    this._minZones = spec.minZones ?? 1;
    this._mountOptions = spec.mountOptions ?? [];
  }

  /** @internal */
  public get _hardDisk(): boolean {
    return this.spec.type?.hardDisk ?? false;
  }

  /** Parameters of the StorageClass: all of them strings, as the API wants them. */
  public get parameters(): { [name: string]: string } {
    const parameters: { [name: string]: string } = {};
    for (const [name, value] of Object.entries(this.spec.parameters ?? {})) {
      if (value !== undefined) parameters[name] = String(value);
    }
    return parameters;
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    const { type, performance, check } = this.spec;
    if (type && performance) checkPerformance(type, performance, sink);
    check?.(sink);
  }

  /** @internal */
  public _checkClass(fields: ClassFields, sink: ProblemSink): void {
    this.spec.checkClass?.(fields, sink);
  }

  /** @internal */
  public _checkSize(size: Size, sink: ProblemSink): void {
    if (this.spec.type) checkSize(this.spec.type, this.spec.performance ?? {}, size, sink);
  }
}
