/**
 * Child process: builds an app, synthesizes it and prints what that took.
 *
 *     node workload.js App|MlApp|rendering|floor <charts> <triples in each chart> <outdir> [L1|L2]
 *
 * `rendering` is an `MlApp` without its rules: the work that an `App` does.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Sample } from './measure';

const { k8s } = kplus;

/** A claim, the workers that use it and their Service, by the generated classes of cdk8s-plus. */
function addTriple(chart: Chart, i: number): void {
  const labels = { 'app.kubernetes.io/name': `train-${i}` };
  new k8s.KubePersistentVolumeClaim(chart, `data-${i}`, {
    spec: {
      accessModes: ['ReadWriteMany'],
      storageClassName: `tier-${i % 5}`,
      resources: { requests: { storage: k8s.Quantity.fromString('500Gi') } },
    },
  });
  new k8s.KubeStatefulSet(chart, `workers-${i}`, {
    metadata: { labels },
    spec: {
      serviceName: `rendezvous-${i}`,
      replicas: 8,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{
            name: 'main',
            image: `ghcr.io/acme/train:${i}`,
            args: ['--epochs=90', '--lr', '0.1', `--run=team ${i}`],
            env: [{ name: 'NCCL_DEBUG', value: 'INFO' }, { name: 'WORLD', value: '8' }],
            resources: { limits: { cpu: k8s.Quantity.fromString('8'), memory: k8s.Quantity.fromString('64Gi') } },
            volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }],
          }],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `data-${i}` } }],
        },
      },
    },
  });
  new k8s.KubeService(chart, `rendezvous-${i}`, {
    spec: { clusterIp: 'None', selector: labels, ports: [{ name: 'rdzv', port: 29500 }] },
  });
}

/** The same three by the constructs of cdk8s-plus, which make more of the tree: seven constructs instead of three. */
function addTripleOfConstructs(chart: Chart, i: number): void {
  const claim = new kplus.PersistentVolumeClaim(chart, `data-${i}`, {
    accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_MANY],
    storageClassName: `tier-${i % 5}`,
    storage: Size.gibibytes(500),
  });
  const service = new kplus.Service(chart, `rendezvous-${i}`, { clusterIP: 'None', ports: [{ name: 'rdzv', port: 29500 }] });
  const workers = new kplus.StatefulSet(chart, `workers-${i}`, { service, replicas: 8 });
  const container = workers.addContainer({ name: 'main', image: `ghcr.io/acme/train:${i}`, args: ['--epochs=90', '--lr', '0.1'] });
  container.mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, `volume-${i}`, claim), { readOnly: true });
}

/** Runs `use` and prints the CPU time, user and system, that it and the whole process took. */
function sample(use: () => void): void {
  const before = process.cpuUsage();
  use();
  const { user, system } = process.cpuUsage(before);
  const all = process.cpuUsage();
  const result: Sample = { part: (user + system) / 1000, process: (all.user + all.system) / 1000 };
  console.log(JSON.stringify(result));
}

async function main([type, charts, triples, outdir, level]: string[]): Promise<void> {
  const isOurs = type === 'MlApp' || type === 'rendering';
  const app = isOurs ? new (await import('cdk8s-ml')).MlApp({ outdir, validate: type === 'MlApp' }) : new App({ outdir });
  for (let c = 0; c < Number(charts); c++) {
    const chart = new Chart(app, `team-${c}`, { namespace: `team-${c}` });
    for (let i = 0; i < Number(triples); i++) {
      (level === 'L2' ? addTripleOfConstructs : addTriple)(chart, c * Number(triples) + i);
    }
  }
  if (type !== 'floor') return sample(() => app.synth());
  // what cannot be saved: the same objects, rendered before the clock starts, as one line of JSON each
  const objects = app.charts.flatMap(chart => chart.apiObjects.map(object => object.toJson() as unknown));
  mkdirSync(outdir, { recursive: true });
  sample(() => writeFileSync(join(outdir, 'all.json'), objects.map(object => JSON.stringify(object)).join('\n')));
}

void main(process.argv.slice(2));
