"""Draws the golden pictures and writes beside each what Pillow makes of it.

    python3 -m venv .venv && .venv/bin/pip install pillow==12.3.0 numpy
    .venv/bin/python translators/src/test/python/make_goldens.py

Nothing here is a photograph: every picture is drawn by this file, so it may be committed.

golden/transform/  cases.csv, <name>.png, <name>-<width>x<height>-<filter>.rgb
golden/decode/     cases.csv, one file a format, its expected pixels as <expected>.rgb
A .rgb file is bare: three bytes a pixel, row by row. cases.csv gives sizes and tolerances.
"""

import io
import random
import shutil
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

GOLDEN = Path(__file__).parents[1] / "resources" / "golden"
EXIF_ORIENTATION = 274


def draw(width, height, seed):
    """Soft background, blots, lines and a checkerboard: slopes, edges and single pixels."""
    dice = random.Random(seed)
    x = np.linspace(0, 1, width)[None, :, None]
    y = np.linspace(0, 1, height)[:, None, None]
    corners = np.array([[dice.randrange(256) for _ in range(3)] for _ in range(3)])
    soft = corners[0] * (1 - x) * (1 - y) + corners[1] * x + corners[2] * (1 - x) * y
    picture = Image.fromarray(soft.clip(0, 255).astype(np.uint8), "RGB")
    pen = ImageDraw.Draw(picture)
    for _ in range(8):
        colour = tuple(dice.randrange(256) for _ in range(3))
        left, top = dice.randrange(width), dice.randrange(height)
        pen.ellipse((left, top, left + dice.randrange(4, 30), top + dice.randrange(4, 30)), colour)
        pen.line((left, top, dice.randrange(width), dice.randrange(height)), colour, 1)
    for i in range(12):
        for j in range(12):
            pen.point((2 + i, 2 + j), (0, 0, 0) if (i + j) % 2 else (255, 255, 255))
    return picture


def write_transforms():
    folder = GOLDEN / "transform"
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["picture,fit,width,height,cropWidth,cropHeight,filter,expected"]
    pictures = {"wide": draw(97, 61, 1), "tall": draw(40, 83, 2), "square": draw(64, 64, 3)}
    sizes = [(32, 32), (33, 47), (96, 96), (97, 20), (40, 83), (7, 5)]
    for name, picture in pictures.items():
        picture.save(folder / f"{name}.png", optimize=True)
        for label in ("BILINEAR", "BICUBIC"):
            how = Image.Resampling[label]
            for width, height in sizes:
                expected = f"{name}-{width}x{height}-{label.lower()}.rgb"
                (folder / expected).write_bytes(picture.resize((width, height), how).tobytes())
                rows.append(f"{name},SQUASH,{width},{height},{width},{height},{label},{expected}")
            # As torchvision does: the shorter side to 48, then the middle 37x41.
            scale = max(48 / picture.width, 48 / picture.height)
            cover = max(48, int(picture.width * scale)), max(48, int(picture.height * scale))
            left, top = (cover[0] - 37) // 2, (cover[1] - 41) // 2
            middle = picture.resize(cover, how).crop((left, top, left + 37, top + 41))
            expected = f"{name}-cover-{label.lower()}.rgb"
            (folder / expected).write_bytes(middle.tobytes())
            rows.append(f"{name},COVER,48,48,37,41,{label},{expected}")
    (folder / "cases.csv").write_text("\n".join(rows) + "\n")


