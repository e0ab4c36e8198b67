package dev.medzoo.translate.report;

import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.Finding;
import java.time.Instant;

/**
 * Writes findings as DICOM Structured Reports: Comprehensive SR (PS3.3 A.35.3) with an Imaging
 * Measurement Report (TID 1500, PS3.16), in explicit VR little endian. A report belongs to the
 * study of its picture, copies the patient data, references the picture, and is marked as
 * preliminary and unverified.
 *
 * <p>The finding is a code of {@code 99MEDZOO_LABEL}, whose values are the labels of the model.
 * <strong>If the model abstains or the picture is out of distribution, the finding is {@code
 * Undetermined}</strong>, so that no reader uses the label. The probabilities are always included.
 */
public final class StructuredReports {
    /** Media type over HTTP. */
    public static final String MEDIA_TYPE = "application/dicom";

    /** The UID of Comprehensive SR Storage. */
    public static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.88.33";

    private static final int SERIES_NUMBER = 9000;

    private StructuredReports() {}

    /**
     * Writes the report of one finding as a Part-10 file. Equal arguments give equal bytes, on
     * machines in one time zone.
     *
     * @param source the picture's file, see {@link
     *     dev.medzoo.translate.decode.PictureDecoder#source}
     * @param frame of the picture, from 1
     * @param instanceUid of the report, see {@link Uid}; in an archive, a new report with the same
     *     UID replaces the first
     * @param at the moment of the finding
     */
    public static byte[] of(
            SourceInstance source, int frame, Finding finding, String instanceUid, Instant at) {
        if (frame < 1 || frame > source.frames()) {
            throw new IllegalArgumentException(
                    "frame: %d (expected: 1..%d)".formatted(frame, source.frames()));
        }
        SharedModules modules = new SharedModules(source, at);
        Attributes report = modules.of(SOP_CLASS, instanceUid, finding.model());
        modules.series(report, "SR", SERIES_NUMBER, finding.model());
        modules.content(report);
        // Series and document (PS3.3 C.17.1 and C.17.2).
        report.sequence(0x00081111);
        report.sequence(0x0040a372);
        report.text(0x0040a491, "CS", "COMPLETE");
        report.text(0x0040a493, "CS", "UNVERIFIED");
        report.text(0x0040a496, "CS", "PRELIMINARY");
        report.sequence(0x0040a375, References.study(source));
        report.sequence(
                0x00080110,
                scheme(Code.MEDZOO, "medzoo: what a model says beside its finding"),
                scheme(Code.LABELS, "medzoo: the labels of the model that is named"));
        MeasurementReport content = new MeasurementReport(source, frame, finding);
        report.putAll(content.root());
        return modules.file(report, SOP_CLASS, instanceUid);
    }

    /** Names who is responsible for a private coding scheme (PS3.3 C.12.1). */
    private static Attributes scheme(String designator, String name) {
        return new Attributes()
                .text(0x00080102, "SH", designator)
                .text(0x00080115, "ST", name)
                .text(0x00080116, "ST", SharedModules.MANUFACTURER);
    }
}
