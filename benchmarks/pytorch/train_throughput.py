"""The peer of TrainingThroughput.java: the same network, pictures, loss, optimiser and average.

Trains in rounds, one for each line of standard input, and answers each with the pictures a second
and the share of time that the network waited for pictures. Arguments: the network's input side in
pixels, the precision, timed steps a round, and whether pictures are "loaded" as ours are or lie
"ready" as tensors.
"""

import sys
import time

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from dcnn import Dcnn
from pictures import Pictures

BATCH_SIZE = 32
UNTIMED_STEPS = 3
CLASSES = 7
LOADERS = 2


class Learner:
    def __init__(self, precision):
        self.network = Dcnn(CLASSES)
        self.average = AveragedModel(
            self.network, multi_avg_fn=get_ema_multi_avg_fn(0.998), use_buffers=True
        )
        decaying = [p for p in self.network.parameters() if p.dim() > 1]
        others = [p for p in self.network.parameters() if p.dim() == 1]
        groups = [{"params": decaying}, {"params": others, "weight_decay": 0}]
        self.optimiser = torch.optim.AdamW(groups, lr=0.003, weight_decay=0.02)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser, max_lr=0.003, total_steps=100_000
        )
        self.loss = nn.CrossEntropyLoss(label_smoothing=0.05)
        self.narrow = precision == "bfloat16"

    def step(self, pictures, labels):
        self.optimiser.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=self.narrow):
            logits = self.network(pictures)
        loss = self.loss(logits.float(), labels)
        loss.backward()
        self.optimiser.step()
        self.schedule.step()
        self.average.update_parameters(self.network)
        return loss.item()


def batches(side, steps, loaded):
    pictures = Pictures(side, steps * BATCH_SIZE)
    loader = torch.utils.data.DataLoader(
        pictures,
        BATCH_SIZE,
        shuffle=True,
        drop_last=True,
        num_workers=LOADERS if loaded else 0,
        persistent_workers=loaded,  # forked before the network's threads are there
    )
    if loaded:
        return loader
    few = [batch for batch, _ in zip(loader, range(8))]
    return [few[i % len(few)] for i in range(steps)]


def train_round(learner, pictures, steps):
    waited = 0
    entered = asked = time.perf_counter()
    for number, (inputs, labels) in enumerate(pictures, 1):
        waited += time.perf_counter() - asked
        learner.step(inputs, labels)
        asked = time.perf_counter()
        if number == UNTIMED_STEPS:
            begun = asked
    return steps * BATCH_SIZE / (asked - begun), waited / (asked - entered)


def main(side, precision, steps, mode):
    learner = Learner(precision)
    pictures = batches(int(side), UNTIMED_STEPS + int(steps), mode == "loaded")
    for _ in sys.stdin:
        rate, waiting = train_round(learner, pictures, int(steps))
        print(f"{rate:.3f} {waiting:.4f}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
