import { errorRule } from '../../../engine/rule';
import { hasBackstep, isAbsolute } from '../../../values/file-paths';
import { checkChoice, isThere, reportField, type SourceKind, type VolumeSource } from './source';

const LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/';

export const HOST_PATH = errorRule({
  id: 'api/host-path',
  title: 'A path of the node is written without `..`, and is of a known type',
  why: 'The API server refuses paths that climb out of where they seem to be, and types that the kubelet does not know.',
  fix: 'name a directory of the node, as /mnt/nvme, and a type such as Directory',
  link: `${LINK}#hostpath`,
});

export const LOCAL_VOLUME = errorRule({
  id: 'api/local-volume',
  title: 'A local volume names its path and the nodes that have it',
  why: 'A local disk is there on one node only: without a node affinity the scheduler could put a pod where the data are not, so that the API '
    + 'server refuses the volume.',
  fix: 'set `local.path` to an absolute path without `..`, and `nodeAffinity.required` to the label of the node, as kubernetes.io/hostname',
  link: `${LINK}#local`,
});

export const NFS_VOLUME = errorRule({
  id: 'api/nfs-volume',
  title: 'An NFS volume names a server and an absolute path',
  why: 'The node mounts `server:path`: without one of them there is nothing to mount.',
  fix: 'set `nfs.server` to an address that nodes can resolve, and `nfs.path` to the exported path, as /exports/datasets',
  link: `${LINK}#nfs`,
});

/** What a hostPath can be checked for; the empty one checks nothing. */
const HOST_PATH_TYPES = ['', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'];

/** Sources that are a directory of a node or of a file server. */
export const FILE_SOURCES: Readonly<Record<string, SourceKind>> = {
  hostPath: { rule: HOST_PATH, required: ['path'], check: checkHostPath },
  nfs: { rule: NFS_VOLUME, required: ['server', 'path'], check: checkNfs },
  local: { rule: LOCAL_VOLUME, required: ['path'], check: checkLocal },
};

function checkHostPath(source: VolumeSource): void {
  // without a path the server looks no further
  if (!isThere(source.json.path)) return;
  if (hasBackstep(source.json.path)) reportField(source, HOST_PATH, 'path', 'a path without `..`');
  checkChoice(source, HOST_PATH, 'type', HOST_PATH_TYPES);
}

function checkNfs(source: VolumeSource): void {
  const { path } = source.json;
  if (isThere(path) && !isAbsolute(path)) reportField(source, NFS_VOLUME, 'path', 'an absolute path');
}

function checkLocal(source: VolumeSource): void {
  const { path } = source.json;
  if (isThere(path) && hasBackstep(path)) reportField(source, LOCAL_VOLUME, 'path', 'a path without `..`');
}
