import { bytesOf, GIB, MIB } from '../private/quantity';
import type { StorageBenchmarkProps } from './storage-benchmark';

/** What fio is told to do, in bytes and seconds. */
export interface BenchmarkLoad {
  /** fio's `rw`. */
  readonly pattern: string;
  readonly seconds: number;
  readonly blockBytes: number;
  readonly queueDepth: number;
  readonly processes: number;
  /** Bytes of all files together. */
  readonly dataBytes: number;
}

/** Less than this is in caches of disks and controllers. */
export const LEAST_DATA = GIB;

const MOST_DATA_BY_DEFAULT = 16 * GIB;
const DEFAULT_SECONDS = 60;
const SEQUENTIAL = { blockBytes: MIB, queueDepth: 16 };
const RANDOM = { blockBytes: 4096, queueDepth: 64 };

/** The load with what the props leave out. */
export function loadOf(props: StorageBenchmarkProps): BenchmarkLoad {
  const pattern: string = props.pattern ?? 'read';
  const usual = pattern.startsWith('rand') ? RANDOM : SEQUENTIAL;
  const blockBytes = props.blockSize ? bytesOf(props.blockSize) : usual.blockBytes;
  const queueDepth = props.queueDepth ?? usual.queueDepth;
  const processes = props.processes ?? 4;
  const most = Math.max(MOST_DATA_BY_DEFAULT, blockBytes * queueDepth * processes);
  return {
    pattern,
    seconds: props.duration?.toSeconds({ integral: false }) ?? DEFAULT_SECONDS,
    blockBytes,
    queueDepth,
    processes,
    dataBytes: props.dataSize ? bytesOf(props.dataSize) : Math.min(Math.floor(bytesOf(props.size) / 2), most),
  };
}

/** Bytes of each process's file: whole blocks. */
export function fileBytesOf({ dataBytes, processes, blockBytes }: BenchmarkLoad): number {
  return Math.floor(dataBytes / processes / blockBytes) * blockBytes;
}
