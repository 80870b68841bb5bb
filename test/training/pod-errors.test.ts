import { EnvValue } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { DistributedTrainingJobProps, Mount, PodVolume } from '../../lib';
import { errorOf, errorsOf } from '../support/findings';
import { CHECKPOINTS, refused } from '../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const LABEL_KEY = 'a key: an optional domain and `/`, then at most 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends';
const LABEL_VALUE = 'a value of at most 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends';
const LAUNCHER = "train/command | command: expected the training script first: PyTorch's launcher is put before it";
const SCRIPT_FIRST = "start with the script, or with '-m' and a module, and give each argument a text of its own";
const ONE_SOURCE = "name one, as PodVolume.fromWire({ csi: { driver: 'inline.example.com' } })";
const at = (path: string): Mount => PodVolume.scratch().at(path);

describe('a job is refused for', () => {
  test.each<[string, Props, string]>([
    ['no image', { image: '' },
      'api/image | image: expected a reference without spaces, found "" | use an image such as `ghcr.io/acme/train:1.4.2`'],
    ['an image with a space', { image: 'a b' },
      'api/image | image: expected a reference without spaces, found "a b" | use an image such as `ghcr.io/acme/train:1.4.2`'],
    ['no command', { command: [] },
      "train/command | command: expected the training script and its arguments, found [] | set `command`, as ['train.py', '--epochs=90']"],
    ['an empty command', { command: [' '] },
      "train/command | command: expected the training script and its arguments, found [\" \"] | set `command`, as ['train.py', '--epochs=90']"],
    ['a launcher before the script', { command: ['torchrun', 'train.py'] }, `${LAUNCHER}, found ["torchrun","train.py"] | ${SCRIPT_FIRST}`],
    ['an interpreter before the script', { command: ['/usr/bin/python3.11', 'train.py'] },
      `${LAUNCHER}, found ["/usr/bin/python3.11","train.py"] | ${SCRIPT_FIRST}`],
    ['a command line in one text', { command: ['python train.py --epochs=90'] }, `${LAUNCHER}, found ["python train.py --epochs=90"] | ${SCRIPT_FIRST}`],
    ['a variable that begins with a digit', { env: { '1A': 'x' } },
      "api/env-name | env['1A']: expected letters, digits, `_`, `-` and `.`, neither a digit nor `..` first, found \"1A\" | rename the variable"],
    ['a variable that looks like a path', { env: { '..a': 'x' } },
      "api/env-name | env['..a']: expected letters, digits, `_`, `-` and `.`, neither a digit nor `..` first, found \"..a\" | rename the variable"],
    ['a variable with a space', { envValues: { 'A B': EnvValue.fromValue('x') } },
      "api/env-name | envValues['A B']: expected letters, digits, `_`, `-` and `.`, neither a digit nor `..` first, found \"A B\" | rename the variable"],
    ['a rank by hand', { env: { RANK: '0' } },
      'train/reserved-env | env.RANK: expected no `RANK`: torchrun sets it for each process and ignores what the pod sets, found a value for RANK | leave `RANK` out'],
    ['an option of torchrun by hand', { env: { PET_NNODES: '2' } },
      'train/reserved-env | env.PET_NNODES: expected no `PET_NNODES`: torchrun reads its options from it, and the job sets them, found a value for PET_NNODES | leave `PET_NNODES` out'],
    ['another hostname than the real one', { env: { HOSTNAME: 'a' } },
      'train/reserved-env | env.HOSTNAME: expected no `HOSTNAME`: the container runtime sets it, and before Kubernetes 1.28 a worker finds its rank by it, found a value for HOSTNAME | leave `HOSTNAME` out'],
    ['a variable of the library', { envValues: { CDK8S_ML_POD_NAME: EnvValue.fromValue('x') } },
      'train/reserved-env | envValues.CDK8S_ML_POD_NAME: expected no `CDK8S_ML_POD_NAME`: the job sets such variables itself, found a value for CDK8S_ML_POD_NAME | leave `CDK8S_ML_POD_NAME` out'],
    ['two values for one variable', { env: { A: '1' }, envValues: { A: EnvValue.fromValue('2') } },
      'silent/env-twice | envValues.A: expected one value for each variable, found A in `env` too | remove one of them'],
    ['a mount on shared memory', { volumes: [at('/dev/shm/')] },
      'api/mount-path | volumes[0].path: expected a path of its own, found /dev/shm/, where shared memory is | mount it elsewhere'],
    ['two mounts at one path', { volumes: [at('/a'), at('/a/')] },
      'api/mount-path | volumes[1].path: expected a path of its own, found /a/, where `volumes[0].path` is | mount it elsewhere'],
    ['a dataset where the checkpoints are', { datasets: [at('/checkpoints')], checkpoints: CHECKPOINTS.shared() },
      'api/mount-path | datasets[0].path: expected a path of its own, found /checkpoints, where `checkpoints.path` is | mount it elsewhere'],
    ['a volume without a source', { volumes: [PodVolume.fromWire({}).at('/a')] },
      `silent/volume-source | volumes[0]: expected exactly one volume source, found none | ${ONE_SOURCE}`],
    ['a volume whose source is undefined', { datasets: [PodVolume.fromWire({ emptyDir: undefined }).at('/a')] },
      `silent/volume-source | datasets[0]: expected exactly one volume source, found none | ${ONE_SOURCE}`],
    ['a volume with two sources', { volumes: [PodVolume.fromWire({ emptyDir: {}, csi: { driver: 'x.example.com' } }).at('/a')] },
      `silent/volume-source | volumes[0]: expected exactly one volume source, found emptyDir, csi | ${ONE_SOURCE}`],
    ['a user that is none', { runAsUser: -1 },
      'api/user-id | runAsUser: expected a whole number from 0 to 2147483647, found -1 | set `runAsUser` to the id in the image'],
    ['a group that is none', { runAsGroup: 1.5 },
      'api/user-id | runAsGroup: expected a whole number from 0 to 2147483647, found 1.5 | set `runAsGroup` to the id in the image'],
    ['a user beyond what the API takes', { runAsUser: 2 ** 31 },
      'api/user-id | runAsUser: expected a whole number from 0 to 2147483647, found 2147483648 | set `runAsUser` to the id in the image'],
    ['an effect that no taint has', { tolerations: [{}, { key: 'a', effect: 'noSchedule' }] },
      'api/toleration | tolerations[1].effect: expected NoSchedule, PreferNoSchedule, NoExecute, found "noSchedule" | use one of them, or leave it out for all'],
    ['a value of a taint without its key', { tolerations: [{ value: 'a' }] },
      'api/toleration | tolerations[0].key: expected a key beside the value, found none | name the key of the taint'],
    ['a key that no taint has', { tolerations: [{ key: 'a b' }] }, `api/label | tolerations[0].key: expected ${LABEL_KEY}, found "a b" | correct the key`],
    ['a value that no taint has', { tolerations: [{ key: 'a', value: 'c d' }] },
      `api/label | tolerations[0].value: expected ${LABEL_VALUE}, found "c d" | correct the value`],
    ['a key that no node has', { nodeSelector: { '-/x': 'x' } }, `api/label | nodeSelector['-/x']: expected ${LABEL_KEY}, found "-/x" | correct the key`],
    ['a value that no node has', { nodeSelector: { a: '-x' } }, `api/label | nodeSelector['a']: expected ${LABEL_VALUE}, found "-x" | correct the value`],
    ['a label with two domains', { podLabels: { 'a/b/c': 'x' } }, `api/label | podLabels['a/b/c']: expected ${LABEL_KEY}, found "a/b/c" | correct the key`],
    ['a label that is too long', { podLabels: { a: 'y'.repeat(64) } },
      `api/label | podLabels['a']: expected ${LABEL_VALUE}, found "${'y'.repeat(64)}" | correct the value`],
    ['an annotation with a space in its key', { podAnnotations: { 'a b': '' } },
      `api/label | podAnnotations['a b']: expected ${LABEL_KEY}, found "a b" | correct the key`],
    ['a label that the job finds its pods by', { podLabels: { 'app.kubernetes.io/name': 'x' } },
      "train/reserved-label | podLabels['app.kubernetes.io/name']: expected a label of your own: the job finds its pods by this one, found \"x\" | use another key, or `name` for the name of the job"],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });

  test.each(['data', '', '/', '//', '/a:b', '/a/../b', 'C:\\data'])('a mount at %j', path => {
    expect(errorsOf(refused({ volumes: [at(path)] }))).toEqual([
      `api/mount-path | volumes[0].path: expected an absolute path below \`/\`, without \`:\` and \`..\`, found ${JSON.stringify(path)} | use a path such as \`/data\``,
    ]);
  });

  test.each(['', '/x', '../x', 'a/../../b'])('the subPath %j', subPath => {
    expect(errorsOf(refused({ volumes: [PodVolume.scratch().at('/a', { subPath })] }))).toEqual([
      `api/sub-path | volumes[0].subPath: expected a relative \`subPath\` without \`..\`, found ${JSON.stringify(subPath)} | name a directory of the volume`,
    ]);
  });
});

describe('a job is taken with', () => {
  test.each<[string, Props]>([
    ['a module instead of a script', { command: ['-m', 'package.train'] }],
    ['a script that is called like a launcher', { command: ['python_train.py'] }],
    ['labels of every shape', { podLabels: { 'a': '', 'Example_1.x': 'A.b_c-1', 'example.com/x': '1' } }],
    ['annotations with any value and a domain in capitals', { podAnnotations: { 'Example.com/note': 'two words: ä\n' } }],
    ['variables with dots and dashes', { env: { 'a.b-c_D': '' } }],
    ['mounts inside each other', { volumes: [at('/a'), at('/a/b')] }],
  ])('%s', (_, props) => {
    expect(errorsOf(refused(props))).toEqual([]);
  });
});

test('every problem but the plainest says where to read on', () => {
  const links = errorOf(refused({ env: { RANK: '0' }, volumes: [PodVolume.fromWire({}).at('a')], nodeSelector: { 'a b': '' }, image: '' })).findings
    .map(({ link }) => link);
  expect(links).toHaveLength(5);
  for (const link of links) expect(link).toMatch(/^https:\/\//);
});
