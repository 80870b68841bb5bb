import type { FrameworkSpec } from './frameworks/framework-spec';
import { PytorchProps, torchrun } from './frameworks/torchrun';

/** What runs in the workers, and so what their processes must be told to find each other. */
export class Framework {
  /**
   * PyTorch, started by torchrun with a static rendezvous at worker 0: for a fixed number of workers, what recovers fastest.
   *
   * @see https://docs.pytorch.org/docs/stable/elastic/run.html
   */
  public static pytorch(props: PytorchProps = {}): Framework {
    return new Framework(torchrun({ id: 'torchrun', name: 'PyTorch', factory: 'Framework.pytorch()', checkpointsTogether: false }, props));
  }

  /** Name of the framework. */
  public readonly name: string;

  /** @internal */
  public readonly _spec: FrameworkSpec;

  private constructor(spec: FrameworkSpec) {
    this.name = spec.name;
    this._spec = spec;
  }
}
