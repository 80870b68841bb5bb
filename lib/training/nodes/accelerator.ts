import type { ProblemSink } from '../../findings/collector';
import { isDnsSubdomain } from '../../private/name-forms';
import type { Toleration } from '../../private/wire';

const RESOURCE_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Devices that every worker gets, and the taint that their nodes carry. */
export class Accelerator {
  /**
   * Whole NVIDIA GPUs: `nvidia.com/gpu`. The toleration of the taint of the same name is harmless where nodes have none.
   *
   * @param count GPUs of each worker
   * @see https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/
   */
  public static nvidia(count: number): Accelerator {
    return new Accelerator('nvidia.com/gpu', count);
  }

  /**
   * Devices of any device plugin, with a toleration of a taint of the same name.
   *
   * @param resourceName as nodes report it: `amd.com/gpu`
   * @param count devices of each worker
   */
  public static extendedResource(resourceName: string, count: number): Accelerator {
    return new Accelerator(resourceName, count);
  }

  private constructor(
    /** Resource that the device plugin registers. */
    public readonly resourceName: string,
    /** Devices of each worker. */
    public readonly count: number,
  ) {}

  /** @internal */
  public get _toleration(): Toleration {
    return { key: this.resourceName, operator: 'Exists', effect: 'NoSchedule' };
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    const link = 'https://kubernetes.io/docs/tasks/administer-cluster/extended-resource-node/';
    if (!Number.isInteger(this.count) || this.count < 1) {
      sink.error({
        ruleId: 'api/extended-resource',
        path: 'count',
        expected: 'a whole number from 1: devices cannot be divided',
        found: String(this.count),
        fix: 'use the number of devices of one worker, or leave `accelerator` out',
        link,
      });
    }
    const [domain, name, ...more] = this.resourceName.split('/');
    if (!isDnsSubdomain(domain) || domain.endsWith('kubernetes.io') || domain.startsWith('requests.')
      || !RESOURCE_NAME.test(name ?? '') || more.length > 0) {
      sink.error({
        ruleId: 'api/extended-resource',
        path: 'resourceName',
        expected: 'a name with the domain of the device plugin, as `nvidia.com/gpu`',
        found: JSON.stringify(this.resourceName),
        fix: 'take the name from `status.allocatable` of a node',
        link,
      });
    }
  }
}
