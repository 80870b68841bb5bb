import { LABEL } from '../metadata/labels';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsLabel, isLabelValue, isQualifiedName } from '../../../private/name-forms';
import { LABEL_KEY, LABEL_VALUE } from '../../values/label-selector';
import { quoted } from '../../values/quote';

export const RUNTIME_HANDLER = errorRule({
  id: 'api/runtime-handler',
  title: 'A runtime class names the handler of the nodes',
  why: 'The API server refuses a RuntimeClass without a handler, or with one that is no DNS label.',
  fix: 'set `handler` to the name that the container runtime of the nodes has for it, such as `nvidia`',
  link: 'https://kubernetes.io/docs/concepts/containers/runtime-class/#2-create-the-corresponding-runtimeclass-resources',
});

const ROOT = Path.ROOT;

export function checkRuntimeClass(subject: Subject): void {
  const { handler, scheduling } = subject.json;
  if (!handler || !isDnsLabel(handler)) {
    subject.report(RUNTIME_HANDLER, ROOT.field('handler'), { expected: 'a handler of small letters, digits and dashes', found: quoted(handler) });
  }
  const path = ROOT.fields('scheduling', 'nodeSelector');
  for (const [key, value] of Object.entries<string>(scheduling?.nodeSelector ?? {})) {
    if (!isQualifiedName(key)) subject.report(LABEL, path, { expected: LABEL_KEY, found: quoted(key) });
    if (!isLabelValue(value)) subject.report(LABEL, path, { expected: LABEL_VALUE, found: quoted(value) });
  }
}
