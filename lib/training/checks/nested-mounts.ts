import type { ProblemSink } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';

interface Mounted {
  readonly prop: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** The runtime makes a directory for each mount, which it cannot in a file system that is mounted read-only. */
export function checkNestedMounts({ checkpoints, datasets = [], volumes = [] }: DistributedTrainingJobProps, sink: ProblemSink): void {
  const all: Mounted[] = [
    ...checkpoints ? [{ prop: 'checkpoints.path', path: checkpoints.path, readOnly: false }] : [],
    ...datasets.map(({ path, readOnly }, i) => ({ prop: `datasets[${i}]`, path, readOnly })),
    ...volumes.map(({ path, readOnly }, i) => ({ prop: `volumes[${i}]`, path, readOnly })),
  ].map(one => ({ ...one, path: plain(one.path) }));
  for (const inner of all) {
    // the nearest one around it is the file system that it would be made in
    const [around] = all.filter(({ path }) => path !== '' && inner.path.startsWith(`${path}/`)).sort((a, b) => b.path.length - a.path.length);
    if (!around?.readOnly) continue;
    sink.warn({
      ruleId: 'train/mount-inside',
      path: inner.prop.endsWith('.path') ? inner.prop : `${inner.prop}.path`,
      expected: `a path outside of ${around.path}: \`${around.prop}\` is mounted read-only, and no directory can be made in it`,
      found: inner.path,
      fix: 'mount it elsewhere, unless the data has the directory',
      link: 'https://kubernetes.io/docs/concepts/storage/volumes/#read-only-mounts',
    });
  }
}

function plain(path: string): string {
  return String(path).replace(/\/+/g, '/').replace(/\/$/, '');
}
