import type { Json } from '../engine/manifest';
import { warningRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { referenceOf } from '../train/known-images';
import { envText, pathOf, type PodFacts, volumeOf } from '../train/pod-facts';

export const DATABASE_ON_MOUNT_ROOT = warningRule({
  id: 'silent/database-on-mount-root',
  title: 'A database has a directory of its own on its disk',
  why: 'A new disk with ext4 has a folder lost+found. initdb refuses a directory that is not empty, and the pod never starts.',
  fix: 'set PGDATA to a folder below the mount, such as /var/lib/postgresql/data/pgdata, or mount with a subPath',
  link: 'https://github.com/docker-library/docs/blob/master/postgres/README.md#pgdata',
});

const POSTGRES = /(^|\/)(postgres|postgis|timescaledb|pgvector)$/;
const DATA = '/var/lib/postgresql/data';
const NONE: readonly Json[] = [];

/** Holds where PostgreSQL puts its files. */
export function checkDatabases(facts: PodFacts): void {
  const { pod } = facts;
  for (const container of facts.containers) {
    if (!container.image.includes('postg') && !container.image.includes('timescaledb') && !container.image.includes('pgvector')) continue;
    if (!POSTGRES.test(referenceOf(container.image).repository)) continue;
    const data = (envText(container, 'PGDATA') ?? DATA).replace(/\/+$/, '');
    const mounts: readonly Json[] = container.json.volumeMounts ?? NONE;
    const at = mounts.findIndex(({ mountPath, subPath, subPathExpr }) => mountPath?.replace(/\/+$/, '') === data && !subPath && !subPathExpr);
    if (at < 0) continue;
    const volume = volumeOf(facts, mounts[at].name)?.json;
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral) continue;
    pod.subject.report(DATABASE_ON_MOUNT_ROOT, pathOf(facts, container).field('volumeMounts').index(at), {
      expected: `PGDATA below ${data}, or a subPath`, found: `the root of the disk ${quoted(mounts[at].name)} as PGDATA`,
    });
  }
}
