"""Joins the world that the environment describes, adds the ranks up over all processes, and prints one line of JSON."""
import json
import os

import jax

# JAX reads JAX_COORDINATOR_ADDRESS itself, but neither of these two.
# Without 'deactivate' it asks the Kubernetes API where the package `kubernetes` is installed.
jax.distributed.initialize(
    num_processes=int(os.environ['JAX_NUM_PROCESSES']),
    process_id=int(os.environ['JAX_PROCESS_ID']),
    cluster_detection_method='deactivate',
)

from jax.experimental import multihost_utils  # noqa: E402  (after the world is there)

ranks = multihost_utils.process_allgather(jax.numpy.array([jax.process_index()]))
print(json.dumps({
    'framework': 'jax',
    'rank': jax.process_index(),
    'world': jax.process_count(),
    'sum': int(ranks.sum()),
}), flush=True)
jax.distributed.shutdown()
