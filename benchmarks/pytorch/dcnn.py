"""The published network (model-zoo/.../dcnn/Dcnn.java) as a PyTorch module, layer for layer."""

import torch
from torch import nn

STEM = 32
STAGES = [(16, 16), (16, 24), (24, 24), (40, 40)]  # branch widths of the blocks between halvings
FC_UNITS = 256
DROPOUT = 0.4


def convolution(inputs, outputs, kernel, stride=1, relu=True):
    layers = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    return nn.Sequential(*layers, *([nn.ReLU()] if relu else []))


class ParallelBlock(nn.Module):
    def __init__(self, inputs, width):
        super().__init__()
        self.branches = nn.ModuleList(convolution(inputs, width, k) for k in (1, 3, 5, 7))

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


class Stage(nn.Module):
    def __init__(self, inputs, widths):
        super().__init__()
        ins = [inputs] + [4 * width for width in widths]
        self.blocks = nn.ModuleList(ParallelBlock(i, w) for i, w in zip(ins, widths))
        self.shorts = nn.ModuleList(
            convolution(i, 4 * w, 1, relu=False) for i, w in zip(ins, widths)
        )
        self.long = nn.Sequential(
            convolution(inputs, widths[-1], 3),
            convolution(widths[-1], 4 * widths[-1], 3, relu=False),
        )

    def forward(self, x):
        entry = x
        for number, (block, short) in enumerate(zip(self.blocks, self.shorts), 1):
            total = block(x) + short(x)
            if number == len(self.blocks):
                total = total + self.long(entry)
            x = torch.relu(total)
        return x


class Dcnn(nn.Module):
    def __init__(self, classes):
        super().__init__()
        body = [convolution(3, STEM, 3, 2), convolution(STEM, STEM, 5, 2)]
        channels = STEM
        for number, widths in enumerate(STAGES):
            if number > 0:
                body.append(nn.MaxPool2d(2))
            body.append(Stage(channels, widths))
            channels = 4 * widths[-1]
        self.body = nn.Sequential(*body)
        self.head = nn.Sequential(
            nn.Linear(channels, FC_UNITS),
            nn.ReLU(),
            nn.Dropout(DROPOUT),
            nn.Linear(FC_UNITS, classes),
        )

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))
