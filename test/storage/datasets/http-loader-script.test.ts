import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Size } from 'cdk8s';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DatasetSource, HttpFile, SharedDataset } from '../../../lib';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { hasProgram, Outcome, Sandbox } from '../../support/shell';
import { SHARED } from '../../support/training';

const DATA = 'abcdefghij'.repeat(1000);
const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A web server whose files and faults the tests choose. */
class Files {
  public contents: Record<string, string> = {};
  /** Bytes after which the connection breaks. */
  public breakAfter?: number;
  public ranges = true;
  public readonly requests: string[] = [];
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  public start(): Promise<void> {
    return new Promise(resolve => { this.server.listen(0, '127.0.0.1', resolve); });
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  public reset(): void {
    this.contents = { '/data.bin': DATA };
    this.breakAfter = undefined;
    this.ranges = true;
    this.requests.length = 0;
  }

  public url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { range } = request.headers;
    this.requests.push(`${request.url}${range ? ` ${range}` : ''}`);
    const content = this.contents[request.url ?? ''];
    if (content === undefined) {
      response.writeHead(404).end();
      return;
    }
    const from = this.ranges && range ? Number(/^bytes=(\d+)-$/.exec(range)![1]) : 0;
    if (from >= content.length && from > 0) {
      response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
      return;
    }
    const headers = { 'content-length': content.length - from, ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }) };
    response.writeHead(from > 0 ? 206 : 200, headers);
    if (this.breakAfter === undefined) response.end(content.slice(from));
    else response.write(content.slice(from, from + this.breakAfter), () => response.destroy());
  }
}

