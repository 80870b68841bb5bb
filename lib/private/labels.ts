import type { ProblemSink } from '../findings/collector';
import { isLabelValue, isQualifiedName } from './name-forms';

const LABELS_DOCS = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set';

/** Holds labels against what the API server takes. */
export function checkLabels(prop: string, labels: { [name: string]: string } | undefined, sink: ProblemSink): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    checkLabelKey(`${prop}['${key}']`, key, sink);
    checkLabelValue(`${prop}['${key}']`, value, sink);
  }
}

/** Holds the key of a label against what the API server takes; `compared` is what of it counts. */
export function checkLabelKey(path: string, key: string, sink: ProblemSink, compared: string = key): void {
  if (isQualifiedName(compared)) return;
  sink.error({
    ruleId: 'api/label', path, expected: 'a key: an optional domain and `/`, then at most 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends',
    found: JSON.stringify(key), fix: 'correct the key', link: LABELS_DOCS,
  });
}

/** Holds the value of a label against what the API server takes. */
export function checkLabelValue(path: string, value: string, sink: ProblemSink): void {
  // what is no text is told elsewhere
  if (isLabelValue(String(value))) return;
  sink.error({
    ruleId: 'api/label', path, expected: 'a value of at most 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends',
    found: JSON.stringify(value), fix: 'correct the value', link: LABELS_DOCS,
  });
}
