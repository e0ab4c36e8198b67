"""What OpenSlide reads of slides: SLIDE...

Prints a JSON object for each (vendor, mpp, levels as [width, height]) and writes the pixels of each level beside it to
SLIDE.N.rgb, three bytes a pixel. Pixels that the file does not have are white.
"""

import json
import sys

import openslide
from PIL import Image

for path in sys.argv[1:]:
    slide = openslide.OpenSlide(path)
    for number, size in enumerate(slide.level_dimensions):
        region = slide.read_region((0, 0), number, size)
        white = Image.new("RGBA", size, (255, 255, 255, 255))
        pixels = Image.alpha_composite(white, region).convert("RGB")
        with open(f"{path}.{number}.rgb", "wb") as out:
            out.write(pixels.tobytes())
    # Version 3 hands the tags of other TIFFs on as they are: here, pixels in a centimetre.
    mpp = slide.properties.get("openslide.mpp-x")
    if mpp is None and slide.properties.get("tiff.ResolutionUnit") == "centimeter":
        mpp = 10_000 / float(slide.properties["tiff.XResolution"])
    print(json.dumps({
        "vendor": slide.properties.get("openslide.vendor"),
        "mpp": None if mpp is None else float(mpp),
        "levels": [f"{width}x{height}" for width, height in slide.level_dimensions],
    }))
