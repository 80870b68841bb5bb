import { ApiObject, Duration, Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { nameFor } from '../private/names';
import { StorageClaim } from '../storage/claims/storage-claim';
import { Durability } from '../storage/tiers/durability';
import type { IStorageTier } from '../storage/tiers/storage-tier';
import type { WorkerToleration } from '../training/pods/worker-toleration';
import { checkBenchmark, checkBenchmarkTypes } from './benchmark-checks';
import { BENCHMARK_NAME_MAX, benchmarkJob } from './benchmark-job';
import { loadOf } from './benchmark-load';

/** How a benchmark reads or writes; the values are those of fio's `rw`. */
export enum BenchmarkPattern {
  /** Large blocks one after the other: datasets in archives, models that are loaded. */
  SEQUENTIAL_READ = 'read',
  /** Large blocks one after the other: checkpoints. */
  SEQUENTIAL_WRITE = 'write',
  /** Small blocks anywhere: datasets of many small files, read in a shuffled order. */
  RANDOM_READ = 'randread',
  /** Small blocks anywhere: databases of experiments. */
  RANDOM_WRITE = 'randwrite',
}

/** Options of a `StorageBenchmark`. */
export interface StorageBenchmarkProps {
  /** What is measured: a claim of it is made. */
  readonly tier: IStorageTier;

  /** Size of the claim. Where speed grows with size, as of most cloud disks, use the size that training will have. */
  readonly size: Size;

  /**
   * Image with `fio` in its path, built with libaio; nothing else of it runs. There is no official one: build it from a
   * distribution that packages fio, and name it by digest or by a version that never moves.
   */
  readonly image: string;

  /**
   * How it reads or writes.
   *
   * @default BenchmarkPattern.SEQUENTIAL_READ
   */
  readonly pattern?: BenchmarkPattern;

  /**
   * How long it measures: whole seconds, 10 or more. Disks with burst credits show what they sustain only when those are
   * spent. The files that it reads are written before, which takes time of its own.
   *
   * @default Duration.seconds(60)
   */
  readonly duration?: Duration;

  /**
   * Bytes of each request, in multiples of 4 KiB: direct I/O takes no others on every disk.
   *
   * @default - 1 MiB for sequential patterns, 4 KiB for random ones
   */
  readonly blockSize?: Size;

  /**
   * Requests that each process keeps in flight.
   *
   * @default - 16 for sequential patterns, 64 for random ones
   */
  readonly queueDepth?: number;

  /**
   * Processes that read or write at once, each a file of its own.
   *
   * @default 4
   */
  readonly processes?: number;

  /**
   * Size of all files together. Direct I/O passes the cache of the node, not that of a file server: for that one, use more
   * than its memory.
   *
   * @default - half of `size`, at most 16 GiB
   */
  readonly dataSize?: Size;

  /**
   * CPU that the benchmark is sure to get. Too little of it is measured in place of the storage.
   *
   * @default - 2
   */
  readonly cpu?: Cpu;

  /**
   * Memory of the benchmark, request and limit.
   *
   * @default Size.gibibytes(1)
   */
  readonly memory?: Size;

  /**
   * Labels that the node must have: network and local disks are as fast as the node lets them be.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [name: string]: string };

  /**
   * Taints that the node may have.
   *
   * @default - none
   */
  readonly tolerations?: WorkerToleration[];

  /**
   * Time after which the finished job is deleted, and the figures in its log with it. Whatever applies the manifests again
   * then measures again.
   *
   * @default - it stays
   */
  readonly ttlAfterFinished?: Duration;
}

/**
 * What a tier really gives: a claim of it, and a job that runs fio on the claim once. The figures are JSON in the log:
 * `kubectl logs job/<jobName>`.
 *
 * A benchmark measures the storage and not the node's memory: direct I/O, an engine that really keeps requests in flight,
 * files that fit on the claim. They are removed when it ends. A change of any option makes a new job, which measures again.
 * The claim is scratch; of a tier that keeps its volumes, the volume stays when the claim is deleted.
 *
 * @example
 *
 * new StorageBenchmark(chart, 'fast-random', {
 *   tier: fast,
 *   size: Size.gibibytes(100),
 *   image: 'ghcr.io/acme/fio:3.39',
 *   pattern: BenchmarkPattern.RANDOM_READ,
 * });
 *
 * @see https://fio.readthedocs.io/en/latest/fio_doc.html
 */
export class StorageBenchmark extends Construct {
  /** Name of the job. */
  public readonly jobName: string;

  /** The claim that is measured. */
  public readonly claim: StorageClaim;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: StorageBenchmarkProps) {
    super(scope, id);
    checkBenchmarkTypes(this, props);
    const load = loadOf(props);
    checkBenchmark(this, props, load);
    this.claim = new StorageClaim(this, 'Claim', { tier: props.tier, size: props.size, durability: Durability.SCRATCH });
    const name = nameFor(this, BENCHMARK_NAME_MAX);
    this.jobName = new ApiObject(this, 'Resource', benchmarkJob({ name, claim: this.claim, load, props })).name;
  }
}
