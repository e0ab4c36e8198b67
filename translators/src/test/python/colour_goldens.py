"""Draws pictures and writes what the colour steps of the transform make of them, by numpy alone.

    python3 translators/src/test/python/colour_goldens.py        # needs numpy and pillow

golden/colour/  <name>.png, <name>-<step>.rgb: bare pixels, three bytes each, row by row
"""

import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

GOLDEN = Path(__file__).parents[1] / "resources" / "golden" / "colour"
HAEMATOXYLIN = np.array([0.62, 0.71, 0.33])
EOSIN = np.array([0.22, 0.88, 0.42])


def lesion(width, height, seed, light):
    """A dark spot on skin under coloured light."""
    dice = random.Random(seed)
    picture = Image.new("RGB", (width, height), (214, 170, 148))
    pen = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y = dice.randrange(width), dice.randrange(height)
        shade = dice.randrange(-12, 12)
        pen.ellipse((x, y, x + 9, y + 9), (214 + shade, 170 + shade, 148 + shade))
    pen.ellipse((width // 4, height // 4, 3 * width // 4, 3 * height // 4), (96, 58, 44))
    lit = np.asarray(picture).astype(float) * np.array(light)
    return lit.clip(0, 255).astype(np.uint8)


def tissue(width, height, seed, strength):
    """Nuclei in stroma, with some glass."""
    dice = np.random.default_rng(seed)
    amounts = np.zeros((height, width, 2))
    amounts[:, width // 6 :, 1] = 1
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    for _ in range(60):
        cx, cy, r = dice.integers(width // 5, width), dice.integers(height), dice.integers(2, 5)
        amounts[(x - cx) ** 2 + (y - cy) ** 2 <= r * r] = (1.4, 0.3)
    amounts *= strength * dice.uniform(0.8, 1.2, (height, width, 1))
    density = amounts @ np.stack([HAEMATOXYLIN, EOSIN]) + dice.uniform(0, 0.03, (height, width, 3))
    return (255 * np.exp(-density)).clip(0, 255).astype(np.uint8)


def shades_of_grey(pixels):
    """Finlayson and Trezzi 2004, p = 6."""
    flat = pixels.reshape(-1, 3).astype(float)
    light = np.mean(flat**6, axis=0) ** (1 / 6)
    if light.min() == 0:
        return pixels
    gain = 1 / (np.sqrt(3) * light / np.linalg.norm(light))
    return np.floor(pixels * gain + 0.5).clip(0, 255).astype(np.uint8)


def stains(pixels):
    """Macenko et al. 2009."""
    density = -np.log((pixels.reshape(-1, 3).astype(float) + 1) / 256)
    tissue_density = density[(density >= 0.15).all(axis=1)]
    if len(tissue_density) < max(3, 0.05 * len(density)):
        return pixels
    plane = np.linalg.svd(tissue_density, full_matrices=False)[2][:2].T
    plane = plane * np.where(plane.sum(axis=0) < 0, -1, 1)
    projected = tissue_density @ plane
    angles = np.arctan2(projected[:, 1], projected[:, 0])
    ends = [plane @ np.array([np.cos(a), np.sin(a)]) for a in np.percentile(angles, [1, 99])]
    both = np.stack(ends if ends[0][0] > ends[1][0] else ends[::-1], axis=1)
    if 1 - (both[:, 0] @ both[:, 1]) ** 2 < 1e-3:
        return pixels
    amounts = np.linalg.lstsq(both, density.T, rcond=None)[0]
    darkest = np.percentile(amounts, 99, axis=1)
    if darkest.min() <= 0:
        return pixels
    gain = np.clip(np.array([1.9705, 1.0308]) / darkest, 1 / 3, 3)
    reference = np.array([[0.5626, 0.2159], [0.7201, 0.8012], [0.4062, 0.5581]])
    level = 256 * np.exp(-(reference @ (amounts * gain[:, None]))) - 1
    return np.floor((level + 0.5).clip(0, 255)).T.reshape(pixels.shape).astype(np.uint8)


def main():
    GOLDEN.mkdir(parents=True, exist_ok=True)
    steps = {"SHADES_OF_GREY": shades_of_grey, "STAINS": stains}
    pictures = {
        "lesion-warm": lesion(61, 47, 1, (1.1, 0.9, 0.7)),
        "lesion-cold": lesion(48, 64, 2, (0.7, 0.85, 1.1)),
        "tissue-pale": tissue(64, 48, 3, 0.85),
        "tissue-dark": tissue(50, 50, 4, 1.5),
        "glass": np.full((20, 30, 3), 250, np.uint8),
        "black": np.zeros((12, 12, 3), np.uint8),
    }
    for name, pixels in pictures.items():
        Image.fromarray(pixels).save(GOLDEN / f"{name}.png", optimize=True)
        for step, function in steps.items():
            (GOLDEN / f"{name}-{step}.rgb").write_bytes(function(pixels).tobytes())


main()
