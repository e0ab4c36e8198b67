"""Draws pictures, writes them as DICOM files of every kind that is read, and what they show.

    python3 -m venv .venv && .venv/bin/pip install pydicom==3.0.2 pillow==12.3.0 numpy imagecodecs
    apt-get install dcmtk
    .venv/bin/python translators/src/test/python/dicom_goldens.py

golden/dicom/  <name>.dcm, <expected>.rgb, cases.csv: file, frame, width, height, tolerance,
               expected; refused.csv: file, what the refusal says

The files are written by pydicom and turned into other transfer syntaxes by dcmtk; JPEG 2000, which
dcmtk does not write, by Pillow and imagecodecs (OpenJPEG). What they show is computed by pydicom
(modality LUT, VOI LUT, palettes, YBR) from pixels that dcmtk has decoded where it can, and has to
be what dcmtk's dcm2pnm shows, to one level. Nothing here is a photograph.
"""

import hashlib
import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.pixels import apply_color_lut, apply_modality_lut, apply_voi_lut, convert_color_space
from pydicom.sequence import Sequence
from pydicom.uid import (
    JPEG2000, UID, ExplicitVRLittleEndian, JPEG2000Lossless, JPEGBaseline8Bit,
    SecondaryCaptureImageStorage,
)

GOLDEN = Path(__file__).parents[1] / "resources" / "golden" / "dicom"
WIDTH, HEIGHT = 22, 14
SECRET = "SECRET^WHO"
ENCAPSULATED = UID("1.2.840.10008.1.2.1.98")
ROOT = "1.2.826.0.1.3680043.8.498"
MULTI_FRAME = "1.2.840.10008.5.1.4.1.1.7.2"


def grey(least, greatest, seed=0):
    """A slope, a disc, a checkerboard and the two ends of the range."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    share = (x + seed) % WIDTH / (WIDTH - 1) * 0.7 + y / (HEIGHT - 1) * 0.3
    share[(x - 12) ** 2 + (y - 7) ** 2 < 16] = 0.85
    share[2:6, 2:6] = (x[2:6, 2:6] + y[2:6, 2:6]) % 2
    share[0, 0], share[-1, -1] = 0, 1
    return np.round(least + share * (greatest - least)).astype(np.int64)


def colour():
    return np.stack([grey(0, 255), grey(255, 0, 5), grey(30, 220, 11)], axis=2).astype(np.uint8)


def smooth():
    """Without edges, for codecs that lose them."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([40 + 8 * x, 200 - 9 * y, 60 + 4 * x + 4 * y], axis=2).astype(np.uint8)


