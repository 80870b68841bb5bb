import type { ApiObjectProps } from 'cdk8s';
import { hashOf } from '../private/hash';
import { podSpec } from '../private/pod';
import { GIB, quantityOf, quantityOfBytes } from '../private/quantity';
import { DEFAULT_USER_ID } from '../private/security';
import { tolerationOf } from '../private/tolerations';
import type { StorageClaim } from '../storage/claims/storage-claim';
import { BenchmarkLoad, fileBytesOf } from './benchmark-load';
import type { StorageBenchmarkProps } from './storage-benchmark';

/** What the job of a benchmark is made from. */
export interface BenchmarkRequest {
  readonly name: string;
  readonly claim: StorageClaim;
  readonly load: BenchmarkLoad;
  readonly props: StorageBenchmarkProps;
}

/** Longest name that leaves room for `-<hash>` in a pod's `job-name` label. */
export const BENCHMARK_NAME_MAX = 63 - '-00000000'.length;

/** Bytes of memory where the props name none. */
export const DEFAULT_MEMORY = GIB;

const PATH = '/benchmark';

/**
 * One pod that runs fio once: a second run would measure another moment, so nothing is tried again. The name holds a hash
 * of the whole spec, since a Job cannot be changed.
 */
export function benchmarkJob({ name, claim, load, props }: BenchmarkRequest): ApiObjectProps {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'storage-benchmark' };
  const memory = props.memory ? quantityOf(props.memory) : quantityOfBytes(DEFAULT_MEMORY);
  const spec = {
    backoffLimit: 0,
    completions: 1,
    parallelism: 1,
    template: {
      metadata: { labels },
      spec: podSpec({
        containerName: 'fio',
        image: props.image,
        command: ['fio'],
        args: argsOf(load),
        resources: { limits: { memory }, requests: { cpu: props.cpu?.amount ?? '2', memory } },
        mounts: [claim.at(PATH)],
        user: { user: DEFAULT_USER_ID, group: DEFAULT_USER_ID },
        restartPolicy: 'Never',
        nodeSelector: props.nodeSelector,
        tolerations: props.tolerations?.map(tolerationOf),
      }),
    },
    ...(props.ttlAfterFinished && { ttlSecondsAfterFinished: props.ttlAfterFinished.toSeconds() }),
  };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: `${name}-${hashOf(spec)}`, labels }, spec };
}

/**
 * `iodepth` counts with an asynchronous engine and direct I/O only. io_uring is not to be had: the seccomp profile that
 * container runtimes come with refuses it. `size` is that of each process's file.
 *
 * @see https://fio.readthedocs.io/en/latest/fio_doc.html#cmdoption-arg-iodepth
 */
function argsOf(load: BenchmarkLoad): string[] {
  return [
    '--name=benchmark',
    `--directory=${PATH}`,
    `--rw=${load.pattern}`,
    `--bs=${load.blockBytes}`,
    `--size=${fileBytesOf(load)}`,
    `--numjobs=${load.processes}`,
    `--iodepth=${load.queueDepth}`,
    '--ioengine=libaio',
    '--direct=1',
    '--time_based',
    `--runtime=${load.seconds}`,
    '--group_reporting',
    // or the next benchmark on this claim finds it full, or reads blocks that nobody wrote
    '--unlink=1',
    '--output-format=json',
  ];
}
