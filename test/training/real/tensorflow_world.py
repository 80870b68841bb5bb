"""Joins the workers of TF_CONFIG, adds the ranks up over all of them, and prints one line of JSON."""
import json

import tensorflow as tf

resolver = tf.distribute.cluster_resolver.TFConfigClusterResolver()
strategy = tf.distribute.MultiWorkerMirroredStrategy(cluster_resolver=resolver)


with strategy.scope():
    # a variable has a copy in each worker, and what they assign is added up on the way
    total = tf.Variable(0.0, aggregation=tf.VariableAggregation.SUM)


@tf.function
def add_rank():
    strategy.run(lambda: total.assign_add(float(resolver.task_id)))


add_rank()
print(json.dumps({
    'framework': 'tensorflow',
    'rank': resolver.task_id,
    'world': strategy.num_replicas_in_sync,
    'sum': int(total.numpy()),
}), flush=True)
