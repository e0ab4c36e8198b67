"""Draws WebP pictures of twelve megapixels with Pillow, for benchmarks/picture-speed.

    .venv/bin/python benchmarks/pillow/webps.py FOLDER
"""

import sys
from pathlib import Path

from PIL import Image, ImageChops

SIZE = (4000, 3000)


def drawn():
    """Soft shades and noise over them, as a camera takes them."""
    shades = [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L").rotate(90)]
    noise = Image.effect_noise(SIZE, 12)
    bands = [ImageChops.add(shade.resize(SIZE), noise, 1, -128) for shade in shades]
    return Image.merge("RGB", bands)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    picture = drawn()
    picture.save(folder / "lossless.webp", lossless=True, method=2)
    picture.save(folder / "lossy.webp", quality=90, method=2)


main()
