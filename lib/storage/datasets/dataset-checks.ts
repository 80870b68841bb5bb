import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ProblemCollector, ProblemSink, under } from '../../findings/collector';
import { isDnsSubdomain } from '../../private/name-forms';
import { checkLabelValue } from '../../private/labels';
import { checkIsSize } from '../../private/prop-types';
import { isSize, quantityOf } from '../../private/quantity';
import { described } from '../../private/described';
import { reportSecret, SECRET_DOCS, secretIn } from '../../private/secrets';
import { checkAboveZero } from '../../private/size-checks';
import { checkCanShare, checkClaimSize, checkDurability } from '../claims/claim-checks';
import { checkSameNamespaceAll } from '../claims/home';
import { checkContent } from '../claims/content-checks';
import { checkLoader } from './dataset-loader';
import { checkMountOptions } from '../drivers/mount-options';
import type { Durability } from '../tiers/durability';
import { checkIsTier } from '../tiers/tier-types';
import { checkCanPublish, publishingWay } from './publishing';
import type { SharedDatasetProps } from './shared-dataset-props';
import type { IStorageTier } from '../tiers/storage-tier';

const PLACES = ['tier', 'fileSystem', 'volumeName', 'claim'] as const;

/** @throws ValidationError naming every prop that cannot work */
export function checkDataset(scope: Construct, props: SharedDatasetProps, settled: { family: string; durability: Durability }): void {
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
  if (props.tier != null && checkIsTier(props.tier, problems)) checkTier(scope, props.tier, props, settled.durability, problems);
  if (props.fileSystem) checkFileSystem(scope, props, problems);
  if (props.volumeName !== undefined && !isDnsSubdomain(props.volumeName)) {
    problems.error({
      ruleId: 'api/name', path: 'volumeName', expected: 'the name of a PersistentVolume: lower case letters, digits, `-` and `.`',
      found: JSON.stringify(props.volumeName), fix: 'take the name from `kubectl get pv`',
    });
  }
  checkBelonging(props, problems);
  checkVersion(props, settled.family, problems);
  checkSource(props, problems);
  checkNamespaces(scope, props, problems);
  problems.throwIfAny();
}

/** The loader finds what it is given in the namespace of the dataset, or not at all. */
function checkNamespaces(scope: Construct, { claim, loader, source }: SharedDatasetProps, sink: ProblemSink): void {
  checkSameNamespaceAll({ 'claim': source && claim, 'loader.serviceAccount': loader?.serviceAccount, 'loader.credentials': loader?.credentials }, scope, sink);
  for (const secret of source?._spec.secrets ?? []) checkSameNamespaceAll({ source: secret }, scope, sink);
}

function checkTier(scope: Construct, tier: IStorageTier, props: SharedDatasetProps, durability: Durability, sink: ProblemSink): void {
  const { size, content, toBePublished } = props;
  const instead = publishingWay(tier) ? '`toBePublished: true` and a PublishedDataset' : undefined;
  if (toBePublished) checkCanPublish(tier, sink);
  else checkCanShare(tier, 'a dataset is read by pods on many nodes', instead, sink);
  checkDurability(tier, durability, sink);
  if (content && isSize(size)) checkContent(content, { scope, tier, size, block: false }, sink);
}

function checkVersion({ version, family: named }: SharedDatasetProps, family: string, sink: ProblemSink): void {
  if (version === undefined) {
    if (named === undefined) return;
    sink.error({ ruleId: 'props/unused', path: 'family', expected: 'a `version` beside it', found: 'none', fix: "say which version it is, as version: 'v2'" });
    return;
  }
  if (version === '') sink.error({ ruleId: 'props/required', path: 'version', expected: 'a version', found: "''", fix: "set `version`, as 'v2', or leave it out" });
  checkLabelValue('version', version, sink);
  checkLabelValue('family', family, sink);
}

function checkSize({ size, tier, claim }: SharedDatasetProps, sink: ProblemSink): void {
  if (claim) {
    if (!size) return;
    sink.error({
      ruleId: 'props/unused', path: 'size', expected: 'no size beside `claim`: the claim has its own', found: isSize(size) ? quantityOf(size) : described(size), fix: 'leave `size` out',
    });
    return;
  }
  if (!size) {
    sink.error({
      ruleId: 'props/required', path: 'size', expected: 'a size: the API demands one of every claim', found: 'none', fix: 'set `size`, as Size.tebibytes(2)',
    });
  } else if (!checkIsSize('size', size, 'Size.tebibytes(2)', sink)) {
    return;
  } else if (tier) {
    checkClaimSize(tier, size, sink);
  } else {
    checkAboveZero(size, { path: 'size', fix: 'set `size`, as Size.tebibytes(2)' }, sink);
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
  const only = (path: 'accessMode' | 'mountOptions' | 'content' | 'toBePublished', owner: 'volumeName' | 'fileSystem' | 'tier', fix: string): void => {
    if (props[path] === undefined || props[path] === false || props[owner] !== undefined) return;
    const found = path === 'content' ? props.content!._ref.name : JSON.stringify(props[path]);
    sink.error({ ruleId: 'props/unused', path, expected: `\`${owner}\` beside it`, found, fix });
  };
  only('content', 'tier', 'leave `content` out: only a new claim can be filled');
  only('toBePublished', 'tier', 'leave `toBePublished` out: a PublishedDataset mounts what is there read-only');
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
  checkNoSecret([source.description, ...source._spec.args], sink);
  if (props.fileSystem?._driver.kind === 'object') {
    sink.error({
      ruleId: 'chain/object-store-write',
      path: 'source',
      expected: `no loader: ${props.fileSystem._driver.title} mounts a bucket, where tools that copy cannot rename their files`,
      found: source.description,
      fix: 'copy into the bucket with its own tools, or load onto a file system',
      link: props.fileSystem._driver.link,
    });
  }
  checkLoader(source, loader ?? {}, sink);
  if ((props.accessMode as string | undefined) === 'ReadOnlyMany') {
    sink.error({
      ruleId: 'chain/access-mode', path: 'accessMode', expected: 'READ_WRITE_MANY: the loader writes', found: 'READ_ONLY_MANY', fix: 'use a volume that can be written, or leave `source` out',
    });
  }
}

/** Whoever may read the Job would read it too. */
function checkNoSecret(texts: readonly string[], sink: ProblemSink): void {
  const secret = texts.map(secretIn).find(found => found !== undefined);
  if (secret) reportSecret(secret, { path: 'source', fix: 'give access by `loader.serviceAccount`, or by a Secret in `loader.credentials`', link: SECRET_DOCS }, sink);
}
