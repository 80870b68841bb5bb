import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { isDnsSubdomain } from '../../private/name-forms';

const RESOURCE_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LINK = 'https://kubernetes.io/docs/tasks/administer-cluster/extended-resource-node/';

/** A number of devices, and where it is asked for. */
export interface DeviceCount {
  readonly path: string;
  readonly value: number;
  /** For people: `devices`. */
  readonly what: string;
  /** The prop that can be left out. */
  readonly prop: string;
}

/** Holds a number of devices of one worker against what the API takes. */
export function checkDeviceCount({ path, value, what, prop }: DeviceCount, sink: ProblemSink): void {
  if (Number.isInteger(value) && value >= 1) return;
  sink.error({
    ruleId: 'api/extended-resource',
    path,
    expected: `a whole number from 1: ${what} cannot be divided`,
    found: described(value),
    fix: `use the number of ${what} of one worker, or leave \`${prop}\` out`,
    link: LINK,
  });
}

/** Holds the name of a resource against what device plugins can register. */
export function checkResourceName(path: string, resource: string, example: string, sink: ProblemSink): void {
  const [domain, name, ...more] = String(resource).split('/');
  if (typeof resource === 'string' && isDnsSubdomain(domain) && !domain.endsWith('kubernetes.io') && !domain.startsWith('requests.')
    && RESOURCE_NAME.test(name ?? '') && more.length === 0) return;
  sink.error({
    ruleId: 'api/extended-resource',
    path,
    expected: `a name with the domain of the device plugin, as \`${example}\``,
    found: described(resource),
    fix: 'take the name from `status.allocatable` of a node',
    link: LINK,
  });
}
