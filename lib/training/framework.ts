import { given } from '../private/given';
import { accelerate, AccelerateProps } from './frameworks/accelerate';
import { deepspeed, DeepspeedProps } from './frameworks/deepspeed';
import type { FrameworkSpec } from './frameworks/framework-spec';
import { horovod, HorovodProps } from './frameworks/horovod';
import { mpi, MpiProps } from './frameworks/mpi';
import { jax, JaxProps } from './frameworks/jax';
import { tensorflow, TensorflowProps } from './frameworks/tensorflow';
import { tensorflowParameterServer, TensorflowParameterServerProps } from './frameworks/tensorflow-parameter-server';
import { pytorchPlain, PytorchPlainProps } from './frameworks/pytorch-plain';
import { PytorchProps, torchrun } from './frameworks/torchrun';
import { PytorchElasticProps, torchrunElastic } from './frameworks/torchrun-elastic';

/** What runs in the workers, and so what their processes must be told to find each other. */
export class Framework {
  /**
   * PyTorch, started by torchrun with a static rendezvous at worker 0: for a fixed number of workers, what recovers fastest.
   *
   * @see https://docs.pytorch.org/docs/stable/elastic/run.html
   */
  public static pytorch(props: PytorchProps = {}): Framework {
    return new Framework(torchrun({ id: 'torchrun', name: 'PyTorch', factory: 'Framework.pytorch()', checkpointsTogether: false }, given(props)));
  }

  /**
   * PyTorch, started by torchrun with a rendezvous at worker 0 that workers may leave and join: the training goes on with
   * `minWorkers` to `workers` of them. Each change ends all processes, and they start again from the last checkpoint, about
   * a minute later where a worker was lost. The job does not survive the loss of worker 0 in place: then all begin anew.
   *
   * The script must cope with another number of processes, and must not tie a checkpoint to a rank. A Job that ends is done
   * when worker 0 is, from Kubernetes 1.31 on: a worker that was not there would fail it.
   *
   * @see https://docs.pytorch.org/docs/stable/elastic/run.html
   */
  public static pytorchElastic(props: PytorchElasticProps): Framework {
    return new Framework(torchrunElastic(given(props)));
  }

  /**
   * PyTorch without a launcher: one process in each pod, for scripts that use one device, or all of a pod, in one process. The
   * script is process 1 of its container: without a handler for SIGTERM it runs until the grace period is over.
   *
   * @see https://docs.pytorch.org/docs/stable/distributed.html#environment-variable-initialization
   */
  public static pytorchPlain(props: PytorchPlainProps = {}): Framework {
    return new Framework(pytorchPlain(given(props)));
  }

  /**
   * DeepSpeed, started by torchrun, or by mpirun with `Engine.mpiJob()`, where the image must have mpi4py. All ranks write
   * their parts of a checkpoint into one directory.
   *
   * @see https://www.deepspeed.ai/getting-started/
   */
  public static deepspeed(props: DeepspeedProps = {}): Framework {
    return new Framework(deepspeed(given(props)));
  }

  /**
   * Hugging Face Accelerate, started by `accelerate launch` in every worker; one process that trains alone needs no launcher.
   *
   * @see https://huggingface.co/docs/accelerate/basic_tutorials/launch
   */
  public static accelerate(props: AccelerateProps = {}): Framework {
    return new Framework(accelerate(given(props)));
  }

  /**
   * TensorFlow with `tf.distribute.MultiWorkerMirroredStrategy`: one process in each pod, with all its devices. Worker 0
   * is the chief. `Model.fit` of Keras 3 fails with the strategy: write the loop, or use `tf_keras`.
   *
   * @see https://www.tensorflow.org/tutorials/distribute/multi_worker_with_keras
   */
  public static tensorflow(props: TensorflowProps = {}): Framework {
    return new Framework(tensorflow(given(props)));
  }

  /**
   * TensorFlow with `tf.distribute.ParameterServerStrategy`: a chief that hands out steps and ends the job, `workers` that
   * compute them, parameter servers without accelerators that hold the variables, and perhaps an evaluator. Keras 3 does
   * not support the strategy: write the loop, or use `tf_keras`. All run the same script, which takes its role from
   * `TF_CONFIG`:
   *
   * ```python
   * resolver = tf.distribute.cluster_resolver.TFConfigClusterResolver()
   * if resolver.task_type in ('worker', 'ps'):
   *     server = tf.distribute.Server(resolver.cluster_spec(), job_name=resolver.task_type, task_index=resolver.task_id)
   *     signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # `server.join()` would sit out the grace period
   *     while True: signal.pause()
   * strategy = tf.distribute.ParameterServerStrategy(resolver)  # the chief goes on from here
   * ```
   *
   * @see https://www.tensorflow.org/tutorials/distribute/parameter_server_training
   */
  public static tensorflowParameterServer(props: TensorflowParameterServerProps): Framework {
    return new Framework(tensorflowParameterServer(given(props)));
  }

  /**
   * JAX: one process in each pod, with all its devices. JAX reads the coordinator's address itself, but neither the number
   * of processes nor its own place, so the script begins with:
   *
   * ```python
   * jax.distributed.initialize(
   *     num_processes=int(os.environ['JAX_NUM_PROCESSES']), process_id=int(os.environ['JAX_PROCESS_ID']),
   *     cluster_detection_method='deactivate')
   * ```
   *
   * Without the last, JAX asks the Kubernetes API where the package `kubernetes` is installed, and fails, as the pods have
   * no token. It waits 300 s for the others: pass `initialization_timeout` where images take longer to pull. Of TPUs, GKE
   * tells the pods of a Job or JobSet their place itself, and `jax.distributed.initialize()` needs no arguments.
   *
   * @see https://docs.jax.dev/en/latest/multi_process.html
   */
  public static jax(props: JaxProps = {}): Framework {
    return new Framework(jax(given(props)));
  }

  /**
   * A program that uses MPI: `command` begins with it, as `['/opt/solver/solve', '--steps=100']` or `['python', 'train.py']`.
   * mpirun starts it in all workers. Processes that are started by ssh have no variables of their own pod: they get those of
   * the job from the launcher, so none of them can be a field of a pod.
   *
   * @see https://github.com/kubeflow/mpi-operator
   */
  public static mpi(props: MpiProps = {}): Framework {
    return new Framework(mpi(given(props)));
  }

  /**
   * Horovod, started by mpirun, with a fixed number of workers. Elastic Horovod is not offered: it needs a launcher that asks
   * for the workers of the moment again and again, and its last release is of 2023.
   *
   * @see https://horovod.readthedocs.io/en/stable/mpi_include.html
   */
  public static horovod(props: HorovodProps = {}): Framework {
    return new Framework(horovod(given(props)));
  }

  /**
   * What runs where nothing is said.
   *
   * @internal
   */
  public static readonly _DEFAULT = Framework.pytorch();

  /** Name of the framework. */
  public readonly name: string;

  /** @internal */
  public readonly _spec: FrameworkSpec;

  private constructor(spec: FrameworkSpec) {
    this.name = spec.name;
    this._spec = spec;
  }
}
