import { describe, expect, test } from 'vitest';
import { Framework } from '../../lib';
import { envOf, named } from '../support/manifests';
import { ENGINES, train } from '../support/training';

describe.each(ENGINES.map(engine => [engine.name, engine] as const))('the Service of a %s', (_, engine) => {
  const { service, workload, worker, pod } = train({ engine, podLabels: { team: 'vision' } });
  const labels = workload.spec.template.metadata.labels as Record<string, string>;

  test('is headless and names workers before they are ready', () => {
    expect(service.spec.clusterIP).toBe('None');
    expect(service.spec.publishNotReadyAddresses).toBe(true);
  });

  test('selects the pods of this job and no others', () => {
    expect(labels).toMatchObject(service.spec.selector as object);
    expect(service.spec.selector).toEqual({ 'app.kubernetes.io/name': 'train', 'app.kubernetes.io/component': 'worker' });
  });

  test('is what the names of the workers come from', () => {
    expect(envOf(worker).PET_MASTER_ADDR).toBe(`${workload.metadata.name}-0.${service.metadata.name}`);
    const domain = engine.name === 'StatefulSet' ? workload.spec.serviceName : pod.subdomain;
    expect(domain).toBe(service.metadata.name);
  });

  test('has the port of the rendezvous', () => {
    const moved = train({ engine, framework: Framework.pytorch({ port: 12345 }) });
    expect(named('rendezvous', moved.service.spec.ports)).toEqual({ name: 'rendezvous', port: 12345, protocol: 'TCP', targetPort: 12345 });
    expect(named('rendezvous', moved.worker.ports)).toEqual({ name: 'rendezvous', containerPort: 12345 });
    expect(envOf(moved.worker).PET_MASTER_PORT).toBe('12345');
  });
});
