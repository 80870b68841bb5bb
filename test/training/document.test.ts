import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EngineId } from '../../lib/training/engines/engine-spec';
import type { FrameworkId } from '../../lib/training/frameworks/framework-spec';
import { CAPABILITIES, type Capability, PAIRS } from '../../lib/training/pairs';

const text = readFileSync(join(import.meta.dirname, '../../docs/training.md'), 'utf8');

const ENGINES: Readonly<Record<string, EngineId>> = {
  'StatefulSet': 'statefulSet', 'Indexed Job': 'indexedJob', 'JobSet': 'jobSet', 'LeaderWorkerSet': 'leaderWorkerSet', 'TrainJob': 'trainJob',
  'MPIJob': 'mpiJob', 'PyTorchJob': 'pytorchJob',
};
const CAPABILITY_ROWS: Readonly<Record<string, Capability>> = {
  'a claim for each worker': 'perWorkerClaims',
  'an end': 'completion',
  'the first worker can decide on it': 'firstDecides',
  'a limit of restarts': 'restarts',
  'all start again together': 'wholeJobRestart',
  'a drained node is nobody\'s fault': 'infrastructureFaults',
  'exit codes that no restart mends': 'failOnExitCodes',
  'a deadline': 'deadline',
  'a time after which it is deleted': 'ttlAfterFinished',
  'queues of Kueue': 'kueue',
  'gangs by Volcano': 'volcano',
  'gangs by coscheduling': 'coscheduling',
};

/** The tables with a column for each engine: what each row says of each. */
function tables(): Record<string, Record<string, string>>[] {
  return text.split('\n\n').filter(block => block.startsWith('| | StatefulSet')).map(block => {
    const [head, , ...rows] = block.split('\n').map(line => line.split('|').slice(1, -1).map(cell => cell.trim()));
    const byEngine = (cells: readonly string[]) => Object.fromEntries(cells.map((cell, i) => [ENGINES[head[i + 1]], cell]));
    return Object.fromEntries(rows.map(([name, ...cells]) => [name, byEngine(cells)]));
  });
}

describe('the tables of docs/training.md', () => {
  const [pairs, capabilities] = tables();

  test('have every framework on every engine', () => {
    const idOf = (row: string): FrameworkId => {
      const name = /^`(\w+)`/.exec(row)![1];
      return (name === 'pytorch' ? 'torchrun' : name === 'pytorchElastic' ? 'torchrunElastic' : name) as FrameworkId;
    };
    const told = Object.fromEntries(Object.entries(pairs).map(([row, cells]) =>
      [idOf(row), Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''))]));
    expect(told).toEqual(PAIRS);
  });

  test('have what every engine gives', () => {
    for (const engine of Object.values(ENGINES)) {
      const told = Object.entries(capabilities).filter(([, cells]) => cells[engine] === 'yes').map(([row]) => CAPABILITY_ROWS[row]);
      expect(told.sort(), engine).toEqual([...CAPABILITIES[engine]].sort());
    }
    expect(Object.keys(capabilities).sort()).toEqual(Object.keys(CAPABILITY_ROWS).sort());
  });
});
