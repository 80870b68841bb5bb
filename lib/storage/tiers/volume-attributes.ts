import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { KubernetesVersion } from '../../kubernetes-version';
import { clusterObject } from '../../private/cluster-object';
import { isDnsSubdomain } from '../../private/name-forms';
import { nameFor } from '../../private/names';
import { nearest } from '../../private/nearest';
import { hasReached, targetOf } from '../../private/target';
import { driversThat } from '../drivers/registry';
import { isNamed } from '../snapshots/snapshot-parameters';
import type { IStorageTier } from './storage-tier';

const DOCS = 'https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/';

/** Options of `VolumeAttributes`. */
export interface VolumeAttributesProps {
  /** A tier with the volumes to change: its driver takes the parameters. */
  readonly tier: IStorageTier;

  /** What a volume is to have, as the driver names it for volumes that exist: `{ iops: '16000', throughput: '1000' }`. */
  readonly parameters: { [name: string]: string };

  /**
   * Name of the VolumeAttributesClass. Its parameters cannot change later: other values need another name.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/**
 * IOPS, throughput and the like that a claim can take on while it is in use: a VolumeAttributesClass, from Kubernetes
 * 1.34. The class of a claim cannot change, so this is the way to a faster disk without a new claim; before 1.34 it is a
 * snapshot, and a claim of another tier of the same driver that is filled from it.
 *
 * @example
 *
 * const faster = new VolumeAttributes(chart, 'faster', { tier: fast, parameters: { iops: '16000', throughput: '1000' } });
 * new StorageClaim(chart, 'registry', { tier: fast, size: Size.gibibytes(500), attributesClass: faster.className });
 *
 * @see https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/
 */
export class VolumeAttributes extends Construct {
  /** Name of the VolumeAttributesClass: `attributesClass` of a claim. */
  public readonly className: string;

  /**
   * @throws ValidationError naming every prop that the driver or the API would refuse
   */
  constructor(scope: Construct, id: string, props: VolumeAttributesProps) {
    super(scope, id);
    this.className = props.name ?? nameFor(this);
    this.check(props);
    clusterObject(this, 'Resource', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttributesClass',
      metadata: { name: this.className },
      driverName: props.tier.backend.provisioner,
      parameters: { ...props.parameters },
    });
  }

  private check({ tier, parameters }: VolumeAttributesProps): void {
    const problems = new ProblemCollector(this, 'VolumeAttributes');
    const driver = tier.backend._driver;
    const target = targetOf(this);
    if (!hasReached(target, KubernetesVersion.V1_34)) {
      problems.error({
        ruleId: 'api/since', path: 'target', expected: 'Kubernetes 1.34 or newer for a VolumeAttributesClass', found: `target ${target}`,
        fix: 'raise the `target` of the app, or restore a snapshot into a claim of another tier', link: DOCS,
      });
    }
    if (!isDnsSubdomain(this.className)) {
      problems.error({
        ruleId: 'api/name', path: 'name', expected: 'a DNS subdomain: lower case letters, digits, `-` and `.`, at most 253 characters',
        found: JSON.stringify(this.className), fix: 'use a name such as `faster`',
      });
    }
    if (!driver.attributes) {
      problems.error({
        ruleId: 'chain/attributes-unsupported', path: 'tier', expected: 'a driver whose volumes can change their attributes', found: driver.provisioner,
        fix: `use a driver that can: ${driversThat(one => one.attributes !== undefined)}`, link: driver.link,
      });
      return problems.throwIfAny();
    }
    if (Object.keys(parameters).length === 0) {
      problems.error({
        ruleId: 'props/required', path: 'parameters', expected: `at least one of ${driver.attributes.join(', ')}`, found: 'none',
        fix: 'name what is to change', link: DOCS,
      });
    }
    for (const [name, value] of Object.entries(parameters)) {
      if (!driver.attributes.some(one => isNamed(one, name))) {
        const near = nearest(name, driver.attributes);
        problems.error({
          ruleId: 'driver/attribute', path: `parameters['${name}']`, expected: `one of ${driver.attributes.join(', ')}`, found: name,
          fix: near ? `use ${near}` : 'leave it out: it cannot change while a volume exists', link: driver.link,
        });
      } else if (typeof value !== 'string' || value === '') {
        problems.error({
          ruleId: 'driver/attribute', path: `parameters['${name}']`, expected: 'a text that is not empty: all parameters of classes are',
          found: JSON.stringify(value), fix: 'put the value in quotes', link: driver.link,
        });
      }
    }
    problems.throwIfAny();
  }
}
