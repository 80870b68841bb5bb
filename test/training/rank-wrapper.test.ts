import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Engine, KubernetesVersion } from '../../lib';
import { Sandbox } from '../support/shell';
import { train } from '../support/training';

let sandbox: Sandbox;
beforeEach(() => { sandbox = new Sandbox(); });
afterEach(() => sandbox.remove());

describe('the shell around torchrun, in a StatefulSet of 1.27', () => {
  const command = ['train.py', '--note=two words', '*', "it's", '"quoted"', '$HOME', '`id`', '', '\\n', 'a;b'];
  const { worker } = train({ engine: Engine.statefulSet(), command, name: 'resnet-50' }, { target: KubernetesVersion.V1_27 });

  test.each([['resnet-50-0', '0'], ['resnet-50-3', '3'], ['resnet-50-117', '117']])('takes the rank of %s from its name', async (HOSTNAME, rank) => {
    sandbox.stub('torchrun', 'printf %s "$PET_NODE_RANK"');
    expect(await sandbox.run(worker, '/', { HOSTNAME })).toMatchObject({ status: 0, stdout: rank });
  });

  test('hands on the arguments as they are', async () => {
    sandbox.stub('torchrun');
    await sandbox.run(worker, '/', { HOSTNAME: 'resnet-50-3' });
    expect(sandbox.callsOf('torchrun')).toEqual([command]);
  });

  test('makes way for torchrun, so that it gets the signals', async () => {
    sandbox.stub('torchrun', 'echo $$');
    const { pid, stdout } = await sandbox.run(worker, '/', { HOSTNAME: 'resnet-50-3' });
    expect(Number(stdout)).toBe(pid);
  });
});
