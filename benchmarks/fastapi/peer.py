"""What a Python user writes in an hour: FastAPI, Pillow and a runtime, behind the same address.

    GRAPH=model-store/pretrained-skin/2.2.0/model.onnx RUNTIME=onnx THREADS=1 \\
        uvicorn --app-dir benchmarks/fastapi --port 8090 --workers 2 --no-access-log peer:app

Needs fastapi, uvicorn with uvloop and httptools, onnxruntime, numpy and pillow; for RUNTIME=eager
and RUNTIME=compile torch and onnx too. THREADS compute in each worker. Pictures are not gathered
into batches: on a processor that makes none of the three faster.
"""

import io
import json
import os
from collections.abc import Callable

import numpy as np
import onnxruntime
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from PIL import Image

GRAPH = os.environ["GRAPH"]
THREADS = int(os.environ.get("THREADS", "1"))


def onnx() -> tuple[dict, Callable[[np.ndarray], np.ndarray]]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(GRAPH, options, providers=["CPUExecutionProvider"])
    about = session.get_modelmeta().custom_metadata_map

    def run(pictures: np.ndarray) -> np.ndarray:
        return session.run(["logits"], {"pictures": np.ascontiguousarray(pictures)})[0]

    return about, run


def pytorch(is_compiled: bool) -> tuple[dict, Callable[[np.ndarray], np.ndarray]]:
    import network
    import torch

    torch.set_num_threads(THREADS)
    torch.set_num_interop_threads(1)
    module, about = network.load(GRAPH)
    if is_compiled:
        module = network.compiled(module)

    # Inductor freezes weights under no_grad alone.
    quiet = torch.no_grad if is_compiled else torch.inference_mode

    def run(pictures: np.ndarray) -> np.ndarray:
        with quiet():
            # The pixels of a decoded picture lie as channels_last wants them.
            return module(torch.from_numpy(pictures)).numpy()

    return about, run


def runtime() -> tuple[dict, Callable[[np.ndarray], np.ndarray]]:
    name = os.environ.get("RUNTIME", "onnx")
    return onnx() if name == "onnx" else pytorch(name == "compile")


about, run = runtime()
labels = json.loads(about["labels"])
transform = json.loads(about["transform"])
temperature = float(about["temperature"])
size = (transform["resize"]["width"], transform["resize"]["height"])
scale = (1 / (255 * np.array(transform["deviation"]))).astype(np.float32)
shift = (np.array(transform["mean"]) / np.array(transform["deviation"])).astype(np.float32)


def find(body: bytes) -> list:
    picture = Image.open(io.BytesIO(body)).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    pixels = np.asarray(picture, np.float32) * scale - shift
    logits = run(pixels.transpose(2, 0, 1)[None])[0] / temperature
    chances = np.exp(logits - logits.max())
    chances /= chances.sum()
    best = np.argsort(-chances)
    return [{"className": labels[i], "probability": float(chances[i])} for i in best]


def warm_up() -> None:
    blank = io.BytesIO()
    Image.new("RGB", size).save(blank, "jpeg")
    find(blank.getvalue())


warm_up()
app = FastAPI()


@app.post("/predictions/{model}")
async def predict(model: str, request: Request) -> JSONResponse:
    return JSONResponse(find(await request.body()))
