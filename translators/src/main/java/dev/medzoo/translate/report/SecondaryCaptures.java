package dev.medzoo.translate.report;

import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import java.time.Instant;

/**
 * Writes pictures derived from a source, such as a heat map over it, as DICOM Secondary Captures
 * (PS3.3 A.8.1): uncompressed 8-bit RGB in explicit VR little endian. A capture belongs to the
 * study of its source, copies the patient data, references the source, and describes itself in its
 * comments.
 */
public final class SecondaryCaptures {
    /**
     * Value of the parameter {@code type} of {@link StructuredReports#MEDIA_TYPE} that requests
     * one.
     */
    public static final String TYPE = "sc";

    /** The UID of Secondary Capture Image Storage. */
    public static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.7";

    private static final int SERIES_NUMBER = 9001;

    /** Longest side: rows and columns are numbers of two bytes. */
    private static final int MOST_SIDE = 0xffff;

    private static final Code PURPOSE =
            Code.dcm("121322", "Source image for image processing operation");

    private SecondaryCaptures() {}

    /**
     * Writes a picture as a Part-10 file. Equal arguments give equal bytes, on machines in one time
     * zone.
     *
     * @param source the file that the picture is derived from, see {@link
     *     dev.medzoo.translate.decode.PictureDecoder#source}
     * @param frame of the source, from 1
     * @param picture at most 65535 pixels a side
     * @param model that contributed to it
     * @param how the picture was made, in at most 700 characters
     * @param instanceUid of the capture, see {@link Uid}
     * @param at the moment when the picture was made
     */
    public static byte[] of(
            SourceInstance source,
            int frame,
            RgbPicture picture,
            ModelIdentity model,
            String how,
            String instanceUid,
            Instant at) {
        if (Math.max(picture.width(), picture.height()) > MOST_SIDE) {
            throw new IllegalArgumentException(
                    "picture: %dx%d pixels (expected: at most %d a side)"
                            .formatted(picture.width(), picture.height(), MOST_SIDE));
        }
        SharedModules modules = new SharedModules(source, at);
        Attributes capture = modules.of(SOP_CLASS, instanceUid, model);
        modules.series(capture, "OT", SERIES_NUMBER, model);
        modules.content(capture);
        describe(capture, source, frame, model, how);
        pixels(capture, picture);
        return modules.file(capture, SOP_CLASS, instanceUid);
    }

    /** SC equipment and general image (PS3.3 C.8.6.1 and C.7.6.1). */
    private static void describe(
            Attributes capture, SourceInstance source, int frame, ModelIdentity model, String how) {
        capture.text(0x00080064, "CS", "WSD");
        capture.codes(0x00080008, "DERIVED", "SECONDARY");
        capture.empty(0x00200020, "CS").empty(0x00200060, "CS");
        capture.text(0x00204000, "LT", Finding.NOTICE);
        capture.text(
                0x00082111,
                "ST",
                "%s, by %s %s, %s".formatted(how, model.name(), model.version(), model.digest()));
        capture.sequence(
                0x00082112, References.frame(source, frame).sequence(0x0040a170, PURPOSE.item()));
        if (source.isBurnedIn()) {
            capture.text(0x00280301, "CS", "YES");
        }
        if (source.isLossy()) {
            capture.text(0x00282110, "CS", "01");
        }
    }

    /** Image Pixel (PS3.3 C.7.6.3). */
    private static void pixels(Attributes capture, RgbPicture picture) {
        capture.number(0x00280002, 3);
        capture.text(0x00280004, "CS", "RGB");
        capture.number(0x00280006, 0);
        capture.number(0x00280010, picture.height());
        capture.number(0x00280011, picture.width());
        capture.number(0x00280100, 8);
        capture.number(0x00280101, 8);
        capture.number(0x00280102, 7);
        capture.number(0x00280103, 0);
        capture.bytes(0x7fe00010, "OB", picture.rgb());
    }
}
