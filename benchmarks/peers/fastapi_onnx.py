"""What a Python user writes in an hour: FastAPI, Pillow and ONNX Runtime, behind the same address.

    medzoo onnx pretrained-skin --out skin.onnx
    ONNX=skin.onnx uvicorn --app-dir benchmarks/peers --port 8090 --workers 2 --no-access-log fastapi_onnx:app

Needs fastapi, uvicorn with uvloop and httptools, onnxruntime, numpy and pillow. One thread a worker computes.
"""

import io
import json
import os

import numpy as np
import onnxruntime
from fastapi import FastAPI, Request
from PIL import Image

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(os.environ["ONNX"], options, providers=["CPUExecutionProvider"])
about = session.get_modelmeta().custom_metadata_map
labels = json.loads(about["labels"])
transform = json.loads(about["transform"])
temperature = float(about["temperature"])
size = (transform["resize"]["width"], transform["resize"]["height"])
mean = np.array(transform["mean"], np.float32)
deviation = np.array(transform["deviation"], np.float32)
app = FastAPI()


def find(body: bytes) -> list:
    picture = Image.open(io.BytesIO(body)).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    pixels = (np.asarray(picture, np.float32) / 255 - mean) / deviation
    logits = session.run(["logits"], {"pictures": pixels.transpose(2, 0, 1)[None]})[0][0] / temperature
    chances = np.exp(logits - logits.max())
    chances /= chances.sum()
    best = np.argsort(-chances)[:5]
    return [{"className": labels[i], "probability": float(chances[i])} for i in best]


@app.post("/predictions/{model}")
async def predict(model: str, request: Request) -> list:
    return find(await request.body())
