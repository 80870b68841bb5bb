"""Trains y = 2x with parameter servers: one script for every role, which it takes from TF_CONFIG.

The chief says what is to be done, and ends; workers and parameter servers serve until they are stopped. With a first
argument, the chief writes a checkpoint below that directory, and goes on from one that it finds there.
"""
import json
import os
import signal
import sys

import tensorflow as tf

STEPS = 40

resolver = tf.distribute.cluster_resolver.TFConfigClusterResolver()


def report(**found):
    cluster = resolver.cluster_spec().as_dict()
    print(json.dumps({
        'framework': 'tensorflow-ps',
        'role': resolver.task_type,
        'rank': resolver.task_id,
        'world': {role: len(addresses) for role, addresses in cluster.items()},
        **found,
    }), flush=True)


def serve():
    # it serves from here on; `join()` would never come back, nor let Python see a signal
    server = tf.distribute.Server(resolver.cluster_spec(), job_name=resolver.task_type, task_index=resolver.task_id)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    report(target=server.target)
    while True:
        signal.pause()


def train():
    strategy = tf.distribute.ParameterServerStrategy(
        resolver, variable_partitioner=tf.distribute.experimental.partitioners.FixedShardsPartitioner(1))
    coordinator = tf.distribute.coordinator.ClusterCoordinator(strategy)
    with strategy.scope():
        weight = tf.Variable(0.0)
        done = tf.Variable(0, dtype=tf.int64)
    checkpoint = tf.train.Checkpoint(weight=weight, done=done)
    manager = tf.train.CheckpointManager(checkpoint, sys.argv[1], max_to_keep=2) if len(sys.argv) > 1 else None
    if manager:
        checkpoint.restore(manager.latest_checkpoint)
    resumed = int(done.numpy())

    @tf.function
    def step():
        x = tf.random.uniform([])
        weight.assign_sub(0.5 * 2 * (weight * x - 2 * x) * x)
        done.assign_add(1)

    for _ in range(STEPS):
        coordinator.schedule(step)
    coordinator.join()
    if manager:
        manager.save()
    report(
        workers=sum(':worker/' in device.name and device.name.endswith('CPU:0') for device in tf.config.list_logical_devices()),
        server=weight.device, resumed=resumed, steps=int(done.numpy()), weight=round(float(weight.numpy()), 1))


if resolver.task_type in ('worker', 'ps'):
    serve()
elif resolver.task_type == 'evaluator':
    # it is no part of the cluster: it would read the checkpoints of the chief
    report()
else:
    train()
