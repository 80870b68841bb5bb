import type { Json } from '../engine/manifest';

const NONE: Json = {};

/** Whether a label selector takes an object of these labels. An empty selector takes every one. */
export function matchesLabels({ matchLabels, matchExpressions }: Json, labels: Json = NONE): boolean {
  for (const key in matchLabels) if (labelOf(labels, key) !== matchLabels[key]) return false;
  if (matchExpressions === undefined) return true;
  for (let i = 0; i < matchExpressions.length; i++) if (!meets(matchExpressions[i], labels)) return false;
  return true;
}

function meets({ key, operator, values }: Json, labels: Json): boolean {
  const label = labelOf(labels, key);
  switch (operator) {
    case 'In': return label !== undefined && isAmong(values, label);
    case 'NotIn': return label === undefined || !isAmong(values, label);
    case 'Exists': return label !== undefined;
    case 'DoesNotExist': return label === undefined;
    default: return true;
  }
}

function isAmong(values: readonly string[] | undefined, label: string): boolean {
  return values !== undefined && values.includes(label);
}

/** Keys are any text, `constructor` too. */
function labelOf(labels: Json, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
