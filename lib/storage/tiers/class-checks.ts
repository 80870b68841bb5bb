import type { ProblemSink } from '../../findings/collector';
import type { ClassFields } from '../drivers/class-fields';
import { checkReservedClass } from '../drivers/custom/reserved-classes';
import { hasSecret } from '../drivers/secrets';
import type { StorageBackend } from './storage-backend';

/** Holds a whole class against what its driver makes of it: what no prop can be told alone. */
export function checkClass(backend: StorageBackend, name: string | undefined, fields: ClassFields, sink: ProblemSink): void {
  const driver = backend._driver;
  if (name !== undefined) checkReservedClass(name, driver, sink);
  if (driver.expansion && driver.expansionNeedsSecret && fields.allowVolumeExpansion && !hasSecret(backend.parameters, 'controller-expand')) {
    sink.error({
      ruleId: 'driver/expansion-secret',
      path: 'allowExpansion',
      expected: `false, or the Secret that ${driver.title} grows volumes with: without it claims can ask for more and never get it`,
      found: 'no csi.storage.k8s.io/controller-expand-secret-name and -namespace in the parameters',
      fix: 'add both to the parameters of the backend, or set `allowExpansion` to false',
      link: driver.link,
    });
  }
  backend._checkClass(fields, sink);
}
