import { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ProblemCollector, ProblemSink } from '../../findings/collector';
import { nameFor } from '../../private/names';
import { literal } from '../../private/wire';
import { claimSpec } from './claim';
import { checkCanShare, checkClaimSize, checkDurability, checkEssentials } from './claim-checks';
import { readOnlyVolume } from '../datasets/dataset-volume';
import { Durability, keepAnnotations } from '../tiers/durability';
import { checkMountPath, Mount, MountedVolume } from '../volumes/mount';
import { checkNoObjectStore } from '../volumes/object-store';
import { PUBLISH_SCRIPT } from './publish-script';
import { ClaimContent, contentOf, IClaim } from './storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';

/** Options of a `ModelRegistry`. */
export interface ModelRegistryProps {
  /** Class of the claim, on a file system that many nodes can write, as EFS, NFS and CephFS are. */
  readonly tier: IStorageTier;

  /** Size of the claim. */
  readonly size: Size;

  /**
   * What the loss of the models would mean.
   *
   * @default Durability.PRECIOUS
   */
  readonly durability?: Durability;
}

/** A model that is to be published. */
export interface PublishModelProps {
  /** The file or the directory to publish, in the container: `/checkpoints/best.pt`. */
  readonly source: string;

  /** Where the container has the registry, as given to `at()`. */
  readonly registry: string;

  /** Name of the model: `resnet50`. */
  readonly model: string;

  /** Version that is published: `v1.2`. It can never hold anything else. */
  readonly version: string;
}

const PART = /^[A-Za-z0-9][A-Za-z0-9._-]{0,126}$/;

/**
 * Models that are trained in one place and served in others: a claim that many nodes write and read, with a directory for
 * each version of each model.
 *
 * @example
 *
 * const registry = new ModelRegistry(chart, 'models', { tier: shared, size: Size.gibibytes(500) });
 * // in training: volumes: [registry.at('/registry')], and at the end the command
 * registry.publishCommand({ source: '/checkpoints/best.pt', registry: '/registry', model: 'resnet50', version: 'v1.2' });
 * // in serving: volumes: [registry.readOnlyAt('/models')], which reads
 * `/models/${registry.pathOf('resnet50', 'v1.2')}/best.pt`;
 */
export class ModelRegistry extends Construct implements IClaim {
  public readonly claimName: string;
  public readonly tier?: IStorageTier;
  public readonly size?: Size;
  public readonly durability: Durability;
  public readonly block: boolean = false;

  private readonly writable: MountedVolume;
  private readonly readable: MountedVolume;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: ModelRegistryProps) {
    super(scope, id);
    const { tier, size, durability = Durability.PRECIOUS } = props;
    checkEssentials(this, 'ModelRegistry', { tier, size, sizeRequired: true });
    this.claimName = nameFor(this);
    this.tier = tier;
    this.size = size;
    this.durability = durability;
    this.writable = { hint: id, source: { persistentVolumeClaim: { claimName: this.claimName } }, homes: [this] };
    this.readable = readOnlyVolume(id, this.claimName, this);
    this.report(problems => {
      checkClaimSize(tier, size, problems);
      checkCanShare(tier, 'models are written on one node and served on others', undefined, problems);
      checkNoObjectStore(tier, 'a version gets its name when it is complete', problems);
      checkDurability(tier, durability, problems);
    });
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: this.claimName, annotations: keepAnnotations(durability) },
      spec: claimSpec({ className: tier.className, size, mode: 'ReadWriteMany' }),
    });
  }

  /**
   * The registry at a path of a pod that publishes.
   *
   * @param path absolute path in the container
   */
  public at(path: string): Mount {
    return Mount._of({ volume: this.writable, path });
  }

  /**
   * The registry at a path of a pod that serves, read-only.
   *
   * @param path absolute path in the container
   */
  public readOnlyAt(path: string): Mount {
    return Mount._of({ volume: this.readable, path, readOnly: true });
  }

  /**
   * Directory of a version, relative to the registry: `resnet50/v1.2`.
   *
   * @throws ValidationError if a name would lead elsewhere
   */
  public pathOf(model: string, version: string): string {
    this.report(problems => checkParts({ model, version }, problems));
    return `${model}/${version}`;
  }

  /**
   * A command that publishes a model: copied beside its place, and given its name in one step when all is there, so that
   * servers see all of a version or nothing. A version that holds something else already is an error; run again, the command
   * finds its own work and ends well. The image must bring `sh`, `cp`, `mv`, `diff` and `mktemp`, as most do.
   *
   * @throws ValidationError naming every option that cannot work
   */
  public publishCommand(props: PublishModelProps): string[] {
    this.report(problems => {
      checkMountPath(props.source, 'source', problems);
      checkMountPath(props.registry, 'registry', problems);
      checkParts(props, problems);
    });
    return ['/bin/sh', '-c', literal(PUBLISH_SCRIPT), 'publish', ...[props.source, props.registry, props.model, props.version].map(literal)];
  }

  /** A new claim can be filled with a copy of this one, where the driver can clone. */
  public get cloneSource(): ClaimContent {
    return contentOf(this);
  }

  private report(check: (sink: ProblemSink) => void): void {
    const problems = new ProblemCollector(this, 'ModelRegistry');
    check(problems);
    problems.throwIfAny();
  }
}

function checkParts(parts: { model: string; version: string }, sink: ProblemSink): void {
  for (const path of ['model', 'version'] as const) {
    if (PART.test(parts[path])) continue;
    sink.error({
      ruleId: 'props/model-path',
      path,
      expected: 'one directory: letters, digits, `.`, `_` and `-`, a letter or digit first, at most 127 characters',
      found: JSON.stringify(parts[path]),
      fix: path === 'model' ? 'use a name such as `resnet50`' : 'use a version such as `v1.2`',
    });
  }
}
