import type { Problem } from '../../findings/collector';
import { Severity } from '../../findings/finding';
import type { DriverFacts } from '../../storage/drivers/driver-facts';
import { checkPerformance } from '../../storage/drivers/limits';
import { performanceOf, volumeTypeOf } from '../chain/binding/model/volume-types';
import { Path } from '../engine/path';
import { errorRule } from '../engine/rule';
import type { Subject } from '../engine/subject';

export const DRIVER_LIMIT = errorRule({
  id: 'chain/driver-limit',
  title: 'A class asks for the performance that its volume type gives',
  why: 'Volume types end somewhere, and some take no wishes: the cloud refuses the volume, and the claim stays Pending.',
  fix: 'stay within what the type gives, or use another type',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#parameters',
});

/** The parameters that ask for IOPS and for throughput. */
const DIALS: ReadonlyMap<string, readonly [iops: string, throughput: string]> = new Map([
  ['ebs.csi.aws.com', ['iops', 'throughput']],
  ['ebs.csi.eks.amazonaws.com', ['iops', 'throughput']],
  ['disk.csi.azure.com', ['DiskIOPSReadWrite', 'DiskMBpsReadWrite']],
  ['pd.csi.storage.gke.io', ['provisioned-iops-on-create', 'provisioned-throughput-on-create']],
]);

/** Holds the performance that a class asks for against its volume type. */
export function checkPerformanceOfClass(subject: Subject, driver: DriverFacts, parameters: Readonly<Record<string, string>>): void {
  const dials = DIALS.get(driver.provisioner);
  const type = dials && volumeTypeOf({ driver, parameters });
  if (!dials || !type) return;
  const asked = performanceOf({ driver, parameters });
  const [iops, throughput] = dials;
  // what is no number has been told already
  if (asked.iops === undefined && Object.hasOwn(parameters, iops)) return;
  if (asked.throughput === undefined && Object.hasOwn(parameters, throughput)) return;
  const report = (problem: Problem, severity: Severity): void => {
    const parameter = problem.path === 'throughput' ? throughput : problem.path === 'iops' ? iops : 'iopsPerGB';
    subject.report(DRIVER_LIMIT, Path.ROOT.field('parameters').key(parameter), {
      expected: problem.expected, found: problem.found, severity,
      fix: problem.fix.replaceAll('`iops`', `\`${iops}\``).replaceAll('`throughput`', `\`${throughput}\``),
    });
  };
  checkPerformance(type, asked, { error: problem => report(problem, Severity.ERROR), warn: problem => report(problem, Severity.WARNING) });
}
