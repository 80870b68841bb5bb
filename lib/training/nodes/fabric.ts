import { Size } from 'cdk8s';
import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { given } from '../../private/given';
import { checkSwitch, reportType } from '../../private/prop-types';
import { bytesOf, isSize, MIB, quantityOf } from '../../private/quantity';
import type { EnvVar } from '../../private/wire';
import type { CloudId } from './clouds';
import { checkDeviceCount, checkResourceName } from './extended-resource';

const HUGEPAGES = 'hugepages-2Mi';
const PAGE_BYTES = 2 * MIB;
const HUGEPAGES_DOCS = 'https://kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages/';
const NCCL_DOCS = 'https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/env.html#nccl-socket-ifname';

/** Elastic Fabric Adapters of AWS. */
export interface EfaProps {
  /** Interfaces of each worker: all of a node where the worker has the node for itself, as 32 of a p5.48xlarge. */
  readonly interfaces: number;

  /**
   * Pages of 2 MiB for the buffers of EFA, which nodes must have set aside: those with the EFA installer have 5128 of
   * them. With `Size.mebibytes(0)` EFA is told to do without.
   *
   * @default Size.mebibytes(5120)
   */
  readonly hugepages?: Size;

  /**
   * Network interface of the sockets that NCCL starts with: `eth` for all whose names begin so, `=eth0` for one,
   * `^docker,lo` for all but some.
   *
   * @default - NCCL chooses
   * @see https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/env.html#nccl-socket-ifname
   */
  readonly socketInterface?: string;
}

/** InfiniBand or RoCE through an RDMA device plugin. */
export interface RdmaProps {
  /** Resource as nodes report it: `rdma/rdma_shared_device_a`. */
  readonly resource: string;

  /**
   * Devices of each worker.
   *
   * @default 1
   */
  readonly count?: number;

  /**
   * Whether workers may lock memory beyond their limit (`IPC_LOCK`). Only root can use it, and only namespaces that
   * enforce no more than the privileged Pod Security Standard take it. Not needed where the container runtime of the
   * nodes sets no limit on locked memory.
   *
   * @default false
   */
  readonly ipcLock?: boolean;

  /**
   * Network interface of the sockets that NCCL starts with: `eth` for all whose names begin so, `=eth0` for one,
   * `^docker,lo` for all but some.
   *
   * @default - NCCL chooses
   * @see https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/env.html#nccl-socket-ifname
   */
  readonly socketInterface?: string;
}

/** What an interconnect is, whoever asks for it. */
export interface FabricSpec {
  /** How a user asks for it. */
  readonly factory: string;
  readonly resources: Readonly<Record<string, string>>;
  /** EFA interfaces of each worker. */
  readonly interfaces?: number;
  readonly env: readonly EnvVar[];
  readonly capabilities: readonly string[];
  /** The only managed Kubernetes that has it. */
  readonly cloud?: CloudId;
  readonly check: (sink: ProblemSink) => void;
}

/** Network between the workers that is faster than the pods' own. */
export class Fabric {
  /**
   * Elastic Fabric Adapters of AWS: `vpc.amazonaws.com/efa`. A worker that cannot use them fails instead of going on by
   * TCP. Memory of EFA is mapped without a volume.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html
   * @see https://github.com/ofiwg/libfabric/blob/main/man/fi_efa.7.md
   */
  public static efa(props: EfaProps): Fabric {
    return new Fabric(efa(given(props)));
  }

  /**
   * InfiniBand or RoCE through a device plugin for RDMA.
   *
   * @see https://github.com/Mellanox/k8s-rdma-shared-dev-plugin
   */
  public static rdma(props: RdmaProps): Fabric {
    return new Fabric(rdma(given(props)));
  }

  /** @internal */
  public readonly _fabric: FabricSpec;

  private constructor(spec: FabricSpec) {
    this._fabric = spec;
  }
}

function efa({ interfaces, hugepages = Size.mebibytes(5120), socketInterface }: EfaProps): FabricSpec {
  const pages = isSize(hugepages) ? bytesOf(hugepages) : 0;
  return {
    factory: 'Fabric.efa()',
    resources: { 'vpc.amazonaws.com/efa': String(interfaces), ...(pages > 0 && { [HUGEPAGES]: quantityOf(hugepages) }) },
    interfaces,
    env: [
      { name: 'FI_PROVIDER', value: 'efa' },
      // a page beyond the limit kills the process
      ...pages > 0 ? [] : [{ name: 'FI_EFA_USE_HUGE_PAGE', value: '0' }],
      ...socketEnv(socketInterface),
    ],
    capabilities: [],
    cloud: 'eks',
    check: sink => {
      checkDeviceCount({ path: 'interfaces', value: interfaces, what: 'interfaces', prop: 'fabric' }, sink);
      checkHugepages(hugepages, sink);
      checkSocket(socketInterface, sink);
    },
  };
}

function rdma({ resource, count = 1, ipcLock = false, socketInterface }: RdmaProps): FabricSpec {
  return {
    factory: 'Fabric.rdma()',
    resources: { [resource]: String(count) },
    env: socketEnv(socketInterface),
    capabilities: ipcLock ? ['IPC_LOCK'] : [],
    check: sink => {
      checkResourceName('resource', resource, 'rdma/rdma_shared_device_a', sink);
      checkDeviceCount({ path: 'count', value: count, what: 'devices', prop: 'fabric' }, sink);
      checkSwitch('ipcLock', ipcLock, sink);
      checkSocket(socketInterface, sink);
    },
  };
}

function socketEnv(value: string | undefined): EnvVar[] {
  return value === undefined ? [] : [{ name: 'NCCL_SOCKET_IFNAME', value }];
}

function checkSocket(value: string | undefined, sink: ProblemSink): void {
  if (value === undefined || (typeof value === 'string' && /^\^?=?[^\s=^,]+(,[^\s=^,]+)*$/.test(value))) return;
  sink.error({
    ruleId: 'train/fabric', path: 'socketInterface', expected: 'names of network interfaces, as `eth`, `=eth0` or `^docker,lo`', found: described(value),
    fix: 'use the interface of the pod, or leave it out', link: NCCL_DOCS,
  });
}

function checkHugepages(hugepages: Size, sink: ProblemSink): void {
  if (!isSize(hugepages)) {
    reportType(hugepages, { path: 'hugepages', expected: 'a Size', example: 'Size.mebibytes(5120)' }, sink);
  } else if (bytesOf(hugepages) % PAGE_BYTES !== 0) {
    sink.error({
      ruleId: 'api/hugepages', path: 'hugepages', expected: 'whole pages of 2Mi', found: quantityOf(hugepages), fix: 'set `hugepages`, as Size.mebibytes(5120)',
      link: HUGEPAGES_DOCS,
    });
  }
}
