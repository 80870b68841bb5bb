import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsLabel } from '../../../private/name-forms';
import { isPathSegment, PATH_SEGMENT } from '../../values/path-segment';
import { valueOf } from '../../values/quantity';
import { oneOf, quoted } from '../../values/quote';
import { checkObjectReference } from './object-reference';
import { isContainerResource } from './resource-names';

export const METRIC = errorRule({
  id: 'api/autoscaler-metric',
  title: 'A metric of an autoscaler has one source of its type, and a target above 0',
  why: 'The API server refuses a metric without type or source, with two of them, or with a target that could never be reached.',
  fix: 'give the metric a `type`, the field of that type, and a `target` with type and value',
  link: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-resource-metrics',
});

/** Field of a source by type of the metric, in the order in which the server looks. */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ['Object', 'object'], ['External', 'external'], ['Pods', 'pods'], ['Resource', 'resource'], ['ContainerResource', 'containerResource'],
]);
const TYPES = [...SOURCES.keys()];
const FIELDS = [...SOURCES.values()];
const TARGET_TYPES = ['Utilization', 'Value', 'AverageValue'];
const EMPTY: Json = {};

export function checkMetrics(subject: Subject, metrics: readonly Json[], path: Path): void {
  for (let i = 0; i < metrics.length; i++) checkMetric(subject, metrics[i], path.index(i));
}

function checkMetric(subject: Subject, metric: Json, path: Path): void {
  const field = SOURCES.get(metric.type ?? '');
  if (field === undefined) subject.report(METRIC, path.field('type'), { expected: oneOf(TYPES), found: quoted(metric.type) });
  else if (metric[field] === undefined) subject.report(METRIC, path.field(field), { expected: `the source of a metric of type ${metric.type}`, found: 'none' });
  const present = FIELDS.filter(one => metric[one] !== undefined);
  if (present.length > 0) checkSource(subject, metric[present[0]], present[0], path.field(present[0]));
  if (present.length < 2) return;
  for (const one of present) {
    if (one !== field) subject.report(METRIC, path.field(one), { expected: 'one source', found: `${one} as another` });
  }
}

function checkSource(subject: Subject, source: Json, field: string, path: Path): void {
  const target: Json = source.target ?? EMPTY;
  const at = path.field('target');
  checkTarget(subject, target, at);
  const { value, averageValue, averageUtilization } = target;
  if (field === 'resource' || field === 'containerResource') {
    checkResourceNames(subject, source, field, path);
    if (averageUtilization === undefined && averageValue === undefined) reportMissing(subject, at.field('averageUtilization'), 'averageUtilization or averageValue');
    if (averageUtilization !== undefined && averageValue !== undefined) reportBoth(subject, at.field('averageValue'), averageValue);
    return;
  }
  if (field === 'object') checkObjectReference(subject, METRIC, source.describedObject ?? EMPTY, path.field('describedObject'), false);
  checkMetricName(subject, source.metric?.name, path.fields('metric', 'name'));
  if (averageValue === undefined && (field === 'pods' || value === undefined)) reportMissing(subject, at.field('averageValue'), field === 'pods' ? 'averageValue' : 'value or averageValue');
  if (field === 'external' && value !== undefined && averageValue !== undefined) reportBoth(subject, at.field('value'), value);
}

function reportMissing(subject: Subject, path: Path, what: string): void {
  subject.report(METRIC, path, { expected: `${what} of the target`, found: 'none' });
}

function reportBoth(subject: Subject, path: Path, value: unknown): void {
  subject.report(METRIC, path, { expected: 'one target', found: `${quoted(value)} beside another` });
}

function checkResourceNames(subject: Subject, { name, container }: Json, field: string, path: Path): void {
  const isOfContainer = field === 'containerResource';
  if (!name || (isOfContainer && !isContainerResource(name))) {
    subject.report(METRIC, path.field('name'), { expected: 'a resource such as cpu', found: quoted(name) });
  }
  if (isOfContainer && (!container || !isDnsLabel(container))) {
    subject.report(METRIC, path.field('container'), { expected: 'the name of a container', found: quoted(container) });
  }
}

function checkMetricName(subject: Subject, name: string | undefined, path: Path): void {
  if (name && isPathSegment(name)) return;
  subject.report(METRIC, path, { expected: name ? PATH_SEGMENT : 'the name of a metric', found: quoted(name) });
}

function checkTarget(subject: Subject, target: Json, path: Path): void {
  if (!TARGET_TYPES.includes(target.type)) subject.report(METRIC, path.field('type'), { expected: oneOf(TARGET_TYPES), found: quoted(target.type) });
  for (const field of ['value', 'averageValue']) {
    const amount = target[field] === undefined ? undefined : valueOf(target[field]);
    if (amount !== undefined && amount <= 0) subject.report(METRIC, path.field(field), { expected: 'more than 0', found: quoted(target[field]) });
  }
  if (target.averageUtilization < 1) {
    subject.report(METRIC, path.field('averageUtilization'), { expected: 'a percentage from 1', found: quoted(target.averageUtilization) });
  }
}
