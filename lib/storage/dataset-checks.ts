import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ProblemCollector, ProblemSink, under } from '../findings/collector';
import { isDnsSubdomain } from '../private/names';
import { bytesOf, quantityOf } from '../private/quantity';
import { checkCanShare, checkClaimSize } from './claim-checks';
import { checkLoader } from './dataset-loader';
import { checkMountOptions } from './drivers/mount-options';
import type { SharedDatasetProps } from './shared-dataset';

const PLACES = ['tier', 'fileSystem', 'volumeName', 'claim'] as const;

/** @throws ValidationError naming every prop that cannot work */
export function checkDataset(scope: Construct, props: SharedDatasetProps): void {
  const problems = new ProblemCollector(scope, 'SharedDataset');
  const named = PLACES.filter(place => props[place] !== undefined);
  if (named.length !== 1) {
    problems.error({
      ruleId: 'props/exactly-one',
      path: named.join(', ') || 'tier',
      expected: `exactly one of ${PLACES.map(place => `\`${place}\``).join(', ')}`,
      found: named.length === 0 ? 'none' : named.join(' and '),
      fix: 'say where the dataset lives, once',
    });
  }
  checkSize(props, problems);
  if (props.tier) checkCanShare(props.tier, 'a dataset is read by pods on many nodes', undefined, problems);
  if (props.fileSystem) checkFileSystem(scope, props, problems);
  if (props.volumeName !== undefined && !isDnsSubdomain(props.volumeName)) {
    problems.error({
      ruleId: 'api/name', path: 'volumeName', expected: 'the name of a PersistentVolume: lower case letters, digits, `-` and `.`',
      found: JSON.stringify(props.volumeName), fix: 'take the name from `kubectl get pv`',
    });
  }
  checkBelonging(props, problems);
  checkSource(props, problems);
  problems.throwIfAny();
}

function checkSize({ size, tier, claim }: SharedDatasetProps, sink: ProblemSink): void {
  if (claim) {
    if (!size) return;
    sink.error({
      ruleId: 'props/unused', path: 'size', expected: 'no size beside `claim`: the claim has its own', found: quantityOf(size), fix: 'leave `size` out',
    });
    return;
  }
  if (!size) {
    sink.error({
      ruleId: 'props/required', path: 'size', expected: 'a size: the API demands one of every claim', found: 'none', fix: 'set `size`, as Size.tebibytes(2)',
    });
  } else if (tier) {
    checkClaimSize(tier, size, sink);
  } else if (bytesOf(size) <= 0) {
    sink.error({ ruleId: 'api/quantity', path: 'size', expected: 'a size above 0', found: quantityOf(size), fix: 'set `size`, as Size.tebibytes(2)' });
  }
}

function checkFileSystem(scope: Construct, { fileSystem, mountOptions }: SharedDatasetProps, sink: ProblemSink): void {
  fileSystem!._check(under('fileSystem', sink));
  checkMountOptions(mountOptions ?? [], 'mountOptions', sink);
  if (Chart.of(scope).namespace !== undefined) return;
  sink.error({
    ruleId: 'chain/claim-ref-namespace',
    path: 'fileSystem',
    expected: 'a chart with a `namespace`: the volume is tied to its claim by name and namespace',
    found: 'a chart without',
    fix: "give the chart one, as new Chart(app, 'vision', { namespace: 'ml-training' })",
    link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reserving-a-persistentvolume',
  });
}

/** Props that mean something only for another way to store the dataset would be lost without a word. */
function checkBelonging(props: SharedDatasetProps, sink: ProblemSink): void {
  const only = (path: 'accessMode' | 'mountOptions', owner: 'volumeName' | 'fileSystem', fix: string): void => {
    if (props[path] === undefined || props[owner] !== undefined) return;
    sink.error({ ruleId: 'props/unused', path, expected: `\`${owner}\` beside it`, found: JSON.stringify(props[path]), fix });
  };
  only('accessMode', 'volumeName', 'leave `accessMode` out: the claim gets the mode that fits');
  only('mountOptions', 'fileSystem', 'leave `mountOptions` out, or set them on the tier');
}

function checkSource(props: SharedDatasetProps, sink: ProblemSink): void {
  const { source, loader } = props;
  if (!source) {
    if (loader) {
      sink.error({ ruleId: 'props/unused', path: 'loader', expected: 'a `source` for it to load', found: 'none', fix: "set `source`, as DatasetSource.s3('s3://bucket/prefix')" });
    }
    return;
  }
  source._spec.check(under('source', sink));
  checkLoader(source, loader ?? {}, sink);
  if ((props.accessMode as string | undefined) === 'ReadOnlyMany') {
    sink.error({
      ruleId: 'chain/access-mode', path: 'accessMode', expected: 'READ_WRITE_MANY: the loader writes', found: 'READ_ONLY_MANY', fix: 'use a volume that can be written, or leave `source` out',
    });
  }
}
