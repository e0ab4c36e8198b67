"""Holds every graph of a store against Python's own tools: ONNX's checker and shape inference, and ONNX Runtime on
the golden tensors.

    pip install onnx onnxruntime numpy
    python model-zoo/src/test/python/check_graphs.py model-store
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

# How far a golden probability may be from that of a graph of 8 bits; float32 keeps the golden tolerance.
EIGHT_BITS = 0.25


def check(graph: pathlib.Path) -> str:
    onnx.checker.check_model(str(graph), full_check=True)
    golden = json.loads((graph.parent / "golden/golden.json").read_text())
    artifact = json.loads((graph.parent / "artifact.json").read_text())
    side = artifact["network"]["input"]
    session = onnxruntime.InferenceSession(graph.read_bytes(), providers=["CPUExecutionProvider"])
    furthest = 0.0
    for case in golden["cases"]:
        pictures = np.fromfile(graph.parent / "golden" / case["tensor"], "<f4")
        pictures = pictures.reshape(1, 3, side["height"], side["width"])
        logits = session.run(["logits"], {"pictures": pictures})[0][0] / artifact["reading"]["temperature"]
        chances = np.exp(logits - logits.max())
        chances /= chances.sum()
        furthest = max(furthest, float(np.abs(chances - case["probabilities"]).max()))
    most = EIGHT_BITS if "int8" in graph.name else golden["tolerance"]
    if furthest > most:
        sys.exit(f"{graph}: off by {furthest} (expected: at most {most})")
    return f"{graph}: good, probabilities off by at most {furthest:.1e}"


graphs = sorted(pathlib.Path(sys.argv[1]).rglob("*.onnx"))
if not graphs:
    sys.exit(f"{sys.argv[1]}: no graphs (expected: at least one)")
for each in graphs:
    print(check(each))