def dataset(pixels, photometric="MONOCHROME2", bits=8, syntax=ExplicitVRLittleEndian, **elements):
    """A file around pixels (rows, columns[, 3]), or frames of them (frames, rows, columns[, 3])."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = syntax
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID = SecondaryCaptureImageStorage
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID = ROOT + ".1"
    ds.StudyInstanceUID, ds.SeriesInstanceUID = ROOT + ".2", ROOT + ".3"
    ds.PatientName, ds.PatientID, ds.Modality = SECRET, SECRET, "OT"
    ds.StudyDate = ds.StudyTime = ds.AccessionNumber = ds.ReferringPhysicianName = ""
    ds.StudyID = ds.SeriesNumber = ds.InstanceNumber = ds.PatientBirthDate = ds.PatientSex = ""
    ds.ConversionType = "WSD"
    samples = 3 if pixels.shape[-1] == 3 else 1
    shape = pixels.shape[:-1] if samples == 3 else pixels.shape
    if len(shape) == 3:
        ds.NumberOfFrames = shape[0]
    ds.SamplesPerPixel, ds.PhotometricInterpretation = samples, photometric
    ds.Rows, ds.Columns = shape[-2:]
    ds.BitsAllocated, ds.BitsStored, ds.HighBit = (8 if bits <= 8 else 16), bits, bits - 1
    ds.PixelRepresentation = 1 if pixels.min() < 0 else 0
    if samples == 3:
        ds.PlanarConfiguration = 0
    for name, value in elements.items():
        setattr(ds, name, value)
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    kind = "<u1" if ds.BitsAllocated == 8 else "<u2"
    stored = (pixels & ((1 << bits) - 1)).astype(kind)
    ds.PixelData = stored.tobytes() + b"\0" * (stored.nbytes % 2)
    ds["PixelData"].VR = "OB" if ds.BitsAllocated == 8 else "OW"
    return ds


def lut(entries, first, bits, signed=False):
    item = Dataset()
    item.add_new(0x00283002, "SS" if signed else "US", [len(entries), first, bits])
    item.add_new(0x00283006, "OW", np.asarray(entries, "<u2").tobytes())
    return Sequence([item])


def palette(ds, bits, first=0):
    steps = np.arange(32)
    wide = 257 if bits == 16 else 1
    for name, table in zip(
        ("Red", "Green", "Blue"), (steps * 8, 255 - steps * 7, (steps * 37) % 256)
    ):
        kind = "<u2" if bits == 16 else "<u1"
        setattr(ds, name + "PaletteColorLookupTableDescriptor", [32, first, bits])
        setattr(ds, name + "PaletteColorLookupTableData", (table * wide).astype(kind).tobytes())
    return ds


def segments(ds, bits):
    """The same in segments: values, lines, and (of 8 bits) a second use of the first two."""
    tables = (
        [0, 4, 0, 20, 40, 90, 1, 12, 250, 0, 2, 7, 9, 1, 14, 130],
        [0, 1, 255, 1, 31, 0],
        [0, 3, 10, 200, 30, 1, 5, 90, 2, 2, 0, 0, 0, 0, 1, 16, 255],
    )
    if bits == 16:
        # Without the second use, whose place pydicom counts in words and the standard in bytes.
        tables = (
            [0, 4, 0, 5000, 10000, 23000, 1, 12, 64000, 0, 2, 1800, 2300, 1, 14, 33000],
            [0, 1, 65535, 1, 31, 0],
            [0, 3, 2600, 51000, 7700, 1, 29, 65535],
        )
    for name, table in zip(("Red", "Green", "Blue"), tables):
        kind = "<u2" if bits == 16 else "<u1"
        setattr(ds, name + "PaletteColorLookupTableDescriptor", [32, 0, bits])
        data = np.asarray(table, kind).tobytes()
        setattr(ds, f"Segmented{name}PaletteColorLookupTableData", data + b"\0" * (len(data) % 2))
    return ds


def encapsulated(ds, frames, syntax, has_bot=True):
    ds.file_meta.TransferSyntaxUID = syntax
    ds.PixelData = encapsulate(frames, has_bot=has_bot)
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    return ds


def jpeg(pixels, **how):
    out = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(out, "jpeg", quality=95, **how)
    return out.getvalue()


def j2k(pixels, bits, lossless=True, **how):
    kind = np.int16 if pixels.min() < 0 else np.uint8 if bits <= 8 else np.uint16
    return imagecodecs.jpeg2k_encode(
        pixels.astype(kind), codecformat="j2k", bitspersample=bits, reversible=lossless,
        level=0 if lossless else 45, **how,
    )


def tiled(pixels):
    out = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint16)).save(
        out, "jpeg2000", no_jp2=True, tile_size=(8, 8), num_resolutions=3)
    return out.getvalue()


def functional_groups(ds):
    """Enhanced multi-frame: rescale for all frames, a window for each."""
    shared, per_frame = Dataset(), []
    shared.PixelValueTransformationSequence = Sequence([Dataset()])
    shared.PixelValueTransformationSequence[0].RescaleSlope = 2
    shared.PixelValueTransformationSequence[0].RescaleIntercept = -100
    shared.PixelValueTransformationSequence[0].RescaleType = "US"
    for center in (300, 1200, 2600):
        item, voi = Dataset(), Dataset()
        voi.WindowCenter, voi.WindowWidth = center, 1800
        item.FrameVOILUTSequence = Sequence([voi])
        per_frame.append(item)
    ds.SharedFunctionalGroupsSequence = Sequence([shared])
    ds.PerFrameFunctionalGroupsSequence = Sequence(per_frame)
    return ds


def crowded(ds):
    """What lies about the picture: nested items, an icon with its own pixels, private elements."""
    icon = Dataset()
    icon.Rows = icon.Columns = 2
    icon.SamplesPerPixel, icon.PhotometricInterpretation = 1, "MONOCHROME1"
    icon.BitsAllocated, icon.BitsStored, icon.HighBit, icon.PixelRepresentation = 8, 8, 7, 0
    icon.PixelData = b"\x01\x02\x03\x04"
    ds.IconImageSequence = Sequence([icon])
    nested = ds
    for _ in range(5):
        item = Dataset()
        item.CodeValue, item.Rows = SECRET[:6], 9
        nested.ConceptNameCodeSequence = Sequence([item, Dataset()])
        nested = item
    block = ds.private_block(0x0029, "MEDZOO", create=True)
    block.add_new(1, "OB", b"\x28\x00\x10\x00" * 4)
    block.add_new(2, "SQ", Sequence([Dataset()]))
    return ds


def ybr(pixels):
    return convert_color_space(pixels, "RGB", "YBR_FULL")


def write(ds, path):
    ds.save_as(path, enforce_file_format=True)


def dcmtk(*command):
    subprocess.run([str(each) for each in command], check=True, capture_output=True)


def native():
    """Every kind of pixels, bare."""
    signed = dict(RescaleSlope=1, RescaleIntercept=-24)
    window = dict(WindowCenter=[900, 5], WindowWidth=[1500, 9])
    high = grey(0, 4095)
    table = lut([round((i / 255) ** 0.5 * 4095) for i in range(256)], 600, 12)
    first = palette(dataset(grey(0, 40), "PALETTE COLOR"), 8)
    cases = {
        "grey8": dataset(grey(0, 255)),
        "grey8-dark": dataset(grey(20, 90)),
        "grey8-inverse": dataset(grey(0, 255), "MONOCHROME1"),
        "grey8-window": dataset(grey(0, 255), WindowCenter=100, WindowWidth=80),
        "grey8-signed": dataset(grey(-128, 127), WindowCenter=0, WindowWidth=200),
        "grey5": dataset(grey(0, 31), bits=5),
        "grey10": dataset(grey(0, 1023), bits=10, WindowCenter=400, WindowWidth=500),
        "grey12": dataset(grey(40, 3000), bits=12),
        "grey12-window": dataset(high, bits=12, **window),
        "grey12-inverse": dataset(high, "MONOCHROME1", bits=12, **window),
        "grey12-exact": dataset(high, bits=12, VOILUTFunction="LINEAR_EXACT", **window),
        "grey12-sigmoid": dataset(high, bits=12, VOILUTFunction="SIGMOID", **window),
        "grey12-voi": dataset(high, bits=12, VOILUTSequence=table, **window),
        "grey12-signed": dataset(grey(-2048, 2047), bits=12, WindowCenter=40, WindowWidth=400),
        "grey12-ct": dataset(high, bits=12, WindowCenter="40.5", WindowWidth=350, **signed),
        "grey12-modality": dataset(
            high, bits=12, ModalityLUTSequence=lut(range(0, 65536, 16), 0, 16),
            WindowCenter=30000, WindowWidth=40000,
        ),
        "grey16": dataset(grey(0, 65535), bits=16),
        "grey16-signed": dataset(grey(-32768, 32767), bits=16, WindowCenter=-3000,
                                 WindowWidth=20000),
        "grey16-slope": dataset(grey(0, 65535), bits=16, RescaleSlope="0.25",
                                RescaleIntercept=-1000, WindowCenter=4000, WindowWidth=9000),
        "grey16-padded": dataset(np.where(grey(0, 9) == 9, 65535, grey(100, 5000)), bits=16,
                                 PixelPaddingValue=65535),
        "palette8": first,
        "palette8-segments": segments(dataset(grey(0, 40), "PALETTE COLOR"), 8),
        "palette16-segments": segments(dataset(grey(0, 40), "PALETTE COLOR"), 16),
        "palette16": palette(dataset(grey(0, 40), "PALETTE COLOR"), 16, first=4),
        "rgb": dataset(colour(), "RGB"),
        "rgb-planar": dataset(colour(), "RGB", PlanarConfiguration=1),
        "ybr-full": dataset(ybr(colour()), "YBR_FULL"),
        "frames": dataset(np.stack([grey(0, 4095, i * 6) for i in range(3)]), bits=12, **window),
        "frames-rgb": dataset(np.stack([colour(), 255 - colour()]), "RGB"),
        "frames-groups": functional_groups(
            dataset(np.stack([grey(0, 4095, i * 6) for i in range(3)]), bits=12)),
        "crowded": crowded(dataset(colour(), "RGB")),
        "named": dataset(
            colour(), "RGB", SpecificCharacterSet="ISO_IR 100", TimezoneOffsetFromUTC="+0130",
            PatientName="M\u00fcller^J\u00f6rg", PatientID="SECRET-7", PatientBirthDate="19430722",
            PatientSex="O", StudyDate="20261128", StudyTime="101112", StudyID="7",
            AccessionNumber="A-7", ReferringPhysicianName="Dulong^L\u00e9a",
            StudyDescription="Haut, linker Fu\u00df"),
        "named-frames": dataset(
            np.stack([grey(0, 255), grey(0, 255, 6)]), SOPClassUID=MULTI_FRAME,
            StudyDate="20261128", StudyTime="101112", StudyID="7", FrameIncrementPointer=0x00181065,
            FrameTimeVector=[0, 100]),
        "named-escapes": dataset(
            colour(), "RGB", SpecificCharacterSet=["", "ISO 2022 IR 87"],
            PatientName="Yamada^Tarou=\u5c71\u7530^\u592a\u90ce"),
    }
    planar = cases["rgb-planar"]
    planar.PixelData = colour().transpose(2, 0, 1).tobytes()
    halved = cases["ybr-422"] = dataset(ybr(smooth()), "YBR_FULL_422")
    y, cb, cr = np.moveaxis(ybr(smooth()), 2, 0)
    halved.PixelData = np.stack(
        [y[:, ::2], y[:, 1::2], cb[:, ::2], cr[:, ::2]], axis=2).tobytes()
    return cases


def compressed():
    """Codestreams that others than dcmtk write."""
    high, low = grey(0, 4095), grey(-2000, 2000)
    window = dict(WindowCenter=900, WindowWidth=1500)
    rgb, soft = colour(), smooth()
    frames = [grey(0, 255, i * 6).astype(np.uint8) for i in range(3)]
    yield "j2k-grey8", encapsulated(
        dataset(grey(0, 255)), [j2k(grey(0, 255), 8)], JPEG2000Lossless)
    yield "j2k-grey12", encapsulated(
        dataset(high, bits=12, **window), [j2k(high, 12)], JPEG2000Lossless)
    yield "j2k-grey16", encapsulated(
        dataset(grey(0, 65535), bits=16), [j2k(grey(0, 65535), 16)], JPEG2000Lossless)
    yield "j2k-signed16", encapsulated(
        dataset(low, bits=16, WindowCenter=40, WindowWidth=900), [j2k(low, 16)], JPEG2000Lossless)
    yield "j2k-rgb", encapsulated(dataset(rgb, "RGB"), [j2k(rgb, 8, mct=False)], JPEG2000Lossless)
    yield "j2k-rct", encapsulated(
        dataset(rgb, "YBR_RCT"), [j2k(rgb, 8, mct=True)], JPEG2000Lossless)
    yield "j2k-ict", encapsulated(
        dataset(soft, "YBR_ICT"), [j2k(soft, 8, lossless=False, mct=True)], JPEG2000)
    yield "j2k-tiles", encapsulated(
        dataset(high, bits=16, **window), [tiled(high)], JPEG2000Lossless)
    yield "j2k-frames", encapsulated(
        dataset(np.stack(frames)), [j2k(each, 8) for each in frames], JPEG2000Lossless, False)
    yield "jpeg-grey", encapsulated(
        dataset(soft[:, :, 0]), [jpeg(soft[:, :, 0])], JPEGBaseline8Bit)
    yield "jpeg-422", encapsulated(
        dataset(soft, "YBR_FULL_422"), [jpeg(soft, subsampling="4:2:2")], JPEGBaseline8Bit)
    yield "jpeg-444", encapsulated(
        dataset(soft, "YBR_FULL"), [jpeg(soft, subsampling="4:4:4")], JPEGBaseline8Bit)
    yield "jpeg-rgb", encapsulated(
        dataset(soft, "RGB"), [jpeg(soft, keep_rgb=True, subsampling="4:4:4")], JPEGBaseline8Bit)
    bare = dataset(np.stack([soft, 255 - soft]), "RGB")
    yield "bare-frames", encapsulated(
        bare, [soft.tobytes(), (255 - soft).tobytes()], ENCAPSULATED)
    yield "j2k-palette8", encapsulated(
        palette(dataset(grey(0, 40), "PALETTE COLOR"), 8), [j2k(grey(0, 40), 8)], JPEG2000Lossless)
    yield "j2k-ybr-full", encapsulated(
        dataset(ybr(rgb), "YBR_FULL"), [j2k(ybr(rgb), 8, mct=False)], JPEG2000Lossless)
    others = native()
    for name in ("grey12-window", "grey8-inverse", "palette8", "ybr-full", "ybr-422"):
        each = others[name]
        yield f"bare-{name}", encapsulated(each, [each.PixelData], ENCAPSULATED)


TURNED = [
    ("dcmconv", "+ti", "implicit", ["grey12-ct", "grey12-voi", "palette16", "crowded", "frames-groups",
                                   "grey8-inverse", "ybr-full", "ybr-422"]),
    ("dcmconv", "+td", "deflated", ["grey8", "grey12-window", "rgb", "frames", "palette8",
                                   "ybr-full", "ybr-422"]),
    ("dcmconv", "+te -e", "undefined", ["crowded", "grey12-voi", "frames-groups"]),
    ("dcmcrle", "", "rle", ["grey8", "grey12-signed", "grey16", "palette8", "rgb", "ybr-full",
                            "frames", "grey12-inverse"]),
    ("dcmcrle", "+fs 1", "rle-cut", ["frames-rgb"]),
    ("dcmcjpeg", "+e1", "sv1", ["grey8", "grey12-window", "grey16", "grey16-signed", "rgb",
                                "palette8", "frames", "grey12-signed", "ybr-full"]),
    ("dcmcjpeg", "+el +sv 2", "sv2", ["grey12-window"]),
    ("dcmcjpeg", "+el +sv 3", "sv3", ["grey12-window"]),
    ("dcmcjpeg", "+el +sv 4", "sv4", ["grey16"]),
    ("dcmcjpeg", "+el +sv 5", "sv5", ["grey16"]),
    ("dcmcjpeg", "+el +sv 6", "sv6", ["grey8", "rgb"]),
    ("dcmcjpeg", "+el +sv 7", "sv7", ["grey16-signed"]),
    ("dcmcjpeg", "+e1 +cn +fs 1", "sv1-cut", ["frames"]),
    ("dcmcjpeg", "+eb +cy", "jpeg", ["ybr-full"]),
    ("dcmcjpeg", "+ee", "extended", ["grey8-dark"]),
]


def decoded(path):
    """The file with pixels that dcmtk has decoded where it can."""
    ds = dcmread(path)
    uid = ds.file_meta.TransferSyntaxUID
    if uid == ENCAPSULATED:
        ds.PixelData = b"".join(generate_frames(
            ds.PixelData, number_of_frames=int(ds.get("NumberOfFrames", 1))))
        ds["PixelData"].is_undefined_length = False
        ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    elif uid.is_compressed and (uid.startswith("1.2.840.10008.1.2.4.5") or uid.endswith(".4.70")):
        with tempfile.TemporaryDirectory() as folder:
            bare = Path(folder) / "bare.dcm"
            dcmtk("dcmdjpeg", path, bare)
            ds = dcmread(bare)
            ds.pixel_array
    return ds


def window_of(ds, frame):
    """A data set with the functional groups of a frame where apply_voi_lut looks for them."""
    if "PerFrameFunctionalGroupsSequence" in ds:
        transform = ds.SharedFunctionalGroupsSequence[0].PixelValueTransformationSequence[0]
        voi = ds.PerFrameFunctionalGroupsSequence[frame].FrameVOILUTSequence[0]
        ds.RescaleSlope, ds.RescaleIntercept = transform.RescaleSlope, transform.RescaleIntercept
        ds.WindowCenter, ds.WindowWidth = voi.WindowCenter, voi.WindowWidth
    return ds


def shown(path, frame):
    """What pydicom makes of one frame: uint8 (rows, columns, 3)."""
    ds = window_of(decoded(path), frame)
    pixels = ds.pixel_array
    frames = int(ds.get("NumberOfFrames", 1))
    pixels = pixels[frame] if frames > 1 else pixels
    if ds.PhotometricInterpretation == "PALETTE COLOR":
        table = apply_color_lut(pixels, ds)
        return (table >> 8 if table.dtype == np.uint16 else table).astype(np.uint8)
    if ds.SamplesPerPixel == 3:
        return pixels
    values = apply_modality_lut(pixels, ds)
    least, greatest = 0, 2**ds.BitsStored - 1
    if "VOILUTSequence" in ds:
        greatest = 2 ** ds.VOILUTSequence[0].LUTDescriptor[2] - 1
        shares = apply_voi_lut(values, ds) / greatest
    elif "WindowCenter" in ds:
        if "ModalityLUTSequence" in ds:
            greatest = 2 ** ds.ModalityLUTSequence[0].LUTDescriptor[2] - 1
        elif ds.PixelRepresentation == 1:
            least, greatest = -(2 ** (ds.BitsStored - 1)), 2 ** (ds.BitsStored - 1) - 1
        if "RescaleSlope" in ds:
            slope, intercept = float(ds.RescaleSlope), float(ds.RescaleIntercept)
            least, greatest = least * slope + intercept, greatest * slope + intercept
        shares = (apply_voi_lut(values, ds) - least) / (greatest - least)
    else:
        own = values[pixels != ds.get("PixelPaddingValue", -(2**31))]
        if ds.BitsStored > 8:
            least, greatest = own.min(), own.max()
        shares = ((values - least) / (greatest - least)).clip(0, 1)
    levels = np.floor(255 * shares + 0.5).astype(np.uint8)
    if ds.PhotometricInterpretation == "MONOCHROME1":
        levels = 255 - levels
    return np.repeat(levels[:, :, None], 3, axis=2)


def dcmtk_shows(path, frame):
    """What dcm2pnm makes of one frame, or None where it cannot, or shows another range."""
    ds = dcmread(path)
    uid = ds.file_meta.TransferSyntaxUID
    is_ranged = ds.SamplesPerPixel == 3 or ds.PhotometricInterpretation == "PALETTE COLOR"
    how = ["+Wi", 1] if "WindowCenter" in ds else ["+Wl", 1] if "VOILUTSequence" in ds else []
    if "VOILUTSequence" in ds:
        how = ["+Wl", 1]
    if "VOILUTFunction" in ds and ds.VOILUTFunction == "SIGMOID":
        how += ["+Wfs"]
    if not is_ranged and not how:
        how = [] if ds.BitsStored == 8 else ["+Wm"]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.ppm"
        program = "dcmj2pnm" if uid.is_compressed else "dcm2pnm"
        done = subprocess.run(
            [program, *map(str, how), "+F", str(frame + 1), str(path), str(out)],
            capture_output=True)
        if done.returncode != 0 or not out.exists():
            return None
        return np.asarray(Image.open(out).convert("RGB"))


def refused():
    """Files that are not read, and the words that say why."""
    burned = dataset(grey(0, 255), BurnedInAnnotation="YES")
    bits = dataset(grey(0, 255))
    bits.BitsAllocated = bits.BitsStored = 32
    bits.HighBit = 31
    report = dataset(grey(0, 255))
    del report.PixelData
    odd = dataset(colour(), "YBR_PARTIAL_420")
    short = dataset(grey(0, 255))
    short.PixelData = short.PixelData[:-8]
    liar = dataset(grey(0, 255))
    liar.Rows = 60000
    vast = dataset(grey(0, 255))
    vast.Rows = vast.Columns = 60000
    colourless = palette(dataset(grey(0, 40), "PALETTE COLOR"), 8)
    for name in ("Red", "Green", "Blue"):
        delattr(colourless, name + "PaletteColorLookupTableData")
    zero = dataset(grey(0, 255), WindowCenter=10, WindowWidth=0)
    wrong = dataset(grey(0, 255), VOILUTFunction="CURVED", WindowCenter=10, WindowWidth=9)
    rgb, soft = colour(), smooth()
    indices = encapsulated(
        palette(dataset(grey(0, 40), "PALETTE COLOR"), 8), [jpeg(grey(0, 40))], JPEGBaseline8Bit)
    rct = dataset(rgb, "YBR_RCT")
    halved = encapsulated(
        dataset(soft, "YBR_FULL_422"), [j2k(soft, 8, mct=False)], JPEG2000Lossless)
    return {
        "burned-in": (burned, "DICOM with burned-in annotation (expected: none, unless allowed)"),
        "bits32": (bits, "DICOM bits allocated: 32 (expected: 8 or 16)"),
        "no-pixels": (report, "DICOM without pixel data"),
        "ybr-partial": (odd, "DICOM photometric interpretation YBR_PARTIAL_420"),
        "short": (short, "300 bytes of pixel data (expected: 308 for 22x14 pixels)"),
        "liar": (liar, "308 bytes of pixel data (expected: 1320000 for 22x60000 pixels)"),
        "vast": (vast, "60000x60000 pixels (expected: at most 50000000)"),
        "no-palette": (
            colourless, "DICOM without its palette (expected: tables of red, green and blue)"),
        "width0": (zero, "window width: 0.0 (expected: at least 1)"),
        "function": (wrong, "unknown DICOM VOI LUT function"),
        "palette-jpeg": (indices, "DICOM of PALETTE COLOR in JPEG baseline"),
        "rct-native": (rct, "DICOM of YBR_RCT in explicit little endian"),
        "422-j2k": (halved, "DICOM of YBR_FULL_422 in JPEG 2000 lossless"),
    }


def main():
    shutil.rmtree(GOLDEN, ignore_errors=True)
    GOLDEN.mkdir(parents=True)
    bare = native()
    for name, ds in bare.items():
        write(ds, GOLDEN / f"{name}.dcm")
    for name, ds in compressed():
        write(ds, GOLDEN / f"{name}.dcm")
    for program, how, kind, names in TURNED:
        for name in names:
            out = GOLDEN / f"{name}-{kind}.dcm"
            dcmtk(program, *how.split(), "--uid-never" if program != "dcmconv" else "-q",
                  GOLDEN / f"{name}.dcm", out)
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "picture.jpg"
        picture.write_bytes(jpeg(smooth(), subsampling="4:2:0"))
        dcmtk("img2dcm", "-k", f"PatientName={SECRET}", picture, GOLDEN / "img2dcm.dcm")
    rows = ["file,frame,width,height,tolerance,expected"]
    for path in sorted(GOLDEN.glob("*.dcm")):
        ds = dcmread(path)
        uid = ds.file_meta.TransferSyntaxUID
        for frame in range(int(ds.get("NumberOfFrames", 1))):
            pixels = shown(path, frame)
            other = dcmtk_shows(path, frame)
            far = None if other is None else int(np.abs(pixels.astype(int) - other).max())
            is_lossy = uid in (JPEGBaseline8Bit, JPEG2000) or uid.endswith(".4.51")
            print(f"{path.name:32} {frame} dcm2pnm differs by {far}")
            data = pixels.tobytes()
            expected = hashlib.sha256(data).hexdigest()[:8] + ".rgb"
            (GOLDEN / expected).write_bytes(data)
            rows.append(f"{path.name},{frame + 1},{ds.Columns},{ds.Rows},{2 if is_lossy else 1 if 'ybr' in path.name else 0},{expected}")
    (GOLDEN / "cases.csv").write_text("\n".join(rows) + "\n")
    rows = ["file|message"]
    for name, (ds, message) in refused().items():
        write(ds, GOLDEN / f"refused-{name}.dcm")
        rows.append(f"refused-{name}.dcm|{message}")
    for program, how, name, message in (
        ("dcmconv", "+tb", "rgb", "DICOM transfer syntax 1.2.840.10008.1.2.2, explicit big endian"),
        ("dcmcjpls", "+el", "grey8",
         "DICOM transfer syntax 1.2.840.10008.1.2.4.80, JPEG-LS lossless"),
        ("dcmcjpeg", "+ee", "grey12-window", "DICOM bits stored: 12 in JPEG extended (expected: 8)"),
    ):
        out = GOLDEN / f"refused-{name}-{program}.dcm"
        dcmtk(program, *how.split(), GOLDEN / f"{name}.dcm", out)
        rows.append(f"{out.name}|{message}")
    (GOLDEN / "refused.csv").write_text("\n".join(rows) + "\n")


main()
