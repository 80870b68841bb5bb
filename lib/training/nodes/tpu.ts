import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { isLabelValue } from '../../private/name-forms';
import type { AcceleratorSpec, NodeContext } from './accelerator-spec';

const TPU_DOCS = 'https://cloud.google.com/kubernetes-engine/docs/concepts/plan-tpus';
const RESOURCE = 'google.com/tpu';
const TYPE_LABEL = 'cloud.google.com/gke-tpu-accelerator';
const TOPOLOGY_LABEL = 'cloud.google.com/gke-tpu-topology';
const TOPOLOGY = /^[1-9]\d{0,3}(x[1-9]\d{0,3}){1,2}$/;
/** Chips of the hosts of most slices. */
const USUAL_CHIPS = 4;

/** What the slices of a type of TPU look like. */
interface TpuFacts {
  /** Numbers in a topology. */
  readonly dimensions: number;
  /** Chips that a host can have. */
  readonly chips: readonly number[];
}

/**
 * Types by the label of their nodes, as of 2026-11-20. Others are taken as they are said.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-tpus
 */
const TYPES: ReadonlyMap<string, TpuFacts> = new Map([
  ['tpu-v4-podslice', { dimensions: 3, chips: [4] }],
  ['tpu-v5-lite-podslice', { dimensions: 2, chips: [1, 4, 8] }],
  ['tpu-v5p-slice', { dimensions: 3, chips: [1, 2, 4] }],
  ['tpu-v6e-slice', { dimensions: 2, chips: [1, 4, 8] }],
  ['tpu7x', { dimensions: 3, chips: [1, 4] }],
]);

/** A slice of TPUs on Google Kubernetes Engine. */
export interface TpuProps {
  /** Type, as the label `cloud.google.com/gke-tpu-accelerator` of its nodes says it: `tpu-v6e-slice`. */
  readonly type: string;

  /** How the chips of the slice are wired: `4x4`, `2x2x4`. All hosts of the slice together train one model. */
  readonly topology: string;

  /**
   * Chips of each worker: all that its host has. A smaller number would leave the host's others idle, and no pod starts.
   *
   * @default - 4, or all chips of a slice that has fewer
   */
  readonly count?: number;
}

/** TPUs, a worker for each host of the slice. */
export function tpu({ type, topology, count }: TpuProps): AcceleratorSpec {
  const chips = chipsOf(topology);
  const own = count ?? Math.min(USUAL_CHIPS, chips ?? USUAL_CHIPS);
  return {
    factory: 'Accelerator.tpu()',
    resourceName: RESOURCE,
    count: own,
    // one process drives all chips of its host
    processes: 1,
    taint: RESOURCE,
    nodeLabels: { [TYPE_LABEL]: type, [TOPOLOGY_LABEL]: topology },
    cloud: 'gke',
    check: sink => checkProps({ type, topology, count: own }, chips, sink),
    checkJob: (context, sink) => checkHosts({ type, topology, count: own }, chips, context, sink),
  };
}

/** Chips of a topology; undefined for what is none. */
function chipsOf(topology: string): number | undefined {
  if (typeof topology !== 'string' || !TOPOLOGY.test(topology)) return undefined;
  return topology.split('x').reduce((product, side) => product * Number(side), 1);
}

function checkProps({ type, topology, count }: Required<TpuProps>, chips: number | undefined, sink: ProblemSink): void {
  const problem = { ruleId: 'train/tpu-topology', link: TPU_DOCS };
  const facts = TYPES.get(type);
  if (typeof type !== 'string' || type === '' || !isLabelValue(type)) {
    sink.error({
      ...problem, path: 'type', expected: `the value of the label ${TYPE_LABEL}, as \`tpu-v6e-slice\``, found: described(type),
      fix: `use one of ${[...TYPES.keys()].join(', ')}, or what your nodes have`,
    });
  }
  const dimensions = typeof topology === 'string' ? topology.split('x').length : 0;
  if (chips === undefined || (facts && dimensions !== facts.dimensions)) {
    const example = facts?.dimensions === 2 ? '`4x4`' : facts ? '`2x2x4`' : '`4x4` or `2x2x4`';
    sink.error({
      ...problem, path: 'topology', expected: `the chips of the slice in each direction, as ${example}`, found: described(topology),
      fix: `take it from the label ${TOPOLOGY_LABEL} of the nodes`,
    });
  }
  const possible = facts?.chips ?? [];
  if (!Number.isInteger(count) || count < 1 || (possible.length > 0 && !possible.includes(count))) {
    sink.error({
      ...problem, path: 'count', expected: `the chips of one host${possible.length > 0 ? `: ${possible.join(', ').replace(/, (\d+)$/, ' or $1')}` : ''}`,
      found: described(count), fix: `take it from \`status.allocatable['${RESOURCE}']\` of a node, or leave it out`,
    });
  }
}

/** A slice starts when a pod runs on each of its hosts, and not before. */
function checkHosts(
  { type, topology, count }: Required<TpuProps>, chips: number | undefined, { pods }: NodeContext, sink: ProblemSink,
): void {
  if (chips === undefined || !Number.isInteger(count) || count < 1) return;
  const problem = { ruleId: 'train/tpu-topology', link: TPU_DOCS };
  if (chips % count !== 0) {
    sink.error({
      ...problem, path: 'accelerator.count', expected: `chips that hosts of a ${topology} slice, ${chips} in all, share evenly`, found: String(count),
      fix: 'set `count` to the chips of one host',
    });
  } else if (pods !== chips / count) {
    sink.error({
      ...problem, path: 'workers', expected: `${chips / count}, one on each host of a ${topology} slice of ${type} with ${count} chips in each`,
      found: String(pods), fix: `set \`workers\` to ${chips / count}, or change \`topology\` or \`count\` of the accelerator`,
    });
  }
}
