import { describe, expect, test } from 'vitest';
import { flagOf, lineOf } from '../../../lib/rules/train/command-line';
import { scriptOf } from '../../../lib/rules/train/shell';
import { startedBy } from '../../../lib/rules/train/started';

/** `aws s3 sync > /log`, with what is known of each step before it. */
function stepsOf(text: string): string[] {
  return scriptOf(text).programs.map(({ name, words, guarded, replaces, background, writes }) => [
    guarded ? 'if ' : '', replaces ? 'exec ' : '', [name, ...words].join(' '), background ? ' &' : '', ...writes.map(file => ` > ${file}`),
  ].join(''));
}

describe('a shell script is taken apart into its steps', () => {
  test.each<[string, string, string[]]>([
    ['lines and semicolons', 'cd /work\npython train.py; echo done', ['cd /work', 'python train.py', 'echo done']],
    ['and, or and pipes', 'a && b || c | d', ['if a', 'if b', 'c', 'd']],
    ['conditions', 'if [ -f /x ]; then cp a b; fi', ['if [ -f /x ]', 'cp a b']],
    ['loops', 'while true; do aws s3 sync /a s3://b; sleep 60; done', ['if true', 'aws s3 sync /a s3://b', 'sleep 60']],
    ['words in quotes', `echo 'a; b' "c && d" e\\ f`, ['echo a; b c && d e f']],
    ['a line that goes on', 'aws s3 sync \\\n  /a s3://b', ['aws s3 sync /a s3://b']],
    ['comments', '# aws s3 rm\nls # rsync\necho a#b', ['ls', 'echo a#b']],
    ['assignments before a program', 'A=1 B="2 3" python x.py', ['python x.py']],
    ['assignments alone', 'A=1; B=$(date +%F)', []],
    ['commands in words', 'aws s3 cp /a s3://b/$(date +%F; true)/', ['aws s3 cp /a s3://b/$(date +%F; true)/']],
    ['programs that only start others', 'exec time nohup torchrun train.py', ['exec torchrun train.py']],
    ['a time limit', 'timeout -k 10 1h rsync -a /a /b', ['rsync -a /a /b']],
    ['env', 'env A=1 B=2 python x.py', ['python x.py']],
    ['outputs', 'python x.py > /log 2>&1; : > /data/.complete; ls >/dev/null', ['python x.py > /log', ': > /data/.complete', 'ls']],
    ['inputs', 'psql < /dump.sql', ['psql']],
    ['the background', 'sleep 300 & wait $!', ['sleep 300 &', 'wait $!']],
    ['here-documents', 'cat > /x.py <<EOF\nimport os; os.system("rsync")\nEOF\npython /x.py', ['cat > /x.py', 'python /x.py']],
    ['heads of loops', 'for f in a b c; do cp $f /x; done', ['cp $f /x']],
    ['subshells', '(cd /x && make)', ['if cd /x', 'make']],
    ['a quote that is never closed', 'echo "a', ['echo a']],
    ['nothing', ' \n ; ', []],
  ])('%s', (_, text, steps) => {
    expect(stepsOf(text)).toEqual(steps);
  });

  test.each<[string, string, boolean]>([
    ['set -e', '-c', true], ['set -eu\nls', '-c', true], ['set -o errexit', '-c', true], ['set -xeuo pipefail', '-c', true],
    ['ls', '-ec', true], ['ls', '-euc', true], ['ls', '-c', false], ['set -u', '-c', false],
  ])('%j with sh %s stops on an error: %s', (text, flags, stops) => {
    expect(lineOf(['sh', flags, text]).script?.stopsOnError).toBe(stops);
  });

  test('takes time that grows with the text only', () => {
    const texts = ['"'.repeat(200_000), '$('.repeat(100_000), 'a <<E\n'.repeat(30_000), '\\'.repeat(200_000), 'a && '.repeat(40_000)];
    const begun = performance.now();
    for (const text of texts) scriptOf(text);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

describe('the command of a container', () => {
  test.each<[string, any, string[], boolean]>([
    ['exec form', { command: ['/usr/bin/torchrun'], args: ['--nnodes=2', 'train.py'] }, ['torchrun --nnodes=2 train.py'], false],
    ['arguments alone, which the entrypoint takes', { args: ['--lr', '1'] }, ['--lr --lr 1'], true],
    ['nothing', {}, [], true],
    ['a script behind flags', { command: ['bash', '-eo', 'pipefail', '-c', 'a\nb'] }, ['a', 'b'], false],
    ['a script among the arguments', { command: ['/bin/sh', '-c'], args: ['a; b', 'name'] }, ['a', 'b'], false],
    ['a shell with a file', { command: ['bash', '/run.sh'] }, ['bash /run.sh'], false],
    ['a shell without its script', { command: ['sh', '-c'] }, ['sh -c'], false],
    ['what a script starts of its own arguments', { command: ['sh', '-c', 'A=1; exec "$@"', 'sh', 'nice', 'torchrun'], args: ['train.py'] }, ['torchrun train.py'], false],
    ['arguments of a script behind others', { command: ['sh', '-ec', 'exec python "$@"; ls', 'sh', 'train.py', '--lr=1'] }, ['python train.py --lr=1', 'ls'], false],
    ['a script that takes some of its arguments away', { command: ['sh', '-c', 'a=$1; shift; exec "$@"', 'sh', 'x', 'y'] }, ['shift', '$@'], false],
    ['a script that sets its arguments', { command: ['sh', '-c', 'set -- y; exec "$@"', 'sh', 'x'] }, ['set -- y', '$@'], false],
    ['a script that starts its arguments, and has none', { command: ['sh', '-c', 'exec "$@"', 'sh'] }, [], false],
  ])('%s', (_, container, programs, viaEntrypoint) => {
    const line = startedBy(container).line;
    expect(line.programs.map(({ name, words }) => [name === container.args?.[0] ? `${name} ${name}` : name, ...words].join(' '))).toEqual(programs);
    expect(line.viaEntrypoint).toBe(viaEntrypoint);
  });

  test('of a hook', () => {
    expect(lineOf(['sh', '-c', 'sleep 5 && python save.py']).programs.map(({ name }) => name)).toEqual(['sleep', 'python']);
  });
});

test.each<[string, string[], string[], string | undefined]>([
  ['with an equals sign', ['--nnodes=2'], ['nnodes'], '2'],
  ['as the next word', ['--nnodes', '2'], ['nnodes'], '2'],
  ['short', ['-np', '4'], ['np'], '4'],
  ['with underscores', ['--node_rank=1'], ['node-rank'], '1'],
  ['without a value', ['--standalone', '--nnodes=1'], ['standalone'], ''],
  ['that is not there', ['train.py', '2'], ['nnodes'], undefined],
])('a flag %s', (_, words, names, value) => {
  expect(flagOf(words, ...names)).toBe(value);
});
