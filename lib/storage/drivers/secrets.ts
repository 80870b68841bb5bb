import type { ProblemSink } from '../../findings/collector';
import { isDnsLabel, isDnsSubdomain } from '../../private/name-forms';
import { RESERVED_PREFIX } from './custom/reserved-parameters';

const LINK = 'https://kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html';

/** A Secret that a driver reads. The reference alone: what is in the Secret never reaches a manifest of ours. */
export interface DriverSecret {
  /** Name of the Secret. */
  readonly name: string;

  /** Namespace that it lies in: classes and volumes belong to no namespace. */
  readonly inNamespace: string;
}

/** What a driver reads a Secret for, as the reserved parameters name it. */
export type SecretUse = 'provisioner' | 'controller-publish' | 'controller-expand' | 'node-stage' | 'node-publish' | 'node-expand';

/** The reserved parameters that hand a Secret to a driver: always a name and a namespace, for one alone is refused. */
export function secretParameters(secret: DriverSecret | undefined, uses: readonly SecretUse[]): Record<string, string> {
  if (!secret) return {};
  return Object.fromEntries(uses.flatMap(use => [
    [`${RESERVED_PREFIX}${use}-secret-name`, secret.name],
    [`${RESERVED_PREFIX}${use}-secret-namespace`, secret.inNamespace],
  ]));
}

/** Whether the parameters of a class hand the driver a Secret for this. */
export function hasSecret(parameters: Readonly<Record<string, string>>, use: SecretUse): boolean {
  return Boolean(parameters[`${RESERVED_PREFIX}${use}-secret-name`]) && Boolean(parameters[`${RESERVED_PREFIX}${use}-secret-namespace`]);
}

/** The reference as volumes have it: a copy, so that nothing else that the user's object holds reaches the manifest. */
export function secretRef(secret: DriverSecret | undefined): { name: string; namespace: string } | undefined {
  return secret && { name: secret.name, namespace: secret.inNamespace };
}

/** Holds a reference against what names can be; in classes, names can have variables such as `${pvc.namespace}`. */
export function checkSecret(path: string, secret: DriverSecret | undefined, sink: ProblemSink): void {
  if (secret === undefined) return;
  const plain = (value: unknown) => typeof value === 'string' ? value.replace(/\$\{[^}]+\}/g, 'x') : '';
  const problem = (key: string, expected: string, found: unknown) =>
    sink.error({
      ruleId: 'driver/secret', path: `${path}.${key}`, expected, found: JSON.stringify(found) ?? 'none', fix: `set \`${path}.${key}\``, link: LINK,
    });
  if (!isDnsSubdomain(plain(secret?.name))) problem('name', 'the name of a Secret', secret?.name);
  if (!isDnsLabel(plain(secret?.inNamespace))) problem('inNamespace', 'the namespace of the Secret: a class has none to take it from', secret?.inNamespace);
}

/** The same, of a Secret that the driver can do nothing without. */
export function checkNeededSecret(path: string, secret: DriverSecret | undefined, sink: ProblemSink): void {
  if (secret === undefined) {
    sink.error({ ruleId: 'driver/secret', path, expected: 'a Secret: the driver can do nothing without', found: 'none', fix: `set \`${path}\``, link: LINK });
  }
  checkSecret(path, secret, sink);
}
