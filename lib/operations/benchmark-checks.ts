import type { Construct } from 'constructs';
import { ProblemCollector, ProblemSink } from '../findings/collector';
import { checkLabels } from '../private/labels';
import { checkIsSize } from '../private/prop-types';
import { bytesOf, quantityOf, quantityOfBytes } from '../private/quantity';
import { checkAboveZero } from '../private/size-checks';
import { checkSeconds } from '../private/int32-checks';
import { checkClaimSize } from '../storage/claims/claim-checks';
import { checkIsTier } from '../storage/tiers/tier-types';
import { checkNoObjectStore } from '../storage/volumes/object-store';
import { DEFAULT_MEMORY } from './benchmark-job';
import { BenchmarkLoad, LEAST_DATA } from './benchmark-load';
import type { StorageBenchmarkProps } from './storage-benchmark';

const FIO_DOCS = 'https://fio.readthedocs.io/en/latest/fio_doc.html';
const PATTERNS = ['read', 'write', 'randread', 'randwrite'];
const LEAST_SECONDS = 10;
const DAY = 86_400;
const BLOCK = 4096;

/** Part of a claim that files may take: file systems keep some of it for themselves. */
const USABLE = 0.8;

/** @throws ValidationError if the tier or a size are of another type: the load is settled from them */
export function checkBenchmarkTypes(scope: Construct, props: StorageBenchmarkProps): void {
  const problems = new ProblemCollector(scope, 'StorageBenchmark');
  checkIsTier(props.tier, problems);
  checkIsSize('size', props.size, 'Size.gibibytes(100)', problems);
  for (const path of ['blockSize', 'dataSize', 'memory'] as const) {
    if (props[path] != null) checkIsSize(path, props[path], path === 'blockSize' ? 'Size.mebibytes(1)' : 'Size.gibibytes(10)', problems);
  }
  problems.throwIfAny();
}

/** @throws ValidationError naming every prop that cannot work */
export function checkBenchmark(scope: Construct, props: StorageBenchmarkProps, load: BenchmarkLoad): void {
  const problems = new ProblemCollector(scope, 'StorageBenchmark');
  if (typeof props.image !== 'string' || props.image.trim() === '') {
    problems.error({
      ruleId: 'props/required', path: 'image', expected: 'an image with fio, built with libaio', found: 'none', fix: 'build one and name it: there is no official one',
    });
  }
  if (!PATTERNS.includes(load.pattern)) {
    problems.error({
      ruleId: 'props/benchmark', path: 'pattern', expected: `one of ${PATTERNS.join(', ')}`, found: JSON.stringify(load.pattern), fix: 'use a value of BenchmarkPattern', link: FIO_DOCS,
    });
  }
  checkNoObjectStore(props.tier, 'fio writes its files in places', problems);
  checkClaimSize(props.tier, props.size, problems);
  checkTimes(props, load, problems);
  const whole = [
    checkWhole('queueDepth', load.queueDepth, 1024, problems),
    checkWhole('processes', load.processes, 64, problems),
    checkBlock(load, problems),
    checkMemory(props, problems),
  ];
  if (whole.every(Boolean)) {
    checkData(props, load, problems);
    checkBuffers(props, load, problems);
  }
  checkLabels('nodeSelector', props.nodeSelector, problems);
  problems.throwIfAny();
}

function checkTimes({ ttlAfterFinished }: StorageBenchmarkProps, { seconds }: BenchmarkLoad, sink: ProblemSink): void {
  if (!Number.isInteger(seconds) || seconds < LEAST_SECONDS || seconds > DAY) {
    sink.error({
      ruleId: 'props/benchmark', path: 'duration', expected: `whole seconds from ${LEAST_SECONDS} to ${DAY}`, found: `${seconds} s`, fix: 'set `duration`, as Duration.seconds(60)', link: FIO_DOCS,
    });
  }
  checkSeconds(ttlAfterFinished, { path: 'ttlAfterFinished', least: 0, example: 'Duration.days(1)' }, sink);
}

function checkWhole(path: string, value: number, most: number, sink: ProblemSink): boolean {
  if (Number.isInteger(value) && value >= 1 && value <= most) return true;
  sink.error({
    ruleId: 'props/benchmark', path, expected: `a whole number from 1 to ${most}`, found: String(value), fix: `set \`${path}\`, or leave it out`, link: FIO_DOCS,
  });
  return false;
}

function checkBlock({ blockBytes }: BenchmarkLoad, sink: ProblemSink): boolean {
  if (blockBytes > 0 && blockBytes % BLOCK === 0) return true;
  sink.error({
    ruleId: 'props/benchmark', path: 'blockSize', expected: 'a multiple of 4Ki: direct I/O takes whole blocks of the disk', found: quantityOfBytes(blockBytes),
    fix: 'set `blockSize`, as Size.mebibytes(1)', link: FIO_DOCS,
  });
  return false;
}

function checkMemory({ memory }: StorageBenchmarkProps, sink: ProblemSink): boolean {
  return !memory || checkAboveZero(memory, { path: 'memory', fix: 'set `memory`, or leave it out' }, sink);
}

/** Files that are too small measure caches, and files that do not fit measure nothing. */
function checkData(props: StorageBenchmarkProps, load: BenchmarkLoad, sink: ProblemSink): void {
  const size = bytesOf(props.size);
  if (size <= 0) return;
  const least = Math.max(LEAST_DATA, load.blockBytes * load.queueDepth * load.processes);
  if (load.dataBytes < least) {
    sink.error({
      ruleId: 'props/benchmark',
      path: props.dataSize ? 'dataSize' : 'size',
      expected: `${quantityOfBytes(props.dataSize ? least : least * 2)} or more: less is measured in caches`,
      found: quantityOf(props.dataSize ?? props.size),
      fix: props.dataSize ? 'raise `dataSize`, or leave it out' : `raise \`size\`; half of it holds the data${size >= least / USABLE ? ', unless `dataSize` is set' : ''}`,
      link: FIO_DOCS,
    });
  } else if (load.dataBytes > size * USABLE) {
    sink.error({
      ruleId: 'props/benchmark',
      path: 'dataSize',
      expected: `at most ${USABLE * 100} % of \`size\`: a file system needs room of its own`,
      found: `${quantityOfBytes(load.dataBytes)} of ${quantityOf(props.size)}`,
      fix: 'lower `dataSize`, or raise `size`',
      link: FIO_DOCS,
    });
  }
}

/** Each request in flight has a buffer. */
function checkBuffers(props: StorageBenchmarkProps, load: BenchmarkLoad, sink: ProblemSink): void {
  const buffers = load.blockBytes * load.queueDepth * load.processes;
  const memory = props.memory ? bytesOf(props.memory) : DEFAULT_MEMORY;
  if (buffers <= memory / 2) return;
  sink.error({
    ruleId: 'props/benchmark',
    path: 'memory',
    expected: `${quantityOfBytes(buffers * 2)} or more: \`blockSize\` x \`queueDepth\` x \`processes\` are in flight, ${quantityOfBytes(buffers)}`,
    found: quantityOfBytes(memory),
    fix: 'raise `memory`, or lower one of them',
    link: FIO_DOCS,
  });
}
