"""What training/.../Augmentation.java and Transform.java do to a picture, in PyTorch's words."""

import math
import random

import torch
from torch.nn import functional as F

GREY = torch.tensor([0.299, 0.587, 0.114]).view(3, 1, 1)


def uniform(low, high):
    return low + (high - low) * random.random()


def scale(most):
    return uniform(1 - most, 1 + most)


def crop(picture, smallest=0.5, stretch=1.25):
    area = uniform(smallest, 1)
    ratio = math.exp(uniform(-math.log(stretch), math.log(stretch)))
    whole_height, whole_width = picture.shape[1:]
    width = min(whole_width, round(whole_width * math.sqrt(area * ratio)))
    height = min(whole_height, round(whole_height * math.sqrt(area / ratio)))
    x = random.randint(0, whole_width - width)
    y = random.randint(0, whole_height - height)
    return picture[:, y : y + height, x : x + width]


def turn(picture):
    flips = [axis for axis in (1, 2) if random.random() < 0.5]
    picture = picture.flip(flips) if flips else picture
    return picture.transpose(1, 2) if random.random() < 0.5 else picture


def recolour(picture, brightness=0.2, contrast=0.2, saturation=0.25, tint=0.08):
    grey = (picture * GREY).sum(0, keepdim=True)
    picture = torch.lerp(grey, picture, scale(saturation))
    light = scale(brightness) * torch.tensor([scale(tint) for _ in range(3)]).view(3, 1, 1)
    spread = scale(contrast)
    return ((picture * light - 128) * spread + 128).clamp(0, 255)


class Pictures(torch.utils.data.Dataset):
    """Decoded pictures in memory, augmented anew each time, as a training set is."""

    def __init__(self, side, length, distinct=256, size=224):
        generator = torch.Generator().manual_seed(1)
        shape = (distinct, 3, size, size)
        self.pictures = torch.randint(0, 256, shape, dtype=torch.uint8, generator=generator)
        self.side = side
        self.length = length

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        index %= len(self.pictures)
        picture = recolour(turn(crop(self.pictures[index])).float())
        size = (self.side, self.side)
        resized = F.interpolate(picture[None], size, mode="bilinear", antialias=True)[0]
        return resized.div(127.5).sub(1), index % 7
