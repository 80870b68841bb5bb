import { warningRule } from '../engine/rule';
import { flagOf } from './command-line';
import { commandPath, type ContainerFacts, type PodFacts } from './pod-facts';

export const BENCHMARK_CACHED = warningRule({
  id: 'train/benchmark-cached',
  title: 'A benchmark measures the storage, not the memory of the node',
  why: 'Without direct I/O fio reads from the page cache, and with its default engine a queue depth above 1 has no effect: the numbers are those of the memory, at a depth of 1.',
  fix: 'set --direct=1, and --ioengine=libaio or io_uring where --iodepth is above 1',
  link: 'https://fio.readthedocs.io/en/latest/fio_doc.html#cmdoption-arg-direct',
});

const FIO_IMAGE = /(^|\/)fio([:@]|$)/;
const ASYNC = new Set(['libaio', 'io_uring', 'posixaio', 'windowsaio']);

/** Holds fio against what it measures. */
export function checkBenchmarks(facts: PodFacts): void {
  const { pod } = facts;
  for (const container of facts.containers) {
    const words = fioWords(container);
    if (!words || words.some(word => word.endsWith('.fio') || word.endsWith('.ini'))) continue;
    if (!isOn(flagOf(words, 'direct')) && flagOf(words, 'buffered') !== '0') {
      pod.subject.report(BENCHMARK_CACHED, commandPath(facts, container), { expected: '--direct=1', found: 'reads and writes through the page cache' });
    }
    const depth = Number(flagOf(words, 'iodepth') ?? 1);
    const engine = flagOf(words, 'ioengine');
    if (depth > 1 && !ASYNC.has(engine ?? '')) {
      pod.subject.report(BENCHMARK_CACHED, commandPath(facts, container), {
        expected: `an engine that keeps ${depth} requests under way`, found: `--ioengine=${engine ?? 'psync, its default'}`,
      });
    }
  }
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === '';
}

/** Words of fio: as a program, or as the entrypoint of its image. */
function fioWords({ line: { programs, viaEntrypoint }, image }: ContainerFacts): readonly string[] | undefined {
  for (const { name, words } of programs) if (name === 'fio') return words;
  if (!viaEntrypoint || programs.length === 0 || !FIO_IMAGE.test(image)) return undefined;
  const [{ file, words }] = programs;
  return file.startsWith('-') ? [file, ...words] : undefined;
}
