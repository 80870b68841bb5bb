import type { ProblemSink } from '../../findings/collector';
import { given } from '../../private/given';
import type { AcceleratorSpec } from './accelerator-spec';
import { dra, type DraProps } from './dra';
import { neuron, nvidiaMig, plugin } from './device-plugins';
import { tpu, type TpuProps } from './tpu';

/** Devices that every worker gets, and the taint that their nodes carry. */
export class Accelerator {
  /**
   * Whole NVIDIA GPUs: `nvidia.com/gpu`. The toleration of the taint of the same name is harmless where nodes have none.
   * Parts of GPUs have this name too where the device plugin has the MIG strategy `single`.
   *
   * @param count GPUs of each worker
   * @see https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/
   */
  public static nvidia(count: number): Accelerator {
    return new Accelerator(plugin('Accelerator.nvidia()', 'nvidia.com/gpu', count));
  }

  /**
   * Parts of NVIDIA GPUs: `nvidia.com/mig-3g.40gb`, where the device plugin has the MIG strategy `mixed`.
   *
   * @param profile size of the part: `3g.40gb`
   * @param count parts of each worker; a process sees one only (default: 1)
   * @see https://docs.nvidia.com/datacenter/cloud-native/kubernetes/latest/index.html
   */
  public static nvidiaMig(profile: string, count: number = 1): Accelerator {
    return new Accelerator(nvidiaMig(profile, count));
  }

  /**
   * AMD GPUs: `amd.com/gpu`.
   *
   * @param count GPUs of each worker
   * @see https://github.com/ROCm/k8s-device-plugin
   */
  public static amd(count: number): Accelerator {
    return new Accelerator(plugin('Accelerator.amd()', 'amd.com/gpu', count));
  }

  /**
   * Intel Gaudi accelerators: `habana.ai/gaudi`.
   *
   * @param count accelerators of each worker
   * @see https://docs.habana.ai/en/latest/Installation_Guide/Additional_Installation/Kubernetes_Installation/Intel_Gaudi_Kubernetes_Device_Plugin.html
   */
  public static gaudi(count: number): Accelerator {
    return new Accelerator(plugin('Accelerator.gaudi()', 'habana.ai/gaudi', count));
  }

  /**
   * A slice of Google TPUs on GKE: `google.com/tpu`, and the labels of its nodes. Each host of the slice runs one worker
   * with one process.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-tpus
   */
  public static tpu(props: TpuProps): Accelerator {
    return new Accelerator(tpu(given(props)));
  }

  /**
   * Whole AWS Trainium or Inferentia chips: `aws.amazon.com/neuron`. A process is started for each core.
   *
   * @param count chips of each worker
   * @param coresPerDevice cores of a chip as programs see them: 2 of Trainium1 and Inferentia2, 4 of Trainium2 as it is set up (default: 2)
   * @see https://awsdocs-neuron.readthedocs-hosted.com/en/latest/containers/tutorials/k8s-neuron-device-plugin.html
   */
  public static neuron(count: number, coresPerDevice: number = 2): Accelerator {
    return new Accelerator(neuron(count, coresPerDevice));
  }

  /**
   * Single cores of AWS Trainium or Inferentia chips: `aws.amazon.com/neuroncore`.
   *
   * @param count cores of each worker
   * @see https://awsdocs-neuron.readthedocs-hosted.com/en/latest/containers/tutorials/k8s-neuron-device-plugin.html
   */
  public static neuronCore(count: number): Accelerator {
    return new Accelerator({
      ...plugin('Accelerator.neuronCore()', 'aws.amazon.com/neuroncore', count), taint: 'aws.amazon.com/neuron', cloud: 'eks',
    });
  }

  /**
   * Devices that each worker claims of a driver, from Kubernetes 1.34, instead of a resource of a device plugin. Only the
   * taints of nodes of known classes are tolerated; add others to `tolerations` of the job.
   *
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
   */
  public static dra(props: DraProps): Accelerator {
    return new Accelerator(dra(given(props)));
  }

  /**
   * Devices of any device plugin, with a toleration of a taint of the same name.
   *
   * @param resourceName as nodes report it: `amd.com/gpu`
   * @param count devices of each worker
   */
  public static extendedResource(resourceName: string, count: number): Accelerator {
    return new Accelerator(plugin('Accelerator.extendedResource()', resourceName, count));
  }

  /** Resource that the device plugin registers; undefined for devices by claim. */
  public readonly resourceName?: string;

  /** Devices of each worker. */
  public readonly count: number;

  /** @internal */
  public readonly _spec: AcceleratorSpec;

  private constructor(spec: AcceleratorSpec) {
    this.resourceName = spec.resourceName;
    this.count = spec.count;
    this._spec = spec;
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    this._spec.check(sink);
  }
}
