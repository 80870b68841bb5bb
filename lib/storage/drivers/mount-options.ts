import type { ProblemSink } from '../../findings/collector';

const NFS_LINK = 'https://man7.org/linux/man-pages/man5/nfs.5.html';

/** Options of NFS that wait for a server that is away instead of losing what was written. */
export const NFS_MOUNT_OPTIONS: readonly string[] = ['nfsvers=4.1', 'hard'];

/** Refuses mount options of a network file system that never mount, and warns of those that lose data when its server pauses. */
export function checkMountOptions(options: readonly string[], path: string, sink: ProblemSink): void {
  for (const option of namesIn(options)) {
    const connections = /^nconnect=(.*)$/.exec(option)?.[1];
    if (connections !== undefined && !(/^[0-9]+$/.test(connections) && Number(connections) >= 1 && Number(connections) <= 16)) {
      sink.error({
        ruleId: 'driver/nfs-connections',
        path,
        expected: 'from 1 to 16 connections: the mount of every pod fails with others',
        found: option,
        fix: 'use nconnect=8, or leave it out',
        link: NFS_LINK,
      });
    }
    if (option !== 'soft' && option !== 'softerr') continue;
    sink.warn({
      ruleId: 'driver/nfs-soft',
      path,
      expected: 'hard, which waits for the server: without it a pause becomes an I/O error and a half-written checkpoint',
      found: option,
      fix: `replace ${JSON.stringify(option)} with "hard"`,
      link: NFS_LINK,
    });
  }
}

/** The single options: one text may hold several, as `mount -o` takes them. */
export function namesIn(options: readonly string[]): string[] {
  return options.flatMap(text => text.split(',')).map(option => option.trim().toLowerCase());
}
