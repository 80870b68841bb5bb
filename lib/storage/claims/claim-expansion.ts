import { ApiObject, Chart, Size } from 'cdk8s';
import type { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { quantityOf } from '../../private/quantity';
import { targetOf } from '../../private/target';
import { claimSpec, singlePodMode } from './claim';
import type { AccessMode } from '../drivers/driver-facts';
import { keepAnnotations } from '../tiers/durability';
import { checkExpansion } from './expansion-checks';
import { checkSameNamespace, homeOf } from './home';
import { JobClaim } from './job-claim';
import { IClaim, StorageClaim } from './storage-claim';
import { block, WorkloadCommands } from './workload-commands';

const DOCS = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims';

/** Options of a `ClaimExpansion`. */
export interface ClaimExpansionProps {
  /** Claims that a StatefulSet made from its template, with their tier and size: `StorageClaim.existing()` for each. */
  readonly claims: IClaim[];

  /** The size that they grow to. */
  readonly size: Size;

  /**
   * Access mode of the claims: it cannot change, so it must be the one that they have.
   *
   * @default - the one that this library gives a claim of one pod
   */
  readonly accessMode?: PersistentVolumeAccessMode;
}

/**
 * Larger claims for a StatefulSet. Its template cannot change, but the claims that it made can: this writes each of them
 * under its own name with the new size, which the API server takes as a change of the claim that is there. Claims of
 * workers that come later are made large, since they are there before the StatefulSet looks for them.
 *
 * Of a job of this library, `grownTo` of `CheckpointVolume.perWorker()` does it; of a `StorageClaim`, its `size`.
 *
 * @example
 *
 * const data = StorageClaim.existing(chart, 'data-0', { claimName: 'data-postgres-0', tier, size: Size.gibibytes(100) });
 * new ClaimExpansion(chart, 'grown', { claims: [data], size: Size.gibibytes(200) });
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
 */
export class ClaimExpansion extends Construct {
  private readonly claims: readonly IClaim[];
  private readonly size: Size;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: ClaimExpansionProps) {
    super(scope, id);
    this.claims = [...props.claims];
    this.size = props.size;
    this.check(props);
    this.claims.forEach((claim, i) => new ApiObject(this, String(i), {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claim.claimName, annotations: keepAnnotations(claim.durability) },
      spec: claimSpec({
        className: claim.tier!.className, // checked
        size: props.size,
        mode: this.modeOf(claim, props),
        volumeMode: claim.block ? 'Block' : 'Filesystem',
      }),
    }));
  }

  /** How to grow the claims, and how to bring the template of the StatefulSet up to date: steps and commands, as Markdown. */
  public get instructions(): string {
    const commands = new WorkloadCommands(this.claims, Chart.of(this).namespace);
    const names = this.claims.map(({ claimName }) => claimName).join(' ');
    const { user } = commands;
    return `# Grow ${names} to ${quantityOf(this.size)}

1. Apply the manifests: they hold each claim with its new size.

${block('kubectl apply -f dist/')}

2. Wait until the volumes have grown. A claim that says \`FileSystemResizePending\` grows when its pod starts again.

${block(commands.on(`wait --for=jsonpath='{.status.capacity.storage}'=${quantityOf(this.size)} persistentvolumeclaim ${names} --timeout=30m`))}

3. The template of ${user} still has the old size, and may keep it: the manifests hold every claim. To renew it, delete
   the workload without its pods, set the new size where the template has the old one, and apply.

${block(commands.orphan())}
`;
  }

  private modeOf(claim: IClaim, { accessMode }: ClaimExpansionProps): AccessMode {
    if (accessMode !== undefined) return accessMode;
    if (claim instanceof JobClaim && claim.spec.mode) return claim.spec.mode;
    return singlePodMode(claim.tier!.backend._driver, targetOf(this), claim.block ? 'Block' : 'Filesystem');
  }

  private check({ claims, size }: ClaimExpansionProps): void {
    const problems = new ProblemCollector(this, 'ClaimExpansion');
    if (claims.length === 0) {
      problems.error({ ruleId: 'props/required', path: 'claims', expected: 'the claims of a StatefulSet', found: 'none', fix: 'pass those that are to grow' });
    }
    const said = new Set<string>();
    const once = {
      error: (problem: Parameters<ProblemCollector['error']>[0]) => {
        const key = JSON.stringify(problem);
        if (!said.has(key)) problems.error(problem);
        said.add(key);
      },
      warn: problems.warn.bind(problems),
    };
    for (const claim of claims) {
      checkSameNamespace(homeOf(claim), this, { path: 'claims', what: `the claim ${claim.claimName}`, link: DOCS }, once);
      const { tier, size: old } = claim;
      if (claim instanceof StorageClaim || (claim instanceof JobClaim && claim.spec.maker !== 'template')) {
        once.error({
          ruleId: 'chain/expansion-of-own', path: 'claims', expected: 'claims of a template: any other grows by its own `size`',
          found: claim.claimName, fix: 'set `size`, or `grownTo`, where the claim is made', link: DOCS,
        });
      } else if (!tier || !old) {
        once.error({
          ruleId: 'chain/expansion-source', path: 'claims', expected: 'claims of a known tier and size',
          found: `${claim.claimName}, of unknown ${[!tier && 'tier', !old && 'size'].filter(Boolean).join(' and ')}`,
          fix: 'say both with StorageClaim.existing()', link: DOCS,
        });
      } else {
        checkExpansion({ tier, size: old }, size, 'size', once);
      }
    }
    problems.throwIfAny();
  }
}
