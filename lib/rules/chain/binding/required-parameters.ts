import { Severity } from '../../../findings/finding';
import { Path } from '../../engine/path';
import type { Subject } from '../../engine/subject';
import { DRIVER_PARAMETER, missingParameters } from '../../silent/class-parameters';
import type { StorageChain } from './model/storage-chain';

const PARAMETERS = Path.ROOT.field('parameters');

/**
 * Reports what a class does not say and its driver cannot make a volume without. A class whose claims all have a volume that was
 * made by hand needs none of it.
 */
export function checkRequiredParameters(chain: StorageChain): void {
  let provisioned: ReadonlySet<Subject> | undefined;
  for (const { subject } of chain.classes.all) {
    if (subject.manifest.external) continue;
    const missing = missingParameters(subject);
    if (!missing) continue;
    provisioned ??= provisionedClasses(chain);
    const { names, driver } = missing;
    if (!provisioned.has(subject)) {
      subject.report(DRIVER_PARAMETER, names.length > 1 ? PARAMETERS : PARAMETERS.key(names[0]), {
        severity: Severity.INFO,
        expected: `${names.join(', ')}: ${driver.title} makes no volumes without`, found: 'none',
        fix: `set ${names.join(', ')}, or leave it so where all volumes of the class are made by hand`,
      });
      continue;
    }
    for (const name of names) {
      subject.report(DRIVER_PARAMETER, PARAMETERS.key(name), {
        expected: `a value: ${driver.title} makes no volumes without it`, found: 'none', fix: `set ${name}`,
      });
    }
  }
}

/** The classes that have to make a volume for a claim of the bundle. */
function provisionedClasses(chain: StorageChain): ReadonlySet<Subject> {
  const classes = new Set<Subject>();
  for (const need of chain.needs.values()) {
    if (need.class && need.volumeName === '' && need.bound.length < need.wanted) classes.add(need.class.subject);
  }
  return classes;
}
