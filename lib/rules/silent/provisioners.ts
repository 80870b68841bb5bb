import { Severity } from '../../findings/finding';
import { fateOf, IN_TREE_LINK, inTreeProvisioner } from '../../storage/drivers/custom/in-tree';
import { checkReservedClass } from '../../storage/drivers/custom/reserved-classes';
import { driverOf, NO_PROVISIONER } from '../chain/binding/model/classes';
import { Path } from '../engine/path';
import { errorRule, warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';

export const IN_TREE_PROVISIONER = errorRule({
  id: 'silent/in-tree-provisioner',
  title: 'The provisioner of a class is a CSI driver',
  why: 'Kubernetes\' own provisioners are gone: some are handed to a CSI driver, whose snapshots then do not work, the others make nothing.',
  fix: 'name the CSI driver, and translate the parameters',
  link: IN_TREE_LINK,
});

export const RESERVED_CLASS_NAME = warningRule({
  id: 'silent/reserved-class-name',
  title: 'A class has no name that the platform uses for one of its own',
  why: 'Managed platforms make some classes themselves, and set them back to their own idea of them.',
  fix: 'use a name of your own',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/',
});

const PROVISIONER = Path.ROOT.field('provisioner');
const IN_TREE = 'kubernetes.io/';
const MINOR = /^1\.(\d+)$/;

/** Looks for a provisioner that answers no more, or only through another. */
export function checkProvisioner(subject: Subject): void {
  const name: string = subject.json.provisioner ?? '';
  if (name.startsWith(IN_TREE) && name !== NO_PROVISIONER) {
    reportInTree(subject, name);
    return;
  }
  const driver = driverOf(name);
  if (driver === undefined) return;
  const report = ({ expected, found, fix }: { expected: string; found: string; fix: string }): void =>
    subject.report(RESERVED_CLASS_NAME, Path.ROOT.fields('metadata', 'name'), { expected, found, fix });
  checkReservedClass(subject.manifest.name, { ...driver, provisioner: name }, { error: report, warn: report });
}

function reportInTree(subject: Subject, name: string): void {
  const facts = inTreeProvisioner(name);
  if (facts === undefined) {
    subject.report(IN_TREE_PROVISIONER, PROVISIONER, { expected: 'the name of a CSI driver: Kubernetes has none of its own under this name', found: quoted(name) });
    return;
  }
  const since = MINOR.exec(facts.since ?? '')?.[1];
  const works = facts.state === 'translated' || facts.state === 'test-only' || (facts.state === 'removed' && since !== undefined && subject.minor < Number(since));
  subject.report(IN_TREE_PROVISIONER, PROVISIONER, {
    severity: works ? Severity.WARNING : Severity.ERROR,
    expected: `the name of a CSI driver: ${fateOf(facts)}`, found: quoted(name),
    fix: facts.successor === undefined ? undefined : `use ${facts.successor}`,
  });
}
