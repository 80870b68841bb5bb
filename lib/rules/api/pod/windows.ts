import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsSubdomain } from '../../../private/name-forms';
import { quoted } from '../../values/quote';

export const WINDOWS_OPTIONS = errorRule({
  id: 'api/windows-options',
  title: 'Options of Windows name a possible user and credential, and HostProcess for all containers or none',
  why: 'The API server refuses user names that Windows does not know, empty credentials, and pods in which only some containers are processes '
    + 'of the node, or that do so without its network.',
  fix: 'set `hostProcess` on the pod, with `hostNetwork: true`, and write users as `DOMAIN\\user`',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/',
});

const SPEC_MAX = 64 * 1024;
const DOMAIN_MAX = 255;
const USER_MAX = 104;
const CONTROL = /[\u0000-\u001f\u007f]/;
const NET_BIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const DNS_LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const ONLY_DOTS = /^[. ]+$/;
const FORBIDDEN = /["/\\:;|=,+*?<>@[\]]/;
const NONE: readonly Json[] = [];

export function checkWindowsOptions(subject: Subject, options: Json, parent: Path): void {
  const path = parent.field('windowsOptions');
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: spec, runAsUserName: user } = options;
  if (name !== undefined && !isDnsSubdomain(name)) {
    subject.report(WINDOWS_OPTIONS, path.field('gmsaCredentialSpecName'), { expected: 'the name of a GMSACredentialSpec', found: quoted(name) });
  }
  if (spec !== undefined && (spec === '' || Buffer.byteLength(spec) > SPEC_MAX)) {
    subject.report(WINDOWS_OPTIONS, path.field('gmsaCredentialSpec'), { expected: 'a credential of at most 64 KiB', found: quoted(spec) });
  }
  const expected = user === undefined ? undefined : faultOf(user);
  if (expected) subject.report(WINDOWS_OPTIONS, path.field('runAsUserName'), { expected, found: quoted(user) });
}

/** What is expected of a user name that Windows would not take. */
function faultOf(name: string): string | undefined {
  if (name === '' || CONTROL.test(name)) return 'the name of a user without control characters';
  const parts = name.split('\\');
  if (parts.length > 2) return 'at most one backslash, between domain and user';
  const user = parts[parts.length - 1];
  if (parts.length === 2 && !isDomain(parts[0])) return 'the NetBIOS or DNS name of a domain before the backslash';
  if (user === '' || Buffer.byteLength(user) > USER_MAX) return `a user of at most ${USER_MAX} characters`;
  return ONLY_DOTS.test(user) || FORBIDDEN.test(user) ? 'a user that is not only dots and has none of "/\\:;|=,+*?<>@[]' : undefined;
}

function isDomain(domain: string): boolean {
  if (Buffer.byteLength(domain) > DOMAIN_MAX) return false;
  return NET_BIOS.test(domain) || domain.split('.').every(label => DNS_LABEL.test(label));
}

/** Processes of the node: all containers of a pod or none, and in the network of the node. */
export function checkHostProcess(pod: PodSubject): void {
  const { spec, subject } = pod;
  const ofPod: boolean | undefined = spec.securityContext?.windowsOptions?.hostProcess;
  let containers = 0;
  let processes = 0;
  for (const field of ['initContainers', 'containers'] as const) {
    const list: readonly Json[] = spec[field] ?? NONE;
    containers += list.length;
    for (let i = 0; i < list.length; i++) {
      const own: boolean | undefined = list[i].securityContext?.windowsOptions?.hostProcess;
      if (ofPod !== undefined && own !== undefined && own !== ofPod) {
        subject.report(WINDOWS_OPTIONS, pod.path.field(field).index(i).fields('securityContext', 'windowsOptions', 'hostProcess'), {
          expected: `${ofPod}, as the pod says`, found: String(own),
        });
      }
      if (own ?? ofPod) processes++;
    }
  }
  if (processes === 0) return;
  if (processes !== containers) {
    subject.report(WINDOWS_OPTIONS, pod.path, { expected: 'hostProcess for all containers or none', found: `${processes} of ${containers}` });
  }
  if (spec.hostNetwork !== true) {
    subject.report(WINDOWS_OPTIONS, pod.path.field('hostNetwork'), { expected: 'true for processes of the node', found: quoted(spec.hostNetwork) });
  }
}
