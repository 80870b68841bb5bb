import type { CopySpec, Mount } from '../storage/volumes/mount';
import { containerSecurity } from './security';
import { Container, EnvVar, literal } from './wire';

/** Put before the name of a volume to name the container that fills it. */
export const COPY_PREFIX = 'copy-';

/** For containers that run the pod's own image: images for training ask for every GPU of the node where the runtime shows them. */
export const INIT_ENV: readonly EnvVar[] = [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }];

/** What copying takes, beyond the page cache, which the kernel gives back. */
export const COPY_RESOURCES = { limits: { memory: '1Gi' }, requests: { cpu: '1', memory: '256Mi' } };

/**
 * Takes source, target and the marker's name. A copy that broke off is begun again and writes over what it left; a complete
 * one, as a pod finds it whose containers start again, is left alone. What the file systems themselves keep in their roots
 * is left out: `lost+found` belongs to root.
 */
export const COPY_SCRIPT = [
  'set -eu',
  'source=$1; target=$2; marker=$2/$3',
  'if [ -f "$marker" ]; then echo "$target is complete"; exit 0; fi',
  'if [ ! -d "$source" ]; then echo "there is no $source" >&2; exit 1; fi',
  'begun=$(date +%s)',
  'chmod -R u+w "$target" 2>/dev/null || :',
  'for entry in "$source"/* "$source"/.[!.]*; do',
  '  case ${entry##*/} in lost+found | .snapshot) continue ;; esac',
  '  if [ -e "$entry" ] || [ -L "$entry" ]; then cp -Rf "$entry" "$target/"; fi',
  'done',
  ': > "$marker"',
  'echo "$target is complete, copied in $(($(date +%s) - begun)) s"',
].join('\n');

/** Fills the volume of a mount before the pod's containers start. Runs the pod's own image, which the node needs anyway. */
export function copyContainer(image: string, mount: Mount, { from, marker }: CopySpec, nameOf: (mount: Mount) => string): Container {
  return {
    name: COPY_PREFIX + nameOf(mount),
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/sh', '-c', literal(COPY_SCRIPT), 'copy'],
    args: [from.path, mount.path, marker].map(literal),
    env: INIT_ENV,
    resources: COPY_RESOURCES,
    securityContext: containerSecurity(),
    volumeMounts: [
      { name: nameOf(from), mountPath: from.path, readOnly: true },
      { name: nameOf(mount), mountPath: mount.path },
    ],
  };
}
