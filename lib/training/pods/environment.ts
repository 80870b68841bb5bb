import type { EnvValue } from 'cdk8s-plus-27';
import type { EnvVar } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';

/** The user's own variables. */
export function environmentOf(props: Pick<DistributedTrainingJobProps, 'env' | 'envValues'>): EnvVar[] {
  return [
    ...Object.entries(props.envValues ?? {}).map(([name, value]) => referenceOf(name, value)),
    ...Object.entries(props.env ?? {}).map(([name, value]) => ({ name, value })),
  ];
}

/** cdk8s-plus wraps quantities in objects with a `value`; the wire has the value itself. */
function referenceOf(name: string, env: EnvValue): EnvVar {
  if (env.valueFrom === undefined) return { name, value: String(env.value ?? '') };
  const plain = (value: any): any => {
    if (value === null || typeof value !== 'object') return value;
    if (value.constructor !== Object && 'value' in value) return value.value;
    return Object.fromEntries(Object.entries(value).filter(([, of]) => of !== undefined).map(([key, of]) => [key, plain(of)]));
  };
  return { name, valueFrom: plain(env.valueFrom) };
}
