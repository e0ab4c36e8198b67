"""Draws pictures of every kind with Pillow, and what Pillow makes of each of them.

    python3 -m venv .venv && .venv/bin/pip install pillow
    .venv/bin/python benchmarks/pillow/pictures.py FOLDER

Writes the pictures and `expected.csv`: file, width, height and the SHA-256 of its pixels as Pillow
reads them, turned by EXIF, 8-bit RGB, what is transparent blended over white. `benchmarks/pillow/compare`
holds this project's decoder against it.
"""

import csv
import hashlib
import io
import random
import struct
import sys
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

SIZES = [(61, 47), (33, 16)]


def drawn(width, height, mode, seed):
    """Shades, shapes and noise."""
    rng = random.Random(seed)
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y = rng.randrange(width), rng.randrange(height)
        colour = tuple(rng.randrange(256) for _ in range(3))
        draw.ellipse([x, y, x + width // 3, y + height // 3], fill=colour)
    for _ in range(width * height // 9):
        colour = tuple(rng.randrange(256) for _ in range(3))
        image.putpixel((rng.randrange(width), rng.randrange(height)), colour)
    alpha = Image.radial_gradient("L").resize((width, height))
    if mode in ("RGBA", "LA", "RGBa", "La"):
        image = image.convert("RGB" if mode.startswith("RGB") else "L")
        image.putalpha(alpha)
        return image.convert(mode) if mode.endswith("a") else image
    if mode == "P":
        return image.quantize(64)
    if mode == "I;16":
        grey = image.convert("L")
        data = b"".join(struct.pack("<H", value * 257) for value in grey.tobytes())
        return Image.frombytes("I;16", grey.size, data)
    return image.convert(mode)


def png(width, height, depth, colour, interlace, filters, seed, transparent=None, extra=b""):
    """A PNG of random samples, put together by hand for the kinds that Pillow does not write."""
    rng = random.Random(seed)
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    bits = samples * depth

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    def rows(columns, lines):
        data = b""
        for _ in range(lines):
            data += bytes([rng.choice(filters)])
            data += bytes(rng.randrange(256) for _ in range((columns * bits + 7) // 8))
        return data

    if interlace:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        data = b""
        for x, y, dx, dy in passes:
            columns, lines = -(-(width - x) // dx), -(-(height - y) // dy)
            if columns > 0 and lines > 0:
                data += rows(columns, lines)
    else:
        data = rows(width, height)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    if colour == 3:
        out += chunk(b"PLTE", bytes(rng.randrange(256) for _ in range(3 << depth)))
    if transparent is not None:
        out += chunk(b"tRNS", transparent)
    return out + extra + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def exif(orientation):
    block = Image.Exif()
    block[0x0112] = orientation
    return block.tobytes()


def pictures():
    """Names and bytes."""
    number = 0

    def saved(name, image, kind, **options):
        out = io.BytesIO()
        image.save(out, kind, **options)
        return name, out.getvalue()

    for width, height in SIZES:
        size = f"{width}x{height}"
        for colour, depths in ((0, (1, 2, 4, 8, 16)), (2, (8, 16)), (3, (1, 2, 4, 8)), (4, (8, 16)), (6, (8, 16))):
            for depth in depths:
                for interlace in (0, 1):
                    number += 1
                    name = f"png-{size}-colour{colour}-{depth}bit-interlace{interlace}"
                    yield name + ".png", png(width, height, depth, colour, interlace, [0, 1, 2, 3, 4], number)
                    if colour in (0, 2, 3):
                        clear = {0: b"\0\1", 2: b"\0\1\0\2\0\3", 3: bytes(i & 255 for i in range(1 << min(depth, 8)))}[colour]
                        yield name + "-trns.png", png(width, height, depth, colour, interlace, [0], number, clear)
        for filtered in range(5):
            yield f"png-{size}-filter{filtered}.png", png(width, height, 8, 2, 0, [filtered], 50 + filtered)
        for mode in ("L", "RGB", "CMYK"):
            for quality in (10, 75, 100):
                for progressive in (False, True):
                    for sampling in (0, 1, 2) if mode == "RGB" else (0,):
                        name = f"jpeg-{size}-{mode}-q{quality}-{'progressive' if progressive else 'plain'}-{sampling}.jpg"
                        image = drawn(width, height, mode, 7)
                        options = {"subsampling": sampling} if mode == "RGB" else {}
                        yield saved(name, image, "JPEG", quality=quality, progressive=progressive, **options)
        yield saved(f"jpeg-{size}-restarts.jpg", drawn(width, height, "RGB", 8), "JPEG", restart_marker_rows=1)
        yield saved(f"jpeg-{size}-optimised.jpg", drawn(width, height, "RGB", 8), "JPEG", optimize=True)
        for compression in (None, "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
            for mode in ("1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"):
                if compression == "jpeg" and mode not in ("L", "RGB", "CMYK"):
                    continue
                name = f"tiff-{size}-{mode.replace(';', '')}-{compression or 'raw'}.tif"
                yield saved(name, drawn(width, height, mode, 9), "TIFF", compression=compression)
        for compression in ("group3", "group4"):
            yield saved(f"tiff-{size}-{compression}.tif", drawn(width, height, "1", 9), "TIFF", compression=compression)
        for compression in (None, "tiff_lzw", "tiff_adobe_deflate"):
            name = f"tiff-{size}-strips-{compression or 'raw'}.tif"
            yield saved(name, drawn(width, height, "RGB", 9), "TIFF", compression=compression, tiffinfo={278: 5})
        for extra in (0, 1, 2):
            out = saved("", drawn(width, height, "RGBA", 9), "TIFF", tiffinfo={338: extra})[1]
            yield f"tiff-{size}-extra{extra}.tif", out
        for mode in ("1", "L", "P", "RGB", "RGBA"):
            yield saved(f"bmp-{size}-{mode}.bmp", drawn(width, height, mode, 10), "BMP")
        for mode in ("1", "L", "P", "RGB"):
            for interlace in (0, 1):
                yield saved(f"gif-{size}-{mode}-{interlace}.gif", drawn(width, height, mode, 11), "GIF", interlace=interlace)
        clear = drawn(width, height, "P", 12)
        yield saved(f"gif-{size}-transparent.gif", clear, "GIF", transparency=3)
        frames = [drawn(width, height, "P", seed) for seed in (13, 14)]
        yield saved(f"gif-{size}-frames.gif", frames[0], "GIF", save_all=True, append_images=frames[1:])
        for mode in ("RGB", "RGBA"):
            for quality in (1, 30, 80, 100):
                for method in (0, 4, 6):
                    name = f"webp-{size}-{mode}-q{quality}-m{method}.webp"
                    yield saved(name, drawn(width, height, mode, 15), "WEBP", quality=quality, method=method)
            for method in (0, 3, 6):
                name = f"webp-{size}-{mode}-lossless-m{method}.webp"
                yield saved(name, drawn(width, height, mode, 16), "WEBP", lossless=True, method=method, exact=True)
        frames = [drawn(width, height, "RGBA", seed) for seed in (17, 18)]
        yield saved(f"webp-{size}-frames.webp", frames[0], "WEBP", save_all=True, append_images=frames[1:])
        for orientation in range(1, 9):
            for kind, options in (("JPEG", {}), ("PNG", {}), ("WEBP", {"lossless": True}), ("TIFF", {})):
                image = drawn(width, height, "RGB", 19)
                if kind == "TIFF":
                    options = {"tiffinfo": {274: orientation}}
                else:
                    options = dict(options, exif=exif(orientation))
                yield saved(f"turned-{size}-{orientation}.{kind.lower()}", image, kind, **options)


def read(data):
    """As Pillow has it: upright, RGB, over white."""
    image = Image.open(io.BytesIO(data))
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16"):
        values = struct.unpack("<%dH" % (image.width * image.height), image.convert("I;16").tobytes())
        image = Image.frombytes("L", image.size, bytes(value >> 8 for value in values))
    has_alpha = image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info
    if not has_alpha:
        return image.convert("RGB")
    out = bytearray()
    for red, green, blue, alpha in image.convert("RGBA").get_flattened_data():
        out.extend((each * alpha + 255 * (255 - alpha) + 127) // 255 for each in (red, green, blue))
    return Image.frombytes("RGB", image.size, bytes(out))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "expected.csv", "w", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(["file", "width", "height", "sha256"])
        for name, data in pictures():
            (folder / name).write_bytes(data)
            image = read(data)
            pixels = image.tobytes()
            (folder / (name + ".rgb")).write_bytes(pixels)
            rows.writerow([name, image.width, image.height, hashlib.sha256(pixels).hexdigest()])


if __name__ == "__main__":
    main()
