export type { StorageBenchmarkProps } from './storage-benchmark';
export { BenchmarkPattern, StorageBenchmark } from './storage-benchmark';
