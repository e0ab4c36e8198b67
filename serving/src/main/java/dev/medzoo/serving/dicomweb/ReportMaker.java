package dev.medzoo.serving.dicomweb;

import ai.djl.translate.TranslateException;
import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.report.StructuredReports;
import dev.medzoo.translate.report.Uid;
import java.time.Duration;
import java.time.Instant;

/** Writes Structured Reports on the first frame, which is the one that was predicted. */
final class ReportMaker implements ReportWriter {
    private static final int FRAME = 1;

    private final PictureDecoder decoder = new PictureDecoder();

    @Override
    public Report write(Instance instance, byte[] file, Finding finding) throws NodeException {
        SourceInstance source = source(file);
        if (!source.sopInstance().equals(instance.uid())
                || !source.study().equals(instance.study())) {
            throw new NodeException(
                    Remedy.FEW_TRIES,
                    "WADO-RS: a different instance (expected: the requested one)");
        }
        String uid =
                Uid.named(
                        "report",
                        source.sopInstance(),
                        String.valueOf(FRAME),
                        finding.model().digest());
        return new Report(uid, StructuredReports.of(source, FRAME, finding, uid, Instant.now()));
    }

    private SourceInstance source(byte[] file) throws NodeException {
        try {
            return decoder.source(file);
        } catch (TranslateException e) {
            throw new NodeException(Remedy.NONE, "report: " + e.getMessage(), Duration.ZERO, e);
        }
    }
}
