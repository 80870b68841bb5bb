#!/usr/bin/env node
import type { Io } from './io';
import { run } from './run';

const IO: Io = {
  cwd: process.cwd(),
  env: process.env,
  isTerminal: process.stdout.isTTY,
  readInput: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  print: text => void process.stdout.write(text),
  warn: text => void process.stderr.write(text),
};

// whoever reads the report may have seen enough of it, as `head` does
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// setting the code, unlike exiting, waits until everything is written
void run(process.argv.slice(2), IO).then(code => { process.exitCode = code; });
