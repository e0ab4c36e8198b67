package dev.medzoo.cli;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.report.StructuredReports;
import dev.medzoo.translate.report.Uid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where {@code medzoo predict} writes its reports, if it does. */
final class ReportFolder {
    private final @Nullable Path folder;
    private final PictureOptions options;
    private final Preparation preparation;

    /**
     * @param folder made where it is not there; null where no report is wanted
     * @param options how the pictures are read
     */
    ReportFolder(@Nullable Path folder, PictureOptions options, Preparation preparation)
            throws IOException {
        this.folder = folder == null ? null : Files.createDirectories(folder);
        this.options = options;
        this.preparation = preparation;
    }

    /**
     * What the report on a file refers to, or null where none is wanted.
     *
     * @throws TranslateException when the file is no DICOM file that a report can be made of
     */
    @Nullable SourceInstance source(Path file) throws IOException, TranslateException {
        return folder == null ? null : preparation.source(Files.readAllBytes(file));
    }

    /** Writes the report on a source; null where there is none. */
    @Nullable Path write(@Nullable SourceInstance source, Finding finding) throws IOException {
        if (folder == null || source == null) {
            return null;
        }
        String uid = Uid.random();
        byte[] report =
                StructuredReports.of(
                        source, options.frame().orElse(1), finding, uid, Instant.now());
        return Files.write(folder.resolve(uid + ".dcm"), report, StandardOpenOption.CREATE_NEW);
    }
}
