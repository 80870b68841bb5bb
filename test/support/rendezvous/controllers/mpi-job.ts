import { type Controller, namespaceOf, podFrom, type Wire } from '../objects';

const KEY = 'training.kubeflow.org/';
const HOSTFILE = '/etc/mpi/hostfile';

/**
 * A launcher in a Job, workers, their Service, and the list of hosts that the launcher reads.
 *
 * @see https://github.com/kubeflow/mpi-operator/blob/master/pkg/controller/mpi_job_controller.go
 */
export const mpiJob: Controller = job => {
  const { metadata: { name }, spec: { mpiReplicaSpecs: { Launcher: launcher, Worker: worker } } } = job;
  const labels = { [`${KEY}job-name`]: name as string, [`${KEY}operator-name`]: 'mpi-operator' };
  const workers = Array.from({ length: worker?.replicas ?? 0 }, (_, index) => workerOf(job, worker, index, labels));
  return [
    ...workers,
    launcherOf(job, launcher, labels),
    { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { clusterIP: 'None', selector: labels } },
    hostsOf(job, workers.map(({ metadata }) => metadata.name as string)),
  ];
};

function workerOf(job: Wire, { template, restartPolicy = 'Never' }: Wire, index: number, labels: Record<string, string>): Wire {
  const name = `${job.metadata.name}-worker-${index}`;
  const pod = podFrom(template, name, {
    labels: { ...labels, [`${KEY}job-role`]: 'worker', [`${KEY}replica-index`]: String(index) },
    spec: { hostname: name, subdomain: job.metadata.name, restartPolicy },
  });
  const [first, ...others] = pod.spec.containers as Wire[];
  const isIdle = !first.command?.length && !first.args?.length;
  pod.spec.containers = [{
    ...first,
    ...isIdle && { command: ['/usr/sbin/sshd', '-De'] },
    env: [...first.env ?? [], { name: 'K_MPI_JOB_ROLE', value: 'worker' }],
  }, ...others];
  return withKeys(job, pod);
}

function launcherOf(job: Wire, { template, restartPolicy = 'Never' }: Wire, labels: Record<string, string>): Wire {
  const { metadata: { name }, spec } = job;
  const pod = podFrom(template, `${name}-launcher`, {
    labels: { ...labels, [`${KEY}job-role`]: 'launcher' },
    spec: { hostname: `${name}-launcher`, subdomain: name, restartPolicy },
  });
  const [first, ...others] = pod.spec.containers as Wire[];
  pod.spec.volumes = [...pod.spec.volumes ?? [], { name: 'mpi-job-config', configMap: { name: `${name}-config`, items: [{ key: 'hostfile', path: 'hostfile' }] } }];
  pod.spec.containers = [{
    ...first,
    env: [...first.env ?? [], ...told(spec)],
    volumeMounts: [...first.volumeMounts ?? [], { name: 'mpi-job-config', mountPath: '/etc/mpi' }],
  }, ...others];
  const { metadata: { labels: podLabels, annotations }, spec: podSpec } = withKeys(job, pod);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${name}-launcher` },
    spec: { backoffLimit: spec.runPolicy?.backoffLimit, template: { metadata: { labels: podLabels, annotations }, spec: podSpec } },
  };
}

function withKeys({ metadata: { name }, spec: { sshAuthMountPath = '/root/.ssh' } }: Wire, pod: Wire): Wire {
  const [first, ...others] = pod.spec.containers as Wire[];
  return {
    ...pod,
    spec: {
      ...pod.spec,
      volumes: [...pod.spec.volumes ?? [], { name: 'ssh-auth', secret: { secretName: `${name}-ssh` } }],
      containers: [{ ...first, volumeMounts: [...first.volumeMounts ?? [], { name: 'ssh-auth', mountPath: sshAuthMountPath }] }, ...others],
    },
  };
}

/** Behind the launcher's own variables. */
function told({ mpiImplementation = 'OpenMPI', slotsPerWorker = 1, runLauncherAsWorker = false }: Wire): Wire[] {
  const slots = String(slotsPerWorker);
  const byImplementation: Record<string, Record<string, string>> = {
    OpenMPI: {
      OMPI_MCA_orte_keep_fqdn_hostnames: 'true',
      OMPI_MCA_orte_default_hostfile: HOSTFILE,
      OMPI_MCA_plm_rsh_args: '-o ConnectionAttempts=10',
      OMPI_MCA_orte_set_default_slots: slots,
    },
    Intel: { I_MPI_HYDRA_HOST_FILE: HOSTFILE, I_MPI_HYDRA_BOOTSTRAP_EXEC_EXTRA_ARGS: '-o ConnectionAttempts=10', I_MPI_PERHOST: slots },
    MPICH: { HYDRA_HOST_FILE: HOSTFILE, HYDRA_LAUNCH_EXTRA_ARGS: '-o ConnectionAttempts=10' },
  };
  const all = {
    K_MPI_JOB_ROLE: 'launcher',
    ...byImplementation[mpiImplementation as string],
    ...!runLauncherAsWorker && { NVIDIA_VISIBLE_DEVICES: '', NVIDIA_DRIVER_CAPABILITIES: '' },
  };
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}

function hostsOf(job: Wire, workers: readonly string[]): Wire {
  const { metadata: { name }, spec: { mpiImplementation = 'OpenMPI', slotsPerWorker = 1, runLauncherAsWorker = false } } = job;
  const hosts = [...runLauncherAsWorker ? [`${name}-launcher`] : [], ...workers].map(host => `${host}.${name}.${namespaceOf(job)}.svc`);
  const hostfile = hosts.map(host => mpiImplementation === 'OpenMPI' ? `${host} slots=${slotsPerWorker}\n` : `${host}:${slotsPerWorker}\n`).join('');
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-config` }, data: { hostfile } };
}