def over_white(rgba):
    """What a transparent picture looks like on white, rounded."""
    colour, alpha = rgba[..., :3].astype(int), rgba[..., 3:].astype(int)
    return Image.fromarray(((colour * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8))


def png16(samples, colour_type):
    """A 16-bit PNG, which Pillow writes for grey only."""
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    height, width = samples.shape[:2]
    rows = samples.astype(">u2").reshape(height, -1)
    packed = zlib.compress(b"".join(b"\0" + row.tobytes() for row in rows), 9)
    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def webp_parts():
    """A lossless WebP of 22x10 pixels in parts of 4x4: some of one colour, some of two greens."""
    bits = []

    def put(value, count):
        bits.extend(value >> i & 1 for i in range(count))

    def code(*symbols):
        put(1, 1)
        put(len(symbols) - 1, 1)
        put(1, 1)
        for symbol in symbols:
            put(symbol, 8)

    width, height, across, down = 22, 10, 6, 3
    parts = [(3 * i + i // 5) % 4 % 2 for i in range(across * down)]
    put(0, 2)  # no transform, no colour cache
    put(1, 1)
    put(0, 3)  # parts of 4x4
    put(0, 1)  # the parts' own picture: no colour cache, its green the number of a part's codes
    for symbols in ((0, 1), (0,), (0,), (0,), (0,)):
        code(*symbols)
    for part in parts:
        put(part, 1)
    for green, red, blue in (((77,), 10, 200), ((5, 250), 99, 3)):
        for symbols in (green, (red,), (blue,), (255,), (0,)):
            code(*symbols)
    for y in range(height):
        for x in range(width):
            if parts[y // 4 * across + x // 4]:
                put((x * 7 + y * 3) % 5 % 2, 1)
    put(0, -len(bits) % 8)
    body = bytes(sum(bits[i + j] << j for j in range(8)) for i in range(0, len(bits), 8))
    body = b"\x2f" + struct.pack("<I", (height - 1) << 14 | (width - 1)) + body
    body += b"\0" * (len(body) % 2)
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def faxes(drawn):
    """Black and white pictures of runs of every length, by name."""
    dice = random.Random(7)
    wide = np.zeros((6, 5300), bool)
    for row in wide[1:5]:
        x = 0
        while x < len(row):
            run = dice.choice((1, 2, 3, 63, 64, 65, 1000, 2559, 2560, 2700))
            row[x:x + run] = dice.random() < 0.5
            x += run
    wide[5, 2600:] = True
    x, y = np.arange(37)[None, :], np.arange(9)[:, None]
    pictures = {"drawn": drawn, "white": np.ones((4, 33), bool), "black": np.zeros((4, 33), bool),
                "wide": wide, "stripes": (x + 0 * y) % 2 == 0, "checks": (x + y) % 2 == 1}
    return {name: picture if name == "drawn" else Image.fromarray(picture)
            for name, picture in pictures.items()}


def write_faxes(out, drawn):
    options, fill_order, photometric, k_lines, fill = 292, 266, 262, 1, 4
    codings = {"huffman": ("tiff_ccitt", {}), "t4": ("group3", {}),
               "t4-fill": ("group3", {options: fill}), "t4-two": ("group3", {options: k_lines}),
               "t6": ("group4", {})}
    pictures = faxes(drawn)
    for coding, (compression, tags) in codings.items():
        for name, picture in pictures.items():
            out.save(f"fax-{coding}-{name}.tif", picture, compression=compression, tiffinfo=tags)
        out.save(f"fax-{coding}-strips.tif", drawn, compression=compression, tiffinfo=tags,
                 strip_size=7 * 8)
        out.save(f"fax-{coding}-low-first.tif", drawn, compression=compression,
                 tiffinfo={**tags, fill_order: 2})
        out.save(f"fax-{coding}-white-is-zero.tif", drawn, compression=compression,
                 tiffinfo={**tags, photometric: 0})


class Decodings:
    """Files to decode, each with the pixels they must give."""

    def __init__(self):
        self.folder = GOLDEN / "decode"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.rows = ["file,width,height,tolerance,expected"]

    def add(self, name, data, expected=None, tolerance=0):
        """``expected`` is a picture; without it Pillow decodes the file."""
        if expected is None:
            expected = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
        expected = expected.convert("RGB")
        pixels = expected.tobytes()
        shared = f"{zlib.crc32(pixels):08x}.rgb"
        (self.folder / name).write_bytes(data)
        (self.folder / shared).write_bytes(pixels)
        self.rows.append(f"{name},{expected.width},{expected.height},{tolerance},{shared}")

    def save(self, name, picture, expected=None, tolerance=0, **options):
        file = io.BytesIO()
        picture.save(file, Image.registered_extensions()[Path(name).suffix], **options)
        self.add(name, file.getvalue(), expected, tolerance)
        return file.getvalue()

    def write(self):
        (self.folder / "cases.csv").write_text("\n".join(self.rows) + "\n")


def wide_gamut():
    """A colour profile whose use would change every pixel: linear light instead of sRGB."""
    def curve():
        return b"curv" + struct.pack(">III", 0, 0, 0)

    def xyz(*values):
        return b"XYZ " + struct.pack(">I3i", 0, *(round(v * 65536) for v in values))

    tags = {b"wtpt": xyz(0.9642, 1, 0.8249), b"rXYZ": xyz(0.4361, 0.2225, 0.0139),
            b"gXYZ": xyz(0.3851, 0.7169, 0.0971), b"bXYZ": xyz(0.1431, 0.0606, 0.7139),
            b"rTRC": curve(), b"gTRC": curve(), b"bTRC": curve()}
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data
    header = struct.pack(">I4sI4s4s4s", at + len(body), b"\0" * 4, 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    header += b"\0" * 12 + b"acsp" + b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061) + b"\0" * 48
    return header + struct.pack(">I", len(tags)) + table + body


def write_decodings():
    out = Decodings()
    picture = draw(61, 47, 4)
    grey, palette, bits = picture.convert("L"), picture.quantize(16), picture.convert("1")
    mask = Image.linear_gradient("L").resize(picture.size)
    rgba = picture.copy()
    rgba.putalpha(mask)
    blended = over_white(np.asarray(rgba))
    rng = np.random.default_rng(5)
    deep = np.asarray(picture).astype(int) * 256 + rng.integers(0, 256, (47, 61, 3))
    deep_grey = np.asarray(grey).astype(int) * 256 + rng.integers(0, 256, (47, 61))
    deep_alpha = np.asarray(mask).astype(int)[..., None] * 257
    profile = wide_gamut()
    lossy = 4  # levels: another IDCT and another chroma filter round differently

    out.save("baseline.jpg", picture, tolerance=lossy, quality=90, subsampling=0)
    out.save("subsampled.jpg", picture, tolerance=lossy, quality=90)
    out.save("progressive.jpg", picture, tolerance=lossy, quality=90, progressive=True)
    out.save("grey.jpg", grey, tolerance=lossy, quality=90)
    out.save("profile.jpg", picture, tolerance=lossy, quality=90, icc_profile=profile)
    out.save("rgb.jpg", picture, tolerance=lossy, quality=90, keep_rgb=True)
    cmyk = bytearray(out.save("cmyk.jpg", picture.convert("CMYK"), tolerance=lossy, quality=90))
    cmyk[cmyk.index(b"Adobe") + 11] = 2  # the same numbers, to be read as YCCK
    out.add("ycck.jpg", bytes(cmyk), tolerance=lossy)
    exif = Image.Exif()
    for orientation in range(1, 9):
        exif[EXIF_ORIENTATION] = orientation
        out.save(f"turned-{orientation}.jpg", picture, tolerance=lossy, quality=80, subsampling=0,
                 exif=exif)
    exif[EXIF_ORIENTATION] = 6
    out.save("turned-6.png", picture, exif=exif)
    out.save("turned-6.webp", picture, lossless=True, exif=exif)
    turned = picture.transpose(Image.Transpose.ROTATE_270)
    out.save("turned-6.tif", picture, turned, tiffinfo={EXIF_ORIENTATION: 6})
    jfif = out.save("baseline.jpg", picture, tolerance=lossy, quality=90, subsampling=0)
    out.rows.pop()
    start = jfif.index(b"\xff\xe0")
    out.add("bare.jpg", jfif[:start] + jfif[start + 18:], tolerance=lossy)

    out.save("rgb8.png", picture)
    out.save("rgba8.png", rgba, blended)
    out.save("palette.png", palette)
    out.save("transparent-palette.png", palette, over_white(np.dstack([
        np.asarray(palette.convert("RGB")),
        np.where(np.asarray(palette) == 3, 0, 255).astype(np.uint8)])), transparency=3)
    out.save("grey8.png", grey)
    out.save("bit.png", bits)
    out.save("profile.png", picture, icc_profile=profile)
    grey_alpha = Image.merge("LA", (grey, mask))
    out.save("grey-alpha8.png", grey_alpha,
             over_white(np.asarray(Image.merge("RGBA", (grey, grey, grey, mask)))))
    out.add("grey16.png", png16(deep_grey, 0), Image.fromarray((deep_grey >> 8).astype(np.uint8)))
    out.add("rgb16.png", png16(deep, 2), Image.fromarray((deep >> 8).astype(np.uint8)))
    deep_rgba = np.concatenate([deep, deep_alpha], axis=2)
    out.add("rgba16.png", png16(deep_rgba, 6), over_white(deep_rgba >> 8))

    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        out.save(f"{compression}.tif", picture, compression=compression)
    out.save("jpeg.tif", picture, tolerance=lossy, compression="jpeg", quality=90)
    out.save("rgba.tif", rgba, blended)
    out.save("palette.tif", palette)
    out.save("grey.tif", grey)
    out.save("bit.tif", bits)
    write_faxes(out, bits)
    out.save("cmyk.tif", picture.convert("CMYK"))
    out.save("profile.tif", picture, icc_profile=profile)
    out.save("grey16.tif", Image.fromarray(deep_grey.astype(np.uint16)),
             Image.fromarray((deep_grey >> 8).astype(np.uint8)))

    out.save("rgb.bmp", picture)
    out.save("palette.bmp", palette)
    out.save("grey.bmp", grey)
    out.save("bit.bmp", bits)
    out.save("palette.gif", palette)
    out.save("interlaced.gif", palette, interlace=1)
    out.save("frames.gif", palette, save_all=True, append_images=[ImageOps.flip(palette)])
    out.save("lossless.webp", picture, lossless=True)
    # Colours whose codes take no bits: of the whole picture, and of every other part.
    out.add("parts.webp", webp_parts())
    out.save("plain.webp", Image.new("RGB", (37, 29), (12, 200, 99)), lossless=True)
    # libwebp smooths the coarser colour planes and the Java reader repeats their pixels, so an
    # edge in colour differs by more than an edge in brightness.
    soft = picture.filter(ImageFilter.GaussianBlur(3))
    out.save("lossy.webp", soft, tolerance=4 * lossy, quality=80)
    out.save("lossy-grey.webp", grey.convert("RGB"), tolerance=lossy, quality=80)
    out.save("frames.webp", picture, lossless=True, save_all=True,
             append_images=[ImageOps.flip(picture)])
    out.save("alpha.webp", rgba, blended, lossless=True, exact=True)
    out.save("profile.webp", picture, lossless=True, icc_profile=profile)
    out.write()


if __name__ == "__main__":
    for folder in ("transform", "decode"):
        shutil.rmtree(GOLDEN / folder, ignore_errors=True)
    write_transforms()
    write_decodings()
