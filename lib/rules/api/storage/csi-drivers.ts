import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { oneOf, quoted } from '../../values/quote';
import { repeats } from '../../values/repeats';

export const DRIVER_OBJECT = errorRule({
  id: 'api/driver-object',
  title: 'A CSIDriver has known policies and modes, and tokens of at least 10 minutes for audiences of their own',
  why: 'The API server refuses what the kubelet could not do for a driver.',
  fix: 'use the CSIDriver that the driver is installed with',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/csi-driver-v1/',
});

const SPEC = Path.ROOT.field('spec');
const GROUP_POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType'];
const LIFECYCLES = ['Persistent', 'Ephemeral'];
const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;
const MIN_PERIOD = 10;
/** Releases in which the server looks at the field; before, it drops it. */
const SINCE = { nodeAllocatableUpdatePeriodSeconds: 35, serviceAccountTokenInSecrets: 35 };

/** Holds a CSIDriver against what the API server takes. */
export function checkDriverObject(subject: Subject): void {
  const spec: Json = subject.json.spec ?? {};
  const report = (path: Path, expected: string, found: unknown): void =>
    subject.report(DRIVER_OBJECT, path, { expected, found: quoted(found) });
  if (spec.fsGroupPolicy !== undefined && !GROUP_POLICIES.includes(spec.fsGroupPolicy)) {
    report(SPEC.field('fsGroupPolicy'), oneOf(GROUP_POLICIES), spec.fsGroupPolicy);
  }
  for (const mode of spec.volumeLifecycleModes ?? []) {
    if (!LIFECYCLES.includes(mode)) report(SPEC.field('volumeLifecycleModes'), oneOf(LIFECYCLES), mode);
  }
  const tokens: readonly Json[] = spec.tokenRequests ?? [];
  checkTokens(tokens, report);
  const { nodeAllocatableUpdatePeriodSeconds: period, serviceAccountTokenInSecrets: inSecrets } = spec;
  if (period !== undefined && period < MIN_PERIOD && subject.minor >= SINCE.nodeAllocatableUpdatePeriodSeconds) {
    report(SPEC.field('nodeAllocatableUpdatePeriodSeconds'), `${MIN_PERIOD} seconds or more`, period);
  }
  if (inSecrets !== undefined && tokens.length === 0 && subject.minor >= SINCE.serviceAccountTokenInSecrets) {
    report(SPEC.field('serviceAccountTokenInSecrets'), '`tokenRequests` beside it', inSecrets);
  }
}

function checkTokens(tokens: readonly Json[], report: (path: Path, expected: string, found: unknown) => void): void {
  const path = SPEC.field('tokenRequests');
  const twins = new Set(repeats(tokens.map(({ audience = '' }) => ({ audience })), 'audience'));
  tokens.forEach(({ audience, expirationSeconds: seconds }, i) => {
    if (twins.has(i)) report(path.index(i).field('audience'), 'each audience once', audience);
    else if (seconds !== undefined && (seconds < MIN_SECONDS || seconds > MAX_SECONDS)) {
      report(path.index(i).field('expirationSeconds'), `${MIN_SECONDS} to 2^32 seconds`, seconds);
    }
  });
}
