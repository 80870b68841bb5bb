"""Trains nothing, but as trainings do: every step is an all-reduce over all ranks, and every rank writes its own checkpoint.

Steps that are told on the standard output, one JSON object a line: `start` with what the rank was told and the step that
it goes on from, `step`, and `done`. A rank goes on from the last step that all ranks have a checkpoint of.
"""
import argparse
import datetime
import json
import os
import pathlib
import time

import torch
import torch.distributed as dist

arguments = argparse.ArgumentParser()
arguments.add_argument("--checkpoints", type=pathlib.Path, required=True)
arguments.add_argument("--steps", type=int, default=10)
arguments.add_argument("--seconds", type=float, default=0.2)
options = arguments.parse_args()

# who waits for a peer that is gone is to fail, and start again with the others; without, it would wait for half an hour
dist.init_process_group("gloo", timeout=datetime.timedelta(seconds=60))
rank, world = dist.get_rank(), dist.get_world_size()
file = options.checkpoints / f"local-{os.environ.get('LOCAL_RANK', '0')}.pt"


def tell(event, **more):
    # in one write: the ranks of a pod share their output
    os.write(1, (json.dumps({"event": event, "rank": rank, "world": world, **more}) + "\n").encode())


state = torch.load(file) if file.exists() else {"step": 0, "total": 0.0, "rank": rank}
last = torch.tensor(state["step"])
dist.all_reduce(last, dist.ReduceOp.MIN)
first = int(last)
tell("start", step=first, own=state["step"], was=state["rank"], pid=int(os.readlink("/proc/self")), host=os.uname().nodename,
     local=os.environ.get("LOCAL_RANK"), restart=os.environ.get("TORCHELASTIC_RESTART_COUNT"))

for step in range(first + 1, options.steps + 1):
    value = torch.tensor(float(rank + 1))
    dist.all_reduce(value)
    # written beside and renamed: who is killed here leaves the checkpoint before it
    temporary = file.with_suffix(".tmp")
    torch.save({"step": step, "total": float(value), "rank": rank}, temporary)
    os.replace(temporary, file)
    tell("step", step=step, total=float(value))
    time.sleep(options.seconds)

dist.barrier()
tell("done", step=options.steps)
dist.destroy_process_group()
