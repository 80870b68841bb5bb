import { Path } from '../engine/path';
import { errorRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { isDnsLabel, isDnsSubdomain } from '../../private/name-forms';
import { quoted } from '../values/quote';

export const STAGE_SECRET = errorRule({
  id: 'silent/stage-secret',
  title: 'The Secret that nodes stage a volume with is named in full',
  why: 'Of the five Secrets of a CSI volume the API server does not look at this one: without name or namespace every node fails to stage.',
  fix: 'set `name` and `namespace` of `nodeStageSecretRef`',
  link: 'https://kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html',
});

const FIELD = 'nodeStageSecretRef';

/** Looks at the one reference that the API server takes unseen. */
export function checkStageSecret(subject: Subject): void {
  const secret = subject.json.spec?.csi?.[FIELD];
  if (secret === undefined) return;
  const path = Path.ROOT.fields('spec', 'csi', FIELD);
  const { name = '', namespace = '' } = secret;
  if (!isDnsSubdomain(name)) subject.report(STAGE_SECRET, path.field('name'), { expected: 'the name of a Secret', found: quoted(secret.name) });
  if (!isDnsLabel(namespace)) subject.report(STAGE_SECRET, path.field('namespace'), { expected: 'the namespace of the Secret', found: quoted(secret.namespace) });
}
