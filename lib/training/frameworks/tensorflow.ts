import { workersOnly } from '../roles';
import type { FrameworkSpec } from './framework-spec';
import { checkWholeNumber, MAX_PORT } from './options';
import { preferOneDirectory } from './shared-directory';
import { checkTaskCount, reservedByTfConfig, tfProcess, TF_PORT } from './tf-config';

const DOCS = 'https://www.tensorflow.org/tutorials/distribute/multi_worker_with_keras';

/** Options of TensorFlow. */
export interface TensorflowProps {
  /**
   * TCP port that every worker listens on.
   *
   * @default 2222
   */
  readonly port?: number;
}

/** `MultiWorkerMirroredStrategy` by `TF_CONFIG`: one process in each pod, with all its devices; worker 0 is the chief. */
export function tensorflow(props: TensorflowProps): FrameworkSpec {
  const port = props.port ?? TF_PORT;
  return {
    id: 'tensorflow',
    name: 'TensorFlow',
    factory: 'Framework.tensorflow()',
    port,
    checkpointsTogether: true,
    keepsExitCodes: true,
    roles: workersOnly,
    reserved: reservedByTfConfig,
    docs: DOCS,
    check: sink => checkWholeNumber({ path: 'port', value: props.port, min: 1, max: MAX_PORT, link: DOCS }, sink),
    checkJob: (job, sink) => {
      checkTaskCount(job, 0, sink);
      preferOneDirectory(job, 'one directory for all workers: the chief writes a checkpoint, and every worker reads it', sink);
    },
    processes: world => tfProcess(world, port),
  };
}
