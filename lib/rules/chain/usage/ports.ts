import type { BundleView } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { quoted } from '../../values/quote';
import type { LabelIndex } from './label-index';

export const PORT_MISSING = errorRule({
  id: 'chain/port-missing',
  title: 'A port that a Service or a probe names is one of the containers',
  why: 'Nothing answers under a name that no container gives to a port: the Service has no endpoint for it, the probe fails for ever.',
  fix: 'name the port in `ports` of the container, or use its number',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
});

const SPEC = Path.ROOT.field('spec');
const NONE: readonly never[] = [];
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;
/** The first release whose Services see the ports of sidecars. */
const SIDECAR_PORTS_SINCE = 32;

/** Judges ports that Services name. */
export function checkServicePorts(view: BundleView, pods: LabelIndex<PodSubject>): void {
  for (const service of view.all('Service')) {
    const { selector, ports = NONE, type } = service.json.spec ?? {};
    if (service.manifest.external || selector === undefined || type === 'ExternalName') continue;
    let selected: readonly PodSubject[] | undefined;
    for (let i = 0; i < ports.length; i++) {
      const { targetPort, protocol = 'TCP' } = ports[i];
      if (typeof targetPort !== 'string' || targetPort === '') continue;
      selected ??= pods.matching(service.manifest.namespace, { matchLabels: selector }) ?? NONE;
      if (selected.length === 0 || selected.some(pod => hasPort(pod, targetPort, protocol))) continue;
      const { kind, name } = selected[0].subject.manifest;
      service.report(PORT_MISSING, SPEC.field('ports').index(i).field('targetPort'), {
        expected: `the name of a ${protocol} port of ${kind} ${name}${selected.length > 1 ? ' or of the others that it selects' : ''}`, found: quoted(targetPort),
      });
    }
  }
}

/** Judges ports that probes and hooks of a container name: they are the container's own. */
export function checkProbePorts({ subject, spec, path }: PodSubject): void {
  checkContainers(spec.containers ?? NONE, 'containers');
  if (spec.initContainers !== undefined) checkContainers(spec.initContainers, 'initContainers');

  function checkContainers(containers: readonly Json[], list: string): void {
    for (let i = 0; i < containers.length; i++) {
      const container = containers[i];
      for (const probe of PROBES) if (container[probe] !== undefined) checkAction(container, container[probe], i, list, [probe]);
      if (container.lifecycle === undefined) continue;
      for (const hook of HOOKS) if (container.lifecycle[hook]) checkAction(container, container.lifecycle[hook], i, list, ['lifecycle', hook]);
    }
  }

  function checkAction(container: Json, action: Json, i: number, list: string, fields: readonly string[]): void {
    const via = action.httpGet ? 'httpGet' : action.tcpSocket ? 'tcpSocket' : undefined;
    const port: unknown = via && action[via].port;
    if (typeof port !== 'string' || port === '' || named(container, port)) return;
    subject.report(PORT_MISSING, path.field(list).index(i).fields(...fields, via!, 'port'), {
      expected: `a number, or the name of a port of container ${quoted(container.name)}`, found: quoted(port),
    });
  }
}

function hasPort({ spec, subject }: PodSubject, name: string, protocol: string): boolean {
  const containers: readonly Json[] = spec.containers ?? NONE;
  if (containers.some(container => named(container, name, protocol))) return true;
  const sidecars: readonly Json[] = spec.initContainers ?? NONE;
  return subject.minor >= SIDECAR_PORTS_SINCE && sidecars.some(one => one.restartPolicy === 'Always' && named(one, name, protocol));
}

function named({ ports = NONE }: Json, name: string, protocol?: string): boolean {
  return (ports as readonly Json[]).some(port => port.name === name && (protocol === undefined || (port.protocol ?? 'TCP') === protocol));
}