describe.skipIf(!hasProgram('curl'))('the loader of web servers (needs curl)', () => {
  const files = new Files();
  let sandbox: Sandbox;
  beforeAll(() => files.start());
  afterAll(() => files.stop());
  beforeEach(() => {
    files.reset();
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox.remove());

  const containerOf = (list: HttpFile[], revision?: string): any => {
    const chart = chartIn();
    new SharedDataset(chart, 'cifar10', { tier: SHARED, size: Size.gibibytes(1), source: DatasetSource.http(list, { revision }) });
    return the('Job', manifestsOf(chart)).spec.template.spec.containers[0];
  };
  const load = (list: HttpFile[], revision?: string): Promise<Outcome> => sandbox.run(containerOf(list, revision), '/dataset');
  const one = (props: Partial<HttpFile> = {}): HttpFile[] => [{ url: files.url('/data.bin'), ...props }];
  const markerOf = (list: HttpFile[], revision?: string): string => containerOf(list, revision).args[0] as string;

  test('copies every file to its path, then writes the marker', async () => {
    // GIVEN
    files.contents = { '/a.bin?v=1': 'a', '/b[1-2]{x,y}.bin': 'b', '/empty': '' };
    const list = [
      { url: files.url('/a.bin?v=1') }, { url: files.url('/b[1-2]{x,y}.bin'), path: "deep/er/it's $HOME & a \"b\" \\n.bin", sha256: sumOf('b').toUpperCase() },
      { url: files.url('/empty') },
    ];
    // WHEN
    const { status, stderr } = await load(list);
    // THEN
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(sandbox.names()).toEqual([markerOf(list), 'a.bin', 'deep', 'deep/er', "deep/er/it's $HOME & a \"b\" \\n.bin", 'empty'].sort());
    expect(sandbox.read("deep/er/it's $HOME & a \"b\" \\n.bin")).toBe('b');
    expect(sandbox.read('empty')).toBe('');
  });

  test('does nothing when the marker is there', async () => {
    await load(one());
    await load(one());
    expect(files.requests).toEqual(['/data.bin']);
  });

  test('goes on where it broke off, and shows a file when it is whole', async () => {
    // GIVEN a connection that breaks
    files.breakAfter = 4000;
    expect((await load(one())).status).not.toBe(0);
    expect(sandbox.has('data.bin')).toBe(false);
    expect(sandbox.has(markerOf(one()))).toBe(false);
    // WHEN it holds
    files.breakAfter = undefined;
    expect((await load(one())).status).toBe(0);
    // THEN
    expect(files.requests).toEqual(['/data.bin', '/data.bin bytes=4000-']);
    expect(sandbox.read('data.bin')).toBe(DATA);
    expect(sandbox.names()).toEqual([markerOf(one()), 'data.bin']);
  });

  test('begins again where the server cannot go on', async () => {
    files.breakAfter = 4000;
    await load(one());
    files.breakAfter = undefined;
    files.ranges = false;
    expect((await load(one())).status).toBe(33);
    expect((await load(one())).status).toBe(0);
    expect(sandbox.read('data.bin')).toBe(DATA);
  });

  test.each([['as long as', DATA], ['longer than', `${DATA}more`]])('begins again where a part is %s the file', async (_, left) => {
    const part = join(sandbox.volume, `${markerOf(one())}.parts`, '1');
    mkdirSync(dirname(part));
    writeFileSync(part, left);
    expect((await load(one())).status).toBe(33);
    expect((await load(one())).status).toBe(0);
    expect(files.requests).toEqual([`/data.bin bytes=${left.length}-`, '/data.bin']);
    expect(sandbox.read('data.bin')).toBe(DATA);
  });

  test('takes a file that was whole when the loader was killed', async () => {
    const whole = join(sandbox.volume, `${markerOf(one())}.parts`, '1.whole');
    mkdirSync(dirname(whole));
    writeFileSync(whole, DATA);
    expect((await load(one())).status).toBe(0);
    expect(files.requests).toEqual([]);
    expect(sandbox.read('data.bin')).toBe(DATA);
  });

  test('fails on another checksum, and keeps nothing of the file', async () => {
    // GIVEN
    const list = one({ sha256: sumOf('something else') });
    // WHEN
    const { status, stderr } = await load(list);
    // THEN
    expect(status).toBe(1);
    expect(stderr).toContain(`the checksum of ${files.url('/data.bin')} is not ${sumOf('something else')}`);
    expect(sandbox.names()).toEqual([`${markerOf(list)}.parts`]);
    // WHEN the server has the right file
    files.contents['/data.bin'] = 'something else';
    expect((await load(list)).status).toBe(0);
    expect(sandbox.read('data.bin')).toBe('something else');
  });

  test('fails on a file that is not there, and does not fetch the others again', async () => {
    const list = [...one(), { url: files.url('/late.bin') }];
    expect((await load(list)).status).toBe(22);
    expect(sandbox.has(markerOf(list))).toBe(false);
    files.contents['/late.bin'] = 'late';
    expect((await load(list)).status).toBe(0);
    expect(files.requests).toEqual(['/data.bin', '/late.bin', '/late.bin']);
  });

  test('fetches a file again for another revision, though there is one of its name', async () => {
    await load(one(), '1');
    files.contents['/data.bin'] = 'new';
    expect((await load(one(), '2')).status).toBe(0);
    expect(sandbox.read('data.bin')).toBe('new');
    expect(sandbox.names()).toEqual([markerOf(one(), '2'), 'data.bin']);
  });

  test('fetches a file again for another checksum, and not for the same', async () => {
    await load(one());
    expect((await load(one({ sha256: sumOf(DATA) }))).status).toBe(0);
    expect(files.requests).toHaveLength(1);
    files.contents['/data.bin'] = 'new';
    expect((await load(one({ sha256: sumOf('new') }))).status).toBe(0);
    expect(sandbox.read('data.bin')).toBe('new');
  });

  test('takes what another revision has left half done away', async () => {
    files.breakAfter = 4000;
    await load(one(), '1');
    files.breakAfter = undefined;
    await load(one(), '2');
    expect(sandbox.names()).toEqual([markerOf(one(), '2'), 'data.bin']);
    expect(sandbox.read('data.bin')).toBe(DATA);
  });
});
