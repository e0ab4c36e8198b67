"""Wraps classifiers that Python exports, and holds what medzoo says of pictures against Python's ONNX Runtime behind
Pillow's resize.

    pip install torch torchvision onnx onnxruntime pillow numpy
    python model-zoo/src/test/python/foreign_networks.py ./medzoo NEW_FOLDER

Weights are random, from a seed: the arithmetic is the same. Each network is exported, wrapped into a candidate, and
asked of the candidate's golden pictures.
"""

import json
import pathlib
import subprocess
import sys

import numpy as np
import onnxruntime
import torch
from PIL import Image
from torchvision import models

LABELS = ["a", "b", "c", "d", "e"]
MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
# How far a probability may be off.
MOST = 1e-5
NETWORKS = [
    (models.resnet18, 96, 96, "bilinear", "squash", False),
    (models.mobilenet_v2, 64, 72, "bicubic", "cover", True),
    (models.mobilenet_v3_small, 64, 64, "bilinear", "squash", False),
    (models.efficientnet_b0, 64, 73, "bilinear", "cover", True),
]


class Probabilities(torch.nn.Module):
    """Channels last, and answered with probabilities, as networks of TensorFlow are."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, pictures):
        return self.network(pictures.permute(0, 3, 1, 2)).softmax(1)


def export(network, side, is_last, file):
    shape = (1, side, side, 3) if is_last else (1, 3, side, side)
    network = Probabilities(network) if is_last else network
    torch.onnx.export(
        network.eval(), torch.zeros(shape), file, dynamo=False, input_names=["input"], output_names=["output"]
    )


def prepared(picture, side, resize, interpolation, fit):
    """What medzoo's Transform does, by Pillow."""
    size = (resize, resize)
    if fit == "cover":
        scale = max(resize / picture.width, resize / picture.height)
        size = (max(resize, int(picture.width * scale)), max(resize, int(picture.height * scale)))
    resized = picture.resize(size, getattr(Image.Resampling, interpolation.upper()))
    left, top = (size[0] - side) // 2, (size[1] - side) // 2
    pixels = np.asarray(resized.crop((left, top, left + side, top + side)), dtype=np.float32) / 255
    return (pixels - np.float32(MEAN)) / np.float32(DEVIATION)


def said(session, pixels, is_last):
    pixels = pixels[None] if is_last else pixels.transpose(2, 0, 1)[None]
    answer = session.run(None, {"input": np.ascontiguousarray(pixels)})[0][0]
    if is_last:
        return answer
    chances = np.exp(answer - answer.max())
    return chances / chances.sum()


def check(medzoo, folder, make, side, resize, interpolation, fit, is_last):
    name = make.__name__
    torch.manual_seed(1)
    file = folder / f"{name}.onnx"
    network = make(weights=None, num_classes=len(LABELS))
    with torch.no_grad():  # without statistics of its own, a random network hardly tells pictures apart
        for _ in range(20):
            network.train()(torch.randn(16, 3, side, side))
        last = [module for module in network.modules() if isinstance(module, torch.nn.Linear)][-1]
        last.weight *= 2 / network.eval()(torch.randn(16, 3, side, side)).std()
    export(network, side, is_last, file)
    card = folder / f"{name}.json"
    words = {"summary": name, "intendedUse": "Tests.", "outOfScope": ["All."], "dataLicence": "CC0"}
    words |= {"commercialUse": True, "citation": "None.", "limits": ["Random weights."]}
    card.write_text(json.dumps({"name": name.replace("_", "-"), "version": "0.1.0", "origin": "torchvision.", "card": words}))
    (folder / "labels.txt").write_text("\n".join(LABELS))
    candidate = folder / name
    subprocess.run(
        [medzoo, "wrap", file, "--labels", folder / "labels.txt", "--card", card, "--out", candidate]
        + ["--fit", fit, "--resize", str(resize), "--interpolation", interpolation]
        + ["--mean", ",".join(map(str, MEAN)), "--deviation", ",".join(map(str, DEVIATION))],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    furthest, tensor, spread = 0.0, 0.0, 0.0
    for case in json.loads((candidate / "golden/golden.json").read_text())["cases"]:
        picture = Image.open(candidate / "golden" / case["picture"]).convert("RGB")
        pixels = prepared(picture, side, resize, interpolation, fit)
        ours = np.fromfile(candidate / "golden" / case["tensor"], "<f4").reshape(3, side, side)
        tensor = max(tensor, float(np.abs(pixels.transpose(2, 0, 1) - ours).max()))
        theirs = said(session, pixels, is_last)
        furthest = max(furthest, float(np.abs(theirs - case["probabilities"]).max()))
        spread = max(spread, float(theirs.max() - theirs.min()))
    if furthest > MOST:
        sys.exit(f"{name}: off by {furthest} (expected: at most {MOST})")
    print(f"{name}: inputs off by at most {tensor:.1e}, probabilities by {furthest:.1e}, which spread over {spread:.2f}")


target = pathlib.Path(sys.argv[2])
target.mkdir()
for each in NETWORKS:
    check(sys.argv[1], target, *each)
