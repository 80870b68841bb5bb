import type { ProblemSink } from '../../../findings/collector';
import { nearest } from '../../../private/nearest';

const LINK = 'https://kubernetes-csi.github.io/docs/external-provisioner.html#storageclass-parameters';

/** The names below it are external-provisioner's own, for every CSI driver. Their case matters. */
export const RESERVED_PREFIX = 'csi.storage.k8s.io/';

const SECRETS = ['provisioner-', 'controller-publish-', 'controller-expand-', 'controller-modify-', 'node-stage-', 'node-publish-', 'node-expand-', ''];

/**
 * All names below the prefix that a class can have, without the prefix. Any other makes provisioning fail.
 *
 * @see https://github.com/kubernetes-csi/external-provisioner/blob/master/pkg/controller/controller.go
 */
export const RESERVED_PARAMETERS: readonly string[] = ['fstype', ...SECRETS.flatMap(use => [`${use}secret-name`, `${use}secret-namespace`])];

/** Whether external-provisioner keeps the parameter for itself. */
export function isReserved(name: string): boolean {
  return name.toLowerCase().startsWith(RESERVED_PREFIX);
}

/** Holds the parameters of a class against external-provisioner's own: known names only, Secrets in pairs, one file system. */
export function checkReservedParameters(parameters: Readonly<Record<string, unknown>>, path: string, sink: ProblemSink): void {
  const names = Object.keys(parameters);
  const at = (name: string) => `${path}['${name}']`;
  for (const name of names.filter(isReserved)) {
    const key = name.slice(RESERVED_PREFIX.length);
    if (!RESERVED_PARAMETERS.includes(key) || !name.startsWith(RESERVED_PREFIX)) {
      const near = nearest(key, RESERVED_PARAMETERS);
      sink.error({
        ruleId: 'driver/reserved-parameter',
        path: at(name),
        expected: `a name that external-provisioner knows below ${RESERVED_PREFIX}, in its case: any other makes provisioning fail`,
        found: name,
        fix: near === undefined ? 'leave it out' : `use ${RESERVED_PREFIX}${near}`,
        link: LINK,
      });
      continue;
    }
    const [, stem, part] = /^(.*secret-)(name|namespace)$/.exec(key) ?? [];
    const other = `${RESERVED_PREFIX}${stem}${part === 'name' ? 'namespace' : 'name'}`;
    if (stem === undefined || names.includes(other)) continue;
    sink.error({
      ruleId: 'driver/secret-pair',
      path: at(name),
      expected: `${other} beside it: the name and the namespace of a Secret go together`,
      found: `${name} alone`,
      fix: `add ${other}, or leave both out`,
      link: LINK,
    });
  }
  if (names.includes('fstype') && names.includes(`${RESERVED_PREFIX}fstype`)) {
    sink.error({
      ruleId: 'driver/fstype-twice',
      path: at('fstype'),
      expected: `the file system once: external-provisioner refuses fstype beside ${RESERVED_PREFIX}fstype`,
      found: 'both',
      fix: 'leave `fstype` out',
      link: LINK,
    });
  }
}
