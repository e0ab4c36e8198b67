"""Encodes a picture without loss by OpenJPEG, as a bare JPEG 2000 codestream: WIDTH HEIGHT DX DY

Standard input has three bytes a pixel; standard output gets the codestream. Of the second and third samples only each
DX-th of a row and each DY-th row are kept. No sample is transformed.
"""

import ctypes
import sys
import tempfile
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_int32, c_uint16, c_uint32, c_void_p

width, height, dx, dy = (int(word) for word in sys.argv[1:5])
pixels = sys.stdin.buffer.read()
openjpeg = ctypes.CDLL("libopenjp2.so.7")


class Parameter(Structure):
    _fields_ = [(name, c_uint32) for name in ("dx", "dy", "w", "h", "x0", "y0", "prec", "bpp", "sgnd")]


class Component(Structure):
    _fields_ = [
        *((name, c_uint32) for name in ("dx", "dy", "w", "h", "x0", "y0", "prec", "bpp", "sgnd", "resolutions", "factor")),
        ("data", POINTER(c_int32)),
        ("alpha", c_uint16),
    ]


class Image(Structure):
    _fields_ = [
        *((name, c_uint32) for name in ("x0", "y0", "x1", "y1", "count")),
        ("space", c_int),
        ("components", POINTER(Component)),
    ]


openjpeg.opj_image_create.restype = POINTER(Image)
openjpeg.opj_image_create.argtypes = [c_uint32, POINTER(Parameter), c_int]
openjpeg.opj_create_compress.restype = c_void_p
openjpeg.opj_stream_create_default_file_stream.restype = c_void_p
openjpeg.opj_stream_create_default_file_stream.argtypes = [c_char_p, c_int]
openjpeg.opj_set_default_encoder_parameters.argtypes = [c_void_p]
openjpeg.opj_setup_encoder.argtypes = [c_void_p, c_void_p, POINTER(Image)]
openjpeg.opj_start_compress.argtypes = [c_void_p, POINTER(Image), c_void_p]
openjpeg.opj_encode.argtypes = [c_void_p, c_void_p]
openjpeg.opj_end_compress.argtypes = [c_void_p, c_void_p]
openjpeg.opj_stream_destroy.argtypes = [c_void_p]

steps = [(1, 1), (dx, dy), (dx, dy)]
wanted = (Parameter * 3)(*(
    Parameter(across, down, -(-width // across), -(-height // down), 0, 0, 8, 8, 0) for across, down in steps))
image = openjpeg.opj_image_create(3, wanted, 1)
image.contents.x1, image.contents.y1 = width, height
for sample, (across, down) in enumerate(steps):
    values = b"".join(
        pixels[3 * width * row + sample:3 * width * (row + 1):3 * across] for row in range(0, height, down))
    data = image.contents.components[sample].data
    for i, value in enumerate(values):
        data[i] = value
# The structure of the settings is larger in some versions; the defaults are without loss.
settings = ctypes.create_string_buffer(1 << 16)
openjpeg.opj_set_default_encoder_parameters(settings)
codec = openjpeg.opj_create_compress(0)
with tempfile.NamedTemporaryFile() as file:
    stream = openjpeg.opj_stream_create_default_file_stream(file.name.encode(), 0)
    if not (openjpeg.opj_setup_encoder(codec, settings, image)
            and openjpeg.opj_start_compress(codec, image, stream)
            and openjpeg.opj_encode(codec, stream)
            and openjpeg.opj_end_compress(codec, stream)):
        sys.exit("OpenJPEG refused")
    openjpeg.opj_stream_destroy(stream)
    with open(file.name, "rb") as written:
        sys.stdout.buffer.write(written.read())
