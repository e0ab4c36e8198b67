"""Reads with pydicom what this project writes for archives.

    .venv/bin/python translators/src/test/python/dicom_reports.py [FILE...]

Without files those of golden/report/, which StructuredReportsTest and SecondaryCapturesTest hold
against what is written today. Every code of a public scheme has to be one that pydicom knows under
the same meaning, every element one of its dictionary with a value that its representation allows.
"""

import sys
from pathlib import Path

from pydicom import config, dcmread
from pydicom.datadict import dictionary_VR
from pydicom.sr._concepts_dict import concepts
from pydicom.uid import ComprehensiveSRStorage, ExplicitVRLittleEndian, SecondaryCaptureImageStorage

GOLDEN = Path(__file__).parents[1] / "resources" / "golden" / "report"
NOTICE = "Research use only. Not a diagnosis."
OWN = {"99MEDZOO", "99MEDZOO_LABEL", "RFC5646"}


def check(is_so, what):
    if not is_so:
        raise SystemExit(what)


def code_of(item):
    value = item.get("CodeValue") or item.LongCodeValue
    scheme, meaning = item.CodingSchemeDesignator, item.CodeMeaning
    if scheme not in OWN:
        known = {
            meaning.lower()
            for values in concepts[scheme].values()
            for code, (meaning, _) in values.items()
            if code == value
        }
        check(meaning.lower() in known, f"({value}, {scheme}, {meaning}): pydicom has {known}")
    return value, scheme


def elements(ds, depth=0):
    for element in ds:
        check(element.VR in dictionary_VR(element.tag).split(" or "), f"{element}")
        if element.VR == "SQ":
            for item in element.value:
                yield from elements(item, depth + 1)
        yield element


def items(item):
    yield item
    for child in item.get("ContentSequence", []):
        yield from items(child)


def report(ds):
    tree = list(items(ds))
    names = [code_of(item.ConceptNameCodeSequence[0]) for item in tree]
    check(names[0] == ("126000", "DCM"), f"root: {names[0]}")
    check(ds.ContentTemplateSequence[0].TemplateIdentifier == "1500", "no TID 1500")
    texts = [item.TextValue for item in tree if item.ValueType == "TEXT"]
    check(NOTICE in texts, "no notice")
    check(any("sha256:" in text for text in texts), "no digest")
    shares = [
        float(item.MeasuredValueSequence[0].NumericValue)
        for item, name in zip(tree, names) if name == ("122157", "DCM")
    ]
    check(shares == sorted(shares, reverse=True), f"probabilities: {shares}")
    check(abs(sum(shares) - 100) < 1e-3, f"probabilities: {shares}")
    for item in tree:
        if item.ValueType == "NUM":
            measured = item.MeasuredValueSequence[0]
            code_of(measured.MeasurementUnitsCodeSequence[0])
            check(abs(float(measured.NumericValue) - measured.FloatingPointValue) < 1e-6, "number")
        if item.ValueType == "CODE":
            code_of(item.ConceptCodeSequence[0])
    images = [item for item in tree if item.ValueType == "IMAGE"]
    evidence = ds.CurrentRequestedProcedureEvidenceSequence[0]
    check(evidence.StudyInstanceUID == ds.StudyInstanceUID, "evidence of another study")
    instances = evidence.ReferencedSeriesSequence[0].ReferencedSOPSequence
    check(
        [each.ReferencedSOPInstanceUID for each in instances]
        == [each.ReferencedSOPSequence[0].ReferencedSOPInstanceUID for each in images],
        "evidence is not what is referred to",
    )
    return f"{len(tree)} content items, {len(shares)} classes"


def capture(ds):
    pixels = ds.pixel_array
    check(pixels.shape == (ds.Rows, ds.Columns, 3), f"{pixels.shape}")
    check(ds.ImageComments == NOTICE, "no notice")
    check("sha256:" in ds.DerivationDescription, "no digest")
    code_of(ds.SourceImageSequence[0].PurposeOfReferenceCodeSequence[0])
    return f"{ds.Columns}x{ds.Rows} pixels"


def main():
    config.settings.reading_validation_mode = config.RAISE
    paths = [Path(name) for name in sys.argv[1:]] or sorted(GOLDEN.glob("*.dcm"))
    check(paths, f"no file in {GOLDEN}")
    for path in paths:
        ds = dcmread(path)
        check(ds.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian, "transfer syntax")
        check(ds.SOPInstanceUID == ds.file_meta.MediaStorageSOPInstanceUID, "instance UID")
        check(ds.SOPInstanceUID.is_valid and ds.SeriesInstanceUID.is_valid, "UID")
        count = sum(1 for _ in elements(ds))
        kinds = {ComprehensiveSRStorage: report, SecondaryCaptureImageStorage: capture}
        what = kinds[ds.SOPClassUID](ds)
        print(f"{path.name}: {ds.SOPClassUID.name}, {count} elements, {what}, {ds.PatientName}")


main()
