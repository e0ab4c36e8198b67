"""Draws photographs of 12 megapixels, or decodes files as Pillow does at a part of their size.

    .venv/bin/python benchmarks/pillow/draft.py draw FOLDER
    .venv/bin/python benchmarks/pillow/draft.py decode

The second reads lines of a file's path and a side in pixels, and answers each with the
milliseconds from the file's bytes to a square of that side. `benchmarks/decode` sends them.
"""

import io
import sys
import time
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops

WIDTH, HEIGHT = 4000, 3000
FORMS = {
    "baseline": {"subsampling": "4:2:0"},
    "progressive": {"subsampling": "4:2:0", "progressive": True},
}


def octaves(coarsest, finest, deviation, grain):
    """As much contrast at each scale, as photographs have, and the grain of a sensor."""
    sum_of_all = Image.new("L", (WIDTH, HEIGHT), 128)
    for octave in range(coarsest, finest - 1, -1):
        size = (WIDTH >> octave, HEIGHT >> octave)
        noise = Image.effect_noise(size, deviation).resize((WIDTH, HEIGHT), Image.BICUBIC)
        sum_of_all = ImageChops.add(sum_of_all, noise, 1, -128)
    noise = Image.effect_noise((WIDTH, HEIGHT), grain)
    return ImageChops.add(sum_of_all, noise, 1, -128)


def draw(folder):
    folder.mkdir(parents=True, exist_ok=True)
    if all((folder / f"{name}.jpg").exists() for name in FORMS):
        return
    light = octaves(9, 1, 14, 3)
    blue, red = (octaves(9, 3, 6, 1) for _ in range(2))
    photograph = Image.merge("YCbCr", (light, blue, red)).convert("RGB")
    for name, form in FORMS.items():
        photograph.save(folder / f"{name}.jpg", quality=90, **form)


@lru_cache
def content(file):
    return Path(file).read_bytes()


def decode(file, side):
    data = content(file)
    begin = time.perf_counter()
    with Image.open(io.BytesIO(data)) as picture:
        picture.draft("RGB", (side, side))
        square = picture.resize((side, side), Image.BILINEAR)
    assert square.mode == "RGB"
    return 1000 * (time.perf_counter() - begin)


def main():
    if sys.argv[1] == "draw":
        draw(Path(sys.argv[2]))
        return
    for line in sys.stdin:
        file, side = line.split()
        print(decode(file, int(side)), flush=True)


if __name__ == "__main__":
    main()
