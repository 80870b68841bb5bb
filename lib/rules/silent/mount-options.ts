import { Severity } from '../../findings/finding';
import type { DriverFacts } from '../../storage/drivers/driver-facts';
import { checkMountOptions, namesIn } from '../../storage/drivers/mount-options';
import { driverOf } from '../chain/binding/model/classes';
import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';

export const MOUNT_OPTIONS = errorRule({
  id: 'silent/mount-options',
  title: 'Mount options are single options of the file system',
  why: 'Nobody looks at them until a node mounts the volume: a wrong one fails there, and every pod waits.',
  fix: 'write each option as an entry of its own, as `mount -o` takes it: ["nfsvers=4.1", "hard"]',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#mount-options',
});

const OPTIONS = 'mountOptions';
const IN_TREE = 'kubernetes.io/';
const SPEC = Path.ROOT.field('spec');
/** Types whose code in the kubelet refuses every option. */
const WITHOUT_OPTIONS = ['hostPath', 'flexVolume'];
/** Options that only NFS knows. */
const OF_NFS = new Set([
  'nfsvers', 'vers', 'minorversion', 'hard', 'soft', 'softerr', 'nconnect', 'rsize', 'wsize', 'timeo', 'retrans', 'nolock', 'lock', 'proto', 'noresvport',
  'nocto', 'lookupcache',
]);

/** Looks for options of a class that no node could mount with. */
export function checkOptionsOfClass(subject: Subject): void {
  const { mountOptions, provisioner = '', parameters } = subject.json;
  if (mountOptions === undefined) return;
  const driver = driverOf(provisioner);
  const overNfs = isNfs(driver, parameters);
  checkOptions(subject, mountOptions, Path.ROOT, { driver, overNfs, isKnown: driver !== undefined || provisioner.startsWith(IN_TREE) });
}

/** The same for a PersistentVolume. */
export function checkOptionsOfVolume(subject: Subject): void {
  const spec: Json = subject.json.spec ?? {};
  const options: readonly string[] | undefined = spec.mountOptions;
  if (options === undefined || options.length === 0) return;
  const refusing = WITHOUT_OPTIONS.find(source => spec[source] !== undefined);
  if (refusing !== undefined) {
    subject.report(MOUNT_OPTIONS, SPEC.field(OPTIONS), {
      expected: `none: a volume of the type ${refusing} is mounted without`, found: quoted(options), fix: 'leave `mountOptions` out',
    });
    return;
  }
  const driver = spec.csi === undefined ? undefined : driverOf(spec.csi.driver ?? '');
  const overNfs = spec.nfs !== undefined || isNfs(driver, spec.csi?.volumeAttributes);
  checkOptions(subject, options, SPEC, { driver, overNfs, isKnown: driver !== undefined || spec.csi === undefined });
}

function isNfs(driver: DriverFacts | undefined, parameters: Json | undefined): boolean {
  switch (driver?.provisioner) {
    case 'nfs.csi.k8s.io':
    case 'filestore.csi.storage.gke.io':
    case 'efs.csi.aws.com':
      return true;
    case 'file.csi.azure.com':
    case 'blob.csi.azure.com':
      return parameters?.protocol?.startsWith('nfs') === true;
    default:
      return false;
  }
}

/** A bucket is mounted by a program of its own, whose options are those of its command line, as `region us-east-1` or `-o allow_other`. */
function isCommandLine({ driver, overNfs }: Mounter): boolean {
  return driver?.kind === 'object' && !overNfs;
}

/** Who mounts the volume. */
interface Mounter {
  readonly driver: DriverFacts | undefined;
  readonly overNfs: boolean;
  /** Nobody knows what other drivers do with options: some hand them to a program of their own. */
  readonly isKnown: boolean;
}

function checkOptions(subject: Subject, options: readonly string[], parent: Path, mounter: Mounter): void {
  const { driver, overNfs, isKnown } = mounter;
  for (let i = 0; i < options.length; i++) {
    const option = options[i];
    const report = (expected: string, fix?: string, severity?: Severity): void =>
      subject.report(MOUNT_OPTIONS, parent.field(OPTIONS).index(i), { expected, found: quoted(option), fix, severity });
    if (option.trim() === '') report('an option', 'leave it out');
    else if (isCommandLine(mounter)) continue;
    else if (/^-/.test(option) || /\s/.test(option.trim())) report('one option, without `-o` and without spaces', undefined, isKnown ? undefined : Severity.WARNING);
    else if (driver?.kind === 'block' && namesIn([option]).some(one => OF_NFS.has(one.split('=')[0]))) {
      report(`an option of a disk: ${driver.title} mounts no NFS`, 'leave it out');
    } else if (overNfs) {
      checkMountOptions([option], OPTIONS, {
        error: ({ expected, fix }) => report(expected, fix),
        warn: ({ expected, fix }) => report(expected, fix, Severity.WARNING),
      });
    }
  }
}
