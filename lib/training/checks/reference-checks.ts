import type { ProblemSink } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { IndexSource } from '../engines/engine-spec';

/** Before Kubernetes 1.28 only a shell knows the index of a StatefulSet's pod: the kubelet has nothing to put in. */
export function checkIndexReferences(
  { command, env = {} }: DistributedTrainingJobProps, variable: string, index: IndexSource, sink: ProblemSink,
): void {
  if (index.kind !== 'hostname') return;
  const texts = [...command.map((text, i) => [`command[${i}]`, text]), ...Object.entries(env).map(([name, text]) => [`env.${name}`, text])];
  for (const [path, text] of texts) {
    if (!text.includes(`$(${variable})`)) continue;
    sink.error({
      ruleId: 'silent/env-reference',
      path,
      expected: `no $(${variable}): before Kubernetes 1.28 a shell finds it out when the pod has started`,
      found: JSON.stringify(text),
      fix: `read ${variable} in the script, or raise the \`target\` of the app to 1.28`,
    });
  }
}
