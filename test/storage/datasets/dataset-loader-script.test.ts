import { Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatasetSource, SharedDataset } from '../../../lib';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { Outcome, Sandbox } from '../../support/shell';
import { SHARED } from '../../support/training';

const ODD = ['two words', '*', "it's", '"quoted"', '$HOME', '$(HOME)', '$$', '$$(HOME)', '`id`', '\\n', ';exit 1', '-x', 'ä'];

let sandbox: Sandbox;
beforeEach(() => { sandbox = new Sandbox(); });
afterEach(() => sandbox.remove());

/** The container that loads a dataset, as it stands in the manifest. */
function loaderOf(source: DatasetSource, id = 'cifar10'): any {
  const chart = chartIn();
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'reader');
  new SharedDataset(chart, id, { tier: SHARED, size: Size.gibibytes(1), source, loader: { serviceAccount, image: 'x:1' } });
  return the('Job', manifestsOf(chart)).spec.template.spec.containers[0];
}

function load(source: DatasetSource, id?: string): Promise<Outcome> {
  return sandbox.run(loaderOf(source, id), '/dataset');
}

const markers = (): string[] => sandbox.names().filter(name => name.startsWith('.complete.'));

interface Tool {
  readonly program: string;
  readonly source: (revision?: string) => DatasetSource;
  /** With arguments of every kind. */
  readonly odd: DatasetSource;
  readonly oddArguments: (target: string) => string[];
}

const TOOLS: Record<string, Tool> = {
  's3': {
    program: 'aws',
    source: revision => DatasetSource.s3('s3://acme/cifar10', { revision }),
    odd: DatasetSource.s3(`s3://acme/$(HOME)/*'"`, { include: ODD }),
    oddArguments: target => [
      's3', 'sync', `s3://acme/$(HOME)/*'"`, target, '--only-show-errors', '--exclude=*', ...ODD.map(pattern => `--include=${pattern}`),
    ],
  },
  'gcs': {
    program: 'gcloud',
    source: revision => DatasetSource.gcs('gs://acme/cifar10', { revision }),
    odd: DatasetSource.gcs(`gs://acme/$(HOME)/*'"`, { exclude: ODD.join('|') }),
    oddArguments: target => ['storage', 'rsync', '--recursive', `--exclude=${ODD.join('|')}`, `gs://acme/$(HOME)/*'"`, target],
  },
  'Hugging Face': {
    program: 'hf',
    source: revision => DatasetSource.huggingFace('acme/cifar10', { revision: revision ?? 'v1' }),
    odd: DatasetSource.huggingFace('acme/cifar10', { revision: '$(HOME) *', include: ODD }),
    oddArguments: target => [
      'download', 'acme/cifar10', '--repo-type', 'dataset', '--revision', '$(HOME) *', ...ODD.map(pattern => `--include=${pattern}`), '--local-dir', target,
    ],
  },
};

describe.each(Object.entries(TOOLS))('the loader of %s', (_, { program, source, odd, oddArguments }) => {
  test('writes the marker when all is there, and not before', async () => {
    // GIVEN
    sandbox.stub(program, `ls -A '${sandbox.volume}'; echo data > '${sandbox.volume}/file'`);
    // WHEN
    const { status, stdout } = await load(source());
    // THEN
    expect(status).toBe(0);
    expect(stdout).toBe(`${sandbox.volume} is complete\n`);
    expect(sandbox.names()).toEqual([loaderOf(source()).args[0], 'file']);
  });

  test('does nothing when the marker is there', async () => {
    sandbox.stub(program);
    expect((await load(source())).status).toBe(0);
    expect((await load(source())).status).toBe(0);
    expect(sandbox.callsOf(program)).toHaveLength(1);
  });

  test('leaves no marker when the tool fails, and completes when it is run again', async () => {
    sandbox.stub(program, `echo part >> '${sandbox.volume}/file'; [ "$n" -ne 1 ] || exit 3`);
    expect((await load(source())).status).toBe(3);
    expect(sandbox.names()).toEqual(['file']);
    expect((await load(source())).status).toBe(0);
    expect(markers()).toHaveLength(1);
    expect(sandbox.read('file')).toBe('part\npart\n');
  });

  test('leaves no marker when it is killed', async () => {
    sandbox.stub(program, '[ "$n" -ne 1 ] || kill -9 $PPID');
    expect((await load(source())).status).toBeNull();
    expect(markers()).toEqual([]);
    expect((await load(source())).status).toBe(0);
    expect(markers()).toHaveLength(1);
  });

  test('hands on arguments with spaces, quotes, `*` and `$` as they are', async () => {
    sandbox.stub(program);
    expect((await load(odd)).status).toBe(0);
    expect(sandbox.callsOf(program)).toEqual([oddArguments(sandbox.volume)]);
  });

  test('loads again for another revision, and again on the way back', async () => {
    sandbox.stub(program);
    for (const revision of ['v1', 'v2', 'v1']) {
      expect((await load(source(revision))).status).toBe(0);
      expect(markers()).toEqual([loaderOf(source(revision)).args[0]]);
    }
    expect(sandbox.callsOf(program)).toHaveLength(3);
  });

  test('says that the old revision is gone before it writes over it', async () => {
    sandbox.stub(program, '[ "$n" -ne 2 ] || exit 1');
    await load(source('v1'));
    expect((await load(source('v2'))).status).toBe(1);
    expect(markers()).toEqual([]);
  });

  test('leaves other datasets in the same file system alone', async () => {
    sandbox.stub(program);
    for (const id of ['cifar10', 'cifar10-test', 'cifar1']) expect((await load(source(), id)).status).toBe(0);
    expect(markers()).toHaveLength(3);
    await load(source('v2'));
    expect(markers()).toHaveLength(3);
  });
});
