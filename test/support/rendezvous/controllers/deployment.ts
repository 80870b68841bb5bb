import { type Controller, podFrom, suffixOf } from '../objects';

/** Pods with neither a place nor a name that lasts. */
export const deployment: Controller = ({ metadata, spec }) => {
  const hash = suffixOf(JSON.stringify(spec.template));
  return Array.from({ length: spec.replicas ?? 1 }, (_, i) => podFrom(spec.template, `${metadata.name}-${hash}-${suffixOf(`${metadata.name}${i}`)}`, {
    labels: { 'pod-template-hash': hash },
  }));
};
